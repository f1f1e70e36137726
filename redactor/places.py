"""Ranges of text and boxes on pages: their algebra, and the way from one to the other.

Offsets count code points of `Document.text`. Boxes are in points, origin at the top left of the page as shown. Every
range is half-open. The rest of the model imports these; code outside imports them from `redactor.model`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range [start, end) of code points in `Document.text`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"bad span [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """True when `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The words of `text` in this range."""
        return text[self.start : self.end]


def union_of(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same code points as `spans`, sorted, without overlap; ranges that touch are joined."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def subtract(spans: Sequence[Span], holes: Sequence[Span]) -> tuple[Span, ...]:
    """The code points of `spans` that lie in none of `holes`, sorted, without overlap."""
    left: list[Span] = []
    for span in union_of(spans):
        start = span.start
        for hole in union_of(holes):
            if hole.end <= start or hole.start >= span.end:
                continue
            if hole.start > start:
                left.append(Span(start, hole.start))
            start = max(start, hole.end)
        if start < span.end:
            left.append(Span(start, span.end))
    return tuple(left)


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """Rectangle in points, origin at the top left of the page as shown; y grows downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if not (self.x0 <= self.x1 and self.y0 <= self.y1):
            raise ValueError("a box needs x0 <= x1 and y0 <= y1")

    @property
    def width(self) -> float:
        """Points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points."""
        return self.y1 - self.y0

    def join(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def overlaps(self, other: Box) -> bool:
        """True when the two share an area larger than a line."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def covers_centre(self, other: Box) -> bool:
        """True when the centre of `other` lies in this box."""
        x, y = (other.x0 + other.x1) / 2, (other.y0 + other.y1) / 2
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True, slots=True, order=True)
class PageBox:
    """A box on one page; `page` counts from 0."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each code point of a text stands on its pages.

    `first[i]` and `last[i]` are the glyphs that code point `i` came from (-1: a blank that the reader put
    in); `boxes` holds four numbers a glyph, `lines` the line of each glyph, `line_pages` the page of each line.
    """

    first: array[int] = field(repr=False)
    last: array[int] = field(repr=False)
    boxes: array[float] = field(repr=False)
    lines: array[int] = field(repr=False)
    line_pages: array[int] = field(repr=False)

    def box(self, glyph: int) -> Box:
        """Box of one glyph."""
        return Box(*self.boxes[4 * glyph : 4 * glyph + 4])

    def glyphs_of(self, span: Span) -> range:
        """Glyphs from the first to the last of `span`: those of an undone hyphen between them included."""
        known = [i for i in range(span.start, span.end) if self.first[i] >= 0]
        if not known:
            return range(0)
        return range(min(self.first[i] for i in known), max(self.last[i] for i in known) + 1)

    def boxes_of(self, span: Span) -> tuple[PageBox, ...]:
        """Boxes that cover every glyph of `span`, one a line of type, in reading order."""
        found: list[PageBox] = []
        for line, glyphs in groupby(self.glyphs_of(span), key=lambda glyph: self.lines[glyph]):
            first, *others = (self.box(glyph) for glyph in glyphs)
            for other in others:
                first = first.join(other)
            found.append(PageBox(self.line_pages[line], first))
        return tuple(found)

    def page_of(self, offset: int) -> int | None:
        """Page, from 0, of the code point at `offset`; None for a blank that the reader put in."""
        glyph = self.first[offset]
        return None if glyph < 0 else self.line_pages[self.lines[glyph]]
