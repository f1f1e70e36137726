"""YAML for people's files: duplicate keys, anchors and tabs are refused, and every value knows its line.

Used for requests, decisions and anything else a person writes. It builds plain values only (safe tags).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from redactor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

Path: TypeAlias = tuple[str | int, ...]
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class BadYaml(UsageError):
    """The text is not YAML, or uses a construct that hides mistakes. Facts: line, problem."""

    code = "usage.bad_yaml"
    advice = "Correct the file at that line."
    conseil = "Corrigez le fichier à cette ligne."


@dataclass(frozen=True, slots=True)
class Loaded:
    """One YAML document: its plain value, and the line (from 1) of each path in it."""

    value: Any = field(repr=False)
    lines: dict[Path, int] = field(repr=False)

    def known(self, path: Path) -> Path:
        """`path`, or its nearest parent that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return path

    def line_of(self, path: Path) -> int:
        """Line of `path`, or of its nearest known parent; 1 where nothing is known."""
        return self.lines.get(self.known(path), 1)


def load_stream(text: str) -> tuple[Loaded, ...]:
    """The documents of a YAML stream, empty ones left out. Raises BadYaml."""
    try:
        nodes = [node for node in yaml.compose_all(text, Loader=yaml.SafeLoader) if node is not None]
        _refuse_anchors(text)
        return tuple(one for node in nodes if (one := _load(node)).value is not None)
    except yaml.MarkedYAMLError as error:
        raise BadYaml(line=_line(error.problem_mark), problem="syntax") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadYaml(line=1, problem="syntax") from None


def _line(mark: Any) -> int:
    return mark.line + 1 if mark is not None else 1


def _refuse_anchors(text: str) -> None:
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadYaml(line=_line(event.start_mark), problem="anchor or alias")


def _load(node: yaml.Node) -> Loaded:
    lines: dict[Path, int] = {}
    for path, child in _walk(node, ()):
        lines[path] = child.start_mark.line + 1
    return Loaded(yaml.SafeLoader("").construct_document(node), lines)


def _refuse_no_day(node: yaml.Node) -> None:
    try:
        yaml.SafeLoader("").construct_object(node)
    except ValueError:  # 2024-02-30
        raise BadYaml(line=node.start_mark.line + 1, problem="a day that is in no calendar") from None


def _walk(node: yaml.Node, path: Path) -> Iterator[tuple[Path, yaml.Node]]:
    yield path, node
    if node.tag == _TIMESTAMP:
        _refuse_no_day(node)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walk(item, (*path, index))
    elif isinstance(node, yaml.MappingNode):
        yield from _walk_mapping(node, path)


def _walk_mapping(node: yaml.MappingNode, path: Path) -> Iterator[tuple[Path, yaml.Node]]:
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in seen or key.value == "<<":
            raise BadYaml(line=key.start_mark.line + 1, problem="duplicate or unusable key")
        seen.add(key.value)
        yield (*path, key.value), key
        for below, child in _walk(value, (*path, key.value)):
            if below != (*path, key.value):
                yield below, child
