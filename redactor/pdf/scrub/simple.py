"""Simple fonts (one-byte codes): which glyph each code draws, and a new font with those glyphs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub import descriptors, encodings, programs
from redactor.pdf.scrub.numbers import array, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redactor.pdf.scrub.fontuse import FontUse, Measure
    from redactor.pdf.scrub.programs import Postscript, TrueType

SYMBOLS = {"/Symbol", "/ZapfDingbats"}
FLAG_FIXED, FLAG_SERIF, FLAG_SYMBOLIC, FLAG_ITALIC, FLAG_BOLD = 1, 2, 4, 64, 1 << 18
STANDARD = {  # (family, bold, italic) -> one of the fourteen fonts every viewer has; ISO 32000-1, 9.6.2.2
    (family, bold, italic): base + (f"-{bold_name * bold}{slant * italic}" if bold or italic else plain)
    for family, base, bold_name, slant, plain in (
        ("sans", "/Helvetica", "Bold", "Oblique", ""),
        ("mono", "/Courier", "Bold", "Oblique", ""),
        ("serif", "/Times", "Bold", "Italic", "-Roman"),
    )
    for bold in (False, True)
    for italic in (False, True)
}


def texts_of(source: Any) -> dict[int, str]:
    """Code to text by the encoding alone."""
    implicit = encodings.standard_names() if _is_latin(source) else {}
    names = encodings.names_of(source.get("/Encoding"), implicit=implicit)
    found = {code: encodings.text_of(name) for code, name in names.items()}
    return {code: text for code, text in found.items() if text}


def _is_latin(source: Any) -> bool:
    descriptor = source.get("/FontDescriptor", pikepdf.Dictionary())
    return str(source.get("/BaseFont", "")) not in SYMBOLS and not _flags(descriptor) & FLAG_SYMBOLIC


def _flags(descriptor: Any) -> int:
    flags = descriptor.get("/Flags", 0)
    return flags if isinstance(flags, int) else 0


def widths_of(source: Any) -> dict[int, float]:
    """Width of each code in thousandths, as far as the font lists them."""
    first = source.get("/FirstChar", 0)
    if not isinstance(first, int):
        raise OutsideSchema(Reason.FONT_PROGRAM)
    listed = source.get("/Widths", pikepdf.Array())
    return {first + n: number(width, reason=Reason.FONT_PROGRAM) for n, width in enumerate(listed)}


def standard_widths(source: Any, texts: Mapping[int, str], measure: Measure) -> dict[int, float]:
    """Width of each code of a font that lists none: those of the standard font that stands for it."""
    descriptor = source.get("/FontDescriptor", pikepdf.Dictionary())
    if any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
        return {}
    base = _standard_name(str(source.get("/BaseFont", "")), _flags(descriptor))
    return {code: measure(base, text) for code, text in texts.items()}


def write(use: FontUse, pdf: Any, *, name: str) -> dict[str, Any]:
    """Entries of the new font dictionary."""
    descriptor = use.source.get("/FontDescriptor", pikepdf.Dictionary())
    if "/FontFile2" in descriptor:
        made = _truetype(use, programs.read_sfnt(descriptor.FontFile2.read_bytes()), descriptor, pdf, name)
    elif "/FontFile3" in descriptor:
        made = _from_file3(use, descriptor, pdf, name)
    elif "/FontFile" in descriptor:
        made = _type1(use, programs.read_type1(descriptor.FontFile.read_bytes()), descriptor, pdf, name)
    else:
        return _standard(use, descriptor)
    return made | _widths(use)


def _widths(use: FontUse) -> dict[str, Any]:
    first, last = min(use.codes), max(use.codes)
    row = [use.advance(code) * 1000 if code in use.codes else 0.0 for code in range(first, last + 1)]
    return {"/FirstChar": first, "/LastChar": last, "/Widths": array(row)}


def _from_file3(use: FontUse, descriptor: Any, pdf: Any, name: str) -> dict[str, Any]:
    data = descriptor.FontFile3.read_bytes()
    if descriptor.FontFile3.get("/Subtype") != pikepdf.Name.OpenType:
        return _type1(use, programs.read_cff(data), descriptor, pdf, name)
    program = programs.read_sfnt(data)
    if not program.quadratic:
        raise OutsideSchema(Reason.FONT_PROGRAM)
    return _truetype(use, program, descriptor, pdf, name)


def _type1(use: FontUse, program: Postscript, descriptor: Any, pdf: Any, name: str) -> dict[str, Any]:
    implicit = dict(program.encoding) or encodings.standard_names()
    names = encodings.names_of(use.source.get("/Encoding"), implicit=implicit)
    known = set(program.order)
    glyphs = {code: names[code] for code in sorted(use.codes) if names.get(code) in known}
    _note_texts(use, glyphs)
    shapes = programs.outlines(program, {*glyphs.values(), ".notdef"} & known)
    empty = programs.Outline([], 0)
    rebuilt = {".notdef": shapes.get(".notdef", empty)} | {f"c{code}": shapes[n] for code, n in glyphs.items()}
    made = descriptors.copy(descriptor, name=name, symbolic=True)
    made.FontFile3 = pdf.make_stream(programs.write_cff(rebuilt))
    made.FontFile3.Subtype = pikepdf.Name.Type1C
    return {
        "/Type": pikepdf.Name.Font, "/Subtype": pikepdf.Name.Type1, "/BaseFont": pikepdf.Name(name),
        "/FontDescriptor": pdf.make_indirect(made),
        "/Encoding": pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=_differences(glyphs)),
    }  # fmt: skip


def _note_texts(use: FontUse, glyphs: dict[int, str]) -> None:
    told = {code: encodings.text_of(glyph) for code, glyph in glyphs.items()}
    use.texts = {code: text for code, text in told.items() if text} | dict(use.texts)


def _differences(glyphs: dict[int, str]) -> pikepdf.Array:
    made = pikepdf.Array()
    for code in glyphs:
        made.append(code)
        made.append(pikepdf.Name(f"/c{code}"))
    return made


def _truetype(use: FontUse, program: TrueType, descriptor: Any, pdf: Any, name: str) -> dict[str, Any]:
    if not program.quadratic:
        raise OutsideSchema(Reason.FONT_PROGRAM)
    codes = sorted(use.codes)
    glyphs = _glyph_names(use, program, descriptor, codes)
    shapes = programs.outlines(program, {program.order[0], *glyphs.values()})
    listed = [shapes[program.order[0]], *(shapes[glyphs[code]] for code in codes if code in glyphs)]
    table = {code: n for n, code in enumerate((code for code in codes if code in glyphs), start=1)}
    made = descriptors.copy(descriptor, name=name, symbolic=True)
    made.FontFile2 = pdf.make_stream(programs.write_truetype(listed, units=program.units, codes=table))
    return {
        "/Type": pikepdf.Name.Font, "/Subtype": pikepdf.Name.TrueType, "/BaseFont": pikepdf.Name(name),
        "/FontDescriptor": pdf.make_indirect(made),
    }  # fmt: skip


def _glyph_names(use: FontUse, program: TrueType, descriptor: Any, codes: list[int]) -> dict[int, str]:
    """Code to glyph by ISO 32000-1, 9.6.6.4: by Unicode for Latin fonts, else by the font's own table."""
    encoding = use.source.get("/Encoding")
    found: dict[int, str] = {}
    if encoding is not None and (not _flags(descriptor) & FLAG_SYMBOLIC or isinstance(encoding, pikepdf.Dictionary)):
        found = _by_name(encodings.names_of(encoding, implicit=encodings.standard_names()), program, codes)
    return _by_code(program, codes) | found


def _by_name(names: dict[int, str], program: TrueType, codes: list[int]) -> dict[int, str]:
    unicode = program.cmap(3, 1) or program.cmap(0, 3)
    mac = program.cmap(1, 0)
    mac_codes = {glyph: code for code, glyph in encodings.base_encoding("/MacRomanEncoding").items()}
    known = set(program.order)
    found = {}
    for code in codes:
        name = names.get(code, "")
        text = encodings.text_of(name)
        glyph = (unicode.get(ord(text)) if len(text) == 1 else None) or mac.get(mac_codes.get(name, -1))
        glyph = glyph or (name if name in known else None)
        if glyph:
            found[code] = glyph
    return found


def _by_code(program: TrueType, codes: list[int]) -> dict[int, str]:
    symbol, mac = program.cmap(3, 0), program.cmap(1, 0)
    tries = {code: symbol.get(0xF000 + code) or symbol.get(code) or mac.get(code) for code in codes}
    return {code: glyph for code, glyph in tries.items() if glyph}


def _standard(use: FontUse, descriptor: Any) -> dict[str, Any]:
    """One of the fourteen standard fonts, the nearest to what the source names; glyphs by standard names only."""
    base = _standard_name(str(use.source.get("/BaseFont", "")), _flags(descriptor))
    made: dict[str, Any] = {
        "/Type": pikepdf.Name.Font,
        "/Subtype": pikepdf.Name.Type1,
        "/BaseFont": pikepdf.Name(base),
    }
    if base in SYMBOLS:
        return made
    implicit = encodings.base_encoding("/WinAnsiEncoding") if _is_truetype(use) else encodings.standard_names()
    names = encodings.names_of(use.source.get("/Encoding"), implicit=implicit)
    glyphs = {code: encodings.canonical(names.get(code, "")) for code in sorted(use.codes)}
    if not all(glyphs.values()):
        raise OutsideSchema(Reason.FONT_MISSING)
    table = pikepdf.Array()
    for code, glyph in glyphs.items():
        table.append(code)
        table.append(pikepdf.Name("/" + glyph))
    made["/Encoding"] = pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=table)
    return made | (
        _widths(use) | {"/FontDescriptor": descriptors.copy(descriptor, name=base, symbolic=False)}
        if use.widths
        else {}
    )


def _is_truetype(use: FontUse) -> bool:
    return str(use.source.get("/Subtype")) == "/TrueType"


def _standard_name(asked: str, flags: int) -> str:
    told = asked.lower().rpartition("+")[2]
    if asked in SYMBOLS:
        return asked
    bold = "bold" in told or "black" in told or bool(flags & FLAG_BOLD)
    italic = "italic" in told or "oblique" in told or bool(flags & FLAG_ITALIC)
    mono = "courier" in told or "mono" in told or "consol" in told or bool(flags & FLAG_FIXED)
    serif = not mono and ("times" in told or "serif" in told.replace("sansserif", "") or bool(flags & FLAG_SERIF))
    return STANDARD["mono" if mono else "serif" if serif else "sans", bold, italic]
