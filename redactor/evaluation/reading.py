"""What two libraries extract from a PDF: glyphs with their centres, pixels, and what stands beside the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pymupdf
import pypdfium2

SCALE = 2  # pixels a point
CURVES = 200  # drawn curves on a page without text beyond which letters were probably drawn as outlines


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character that is not a blank, with the centre of its box in points from the top left."""

    char: str = field(repr=False)
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Pixels:
    """Grey picture of a page at SCALE pixels a point; `stride` bytes a row."""

    width: int
    height: int
    stride: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page as both libraries extract it, in writing order; `textless` pages can only be judged by `pixels`."""

    index: int
    mupdf: tuple[Glyph, ...] = field(repr=False)
    pdfium: tuple[Glyph, ...] = field(repr=False)
    textless: bool
    pixels: Pixels = field(repr=False)


def read_pages(data: bytes) -> tuple[ReadPage, ...]:
    """Every page of a PDF."""
    with pymupdf.open("pdf", data) as document:
        other = pypdfium2.PdfDocument(data)
        try:
            return tuple(_page(document[k], other[k], index=k) for k in range(document.page_count))
        finally:
            other.close()


def beside_pages(data: bytes) -> str:
    """Metadata, XMP and the words of annotations: text that a reader of the pages does not see."""
    with pymupdf.open("pdf", data) as document:
        told = [str(value) for value in document.metadata.values() if value]
        told.append(document.get_xml_metadata() or "")
        told += [note.info.get("content", "") for page in document for note in page.annots() or []]
    return " ".join(told)


def _page(page: Any, other: Any, *, index: int) -> ReadPage:
    mupdf, pdfium = _mupdf_glyphs(page), _pdfium_glyphs(other, height=page.rect.height)
    textless = not mupdf and not pdfium and _has_pictures(page)
    return ReadPage(index, mupdf, pdfium, textless, _pixels(page))


def _mupdf_glyphs(page: Any) -> tuple[Glyph, ...]:
    raw = page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)
    spans = (span for block in raw["blocks"] for line in block.get("lines", []) for span in line["spans"])
    chars = ((char["c"], char["bbox"]) for span in spans for char in span["chars"])
    return tuple(Glyph(c, (x0 + x1) / 2, (y0 + y1) / 2) for c, (x0, y0, x1, y1) in chars if not c.isspace())


def _pdfium_glyphs(page: Any, *, height: float) -> tuple[Glyph, ...]:
    text = page.get_textpage()
    found = []
    for k in range(text.count_chars()):
        char = text.get_text_range(k, 1)
        if char and not char.isspace():
            left, bottom, right, top = text.get_charbox(k)
            found.append(Glyph(char, (left + right) / 2, height - (bottom + top) / 2))
    return tuple(found)


def _has_pictures(page: Any) -> bool:
    curves = sum(item[0] == "c" for drawing in page.get_drawings() for item in drawing["items"])
    return bool(page.get_images()) or curves > CURVES


def _pixels(page: Any) -> Pixels:
    picture = page.get_pixmap(matrix=pymupdf.Matrix(SCALE, SCALE), colorspace=pymupdf.csGRAY, alpha=False)
    return Pixels(picture.width, picture.height, picture.stride, bytes(picture.samples))
