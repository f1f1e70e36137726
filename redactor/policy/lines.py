"""On which lines of which page some words stand, as a person finds them: page and line from 1, from the top."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redactor.model import Document, Span


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One line of one page, both from 1."""

    page: int
    line: int


def lines_of(document: Document, spans: Iterable[Span]) -> tuple[Line, ...]:
    """The lines that hold some spans, in order; a text that never stood on a page has one page."""
    return tuple(sorted({line for span in spans for line in _of(document, span)}))


def _of(document: Document, span: Span) -> set[Line]:
    layout = document.layout
    if layout is None:
        first = document.text.count("\n", 0, span.start) + 1
        return {Line(1, first + at) for at in range(document.text.count("\n", span.start, span.end) + 1)}
    found = {layout.lines[glyph] for glyph in layout.glyphs_of(span)}
    return {
        Line(layout.line_pages[one] + 1, one - bisect_left(layout.line_pages, layout.line_pages[one]) + 1)
        for one in found
    }


def numbers_of(lines: Iterable[Line]) -> str:
    """`3, 7-9`: line numbers of one page, runs put together."""
    runs: list[list[int]] = []
    for number in (one.line for one in lines):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
