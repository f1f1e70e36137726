"""The font of our own marks, and the font of the invisible word layer of pictures. Both embedded, both rebuilt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from fontTools import agl

from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub import programs, tounicode

MARK_FONT, LAYER_FONT = "L", "W"  # resource names on every page that uses them
LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,-()/'"
    "\u00a0\u00a7\u2013\u2014\u2019\u00c9\u00c8\u00ca\u00c0\u00c7\u00e9\u00e8\u00ea\u00e0\u00e7\u00ee\u00f4\u00fb"
)
MAP_TOP = 65_536  # codes of two bytes
EMPTY = programs.Outline([], 0)
LAYER_WIDTH = 500  # thousandths: width of every glyph of the word layer; each word is stretched to its own
BLOCK = programs.Outline(  # readers pass over a word of one letter whose shape is empty
    [("moveTo", ((0, 0),)), ("lineTo", ((0, 700),)), ("lineTo", ((500, 700),)), ("lineTo", ((500, 0),)),
     ("closePath", ())], LAYER_WIDTH,
)  # fmt: skip


@dataclass(slots=True)
class OwnFont:
    """A bare CFF program cut to `LETTERS`, as one-byte codes."""

    program: bytes = field(repr=False)
    outlines: dict[str, programs.Outline] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        source = programs.read_cff(self.program)
        names = {letter: str(agl.UV2AGL[ord(letter)]) for letter in LETTERS if ord(letter) in agl.UV2AGL}
        names["\u00a0"] = "space"
        shapes = programs.outlines(source, set(names.values()) & set(source.order))
        self.outlines = {letter: shapes[name] for letter, name in names.items() if name in shapes}

    def _codes(self) -> dict[str, int]:
        return {letter: code for code, letter in enumerate(self.outlines, start=1)}

    def encode(self, text: str) -> bytes:
        """`text` in the codes of this font. Raises OutsideSchema for a letter it does not have."""
        codes = self._codes()
        if any(letter not in codes for letter in text):
            raise OutsideSchema(Reason.CONTENT)
        return bytes(codes[letter] for letter in text)

    def width(self, text: str) -> float:
        """Width of `text` at type size 1."""
        return sum(self.outlines[letter].advance for letter in text if letter in self.outlines) / 1000

    def embed(self, pdf: Any, letters: frozenset[str]) -> Any:
        """A font object in `pdf` that holds `letters` alone."""
        codes = {letter: code for letter, code in self._codes().items() if letter in letters}
        named = {".notdef": EMPTY} | {f"c{code}": self.outlines[letter] for letter, code in codes.items()}
        first, last = min(codes.values()), max(codes.values())
        by_code = {code: round(self.outlines[letter].advance) for letter, code in codes.items()}
        stream = pdf.make_stream(programs.write_cff(named))
        stream.Subtype = pikepdf.Name.Type1C
        return pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/AAAAAA+Marks"),
                FirstChar=first, LastChar=last,
                Widths=pikepdf.Array([by_code.get(code, 0) for code in range(first, last + 1)]),
                Encoding=pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=_differences(sorted(by_code))),
                ToUnicode=pdf.make_stream(tounicode.written({code: x for x, code in codes.items()}, width=1)),
                FontDescriptor=pdf.make_indirect(_descriptor("/AAAAAA+Marks", "/FontFile3", stream)),
            )
        )  # fmt: skip


def _differences(codes: list[int]) -> pikepdf.Array:
    made = pikepdf.Array()
    for code in codes:
        made.append(code)
        made.append(pikepdf.Name(f"/c{code}"))
    return made


def _descriptor(name: str, key: str, program: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary({
        "/Type": pikepdf.Name.FontDescriptor, "/FontName": pikepdf.Name(name), "/Flags": 4,
        "/FontBBox": pikepdf.Array([0, -250, 1000, 1000]), "/ItalicAngle": 0, "/Ascent": 750, "/Descent": -250,
        "/CapHeight": 720, "/StemV": 80, key: program,
    })  # fmt: skip


def embed_layer(pdf: Any, texts: frozenset[str]) -> Any:
    """A font of one shape whose two-byte codes are Unicode values: that of the word layer, for the letters `texts`."""
    program = programs.write_truetype([EMPTY, BLOCK], units=programs.UNITS, codes={})
    child = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name("/AAAAAA+Layer"),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0), DW=LAYER_WIDTH,
        FontDescriptor=_descriptor("/AAAAAA+Layer", "/FontFile2", pdf.make_stream(program)),
        CIDToGIDMap=pdf.make_stream(b"\x00\x01" * MAP_TOP),
    )  # fmt: skip
    codes = {ord(text): text for text in texts if ord(text) < MAP_TOP}
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/AAAAAA+Layer"),
            Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=pikepdf.Array([pdf.make_indirect(child)]),
            ToUnicode=pdf.make_stream(tounicode.written(codes, width=2)),
        )
    )  # fmt: skip
