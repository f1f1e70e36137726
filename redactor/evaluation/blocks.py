"""Annotated text cut into what a page shows: headings, paragraphs, items, tables. Offsets only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

Range = tuple[int, int]


class Shape(StrEnum):
    """What a block looks like."""

    TITLE = "h1"
    HEADING = "h2"
    ITEM = "li"
    PARAGRAPH = "p"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Hard lines of a block, or the cells of each row of a table; only visible characters are in a range."""

    shape: Shape
    lines: tuple[Range, ...] = ()
    rows: tuple[tuple[Range, ...], ...] = ()

    @property
    def ranges(self) -> tuple[Range, ...]:
        """Every range in reading order."""
        return tuple(cell for row in self.rows for cell in row) if self.rows else self.lines


PREFIXES = (("# ", Shape.TITLE), ("## ", Shape.HEADING), ("- ", Shape.ITEM))


@dataclass(slots=True)
class _Cutter:
    text: str
    done: list[TextBlock] = field(default_factory=list)
    lines: list[Range] = field(default_factory=list)
    rows: list[tuple[Range, ...]] = field(default_factory=list)

    def flush(self) -> None:
        if self.lines:
            self.done.append(TextBlock(Shape.PARAGRAPH, lines=tuple(self.lines)))
        if self.rows:
            self.done.append(TextBlock(Shape.TABLE, rows=tuple(self.rows)))
        self.lines, self.rows = [], []

    def row(self, start: int, end: int) -> None:
        if self.lines:
            self.flush()
        bars = [start, *(k for k in range(start + 1, end) if self.text[k] == "|")]
        cells = [(a + 1, b) for a, b in pairwise(bars)]
        if self.text[bars[-1] + 1 : end].strip():
            cells.append((bars[-1] + 1, end))
        self.rows.append(tuple(cells))

    def plain(self, start: int, end: int) -> None:
        if self.rows:
            self.flush()
        if self.continues_item(start):
            item = self.done.pop()
            self.done.append(TextBlock(Shape.ITEM, lines=(*item.lines, (start, end))))
        else:
            self.lines.append((start, end))

    def continues_item(self, start: int) -> bool:
        after_item = not self.lines and bool(self.done) and self.done[-1].shape is Shape.ITEM
        return after_item and self.text[start - 2 : start] != "\n\n"

    def take(self, start: int, end: int) -> None:
        line = self.text[start:end]
        if not line.strip():
            self.flush()
        elif line.startswith("|"):
            self.row(start, end)
        else:
            for prefix, shape in PREFIXES:
                if line.startswith(prefix):
                    self.flush()
                    self.done.append(TextBlock(shape, lines=((start + len(prefix), end),)))
                    return
            self.plain(start, end)


def blocks_of(text: str) -> tuple[TextBlock, ...]:
    """The blocks of a plain text in corpus notation, in reading order."""
    cutter, at = _Cutter(text), 0
    for line in text.split("\n"):
        cutter.take(at, at + len(line))
        at += len(line) + 1
    cutter.flush()
    return tuple(cutter.done)


def visible(text: str) -> str:
    """The characters that a page shows, in reading order, without blanks and structure marks."""
    shown = "".join(text[a:b] for block in blocks_of(text) for a, b in block.ranges)
    return "".join(shown.split())
