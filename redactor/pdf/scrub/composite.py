"""Composite fonts (Type 0) with two-byte identity codes: widths read, new font written from its outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub import descriptors, programs
from redactor.pdf.scrub.numbers import array, number

if TYPE_CHECKING:
    from redactor.pdf.scrub.fontuse import FontUse
    from redactor.pdf.scrub.programs import Outline, Program

DEFAULT_WIDTH = 1000.0  # thousandths of the type size; ISO 32000-1, table 117
CODE_LIMIT = 65_536
EMPTY = programs.Outline([], 0)


def widths_of(source: Any) -> tuple[dict[int, float], float]:
    """Width of each code in thousandths, and that of codes not listed."""
    if str(source.get("/Encoding", "")) != "/Identity-H":
        raise OutsideSchema(Reason.FONT_PROGRAM)
    descendant = _descendant(source)
    default = number(descendant.get("/DW", 1000), reason=Reason.FONT_PROGRAM)
    items, at = list(descendant.get("/W", pikepdf.Array())), 0
    found: dict[int, float] = {}
    while at + 1 < len(items):
        first, second = _code(items[at]), items[at + 1]
        if isinstance(second, pikepdf.Array):
            found |= {first + n: number(width, reason=Reason.FONT_PROGRAM) for n, width in enumerate(second)}
            at += 2
        else:
            if at + 2 >= len(items):
                break
            width = number(items[at + 2], reason=Reason.FONT_PROGRAM)
            found |= dict.fromkeys(range(first, _code(second) + 1), width)
            at += 3
    return found, default


def _descendant(source: Any) -> Any:
    listed = source.get("/DescendantFonts")
    if not isinstance(listed, pikepdf.Array) or len(listed) != 1:
        raise OutsideSchema(Reason.FONT_PROGRAM)
    return listed[0]


def _code(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < CODE_LIMIT:
        raise OutsideSchema(Reason.FONT_PROGRAM)
    return value


def write(use: FontUse, pdf: Any, *, name: str) -> dict[str, Any]:
    """Entries of the new font dictionary."""
    source = _descendant(use.source)
    descriptor = source.get("/FontDescriptor", pikepdf.Dictionary())
    child = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        BaseFont=pikepdf.Name(name),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        DW=0,
        W=_widths(use),
        FontDescriptor=descriptors.copy(descriptor, name=name, symbolic=True),
    )
    _program(use, child, source, descriptor, pdf)
    return {
        "/Type": pikepdf.Name.Font,
        "/Subtype": pikepdf.Name.Type0,
        "/BaseFont": pikepdf.Name(name),
        "/Encoding": pikepdf.Name("/Identity-H"),
        "/DescendantFonts": pikepdf.Array([pdf.make_indirect(child)]),
    }


def _widths(use: FontUse) -> pikepdf.Array:
    made = pikepdf.Array()
    for code in sorted(use.codes):
        made.append(code)
        made.append(array([use.widths.get(code, use.default)]))
    return made


def _program(use: FontUse, child: Any, source: Any, descriptor: Any, pdf: Any) -> None:
    codes = sorted(use.codes)
    if "/FontFile2" in descriptor:
        _write_glyf(child, _by_gid(programs.read_sfnt(descriptor.FontFile2.read_bytes()), source, codes), codes, pdf)
        return
    if "/FontFile3" not in descriptor:
        raise OutsideSchema(Reason.FONT_MISSING)
    data = descriptor.FontFile3.read_bytes()
    if descriptor.FontFile3.get("/Subtype") == pikepdf.Name.OpenType:
        program: Program = programs.read_sfnt(data)
        if program.quadratic:
            _write_glyf(child, _by_gid(program, source, codes), codes, pdf)
            return
    else:
        program = programs.read_cff(data)
    _write_cff(child, _by_cid(program, codes), codes, pdf)


def _by_gid(program: Program, source: Any, codes: list[int]) -> tuple[Program, list[Outline]]:
    order, gids = program.order, _cid_to_gid(source)
    names = [order[gid] if (gid := gids(code)) < len(order) else order[0] for code in codes]
    shapes = programs.outlines(program, {order[0], *names})
    return program, [shapes[order[0]], *(shapes[name] for name in names)]


def _cid_to_gid(source: Any) -> Any:
    table = source.get("/CIDToGIDMap", pikepdf.Name.Identity)
    if not isinstance(table, pikepdf.Stream):
        return lambda code: code
    raw = table.read_bytes()
    return lambda code: int.from_bytes(raw[2 * code : 2 * code + 2], "big")


def _write_glyf(child: Any, found: tuple[Program, list[Outline]], codes: list[int], pdf: Any) -> None:
    program, shapes = found
    child.Subtype = pikepdf.Name.CIDFontType2
    child.FontDescriptor.FontFile2 = pdf.make_stream(programs.write_truetype(shapes, units=program.units, codes={}))
    table = bytearray(2 * (codes[-1] + 1))
    for gid, code in enumerate(codes, start=1):
        table[2 * code : 2 * code + 2] = gid.to_bytes(2, "big")
    child.CIDToGIDMap = pdf.make_stream(bytes(table))


def _by_cid(program: Program, codes: list[int]) -> dict[int, Outline]:
    order = program.order
    if getattr(program, "by_cid", False):
        known = set(order)
        names = {code: name for code in codes if (name := f"cid{code:05d}") in known}
    else:
        names = {code: order[code] for code in codes if code < len(order)}
    shapes = programs.outlines(program, {order[0], *names.values()})
    return {0: shapes[order[0]]} | {code: shapes[name] for code, name in names.items()}


def _write_cff(child: Any, shapes: dict[int, Outline], codes: list[int], pdf: Any) -> None:
    named = {(".notdef" if cid == 0 else f"g{cid}"): shapes.get(cid, EMPTY) for cid in range(codes[-1] + 1)}
    child.Subtype = pikepdf.Name.CIDFontType0
    stream = pdf.make_stream(programs.write_cff(named))
    stream.Subtype = pikepdf.Name.CIDFontType0C
    child.FontDescriptor.FontFile3 = stream
