"""The edges of the whitelist: fonts and their programs; copied, or left to the picture route."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

from redactor.pdf.plan import Reason, RouteKind
from redactor.pdf.scrub import (
    composite,
    programs,
    simple,
)
from tests.pdf.kit import (
    add,
    append,
    cff_font,
    embedded,
    gids,
    letters_font,
    type1_font,
)
from tests.unit.pdf.schema_kit import A, D, N, reason_of, routed


def descendant(pdf: pikepdf.Pdf, **more: Any) -> Any:
    font = embedded(pdf)
    for key, value in more.items():
        font.DescendantFonts[0]["/" + key] = value
    return font


@pytest.mark.parametrize(
    "spoil",
    [
        lambda font: font.__setitem__("/Encoding", N("/90ms-RKSJ-H")),
        lambda font: font.__setitem__("/DescendantFonts", A([])),
        lambda font: font.DescendantFonts[0].__setitem__("/W", A([-1, A([500])])),
        lambda font: font.DescendantFonts[0].__setitem__("/W", A([1, 99_999, 500])),
    ],
)
def test_composite_fonts_that_are_not_copied(pdf: pikepdf.Pdf, spoil: Any) -> None:
    font = embedded(pdf)
    spoil(font)
    assert reason_of(lambda: composite.widths_of(font)) is Reason.FONT_PROGRAM


def test_widths_of_a_composite_font(pdf: pikepdf.Pdf) -> None:
    font = descendant(pdf, W=A([1, A([500, 600]), 5, 7, 250, 9, 10]), DW=900)
    assert composite.widths_of(font) == ({1: 500, 2: 600, 5: 250, 6: 250, 7: 250}, 900)


def opentype() -> bytes:
    """An OpenType program with cubic outlines."""
    source = programs.read_cff(cff_font())
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(list(source.order))
    strings = {}
    for name in source.order:
        pen = T2CharStringPen(round(source.outline(name).advance), None)
        source.charstrings[name].draw(pen)
        strings[name] = pen.getCharString()
    builder.setupCFF("Trap", {}, strings, {})
    builder.setupHorizontalMetrics(dict.fromkeys(source.order, (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupCharacterMap({})
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def file3(data: bytes, kind: str) -> Any:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        font = embedded(pdf)
        descriptor = font.DescendantFonts[0].FontDescriptor
        del descriptor.FontFile2
        descriptor.FontFile3 = pdf.make_stream(data, Subtype=N(kind))
        add(page, "Font", "E0", font)
        append(pdf, page, b"BT /E0 12 Tf 72 400 Td %s Tj ET\n" % gids("avril"))

    return mutate


@pytest.mark.parametrize(
    ("data", "kind", "route"),
    [
        (letters_font()[0], "/OpenType", RouteKind.TEXT),
        (opentype(), "/OpenType", RouteKind.TEXT),
        (cff_font(), "/CIDFontType0C", RouteKind.TEXT),
        (b"junk", "/CIDFontType0C", RouteKind.PICTURE),
        (b"junk", "/OpenType", RouteKind.PICTURE),
    ],
)
def test_programs_under_the_third_key(data: bytes, kind: str, route: RouteKind) -> None:
    assert routed(file3(data, kind))[0] is route


def test_a_composite_font_without_a_program_is_a_picture() -> None:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        font = embedded(pdf)
        del font.DescendantFonts[0].FontDescriptor.FontFile2
        add(page, "Font", "E0", font)
        append(pdf, page, b"BT /E0 12 Tf 72 400 Td %s Tj ET\n" % gids("avril"))

    assert routed(mutate) == (RouteKind.PICTURE, Reason.FONT_MISSING)


def test_a_map_from_codes_to_glyphs() -> None:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        font = embedded(pdf)
        table = b"".join(n.to_bytes(2, "big") for n in range(len(letters_font()[1]) + 1))
        font.DescendantFonts[0].CIDToGIDMap = pdf.make_stream(table)
        add(page, "Font", "E0", font)
        append(pdf, page, b"BT /E0 12 Tf 72 400 Td %s Tj ET\n" % gids("avril"))

    assert routed(mutate) == (RouteKind.TEXT, Reason.NONE)


@pytest.mark.parametrize("read", [programs.read_sfnt, programs.read_cff, programs.read_type1])
@pytest.mark.parametrize("data", [b"", b"junk", b"\0" * 64, b"%!PS-AdobeFont-1.0\n(", b"<zz>"])
def test_programs_that_cannot_be_read(read: Any, data: bytes) -> None:
    assert reason_of(lambda: read(data)) is Reason.FONT_PROGRAM


def test_a_type_1_program_is_read_with_its_encoding() -> None:
    found = programs.read_type1(type1_font())
    assert "A" not in found.order or found.scale == pytest.approx(1.0)
    assert found.outline("a").advance > 0


def test_outlines_at_another_scale() -> None:
    found = programs.read_cff(cff_font())
    half = programs.Postscript(found.order, found.charstrings, 0.5, {})
    assert half.outline("a").advance == pytest.approx(found.outline("a").advance / 2)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (D(BaseFont=N("/Symbol")), "/Symbol"), (D(BaseFont=N("/ABCDEF+Arial-BoldMT")), "/Helvetica-Bold"),
        (D(BaseFont=N("/TimesNewRoman,Italic")), "/Times-Italic"), (D(BaseFont=N("/Consolas")), "/Courier"),
        (D(BaseFont=N("/MSSansSerif")), "/Helvetica"), (D(BaseFont=N("/Georgia,BoldItalic")), "/Helvetica-BoldOblique"),
    ],
)  # fmt: skip
def test_the_standard_font_that_stands_for_another(source: Any, name: str) -> None:
    asked: list[str] = []
    simple.standard_widths(source, {65: "A"}, lambda base, text: asked.append(base) or 0.0)  # type: ignore[func-returns-value]
    assert asked == [name]


def test_a_first_code_that_is_no_number() -> None:
    assert reason_of(lambda: simple.widths_of(D(FirstChar=N.X, Widths=A([])))) is Reason.FONT_PROGRAM
