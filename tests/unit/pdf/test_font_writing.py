"""Fonts written one by one: which program goes where, and what is left to the picture route instead."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from redactor.pdf.plan import Reason
from redactor.pdf.scrub import composite, programs, simple
from redactor.pdf.scrub.fonts import FontShelf
from redactor.pdf.scrub.fontuse import FontUse
from redactor.pdf.scrub.programs import Outline, Postscript
from tests.pdf.kit import base_font, cff_font, embedded, letters_font
from tests.unit.pdf.schema_kit import A, D, N, reason_of
from tests.unit.pdf.test_schema_fonts import opentype

LOWER_A = 0x61  # code of "a" in every encoding here
UPRIGHT = [0.001, 0, 0, 0.001, 0, 0]


def font(pdf: pikepdf.Pdf, key: str, data: bytes, kind: str = "", **more: Any) -> Any:
    """A simple font with a program under `key` of its descriptor."""
    program = pdf.make_stream(data)
    if kind:
        program.Subtype = N(kind)
    descriptor = D({"/Type": N.FontDescriptor, "/Flags": 32, key: program})
    return D(Type=N.Font, Subtype=N.TrueType, BaseFont=N.Arial, FontDescriptor=descriptor, **more)


def use(source: Any, *, width: int = 1, codes: tuple[int, ...] = (LOWER_A,)) -> FontUse:
    return FontUse(source, D(), width, {LOWER_A: "a"}, {LOWER_A: 500.0}, 0.0, codes=set(codes))


def test_a_quadratic_program_under_the_third_key_becomes_truetype(pdf: pikepdf.Pdf) -> None:
    source = font(pdf, "/FontFile3", letters_font()[0], "/OpenType", Encoding=N.WinAnsiEncoding)
    made = simple.write(use(source), pdf, name="/AAAAAA+F0")
    written = TTFont(io.BytesIO(made["/FontDescriptor"].FontFile2.read_bytes()))
    assert len(written.getGlyphOrder()) == 2  # the empty one and the letter used
    assert str(made["/Subtype"]) == "/TrueType"


@pytest.mark.parametrize(("key", "kind"), [("/FontFile3", "/OpenType"), ("/FontFile2", "")])
def test_cubic_outlines_are_no_truetype(pdf: pikepdf.Pdf, key: str, kind: str) -> None:
    source = font(pdf, key, opentype(), kind)
    assert reason_of(lambda: simple.write(use(source), pdf, name="/F")) is Reason.FONT_PROGRAM


def test_a_code_without_glyph_is_not_in_the_table(pdf: pikepdf.Pdf) -> None:
    source = font(pdf, "/FontFile2", letters_font()[0], Encoding=N.WinAnsiEncoding)
    made = simple.write(use(source, codes=(LOWER_A, 0x01)), pdf, name="/F")
    table = TTFont(io.BytesIO(made["/FontDescriptor"].FontFile2.read_bytes()))["cmap"].getcmap(1, 0).cmap
    assert set(table) == {LOWER_A}


@pytest.mark.parametrize("key", ["/FontFile", "/FontFile2", "/FontFile3"])
def test_a_font_with_a_program_never_borrows_widths(pdf: pikepdf.Pdf, key: str) -> None:
    measured = simple.standard_widths(font(pdf, key, b""), {LOWER_A: "a"}, lambda name, text: 600.0)
    assert measured == {}
    assert simple.standard_widths(base_font(), {LOWER_A: "a"}, lambda name, text: 600.0) == {LOWER_A: 600.0}


def test_a_symbol_font_keeps_its_own_encoding(pdf: pikepdf.Pdf) -> None:
    made = simple.write(use(D(Type=N.Font, Subtype=N.Type1, BaseFont=N.Symbol)), pdf, name="/F")
    assert "/Encoding" not in made
    assert str(made["/BaseFont"]) == "/Symbol"


def test_a_glyph_name_that_no_standard_font_has(pdf: pikepdf.Pdf) -> None:
    source = base_font()
    source.Encoding = D(Type=N.Encoding, Differences=A([LOWER_A, N("/quidonc")]))
    assert reason_of(lambda: simple.write(use(source), pdf, name="/F")) is Reason.FONT_MISSING


def test_cubic_outlines_of_a_composite_font_stay_cubic(pdf: pikepdf.Pdf) -> None:
    source = embedded(pdf)
    descriptor = source.DescendantFonts[0].FontDescriptor
    del descriptor.FontFile2
    descriptor.FontFile3 = pdf.make_stream(opentype(), Subtype=N.OpenType)
    made = composite.write(use(source, width=2, codes=(1,)), pdf, name="/F")
    assert "/FontFile3" in made["/DescendantFonts"][0].FontDescriptor


def test_a_program_keyed_by_number_is_asked_by_number() -> None:
    source = programs.read_cff(cff_font()).charstrings
    glyphs = {".notdef": source[".notdef"], "cid00005": source["a"]}
    program = Postscript(tuple(glyphs), glyphs, 1.0, {}, by_cid=True)
    found = composite._by_cid(program, [1, 5])
    assert set(found) == {0, 5}
    assert found[5].commands == programs.read_cff(cff_font()).outline("a").commands


def test_a_program_without_a_table_of_codes() -> None:
    data = TTFont(io.BytesIO(letters_font()[0]))
    del data["cmap"]
    out = io.BytesIO()
    data.save(out)
    assert programs.read_sfnt(out.getvalue()).cmap(3, 1) == {}
    assert programs.read_sfnt(letters_font()[0]).cmap(3, 1)
    assert programs.read_sfnt(letters_font()[0]).cmap(1, 0) == {}


@pytest.mark.parametrize(
    ("table", "code"), [("StandardEncoding", "a"), ("ExpertEncoding", None), ([".notdef"] * 97 + ["b"], "b")]
)
def test_encodings_of_a_bare_program(table: Any, code: str | None) -> None:
    assert programs._cff_encoding(SimpleNamespace(Encoding=table)).get(LOWER_A) == code


@pytest.mark.parametrize(
    ("matrix", "parts", "by_cid"),
    [
        ([0.001, 0.0003, 0, 0.001, 0, 0], [], False), ([0.001, 0, 0, 0.002, 0, 0], [], False),
        ([0.001, 0, 0, 0.001, 50, 0], [], False), (UPRIGHT, [SimpleNamespace(rawDict={"FontMatrix": UPRIGHT})], True),
    ],
    ids=["slanted", "stretched", "moved", "matrices of parts"],
)  # fmt: skip
def test_programs_at_a_scale_that_is_not_copied(matrix: list[float], parts: list[Any], by_cid: bool) -> None:
    top = SimpleNamespace(FontMatrix=matrix, FDArray=parts)
    assert reason_of(lambda: programs._scale(top, by_cid=by_cid)) is Reason.FONT_PROGRAM


def test_the_usual_scale() -> None:
    assert programs._scale(SimpleNamespace(FontMatrix=UPRIGHT, FDArray=[]), by_cid=True) == 1.0


WRONG = Outline([("lineTo", ((1, 1),))], 500)  # a line from nowhere


@pytest.mark.parametrize(
    "call",
    [
        lambda: programs.outlines(programs.read_cff(cff_font()), {"nobody"}),
        lambda: programs.write_truetype([WRONG, WRONG], units=1000, codes={}),
        lambda: programs.write_cff({".notdef": Outline([("quidonc", ())], 500)}),
    ],
    ids=["unknown glyph", "wrong outline", "unknown command"],
)
def test_outlines_that_cannot_be_drawn_or_written(call: Callable[[], Any]) -> None:
    assert reason_of(call) is Reason.FONT_PROGRAM


@pytest.mark.parametrize(("kind", "reason"), [("/Type3", Reason.FONT_TYPE3), ("/Quidonc", Reason.FONT_PROGRAM)])
def test_kinds_of_fonts_that_are_not_copied(pdf: pikepdf.Pdf, kind: str, reason: Reason) -> None:
    shelf = FontShelf(pdf, lambda name, text: 0.0)
    assert reason_of(lambda: shelf.use(D(Subtype=N(kind)), page=0)) is reason


def test_a_font_that_draws_nothing_is_a_standard_one(pdf: pikepdf.Pdf) -> None:
    shelf = FontShelf(pdf, lambda name, text: 0.0)
    found = shelf.use(font(pdf, "/FontFile2", letters_font()[0]), page=0)
    assert shelf.finish() == {}
    assert dict(found.target) == {"/Type": N.Font, "/Subtype": N.Type1, "/BaseFont": N.Helvetica}


def test_a_font_that_fails_fails_its_pages_alone(pdf: pikepdf.Pdf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a program makes the writer raise, the pages that use it become pictures; the others stay text."""
    shelf = FontShelf(pdf, lambda name, text: 500.0)
    bad, good = font(pdf, "/FontFile2", b""), base_font()
    for page, source in ((0, bad), (1, good), (2, bad)):
        shelf.use(source, page=page).codes.add(LOWER_A)
    write = simple.write

    def fail(one: FontUse, *rest: Any, **options: Any) -> Any:
        if one.source is bad:
            raise IndexError
        return write(one, *rest, **options)

    monkeypatch.setattr("redactor.pdf.scrub.simple.write", fail)
    assert shelf.finish() == {0: Reason.FONT_PROGRAM, 2: Reason.FONT_PROGRAM}
