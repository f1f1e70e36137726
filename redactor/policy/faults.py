"""A fault of a rule file, with the line on which its key stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.errors import BadPack

if TYPE_CHECKING:
    from redactor.policy.pack import Source


def fault(source: Source, path: tuple[str | int, ...], *, key: str, problem: str) -> BadPack:
    """The fault `problem` of the key `key` below `path` in the rule's file."""
    where = tuple(str(part) for part in path)
    line = source.loaded.line_of((*path, int(key) if key.isdigit() else key))
    return BadPack(file=source.file, line=line, key=".".join((*where, key)), problem=problem)
