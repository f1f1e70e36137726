"""Widths of the fourteen standard fonts, which a PDF may name without telling their widths."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pymupdf

BUILT_IN = {  # standard name: PyMuPDF's code for its own copy
    "/Helvetica": "helv", "/Helvetica-Bold": "hebo", "/Helvetica-Oblique": "heit", "/Helvetica-BoldOblique": "hebi",
    "/Courier": "cour", "/Courier-Bold": "cobo", "/Courier-Oblique": "coit", "/Courier-BoldOblique": "cobi",
    "/Times-Roman": "tiro", "/Times-Bold": "tibo", "/Times-Italic": "tiit", "/Times-BoldItalic": "tibi",
    "/Symbol": "symb", "/ZapfDingbats": "zadb",
}  # fmt: skip


def advance(name: str, text: str) -> float:
    """Width of `text` (one character) in thousandths of the type size in the standard font `name`."""
    return float(_font(name).glyph_advance(ord(text))) * 1000 if len(text) == 1 else 0.0


@lru_cache(maxsize=14)
def _font(name: str) -> Any:
    return pymupdf.Font(BUILT_IN[name])
