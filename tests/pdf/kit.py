"""Builds PDFs object by object for the traps: one page with words that stay, one secret at a known place.

Persons are invented. `SECRET` is what every trap hides in its channel; `COLOUR` is the ink of secret pixels.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pymupdf
from fontTools import agl
from fontTools.fontBuilder import FontBuilder
from fontTools.misc import eexec
from fontTools.misc.psCharStrings import T1CharString
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image, ImageDraw

from redactor.model import Box, PageBox, Redaction, RedactionKind
from redactor.pdf.scrub import programs

SECRET = "Zoraïde Quidonc"
SECRET_ASCII = "Zoraide Quidonc"
COLOUR = (210, 20, 200)  # no other ink of the traps is near it
WIDTH, HEIGHT = 612.0, 792.0
SIZE = 12.0
BEFORE, AFTER = "Le dossier de ", " est fermé depuis mardi."
KEEP = (
    "La direction propose un nouveau calendrier pour le pont de la rivière.",
    "Les travaux commencent en avril et se terminent en octobre.",
    "Le coût prévu demeure de 410 000 $ pour la première étape.",
)
BASE = 600.0  # base line of the line with the secret
Mutate = Callable[[pikepdf.Pdf, Any], None]


@dataclass(frozen=True)
class Trap:
    """One file, where its secret stands, and what must stay readable."""

    name: str
    data: bytes = field(repr=False)
    boxes: tuple[PageBox, ...]
    kind: RedactionKind = RedactionKind.TEXT
    keep: tuple[str, ...] = KEEP
    secrets: tuple[str, ...] = (SECRET, SECRET_ASCII)
    numbers: tuple[bytes, ...] = ()  # coordinates that only the secret drawing has
    refused: str = ""  # code of the error that is the right answer

    def redactions(self) -> tuple[Redaction, ...]:
        """What an officer would have masked."""
        return tuple(Redaction((box,), "art. 53", self.kind) for box in self.boxes)


@functools.lru_cache(maxsize=2)
def helvetica(name: str = "helv") -> Any:
    return pymupdf.Font(name)


def width_of(text: str, size: float = SIZE) -> float:
    return float(helvetica().text_length(text, size))


def literal(text: str) -> bytes:
    """A PDF string in WinAnsi."""
    return (
        bytes(pikepdf.String(text).unparse()) if text.isascii() else b"<" + text.encode("cp1252").hex().encode() + b">"
    )


def line(text: str, x: float, y: float, *, size: float = SIZE, font: str = "F1") -> bytes:
    return b"BT /%s %g Tf %g %g Td %s Tj ET\n" % (font.encode(), size, x, y, literal(text))


def keep_lines() -> bytes:
    return b"".join(line(text, 72, 720 - 20 * n) for n, text in enumerate(KEEP))


def secret_line(y: float = BASE) -> bytes:
    return line(BEFORE + SECRET + AFTER, 72, y)


def secret_box(y: float = BASE, x: float = 72.0, *, size: float = SIZE, page: int = 0, before: str = BEFORE) -> PageBox:
    """Box of the secret as shown on an upright letter page."""
    x0 = x + width_of(before, size)
    top = HEIGHT - y
    return PageBox(page, Box(x0, top - 0.8 * size, x0 + width_of(SECRET, size), top + 0.22 * size))


def base_font() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def document(
    content: bytes = b"", *, mutate: Mutate | None = None, secret: bool = True, pages: int = 1, **saving: Any
) -> bytes:
    """A PDF of `pages` pages; `content` is added to the first, `mutate` gets the file and its first page."""
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page = pdf.pages[number].obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=base_font()))
        body = keep_lines() + (secret_line() if secret and number == 0 else b"") + (content if number == 0 else b"")
        page.Contents = pdf.make_stream(body)
    if mutate is not None:
        mutate(pdf, pdf.pages[0].obj)
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False, **saving)
    return out.getvalue()


def embedded(pdf: pikepdf.Pdf, **more: Any) -> Any:
    """A composite TrueType font with the glyphs of `letters_font`, codes equal to glyph numbers."""
    data, order = letters_font()
    texts = "".join(f"<{gid:04x}> <{ord(text):04x}>\n" for text, gid in order.items())
    cmap = f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(order)} beginbfchar\n{texts}endbfchar\n"
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/ABCDEF+Sans"), Flags=4,
        FontBBox=pikepdf.Array([0, -250, 1000, 1000]), ItalicAngle=0, Ascent=750, Descent=-250, CapHeight=700, StemV=80,
        FontFile2=pdf.make_stream(more.pop("program", data)),
    )  # fmt: skip
    child = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name("/ABCDEF+Sans"),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        CIDToGIDMap=pikepdf.Name.Identity, DW=1000, W=pikepdf.Array([0, widths_array(order)]),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/ABCDEF+Sans"),
        Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=pikepdf.Array([pdf.make_indirect(child)]),
        ToUnicode=pdf.make_stream(more.pop("cmap", cmap.encode())),
    )  # fmt: skip
    for key, value in more.items():
        font["/" + key] = value
    return pdf.make_indirect(font)


def widths_array(order: dict[str, int]) -> pikepdf.Array:
    return pikepdf.Array([0, *(round(width_of(text, 1000)) for text in order)])


@functools.lru_cache(maxsize=1)
def letters_font() -> tuple[bytes, dict[str, int]]:
    """A TrueType font with the letters of the traps, and the glyph number of each letter."""
    letters = sorted(set("".join(KEEP) + BEFORE + AFTER + SECRET + SECRET_ASCII + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    source = programs.read_cff(bytes(helvetica().buffer))
    names = {letter: agl.UV2AGL[ord(letter)] for letter in letters}
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    glyphs = {name: _quadratic(source, name) for name in order}
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (round(source.outline(name).advance), 0) for name in order})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Sans", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue(), {letter: order.index(name) for letter, name in names.items()}


def _quadratic(source: programs.Postscript, name: str) -> Any:
    pen = TTGlyphPen(None)
    source.charstrings[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
    return pen.glyph()


def cff_font(notice: str = "") -> bytes:
    """A bare CFF program with the letters of the traps, and a notice."""
    source = programs.read_cff(bytes(helvetica().buffer))
    letters = sorted(set("".join(KEEP) + BEFORE + AFTER + SECRET))
    names = [".notdef", *(agl.UV2AGL[ord(letter)] for letter in letters)]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    strings = {}
    for name in names:
        pen = T2CharStringPen(round(source.outline(name).advance), None)
        source.charstrings[name].draw(pen)
        strings[name] = pen.getCharString()
    builder.setupCFF("Trap", {"Notice": notice or "none", "FullName": notice or "none"}, strings, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    return bytes(builder.font["CFF "].compile(builder.font))


def gids(text: str) -> bytes:
    """`text` as the hexadecimal codes of the embedded font."""
    _, order = letters_font()
    return b"<" + b"".join(order[letter].to_bytes(2, "big") for letter in text).hex().encode() + b">"


def picture(mode: str = "RGB", size: tuple[int, int] = (400, 120)) -> Image.Image:
    """A picture: grey ground with a dark frame at the left, the secret ink in its right half."""
    ground: Any = (200, 220, 200) if mode == "RGB" else 255
    image = Image.new(mode, size, ground)
    pen = ImageDraw.Draw(image)
    pen.rectangle((10, 10, size[0] // 2 - 20, size[1] - 10), fill=(30, 80, 30) if mode == "RGB" else 0)
    pen.rectangle((size[0] // 2 + 20, 20, size[0] - 20, size[1] - 20), fill=COLOUR if mode == "RGB" else 0)
    return image


def flate_image(pdf: pikepdf.Pdf, image: Image.Image, **keys: Any) -> Any:
    stream = pdf.make_stream(image.tobytes())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = image.size
    stream.BitsPerComponent = 1 if image.mode == "1" else 8
    stream.ColorSpace = pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray
    for key, value in keys.items():
        stream["/" + key] = value
    return pdf.make_indirect(stream)


def coded_image(pdf: pikepdf.Pdf, image: Image.Image, form: str, name: str, **saving: Any) -> Any:
    out = io.BytesIO()
    image.save(out, format=form, **saving)
    stream = pdf.make_stream(out.getvalue())
    stream.Type, stream.Subtype, stream.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name("/" + name)
    stream.Width, stream.Height = image.size
    stream.BitsPerComponent, stream.ColorSpace = 8, pikepdf.Name.DeviceRGB
    return pdf.make_indirect(stream)


IMAGE_CTM = b"q 400 0 0 120 100 400 cm /I0 Do Q\n"  # where the image traps put their picture
IMAGE_SECRET = PageBox(0, Box(305, 792 - 520 + 5, 500, 792 - 400 - 5))  # its right half, as shown


def add(page: Any, kind: str, name: str, thing: Any) -> None:
    """Puts a resource on a page."""
    if "/" + kind not in page.Resources:
        page.Resources["/" + kind] = pikepdf.Dictionary()
    page.Resources["/" + kind]["/" + name] = thing


def append(pdf: pikepdf.Pdf, page: Any, content: bytes) -> None:
    """More content at the end of a page."""
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + content)


def type1_font(notice: str = "") -> bytes:
    """A Type 1 program (clear part and encrypted part) with the letters of the traps, and a notice in both parts."""
    source = programs.read_cff(bytes(helvetica().buffer))
    names = [".notdef", *(agl.UV2AGL[ord(x)] for x in sorted(set("".join(KEEP) + BEFORE + AFTER + SECRET)))]
    said = (notice or "none").encode("cp1252")
    head = (
        b"%!PS-AdobeFont-1.0: Trap 001.001\n% " + said + b"\n10 dict begin\n/FontInfo 4 dict dup begin\n/Notice ("
        + said + b") readonly def\nend readonly def\n/FontName /Trap def\n/PaintType 0 def\n/FontType 1 def\n"
        b"/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding StandardEncoding def\n"
        b"/FontBBox {-200 -300 1200 1000} readonly def\ncurrentdict end\ncurrentfile eexec\n"
    )  # fmt: skip
    glyphs = b"".join(_type1_glyph(name, source) for name in names)
    body = (
        b"dup /Private 8 dict dup begin\n/RD {string currentfile exch readstring pop} executeonly def\n"
        b"/ND {noaccess def} executeonly def\n/NP {noaccess put} executeonly def\n/BlueValues [] def\n/MinFeature "
        b"{16 16} def\n/password 5839 def\n/Subrs 0 array\nND\n2 index /CharStrings %d dict dup begin\n" % len(names)
        + glyphs + b"end\nend\nreadonly put\nnoaccess put\ndup /FontName get exch definefont pop\n% " + said
        + b"\nmark currentfile closefile\n"
    )  # fmt: skip
    secret, _ = eexec.encrypt(b"\0\0\0\0" + body, 55665)
    return head + bytes(secret) + b"\n" + (b"0" * 64 + b"\n") * 8 + b"cleartomark\n"


def _type1_glyph(name: str, source: programs.Postscript) -> bytes:
    pen = RecordingPen()
    source.charstrings[name].draw(pen)
    program: list[Any] = [0, round(source.outline(name).advance), "hsbw"]
    x, y = 0, 0
    for kind, points in pen.value:
        steps = []
        for px, py in points:
            steps += [round(px) - x, round(py) - y]
            x, y = round(px), round(py)
        ops = {"moveTo": "rmoveto", "lineTo": "rlineto", "curveTo": "rrcurveto", "closePath": "closepath"}
        program += [*steps, ops[kind]]
    made = T1CharString(program=[*program, "endchar"])
    made.compile()
    coded, _ = eexec.encrypt(b"\0\0\0\0" + bytes(made.bytecode), 4330)
    return b"/%s %d RD " % (name.encode(), len(coded)) + bytes(coded) + b" ND\n"
