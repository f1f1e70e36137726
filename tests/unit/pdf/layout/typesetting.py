"""Sets invented text on pages for the tests of the reader: every line's words and place are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pymupdf

from redactor.model import Box, Document, DocumentId, Span
from redactor.pdf.reader import read

FONT = "tiro"
LETTER = (612.0, 792.0)  # points
TEXT = (
    "La direction a reçu quatorze demandes au cours de l'année et en a traité onze dans le délai prévu; les trois "
    "autres attendent les documents que la municipalité doit fournir, et la rencontre de septembre permettra d'en "
    "fixer la date."
)
OTHER = (
    "Le comité de suivi propose de revoir les délais avant la fin de l'exercice, sans attendre le rapport du "
    "vérificateur, que le conseil examinera en novembre; la directrice en fera part aux gestionnaires concernés."
)


@lru_cache(maxsize=8)
def font_of(name: str) -> Any:
    return pymupdf.Font(name)


def width_of(text: str, *, font: str = FONT, size: float = 11.0) -> float:
    """Points."""
    return float(font_of(font).text_length(text, size))


def broken(text: str, *, width: float, font: str = FONT, size: float = 11.0) -> list[str]:
    """Lines of a paragraph as a word processor breaks it: at blanks, and after hyphens."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width_of(f"{lines[-1]} {word}", font=font, size=size) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


@dataclass
class Sheet:
    """Pages under the pen. `y` is the baseline of the last line."""

    size: tuple[float, float] = LETTER
    left: float = 72.0
    width: float = 468.0
    y: float = 90.0
    doc: Any = field(default_factory=pymupdf.open)

    def __post_init__(self) -> None:
        self.new_page()

    def new_page(self) -> None:
        """Opens a page; the pen goes back to its top."""
        self.doc.new_page(width=self.size[0], height=self.size[1])
        self.y = 90.0

    @property
    def page(self) -> Any:
        """The last page."""
        return self.doc[-1]

    def put(self, text: str, *, x: float, y: float, font: str = FONT, size: float = 11.0) -> None:
        """One line at a baseline point."""
        writer = pymupdf.TextWriter(self.page.rect)
        writer.append((x, y), text, font=font_of(font), fontsize=size)
        writer.write_text(self.page)

    def line(self, text: str, *, font: str = FONT, size: float = 11.0, indent: float = 0.0, gap: float = 1.2) -> None:
        """One line under the last."""
        self.y += gap * size
        self.put(text, x=self.left + indent, y=self.y, font=font, size=size)

    def paragraph(self, text: str, *, font: str = FONT, size: float = 11.0, indent: float = 0.0) -> None:
        """A paragraph broken to the width, set apart from what follows."""
        for line in broken(text, width=self.width - indent, font=font, size=size):
            self.line(line, font=font, size=size, indent=indent)
        self.y += 0.6 * size

    def grid(self, rows: list[list[str]], *, columns: list[float], size: float = 9.0) -> None:
        """A ruled table; each cell is one line."""
        top, height = self.y + 6, 2.0 * size
        edges = [self.left + sum(columns[:n]) for n in range(len(columns) + 1)]
        for number, row in enumerate(rows):
            for cell, x in zip(row, edges, strict=False):
                self.put(cell, x=x + 4, y=top + number * height + 1.3 * size, size=size)
        bottom = top + len(rows) * height
        for x in edges:
            self.page.draw_line((x, top), (x, bottom), width=0.6)
        for number in range(len(rows) + 1):
            self.page.draw_line((edges[0], top + number * height), (edges[-1], top + number * height), width=0.6)
        self.y = bottom + size

    def data(self) -> bytes:
        """The file."""
        written: bytes = self.doc.tobytes(deflate=True)
        return written

    def read(self) -> Document:
        """What the reader makes of it."""
        return read(self.data(), document_id=DocumentId("d1"))


def blocks_of(document: Document) -> list[str]:
    """The words of each block; cells parted by ` | `."""
    return [
        " | ".join(cell.of(document.text) for cell in block.cells) if block.cells else block.span.of(document.text)
        for block in document.blocks
    ]


def box_of(document: Document, words: str) -> Box:
    """The one box of some words that stand on one line, once."""
    at = document.text.index(words)
    (found,) = document.boxes_of(Span(at, at + len(words)))
    return found.box
