"""Reads every object of a written file with pikepdf: keys, names and strings it may hold, and every stream.

Nothing in a file of ours needs a word of the source: a name or a string out of the closed lists is a leak,
whatever it says.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pikepdf
from fontTools.agl import UV2AGL

from redactor.pdf.verifier import payloads, streams, structure
from redactor.pdf.verifier.claims import Channel, Leak
from redactor.pdf.verifier.readers import READ_ERRORS
from redactor.pdf.verifier.secrets import is_in, needles_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.pdf.verifier.claims import Claims

PAGE = frozenset({"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Rotate", "/StructParents"})
KEY_CHANNELS = {
    "/Outlines": Channel.OUTLINE, "/Names": Channel.NAME, "/Dests": Channel.NAME, "/AcroForm": Channel.FORM,
    "/Annots": Channel.ANNOTATION, "/AF": Channel.ATTACHMENT, "/Metadata": Channel.METADATA, "/EF": Channel.ATTACHMENT,
    "/Collection": Channel.ATTACHMENT, "/OCProperties": Channel.LAYER, "/OC": Channel.LAYER, "/JS": Channel.SCRIPT,
    "/JavaScript": Channel.SCRIPT, "/OpenAction": Channel.SCRIPT, "/AA": Channel.SCRIPT, "/PieceInfo": Channel.METADATA,
    "/Thumb": Channel.IMAGE, "/Alternates": Channel.IMAGE,
    "/ActualText": Channel.STRUCTURE, "/PageLabels": Channel.NAME, "/Threads": Channel.NAME,
}  # fmt: skip
KEYS = frozenset({
    "/A", "/AIS", "/Alt", "/AntiAlias", "/Ascent", "/BBox", "/BM", "/Background", "/BaseFont", "/BitsPerComponent",
    "/BitsPerSample", "/BlackPoint", "/Bounds", "/C0", "/C1", "/CA", "/CIDSystemInfo",
    "/CIDToGIDMap", "/CS", "/CapHeight", "/ColorSpace", "/Colors", "/Columns", "/Contents", "/Coords", "/Count",
    "/D", "/DW", "/Decode", "/DecodeParms", "/DescendantFonts", "/Descent", "/Differences", "/DisplayDocTitle",
    "/Domain", "/Encode", "/Encoding", "/ExtGState", "/Extend", "/FL", "/Filter", "/FirstChar", "/Flags", "/Font",
    "/FontBBox", "/FontDescriptor", "/FontFile2", "/FontFile3", "/FontName", "/Function", "/FunctionType",
    "/Functions", "/Group", "/Height", "/I", "/ImageMask", "/Interpolate", "/ItalicAngle", "/K", "/Kids", "/LC",
    "/LJ", "/LW", "/Lang", "/LastChar", "/Length", "/Length1", "/ML", "/MarkInfo", "/Marked", "/Matrix", "/MediaBox",
    "/MissingWidth", "/Nums", "/O", "/P", "/ParentTree", "/Pg", "/StructParents", "/StructTreeRoot",
    "/N", "/OP", "/OPM", "/Order", "/Ordering", "/Pages", "/Parent", "/Pattern", "/PatternType", "/Predictor",
    "/Range", "/Registry",
    "/Resources", "/Rotate", "/S", "/SA", "/SM", "/SMask", "/Shading", "/ShadingType", "/Size", "/StemV",
    "/Subtype", "/Supplement", "/TK", "/ToUnicode", "/Type", "/ViewerPreferences", "/W", "/WhitePoint", "/Width",
    "/Widths", "/XHeight", "/XObject", "/ca", "/op",
})  # fmt: skip
NAMES = frozenset({
    "/CIDFontType0", "/CIDFontType0C", "/CIDFontType2", "/Catalog", "/Color", "/ColorBurn",
    "/ColorDodge", "/Compatible", "/Courier", "/Courier-Bold", "/Courier-BoldOblique", "/Courier-Oblique",
    "/Document", "/Figure", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Layout", "/P", "/StructElem", "/StructTreeRoot",
    "/DCTDecode", "/Darken", "/DeviceCMYK", "/DeviceGray", "/DeviceN", "/DeviceRGB", "/Difference", "/Encoding",
    "/Exclusion", "/ExtGState", "/FlateDecode", "/Font", "/FontDescriptor", "/Form", "/Group", "/HardLight",
    "/Helvetica", "/Helvetica-Bold", "/Helvetica-BoldOblique", "/Helvetica-Oblique", "/Hue", "/Identity",
    "/Identity-H", "/Image", "/Indexed", "/Lab", "/Lighten", "/Luminosity", "/Multiply", "/Normal", "/ObjStm",
    "/Overlay", "/Page", "/Pages", "/Pattern", "/Saturation", "/Screen", "/Separation", "/SoftLight", "/Symbol",
    "/Times-Bold", "/Times-BoldItalic", "/Times-Italic", "/Times-Roman", "/Transparency", "/TrueType", "/Type0",
    "/Type1", "/Type1C", "/XObject", "/XRef",
    "/ZapfDingbats", "/None", "/All",
})  # fmt: skip
OWN_NAME = re.compile(r"/(?:AAAAAA\+(?:F\d{1,6}|Marks|Layer)|[FXECSLWP]\d{0,6}|c\d{1,3})")
STAMP_STATE = "/S9"  # resource name under which the draft stamp is drawn, and nothing else
STRINGS = frozenset({b"Adobe", b"Identity", b"UCS", b"fr", b"en", b"other", b"Redactor"})


def leaks_in(data: bytes, *, claims: Claims, seen: frozenset[str]) -> Iterator[Leak]:
    """What the objects of `data` tell that they must not; `seen` are the letters that its pages show.

    Raises nothing on a broken file: that is a leak too.
    """
    if data.count(b"startxref") != 1 or data.count(b"%%EOF") != 1:
        yield Leak(Channel.REVISION)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield from _of_pdf(pdf, claims)
            yield from payloads.spare_letters(pdf, seen=seen)
    except READ_ERRORS:
        yield Leak(Channel.UNREADABLE)


def _of_pdf(pdf: Any, claims: Claims) -> Iterator[Leak]:
    names = _glyph_names()
    needles = needles_of([secret.value for secret in claims.secrets])
    strings = STRINGS | {bytes(pikepdf.String(text)) for text in (claims.title, *structure.alts_of(claims))}
    for thing in [*pdf.objects, pdf.trailer]:
        for part in _parts(thing):
            yield from _of_part(part, names, strings)
        if isinstance(thing, pikepdf.Stream):
            yield from _of_stream(thing, needles)
    yield from streams.leaks_in(pdf)
    yield from payloads.leaks_in(pdf)
    yield from structure.leaks_in(pdf, claims=claims)
    if claims.stamp is None:
        yield from (Leak(Channel.STAMP, number) for number, page in enumerate(pdf.pages) if _is_stamped(page.obj))
    yield from (Leak(Channel.METADATA) for key in pdf.docinfo if key not in {"/Title", "/Producer"})
    yield from (Leak(Channel.STRUCTURE) for page in pdf.pages for key in page.obj if key not in PAGE)
    if any(kid.get("/Type") != pikepdf.Name.Page for kid in pdf.Root.Pages.Kids):
        yield Leak(Channel.STRUCTURE)  # pages stand in one list: readers that take one page count on it


def _is_stamped(page: Any) -> bool:
    """True for a page that has the graphics state of our draft stamp."""
    return STAMP_STATE in page.get("/Resources", pikepdf.Dictionary()).get("/ExtGState", pikepdf.Dictionary())


def _parts(thing: Any) -> Iterator[Any]:
    """`thing` and all that it holds directly; objects of their own are met elsewhere."""
    stack = [(thing, True)]
    while stack:
        part, top = stack.pop()
        if part is None or (not top and getattr(part, "is_indirect", False)):
            continue
        if isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
            held = list(part.items()) if isinstance(part, pikepdf.Dictionary) else list(part.stream_dict.items())
            yield from (("key", key) for key, _ in held)
            stack += [(value, False) for key, value in held if key != "/ID"]
        elif isinstance(part, pikepdf.Array):
            stack += [(value, False) for value in part]
        elif isinstance(part, (pikepdf.Name, pikepdf.String)):
            yield part


def _of_part(part: Any, names: frozenset[str], strings: frozenset[bytes]) -> Iterator[Leak]:
    if isinstance(part, tuple):
        key = part[1]
        if key in KEY_CHANNELS:
            yield Leak(KEY_CHANNELS[key])
        elif key not in KEYS and key not in TRAILER and not OWN_NAME.fullmatch(key):
            yield Leak(Channel.NAME)
    elif isinstance(part, pikepdf.Name):
        if str(part) not in NAMES and str(part) not in names and not OWN_NAME.fullmatch(str(part)):
            yield Leak(Channel.NAME)
    elif bytes(part) not in strings:
        yield Leak(Channel.STRING)


TRAILER = frozenset({"/Root", "/Info", "/ID", "/Size", "/Index", "/First", "/Title", "/Producer", "/Prev"})


def _glyph_names() -> frozenset[str]:
    """Names that a standard font's encoding may use: the Adobe glyph list."""
    return frozenset("/" + name for name in UV2AGL.values())


def _of_stream(stream: Any, needles: frozenset[bytes]) -> Iterator[Leak]:
    try:
        raw, data = stream.read_raw_bytes(), _decoded(stream)
    except READ_ERRORS:
        yield Leak(Channel.UNREADABLE)
        return
    if is_in(raw, needles) or is_in(data, needles):
        yield Leak(Channel.OBJECT)


def _decoded(stream: Any) -> bytes:
    if stream.get("/Filter") == pikepdf.Name.DCTDecode:
        return b""
    return bytes(stream.read_bytes())
