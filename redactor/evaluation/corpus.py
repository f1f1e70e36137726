"""Annotated documents on disk: front matter and marked text -> CorpusDocument."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from redactor.evaluation.notation import Mark, NotationError, parse_marks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)


class CorpusError(ValueError):
    """A fault in one file of the corpus, at a line from 1."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file, self.line, self.message = file, line, message


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One annotated document. `meta` is its front matter; offsets of `marks` point into `text`."""

    name: str
    meta: Mapping[str, object]
    text: str = field(repr=False)
    marks: tuple[Mark, ...]
    first_line: int

    @property
    def verdict(self) -> str:
        """`release`, `partial` or `refuse`."""
        return str(self.meta.get("verdict"))

    @property
    def verdicts(self) -> frozenset[str]:
        """Every verdict that counts as right: `verdict`, and `verdict_also` where the law leaves two."""
        also = self.meta.get("verdict_also")
        return frozenset({self.verdict} | ({str(also)} if also else set()))

    @property
    def provisions(self) -> tuple[str, ...]:
        """Section numbers that support what is withheld."""
        listed = self.meta.get("provisions")
        return tuple(str(item) for item in listed) if isinstance(listed, list) else ()

    def day(self, key: str) -> dt.date | None:
        """A date of the front matter; None where it is absent, null or not a date."""
        value = self.meta.get(key)
        return value if isinstance(value, dt.date) else None

    def line_of(self, offset: int) -> int:
        """Line of the file that holds this offset of `text`."""
        return self.first_line + self.text.count("\n", 0, offset)


def load(path: Path) -> CorpusDocument:
    """The document of one file. Raises CorpusError where its structure is wrong."""
    raw = path.read_text(encoding="utf-8")
    front = FRONT_MATTER.match(raw)
    if not front:
        raise CorpusError(path.name, 1, "no front matter between two '---' lines")
    body = raw[front.end() :].lstrip("\n")
    first_line = raw.count("\n", 0, len(raw) - len(body)) + 1
    try:
        marked = parse_marks(body.rstrip("\n") + "\n", first_line=first_line)
    except NotationError as error:
        raise CorpusError(path.name, error.line, error.message) from None
    return CorpusDocument(path.stem, _front_matter(path, front.group(1)), marked.text, marked.marks, first_line)


def _front_matter(path: Path, source: str) -> Mapping[str, object]:
    try:
        meta = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError):  # ValueError: an impossible date such as 2025-13-03
        raise CorpusError(path.name, 2, "front matter is not YAML") from None
    if not isinstance(meta, dict):
        raise CorpusError(path.name, 2, "front matter is not a mapping")
    return {str(key): value for key, value in meta.items()}


def documents(folder: Path) -> tuple[CorpusDocument, ...]:
    """Every annotated document of a folder (or of its `docs/`), by name. Raises CorpusError on the first bad one."""
    inner = folder / "docs"
    root = inner if inner.is_dir() else folder
    paths = sorted(root.glob("*.txt"))
    if not paths:
        raise CorpusError(root.name, 1, "no annotated document (*.txt) here")
    return tuple(load(path) for path in paths)
