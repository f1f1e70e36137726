"""Pages being filled: where the next line goes, what was set on each page, the running lines of its edges.

It knows nothing of headings or tables: `renderer` says what to set, `typography` how wide it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pymupdf

from redactor.evaluation.gold import GoldWord, Rectangle, Source
from redactor.evaluation.typography import GUTTER, HEIGHT, WIDTH, Font, Style, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.evaluation.blocks import Range

TOP, BOTTOM = 66.0, HEIGHT - 58.0  # points: first and last place of a text line
ASCENT, DESCENT = 0.80, 0.22  # of the type size: what a word's box takes above and under the baseline
EDGE_SIZE = 8.0  # points, headers and footers
Point = tuple[float, float]


@dataclass(slots=True)
class DraftPage:
    """One page not yet written: its writer, its gold words, the lines of its table grids."""

    writer: Any
    words: list[GoldWord] = field(default_factory=list)
    rules: list[tuple[Point, Point]] = field(default_factory=list)


class Typesetter:
    """Fills pages column by column; `bottom` (points) is where a column ends."""

    def __init__(self, style: Style, *, bottom: float = BOTTOM) -> None:
        self.style, self.bottom = style, bottom
        self.pages: list[DraftPage] = []
        self.column, self.y = 0, TOP
        self.new_page()

    @property
    def page(self) -> DraftPage:
        """The page being filled."""
        return self.pages[-1]

    @property
    def x(self) -> float:
        """Left edge of the column."""
        return self.style.margin + self.column * (self.style.column_width + GUTTER)

    def new_page(self) -> None:
        """Begins a page."""
        self.pages.append(DraftPage(pymupdf.TextWriter(pymupdf.Rect(0, 0, WIDTH, HEIGHT))))
        self.column, self.y = 0, TOP

    def need(self, height: float) -> None:
        """Goes to the next column or page when `height` points do not fit."""
        if self.y + height <= self.bottom:
            return
        if self.column + 1 < self.style.columns:
            self.column, self.y = self.column + 1, TOP
        else:
            self.new_page()

    def put(self, source: Source, line: Sequence[Range], *, at: Point, face: Font, size: float) -> None:
        """Sets one line on the page being filled, its baseline beginning at `at`."""
        self.put_on(len(self.pages) - 1, source, line, at=at, face=face, size=size)

    def put_on(self, number: int, source: Source, line: Sequence[Range], *, at: Point, face: Font, size: float) -> None:
        """Sets one line on a page (from 0) and keeps its gold words."""
        page, text, (left, baseline) = self.pages[number], source.text, at
        page.writer.append(at, " ".join(text[a:b] for a, b in line), font=face, fontsize=size)
        space = face.text_length(" ", size)
        for start, end in line:
            for a, b in source.pieces(start, end):
                x0 = left + face.text_length(text[start:a], size) if a > start else left
                x1 = left + face.text_length(text[start:b], size)
                box = (x0, baseline - size * ASCENT, x1, baseline + size * DESCENT)
                page.words.append(source.word(a, b, box=box, page=number))
            left += face.text_length(text[start:end], size) + space

    def bullet(self, *, size: float) -> None:
        """Sets the bullet of an item on the line just begun."""
        left, baseline = self.x + 4, self.y - size * 0.3
        self.page.writer.append((left, baseline), "•", font=self.style.regular, fontsize=size)
        box = (left, self.y - size, left + size * 0.4, self.y)
        self.page.words.append(GoldWord("•", box, len(self.pages) - 1))

    def grid(self, box: Rectangle) -> None:
        """The four rules of a table cell."""
        x0, y0, x1, y1 = box
        corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        self.page.rules += [(corners[k], corners[(k + 1) % 4]) for k in range(4)]

    def edges(self, header: Source, *, footer: str) -> None:
        """Running header with a rule under it, and numbered footer, on every page; `footer` holds two `{}`."""
        face = self.style.regular
        for number, page in enumerate(self.pages):
            line = tokens(header.text, 0, len(header.text))
            self.put_on(number, header, line, at=(self.style.margin, 38.0), face=face, size=EDGE_SIZE)
            told = footer.format(number + 1, len(self.pages))
            plain = Source(told, (), (frozenset(),) * (len(told) + 1), in_body=False)
            left = WIDTH / 2 - face.text_length(told, EDGE_SIZE) / 2
            at = (left, HEIGHT - 34.0)
            self.put_on(number, plain, tokens(told, 0, len(told)), at=at, face=face, size=EDGE_SIZE)
            page.rules.append(((self.style.margin, 46.0), (WIDTH - self.style.margin, 46.0)))

    def pdf(self, *, title: str) -> bytes:
        """The pages written, fonts embedded."""
        with pymupdf.open() as document:
            for draft in self.pages:
                page = document.new_page(width=WIDTH, height=HEIGHT)
                draft.writer.write_text(page)
                for start, end in draft.rules:
                    page.draw_line(start, end, color=(0.25, 0.25, 0.25), width=0.6)
            document.set_metadata({"title": title, "producer": "", "creator": ""})
            document.subset_fonts()
            data: bytes = document.tobytes(garbage=4, deflate=True)
        return data
