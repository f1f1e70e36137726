"""Font programs: read as outlines, written as new programs that hold those outlines and nothing else.

No table, name, notice, hint or subroutine of the source program is copied.
"""

from __future__ import annotations

import io
import logging
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psLib import PSError, PSTokenError
from fontTools.pens.basePen import PenError
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.t1Lib import T1Error, T1Font
from fontTools.ttLib import TTFont, TTLibError, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub.encodings import standard_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # it quotes what it reads

Commands = list[tuple[str, tuple[Any, ...]]]

UNITS = 1000  # to the em: the glyph space of a PDF, ISO 32000-1, 9.2.4
TABLES = frozenset({"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap"})
PARSE_ERRORS = (
    TTLibError, T1Error, PSError, PSTokenError, PenError, struct.error, ValueError, KeyError, IndexError,
    AttributeError, AssertionError, TypeError, OverflowError, ArithmeticError, EOFError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outline:
    """One glyph: pen commands in `UNITS` to the em (TrueType: in the font's own units), and its advance."""

    commands: Commands = field(repr=False)
    advance: float


class Program(Protocol):
    """A font program that can be asked for outlines by glyph name, which is unique in it."""

    order: Sequence[str]
    quadratic: bool
    units: int

    def outline(self, name: str) -> Outline:
        """The outline of one glyph."""
        ...


@dataclass(slots=True)
class TrueType:
    """A program with a `glyf` or `CFF ` table."""

    font: Any
    order: Sequence[str]
    quadratic: bool
    units: int
    glyphs: Any

    def outline(self, name: str) -> Outline:
        """The outline of one glyph."""
        pen = DecomposingRecordingPen(self.glyphs)
        self.glyphs[name].draw(pen)
        return Outline(pen.value, self.glyphs[name].width)

    def cmap(self, platform: int, encoding: int) -> dict[int, str]:
        """Code to glyph name of one `cmap` sub-table; empty when there is none."""
        if "cmap" not in self.font:
            return {}
        table = self.font["cmap"].getcmap(platform, encoding)
        return {} if table is None else dict(table.cmap)


@dataclass(slots=True)
class Postscript:
    """A bare CFF or a Type 1 program."""

    order: Sequence[str]
    charstrings: Any
    scale: float
    encoding: Mapping[int, str]
    by_cid: bool = False
    quadratic: bool = False
    units: int = UNITS

    def outline(self, name: str) -> Outline:
        """The outline of one glyph, brought to `UNITS` to the em."""
        pen = DecomposingRecordingPen(self.charstrings)
        charstring = self.charstrings[name]
        charstring.draw(pen)
        width = getattr(charstring, "width", 0) or 0
        if self.scale == 1.0:
            return Outline(pen.value, width)
        scaled = RecordingPen()
        pen.replay(TransformPen(scaled, (self.scale, 0, 0, self.scale, 0, 0)))
        return Outline(scaled.value, width * self.scale)


def read_sfnt(data: bytes) -> TrueType:
    """A TrueType or OpenType program. Raises OutsideSchema when it cannot be read."""
    try:
        font = TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
        order = font.getGlyphOrder()
        return TrueType(font, order, "glyf" in font, int(font["head"].unitsPerEm), font.getGlyphSet())
    except PARSE_ERRORS:
        raise OutsideSchema(Reason.FONT_PROGRAM) from None


def read_cff(data: bytes) -> Postscript:
    """A bare CFF program. Raises OutsideSchema when it cannot be read."""
    try:
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(data), None)
        top = fonts[0]
        by_cid = hasattr(top, "ROS")
        encoding = {} if by_cid else _cff_encoding(top)
        return Postscript(tuple(top.charset), top.CharStrings, _scale(top, by_cid=by_cid), encoding, by_cid)
    except PARSE_ERRORS:
        raise OutsideSchema(Reason.FONT_PROGRAM) from None


def read_type1(data: bytes) -> Postscript:
    """A Type 1 program. Raises OutsideSchema when it cannot be read."""
    try:
        font = T1Font.__new__(T1Font)
        font.data, font.encoding = data, "latin-1"
        font.parse()
        names = font.font["Encoding"]
        table = {code: name for code, name in enumerate(names) if name != ".notdef"} if isinstance(names, list) else {}
        scale = float(font.font["FontMatrix"][0]) * UNITS
        return Postscript(tuple(font.font["CharStrings"]), font.font["CharStrings"], scale, table)
    except PARSE_ERRORS:
        raise OutsideSchema(Reason.FONT_PROGRAM) from None


def _cff_encoding(top: Any) -> dict[int, str]:
    table = top.Encoding
    if isinstance(table, str):
        return dict(standard_names()) if table == "StandardEncoding" else {}
    return {code: name for code, name in enumerate(table) if name != ".notdef"}


def _scale(top: Any, *, by_cid: bool) -> float:
    matrix = list(getattr(top, "FontMatrix", None) or [0.001, 0, 0, 0.001, 0, 0])
    if by_cid and any("FontMatrix" in part.rawDict for part in top.FDArray):
        raise OutsideSchema(Reason.FONT_PROGRAM)
    if abs(matrix[1]) + abs(matrix[2]) + abs(matrix[4]) + abs(matrix[5]) > 1e-6 or abs(matrix[0] - matrix[3]) > 1e-9:
        raise OutsideSchema(Reason.FONT_PROGRAM)
    return round(float(matrix[0]) * UNITS, 6)


def outlines(program: Program, names: Iterable[str]) -> dict[str, Outline]:
    """Outlines of `names`. Raises OutsideSchema when one cannot be drawn."""
    try:
        return {name: program.outline(name) for name in names}
    except PARSE_ERRORS:
        raise OutsideSchema(Reason.FONT_PROGRAM) from None


def write_truetype(shapes: Sequence[Outline], *, units: int, codes: Mapping[int, int]) -> bytes:
    """A new TrueType program: `shapes` in glyph order, number 0 first; `codes` maps one-byte codes to glyphs."""
    order = [".notdef", *(f"g{n}" for n in range(1, len(shapes)))]
    builder = FontBuilder(units, isTTF=True)
    builder.setupGlyphOrder(order)
    try:
        builder.setupGlyf({name: _tt_glyph(shape) for name, shape in zip(order, shapes, strict=True)})
        return _finished(builder, order, shapes, codes)
    except PARSE_ERRORS:
        raise OutsideSchema(Reason.FONT_PROGRAM) from None


def _finished(builder: Any, order: Sequence[str], shapes: Sequence[Outline], codes: Mapping[int, int]) -> bytes:
    glyf = builder.font["glyf"]
    metrics = {n: (_advance(s), getattr(glyf[n], "xMin", 0) or 0) for n, s in zip(order, shapes, strict=True)}
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader()
    if codes:
        _set_cmap(builder.font, {code: order[glyph] for code, glyph in codes.items()})
    head = builder.font["head"]
    head.created = head.modified = 0
    for tag in set(builder.font.keys()) - TABLES - {"GlyphOrder"}:
        del builder.font[tag]
    out = io.BytesIO()
    builder.font.recalcTimestamp = False
    builder.font.save(out)
    return out.getvalue()


def _set_cmap(font: Any, table: Mapping[int, str]) -> None:
    cmap = newTable("cmap")
    cmap.tableVersion, cmap.tables = 0, []
    for platform, encoding, version, shift in ((1, 0, 0, 0), (3, 0, 4, 0xF000)):
        part = CmapSubtable.newSubtable(version)
        part.platformID, part.platEncID, part.language = platform, encoding, 0
        part.cmap = {code + shift: name for code, name in table.items()}
        cmap.tables.append(part)
    font["cmap"] = cmap


def _advance(shape: Outline) -> int:
    return max(0, min(65_535, round(shape.advance)))


def _tt_glyph(shape: Outline) -> Any:
    pen = TTGlyphPen(None)
    recording = RecordingPen()
    recording.value = shape.commands
    recording.replay(pen)
    return pen.glyph()


def write_cff(shapes: Mapping[str, Outline]) -> bytes:
    """A new bare CFF program; `shapes` by glyph name in glyph order, `.notdef` first."""
    builder = FontBuilder(UNITS, isTTF=False)
    builder.setupGlyphOrder(list(shapes))
    try:
        strings = {name: _charstring(shape) for name, shape in shapes.items()}
        builder.setupCFF("Rebuilt", {}, strings, {})
        builder.setupHorizontalMetrics({name: (_advance(shape), 0) for name, shape in shapes.items()})
        return bytes(builder.font["CFF "].compile(builder.font))
    except PARSE_ERRORS:
        raise OutsideSchema(Reason.FONT_PROGRAM) from None


def _charstring(shape: Outline) -> Any:
    pen = T2CharStringPen(round(shape.advance), None)
    recording = RecordingPen()
    recording.value = shape.commands
    recording.replay(pen)
    return pen.getCharString()
