"""Font descriptors: numbers within bounds and a neutral name. The program is put in by the caller."""

from __future__ import annotations

from typing import Any

import pikepdf

from redactor.pdf.scrub.numbers import clamped

SYMBOLIC, NONSYMBOLIC = 4, 32  # flags; ISO 32000-1, table 123
STYLE_FLAGS = 1 | 2 | 8 | 64 | (1 << 18)  # fixed pitch, serif, script, italic, force bold


def copy(source: Any, *, name: str, symbolic: bool) -> pikepdf.Dictionary:
    """A new descriptor with the measures of `source`."""
    flags = clamped(source.get("/Flags", 0), low=0, high=(1 << 19)) & STYLE_FLAGS
    box = list(source.get("/FontBBox", [0, -250, 1000, 1000]))
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name(name),
        Flags=flags | (SYMBOLIC if symbolic else NONSYMBOLIC),
        FontBBox=pikepdf.Array([clamped(value, low=-4000, high=4000) for value in (*box, 0, 0, 0, 0)[:4]]),
    )
    for key, low, high in (
        ("/ItalicAngle", -45, 45), ("/Ascent", -2000, 2000), ("/Descent", -2000, 2000), ("/CapHeight", 0, 2000),
        ("/StemV", 0, 500), ("/XHeight", 0, 2000), ("/MissingWidth", 0, 2000),
    ):  # fmt: skip
        if key in source or key in {"/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV"}:
            made[key] = clamped(source.get(key, 0), low=low, high=high)
    return made
