"""Simple-font encodings: code to glyph name, glyph name to text. Tables come from fontTools and Python's codecs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pikepdf
from fontTools import agl
from fontTools.encodings.StandardEncoding import StandardEncoding

from redactor.pdf.plan import OutsideSchema, Reason

MISSING = ".notdef"


@lru_cache(maxsize=4)
def base_encoding(name: str) -> dict[int, str]:
    """Code to glyph name of `/StandardEncoding`, `/WinAnsiEncoding` or `/MacRomanEncoding`; empty for others."""
    if name == "/StandardEncoding":
        return {code: glyph for code, glyph in enumerate(StandardEncoding) if glyph != MISSING}
    codec = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}.get(name)
    if codec is None:
        return {}
    decoded = ((code, bytes([code]).decode(codec, errors="ignore")) for code in range(32, 256))
    table = {code: agl.UV2AGL.get(ord(text), "") for code, text in decoded if text}
    return {code: glyph for code, glyph in table.items() if glyph} | (
        {0xA0: "space", 0xAD: "hyphen"} if codec == "cp1252" else {0xCA: "space"}
    )


def names_of(encoding: Any, *, implicit: dict[int, str]) -> dict[int, str]:
    """Code to glyph name, from a font's `/Encoding`; `implicit` holds when it names no base."""
    if encoding is None:
        return dict(implicit)
    if isinstance(encoding, pikepdf.Name):
        return dict(base_encoding(str(encoding)) or implicit)
    if not isinstance(encoding, pikepdf.Dictionary):
        raise OutsideSchema(Reason.FONT_PROGRAM)
    table = dict(base_encoding(str(encoding.get("/BaseEncoding", ""))) or implicit)
    return table | _differences(encoding.get("/Differences", pikepdf.Array()))


def _differences(items: Any) -> dict[int, str]:
    table, code = {}, 0
    for item in items:
        if isinstance(item, pikepdf.Name):
            table[code] = str(item)[1:]
            code += 1
        elif isinstance(item, int):
            code = item
    return table


def text_of(glyph: str) -> str:
    """Text of a glyph name by the Adobe glyph list; empty when the list does not know it."""
    return str(agl.toUnicode(glyph))


def canonical(glyph: str) -> str:
    """The list's own name for what `glyph` stands for ("A" for "A.alt"); empty when it has none."""
    text = text_of(glyph)
    return str(agl.UV2AGL.get(ord(text), "")) if len(text) == 1 else ""


def standard_names() -> dict[int, str]:
    """Adobe's standard encoding, which a Type 1 program uses when it names none."""
    return base_encoding("/StandardEncoding")
