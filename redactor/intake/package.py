"""An office file as a package of parts: read within limits, changed part by part, written again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redactor.errors import TooManyRows
from redactor.intake import xml
from redactor.intake.archive import Archive, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

TREE_LIMIT = 96 << 20  # bytes of a part that is read as a tree, which takes some eight times as much


class Package:
    """The parts of an office file. Changes are kept until `written`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._archive = Archive(data)
        self._changed: dict[str, bytes] = {}
        self.names = self._archive.names
        self._roots: dict[str, str] = {}
        self._bytes: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """The bytes of a part, with the changes made so far."""
        if name in self._changed:
            return self._changed[name]
        if name not in self._bytes:
            self._bytes[name] = self._archive.read(name)
        return self._bytes[name]

    def root_of(self, name: str) -> str:
        """Local name of the first element of a part; empty for what is no XML."""
        if name not in self._roots:
            is_xml = name.endswith((".xml", ".rels", ".vml"))
            self._roots[name] = xml.root_name(self.read(name)) if is_xml else ""
        return self._roots[name]

    def parts(self, *roots: str) -> Iterator[str]:
        """Names of the parts whose first element has one of these local names."""
        return (name for name in self.names if self.root_of(name) in roots)

    def tree(self, name: str) -> Any:
        """The tree of a part. Raises DamagedFile, TooManyRows for one that is too large to be held."""
        data = self.read(name)
        if len(data) > TREE_LIMIT:
            raise TooManyRows(limit_bytes=TREE_LIMIT)
        return xml.parsed(data)

    def put(self, name: str, root: Any) -> None:
        """Replaces a part by a tree."""
        self.put_bytes(name, xml.written(root))

    def put_bytes(self, name: str, data: bytes) -> None:
        """Replaces a part."""
        self._changed[name] = data

    def written(self) -> bytes:
        """The package with its changes; the bytes it came from when there are none."""
        return rewritten(self._data, self._changed) if self._changed else self._data

    def related(self, name: str) -> dict[str, str]:
        """Parts that a part points to, by the id it gives them."""
        folder, _, last = name.rpartition("/")
        rels = f"{folder}/_rels/{last}.rels".lstrip("/")
        if rels not in self.names:
            return {}
        found = {}
        for one in xml.all_of(self.tree(rels), "Relationship"):
            if xml.attr(one, "TargetMode") != "External":
                found[xml.attr(one, "Id")] = resolved(folder, xml.attr(one, "Target"))
        return found


def resolved(folder: str, target: str) -> str:
    """The name of a part from the folder of the part that points to it."""
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)
