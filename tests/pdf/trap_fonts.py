"""Traps in fonts: what a font says of its glyphs, carries along, or hides between them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.ttProgram import Program

from redactor.model import Box, PageBox, RedactionKind
from tests.pdf.kit import (
    AFTER,
    BEFORE,
    HEIGHT,
    SECRET,
    SECRET_ASCII,
    Trap,
    add,
    append,
    base_font,
    cff_font,
    document,
    embedded,
    gids,
    letters_font,
    line,
    secret_box,
    type1_font,
    width_of,
)  # fmt: skip

OTHER = b"BT /E0 12 Tf 72 400 Td %s Tj ET\n" % gids("La direction propose avril")
LINE = b"BT /E0 12 Tf 72 600 Td %s Tj ET\n" % gids(BEFORE + SECRET + AFTER)


def font_trap(name: str, make: Any, content: bytes = OTHER, **more: Any) -> Trap:
    """The usual masked secret; `make` gives the font of one more line, with the secret somewhere in it."""

    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "Font", "E0", make(pdf))
        append(pdf, page, content)

    return Trap(
        name, document(mutate=mutate, secret=more.pop("secret", True)), more.pop("boxes", (secret_box(),)), **more
    )


def traps() -> Iterator[Trap]:
    """All traps of this file."""
    yield font_trap("font_name", lambda pdf: embedded(pdf, BaseFont=pikepdf.Name("/ABCDEF+ZoraideQuidonc")))
    yield font_trap("font_unknown_key", lambda pdf: embedded(pdf, Owner=pikepdf.String(SECRET)))
    yield font_trap("font_name_table", lambda pdf: embedded(pdf, program=_renamed()))
    yield font_trap("font_private_table", lambda pdf: embedded(pdf, program=_private_table()))
    yield font_trap("font_bytecode", lambda pdf: embedded(pdf, program=_bytecode()))
    yield font_trap("font_glyph_names", lambda pdf: embedded(pdf, program=_glyph_names()))
    yield font_trap("cmap_comment", lambda pdf: embedded(pdf, cmap=_cmap(f"% {SECRET}\n")))
    yield font_trap("cmap_name", lambda pdf: embedded(pdf, cmap=_cmap("/CMapName /ZoraideQuidonc def\n")))
    yield font_trap("cmap_unused_code", lambda pdf: embedded(pdf, cmap=_cmap(_spelled(0xF000))))
    yield font_trap("cmap_long_text", lambda pdf: embedded(pdf, cmap=_cmap("", long=True)))
    yield font_trap("cff_notice", _cff_notice, line("La direction propose", 72, 400, font="E0"))
    yield font_trap("type1_notice", _type1_notice, line("La direction propose", 72, 400, font="E0"))
    yield font_trap("type1_letters", _type1_plain, line(BEFORE + SECRET + AFTER, 72, 600, font="E0"), secret=False)
    yield font_trap("type1_broken", _type1_broken, line("La direction propose", 72, 400, font="E0"))
    yield font_trap("encoding_names", _encoding_names, b"BT /E0 12 Tf 72 400 Td (abc) Tj ET\n")
    yield font_trap("descriptor_strings", _descriptor_strings, line("La direction", 72, 400, font="E0"))
    yield font_trap(
        "descriptor_numbers",
        _descriptor_numbers,
        line("La direction", 72, 400, font="E0"),
        secrets=(SECRET, "901234561"),
    )
    yield font_trap("no_tounicode", _without_map, LINE, secret=False)
    yield font_trap("wrong_tounicode", _lying_map, LINE, secret=False, kind=RedactionKind.AREA, keep=(),
                    secrets=(gids(SECRET)[1:-1].decode(),))  # fmt: skip
    yield font_trap("type3_letters", _type3, b"BT /E0 12 Tf %g 600 Td (ab) Tj ET\n" % (72 + width_of(BEFORE)),
                    secret=False, kind=RedactionKind.AREA, numbers=(b"137.3137",))  # fmt: skip
    yield font_trap("type3_text_inside", _type3_text, b"BT /E0 12 Tf 72 400 Td (a) Tj ET\n", kind=RedactionKind.AREA,
                    boxes=(secret_box(), PageBox(0, Box(60, HEIGHT - 430, 300, HEIGHT - 390))))  # fmt: skip
    yield font_trap("not_embedded_name", _not_embedded, line("La direction propose", 72, 400, font="E0"))
    yield font_trap("codes_without_glyphs", embedded, OTHER + b"BT /E0 12 Tf 72 350 Td <%s> Tj ET\n" % _ascii_codes())
    yield font_trap("standard_letter_names", _standard_names, b"BT /E0 12 Tf 72 400 Td (ab) Tj ET\n")


def _saved(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _font() -> TTFont:
    return TTFont(io.BytesIO(letters_font()[0]))


def _renamed() -> bytes:
    font = _font()
    for number in range(8):
        font["name"].setName(SECRET, number, 3, 1, 0x409)
        font["name"].setName(SECRET_ASCII, number, 1, 0, 0)
    return _saved(font)


def _private_table() -> bytes:
    font = _font()
    font["ZORA"] = newTable("ZORA")
    font["ZORA"].data = SECRET.encode()
    return _saved(font)


def _bytecode() -> bytes:
    font = _font()
    font["fpgm"] = newTable("fpgm")
    font["fpgm"].program = Program()
    font["fpgm"].program.fromBytecode(SECRET.encode("cp1252"))
    return _saved(font)


def _glyph_names() -> bytes:
    count = len(_font().getGlyphOrder())
    font = _font()
    del font["cmap"]
    font.setGlyphOrder([".notdef", *(f"{SECRET_ASCII.replace(' ', '')}{n}" for n in range(1, count))])
    font["post"].formatType = 2.0
    font["post"].extraNames, font["post"].mapping = [], {}
    return _saved(font)


def _cmap(extra: str, *, long: bool = False) -> bytes:
    order = letters_font()[1]
    texts = {gid: text for text, gid in order.items()}
    if long:
        texts[order["L"]] = SECRET
    rows = "".join(f"<{gid:04x}> <{text.encode('utf-16-be').hex()}>\n" for gid, text in texts.items())
    codes = "1 begincodespacerange <0000> <ffff> endcodespacerange"
    return f"{extra}{codes}\n{len(texts)} beginbfchar\n{rows}endbfchar\n".encode()


def _spelled(code: int) -> str:
    return f"1 beginbfchar <{code:04x}> <{SECRET.encode('utf-16-be').hex()}> endbfchar\n"


def _simple(pdf: pikepdf.Pdf, **descriptor: Any) -> Any:
    font = base_font()
    font.BaseFont = pikepdf.Name("/ABCDEF+Sans")
    font.FirstChar, font.LastChar = 32, 255
    font.Widths = pikepdf.Array([round(width_of(bytes([c]).decode("cp1252", "ignore"), 1000)) for c in range(32, 256)])
    stream = pdf.make_stream(descriptor.pop("program", cff_font()))
    stream.Subtype = pikepdf.Name.Type1C
    keys = {
        "/Type": pikepdf.Name.FontDescriptor, "/FontName": font.BaseFont, "/Flags": 32, "/FontFile3": stream,
        "/FontBBox": pikepdf.Array([0, -250, 1000, 1000]), "/ItalicAngle": 0, "/Ascent": 750, "/Descent": -250,
        "/CapHeight": 700, "/StemV": 80,
    }  # fmt: skip
    font.FontDescriptor = pdf.make_indirect(pikepdf.Dictionary(keys | {"/" + k: v for k, v in descriptor.items()}))
    return pdf.make_indirect(font)


def _cff_notice(pdf: pikepdf.Pdf) -> Any:
    return _simple(pdf, program=cff_font(SECRET_ASCII))


def _type1(pdf: pikepdf.Pdf, program: bytes) -> Any:
    font = _simple(pdf)
    del font.FontDescriptor.FontFile3
    stream = pdf.make_stream(program)
    clear = program.index(b"eexec\n") + 6
    stream.Length1, stream.Length2, stream.Length3 = clear, len(program) - clear - 532, 532
    font.FontDescriptor.FontFile = stream
    return font


def _type1_notice(pdf: pikepdf.Pdf) -> Any:
    return _type1(pdf, type1_font(SECRET))


def _type1_plain(pdf: pikepdf.Pdf) -> Any:
    return _type1(pdf, type1_font())


def _type1_broken(pdf: pikepdf.Pdf) -> Any:
    """A program that nobody can draw: the page must be a picture, not a copy of it."""
    program = type1_font(SECRET)
    return _type1(pdf, program[: program.index(b"eexec\n") + 6] + SECRET.encode() * 20)


def _descriptor_strings(pdf: pikepdf.Pdf) -> Any:
    family = pikepdf.String(SECRET)
    return _simple(
        pdf, FontFamily=family, CharSet=family, Style=pikepdf.Dictionary(Panose=family), Lang=pikepdf.Name("/Quidonc")
    )


def _descriptor_numbers(pdf: pikepdf.Pdf) -> Any:
    return _simple(pdf, StemV=901234561, XHeight=901234561, Leading=901234561, AvgWidth=901234561)


def _encoding_names(pdf: pikepdf.Pdf) -> Any:
    font = base_font()
    names = ["/A.Quidonc", "/B.Zoraide", "/e"]
    font.Encoding = pikepdf.Dictionary(Differences=pikepdf.Array([97, *(pikepdf.Name(name) for name in names)]))
    return pdf.make_indirect(font)


def _standard_names(pdf: pikepdf.Pdf) -> Any:
    font = base_font()
    font.Encoding = pikepdf.Dictionary(
        Type=pikepdf.Name("/Quidonc"), Differences=pikepdf.Array([97, pikepdf.Name("/eacute"), pikepdf.Name("/L"), 200,
                                                                   pikepdf.Name("/ZoraideQuidonc")]))  # fmt: skip
    return pdf.make_indirect(font)


def _without_map(pdf: pikepdf.Pdf) -> Any:
    font = embedded(pdf)
    del font.ToUnicode
    return font


def _lying_map(pdf: pikepdf.Pdf) -> Any:
    rows = "".join(f"<{gid:04x}> <0061>\n" for gid in letters_font()[1].values())
    return embedded(pdf, cmap=f"{len(letters_font()[1])} beginbfchar\n{rows}endbfchar\n".encode())


def _type3(pdf: pikepdf.Pdf, procedure: bytes = b"600 0 d0 137.3137 0 m 500 0 l 500 700 l h f\n") -> Any:
    glyph = pdf.make_indirect(pdf.make_stream(procedure))
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=pikepdf.Array([0, 0, 1000, 1000]),
            FontMatrix=pikepdf.Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=97, LastChar=98,
            Widths=pikepdf.Array([600, 600]), CharProcs=pikepdf.Dictionary(a=glyph, b=glyph),
            Encoding=pikepdf.Dictionary(Differences=pikepdf.Array([97, pikepdf.Name.a, pikepdf.Name.b])),
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=base_font())),
        )
    )  # fmt: skip


def _type3_text(pdf: pikepdf.Pdf) -> Any:
    shown = b"9000 0 d0 q 80 0 0 80 0 0 cm " + line(SECRET, 0, 0) + b"Q\n"
    return _type3(pdf, shown)


def _not_embedded(pdf: pikepdf.Pdf) -> Any:
    font = base_font()
    font.BaseFont, font.Subtype = pikepdf.Name("/Quidonc,Bold"), pikepdf.Name.TrueType
    return pdf.make_indirect(font)


def _ascii_codes() -> bytes:
    """Codes that have no glyph and whose bytes spell the secret."""
    raw = b"".join(bytes([0xE0 + n % 8, byte]) for n, byte in enumerate(SECRET_ASCII.encode()))
    return raw.hex().encode()
