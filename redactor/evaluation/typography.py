"""How a rendered document looks, and how its words fill lines: fonts, sizes, wrapping. No page is touched here."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, cast

import pymupdf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.evaluation.blocks import Range

WIDTH, HEIGHT = 612.0, 792.0  # points: US letter, the format of Québec's public bodies
FAMILIES = {"sans": ("helv", "hebo", "heit"), "serif": ("tiro", "tibo", "tiit"), "mono": ("cour", "cobo", "cour")}
SIZES = (10.0, 10.5, 11.0, 9.5)  # points
MARGINS = (72.0, 60.0, 54.0)  # points
GUTTER = 18.0  # points between two columns


class Font(Protocol):
    """The part of PyMuPDF's font that is used here."""

    def text_length(self, text: str, fontsize: float) -> float:
        """Points."""

    def has_glyph(self, code: int) -> int:
        """0 where the font lacks the character."""


@lru_cache(maxsize=16)
def font(name: str) -> Font:
    """One of the built-in fonts, by its PyMuPDF name."""
    return cast("Font", pymupdf.Font(name))


@dataclass(frozen=True, slots=True)
class Style:
    """Family, size and margin in points, number of columns."""

    family: str
    size: float
    margin: float
    columns: int

    @property
    def column_width(self) -> float:
        """Points."""
        return (WIDTH - 2 * self.margin - (self.columns - 1) * GUTTER) / self.columns

    @property
    def regular(self) -> Font:
        """Upright face."""
        return font(FAMILIES[self.family][0])

    @property
    def bold(self) -> Font:
        """Face of headings."""
        return font(FAMILIES[self.family][1])

    @property
    def italic(self) -> Font:
        """Face of small print."""
        return font(FAMILIES[self.family][2])


def style_of(meta: Mapping[str, object]) -> Style:
    """The look of a document: drawn from its id, so that it never changes; `layout` in the front matter prevails."""
    draw = int(hashlib.sha256(str(meta.get("id")).encode()).hexdigest(), 16)
    family, size, columns = ("sans", "serif")[draw % 2], SIZES[draw // 2 % 4], 1
    if meta.get("kind") == "email":
        family = ("sans", "mono")[draw // 16 % 2]
        size = 9.0 if family == "mono" else size
    if meta.get("kind") in {"report", "decision"} and draw // 32 % 2:
        columns = 2
    layout = meta.get("layout")
    told = layout if isinstance(layout, dict) else {}
    return Style(
        family=str(told.get("family", family)),
        size=float(told.get("size", size)),
        margin=float(told.get("margin", MARGINS[draw // 8 % 3])),
        columns=int(told.get("columns", columns)),
    )


def tokens(text: str, start: int, end: int) -> list[Range]:
    """Ranges of the words of text[start:end]."""
    return [(start + found.start(), start + found.end()) for found in re.finditer(r"\S+", text[start:end])]


def wrap(text: str, ranges: Sequence[Range], *, face: Font, size: float, width: float) -> list[list[Range]]:
    """Lines of words that fit into `width` points; each range begins a line, a word too long for one is broken."""
    space = face.text_length(" ", size)
    lines: list[list[Range]] = []
    for first, last in ranges:
        line: list[Range] = []
        used = 0.0
        for word in tokens(text, first, last):
            *heads, (start, end) = broken(text, word, face=face, size=size, width=width)
            if heads:
                lines += [line] if line else []
                lines += [[head] for head in heads]
                line, used = [], 0.0
            length = face.text_length(text[start:end], size)
            if line and used + space + length > width:
                lines.append(line)
                line, used = [], 0.0
            used += (space if line else 0.0) + length
            line.append((start, end))
        lines += [line] if line else []
    return lines


def broken(text: str, word: Range, *, face: Font, size: float, width: float) -> list[Range]:
    """A word cut into parts of at most `width` points; the word itself when it fits."""
    start, end = word
    parts: list[Range] = []
    while end - start > 1 and face.text_length(text[start:end], size) > width:
        at = start
        fits = bisect_right(range(1, end - start), width, key=lambda n: face.text_length(text[at : at + n], size))
        parts.append((start, start + max(1, fits)))
        start += max(1, fits)
    return [*parts, (start, end)]
