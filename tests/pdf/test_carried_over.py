"""A clean file with one thing that a leaky copy would have carried over: the verifier must stop each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image

from redactor.pdf import verifier
from redactor.pdf.verifier import Channel
from tests.pdf.kit import (
    IMAGE_CTM,
    SECRET,
    SECRET_ASCII,
    base_font,
    cff_font,
    coded_image,
    flate_image,
    letters_font,
    line,
    picture,
    type1_font,
)
from tests.pdf.test_traps import claims_of, made
from tests.pdf.traps import all_traps

if TYPE_CHECKING:
    from collections.abc import Callable

    from redactor.pdf.verifier import Leak


def judged(data: bytes) -> set[Channel]:
    return {leak.channel for leak in verifier.prove(data, claims=claims_of(all_traps()["plain_text"])).leaks}


TEXT = pikepdf.String(SECRET)


def _root(key: str, make: Callable[[pikepdf.Pdf], Any]) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root[key] = make(pdf)

    return spoil


def _page(key: str, make: Callable[[pikepdf.Pdf], Any]) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj[key] = make(pdf)

    return spoil


def _content(extra: bytes) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + extra)

    return spoil


def _font(key: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.Font["/F0"][key] = value

    return spoil


def _map_comment(pdf: pikepdf.Pdf) -> None:
    font = pdf.pages[0].obj.Resources.Font["/F0"]
    font.ToUnicode = pdf.make_stream(font.ToUnicode.read_bytes() + b"% Quidonc\n")


def _unused_image(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X7=flate_image(pdf, picture(), Owner=TEXT))


def _image_under_mask(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.Resources.XObject = pikepdf.Dictionary(X7=flate_image(pdf, picture()))
    body = IMAGE_CTM.replace(b"I0", b"X7").replace(b"100 400 cm", b"50 500 cm")
    page.Contents = pdf.make_stream(body + page.Contents.read_bytes())


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = SECRET.encode()


def _info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = TEXT


def _outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as found:
        found.root.append(pikepdf.OutlineItem("Page", 0))


def _layer(pdf: pikepdf.Pdf) -> None:
    group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=TEXT))
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([group]), D=pikepdf.Dictionary(OFF=pikepdf.Array([group]))
    )


def _annotation(pdf: pikepdf.Pdf) -> Any:
    return pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=TEXT)])


def _added_font(pdf: pikepdf.Pdf) -> None:
    font = base_font()
    font.BaseFont = pikepdf.Name("/Quidonc")
    pdf.pages[0].obj.Resources.Font["/F8"] = font


def _second_page(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()


def _function(pdf: pikepdf.Pdf) -> None:
    program = pdf.make_stream(b"{ % Zora\n dup dup }", FunctionType=4, Domain=[0, 1], Range=[0, 1, 0, 1, 0, 1])
    space = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name("/S1"), pikepdf.Name.DeviceRGB, program])
    pdf.pages[0].obj.Resources.ColorSpace = pikepdf.Dictionary(C0=space)


def _samples(pdf: pikepdf.Pdf) -> None:
    table = pdf.make_stream(b"\0\0\0\xff\xff\xffZora", FunctionType=0, Domain=[0, 1], Range=[0, 1, 0, 1, 0, 1])
    table.Size, table.BitsPerSample = pikepdf.Array([2]), 8
    space = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name("/S1"), pikepdf.Name.DeviceRGB, table])
    pdf.pages[0].obj.Resources.ColorSpace = pikepdf.Dictionary(C0=space)


def _profile(pdf: pikepdf.Pdf) -> None:
    space = pikepdf.Array([pikepdf.Name.ICCBased, pdf.make_stream(b"\0" * 128, N=3)])
    pdf.pages[0].obj.Resources.ColorSpace = pikepdf.Dictionary(C0=space)


def _tiling(pdf: pikepdf.Pdf) -> None:
    pattern = pdf.make_stream(b"0 0 m\n", PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9], XStep=9, YStep=9)
    pdf.pages[0].obj.Resources.Pattern = pikepdf.Dictionary(P0=pattern)


def _soft_mask(pdf: pikepdf.Pdf) -> None:
    mask = pikepdf.Dictionary(S=pikepdf.Name.Luminosity, Type=pikepdf.Name.Mask, G=pdf.make_stream(b"0 0 m\n"))
    pdf.pages[0].obj.Resources.ExtGState = pikepdf.Dictionary(E0=pikepdf.Dictionary(SMask=mask))


def _type3(pdf: pikepdf.Pdf) -> None:
    glyph = pdf.make_stream(b"600 0 d0\n")
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, CharProcs=pikepdf.Dictionary(a=glyph))
    pdf.pages[0].obj.Resources.Font["/F8"] = font


def _program(key: str, data: bytes) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        font, stream = base_font(), pdf.make_stream(data)
        if key == "/FontFile3":
            stream.Subtype = pikepdf.Name.Type1C
        font.FontDescriptor = pikepdf.Dictionary({"/Type": pikepdf.Name.FontDescriptor, key: stream})
        pdf.pages[0].obj.Resources.Font["/F8"] = font

    return spoil


def _photo(**saving: Any) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        image = coded_image(pdf, picture().crop((0, 0, 180, 120)), "JPEG", "DCTDecode", **saving)
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X7=image)

    return spoil


def _longer(tail: bytes, image: Callable[[pikepdf.Pdf], Any]) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        made = image(pdf)
        filters = made.get("/Filter")
        made.write(made.read_raw_bytes() + tail, filter=filters)
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X7=made)

    return spoil


def _clear_pixels(pdf: pikepdf.Pdf) -> None:
    small = picture().crop((0, 0, 180, 120))
    made = flate_image(pdf, small, SMask=flate_image(pdf, Image.new("L", small.size, 0)))
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X7=made)


def _image_off_the_page(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.Resources.XObject = pikepdf.Dictionary(X7=flate_image(pdf, picture()))
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"q 400 0 0 120 500 100 cm /X7 Do Q\n")


def _fax(pdf: pikepdf.Pdf) -> None:
    """A stream in a code that we never write: nothing here would decode it."""
    pdf.Root.Extra = pdf.make_stream(b"\x00\x10\x01", Filter=pikepdf.Name.CCITTFaxDecode)


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = "Quidonc"
    return exif


SPOILT: dict[str, tuple[Callable[[pikepdf.Pdf], None], Channel]] = {
    "author": (_info, Channel.METADATA),
    "xmp": (_root("/Metadata", lambda pdf: pdf.make_stream(b"<x/>")), Channel.METADATA),
    "outline": (_outline, Channel.OUTLINE),
    "attachment": (_attachment, Channel.NAME),
    "associated file": (_root("/AF", lambda pdf: pikepdf.Array([])), Channel.ATTACHMENT),
    "form": (_root("/AcroForm", lambda pdf: pikepdf.Dictionary(Fields=pikepdf.Array([]))), Channel.FORM),
    "script": (
        _root("/OpenAction", lambda pdf: pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=TEXT)),
        Channel.SCRIPT,
    ),
    "labels": (_root("/PageLabels", lambda pdf: pikepdf.Dictionary()), Channel.NAME),
    "structure": (_root("/StructTreeRoot", lambda pdf: pikepdf.Dictionary()), Channel.STRUCTURE),
    "unknown key": (_root("/Quidonc", lambda pdf: 1), Channel.NAME),
    "layer": (_layer, Channel.LAYER),
    "annotation": (_page("/Annots", _annotation), Channel.ANNOTATION),
    "thumbnail": (_page("/Thumb", lambda pdf: flate_image(pdf, picture())), Channel.IMAGE),
    "private data": (_page("/PieceInfo", lambda pdf: pikepdf.Dictionary()), Channel.METADATA),
    "string of a page": (_page("/ID", lambda pdf: TEXT), Channel.STRUCTURE),
    "comment": (_content(b"% Quidonc\n"), Channel.OBJECT),
    "marked content": (_content(b"/Span <</ActualText (x)>> BDC EMC\n"), Channel.OBJECT),
    "literal string": (_content(b"BT (Quidonc) Tj ET\n"), Channel.OBJECT),
    "unknown operator": (_content(b"q quidonc Q\n"), Channel.OBJECT),
    "second copy": (_content(line(SECRET, 72, 300, font="F0")), Channel.PAGE_TEXT),
    "font name": (_added_font, Channel.NAME),
    "font key": (_font("/Owner", TEXT), Channel.NAME),
    "glyph name": (_font("/Encoding", pikepdf.Name("/Quidonc")), Channel.NAME),
    "map comment": (_map_comment, Channel.OBJECT),
    "image key": (_unused_image, Channel.NAME),
    "image under a mask": (_image_under_mask, Channel.IMAGE),
    "program of a colour": (_function, Channel.OBJECT),
    "spare samples": (_samples, Channel.OBJECT),
    "colour profile": (_profile, Channel.NAME),
    "tiling pattern": (_tiling, Channel.NAME),
    "soft mask": (_soft_mask, Channel.NAME),
    "type 3 font": (_type3, Channel.NAME),
    "name table": (_program("/FontFile2", letters_font()[0]), Channel.OBJECT),
    "notice of a font": (_program("/FontFile3", cff_font("Zora")), Channel.OBJECT),
    "type 1 program": (_program("/FontFile", type1_font()), Channel.NAME),
    "exif": (_photo(exif=_exif()), Channel.OBJECT),
    "comment of a photo": (_photo(comment=b"Zora"), Channel.OBJECT),
    "bytes after a photo": (
        _longer(b"Zora", lambda pdf: coded_image(pdf, picture(), "JPEG", "DCTDecode")),
        Channel.IMAGE,
    ),
    "bytes after pixels": (_longer(b"Zora", lambda pdf: flate_image(pdf, picture())), Channel.IMAGE),
    "pixels nobody sees": (_clear_pixels, Channel.IMAGE),
    "image off the page": (_image_off_the_page, Channel.UNCROPPED),
    "stream nobody decodes": (_fax, Channel.UNREADABLE),
    "more pages": (_second_page, Channel.PAGES),
}


@pytest.mark.parametrize("what", sorted(SPOILT))
def test_one_thing_carried_over(what: str) -> None:
    """A clean file with one thing that a leaky copy would have kept."""
    spoil, channel = SPOILT[what]
    with pikepdf.open(io.BytesIO(made("plain_text").data)) as pdf:
        spoil(pdf)
        out = io.BytesIO()
        pdf.save(out)
    assert channel in judged(out.getvalue())


def test_old_revision_carried_over() -> None:
    data = made("plain_text").data
    assert Channel.REVISION in judged(data + b"\n" + data)


def test_raw_bytes_carried_over() -> None:
    with pikepdf.open(io.BytesIO(made("plain_text").data)) as pdf:
        pdf.Root.Extra = pdf.make_stream(SECRET_ASCII.encode())
        out = io.BytesIO()
        pdf.save(out)
    assert Channel.OBJECT in judged(out.getvalue())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a file", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"])
def test_what_cannot_be_read_is_no_pass(data: bytes) -> None:
    leaks: tuple[Leak, ...] = verifier.prove(data, claims=claims_of(all_traps()["plain_text"])).leaks
    assert Channel.UNREADABLE in {leak.channel for leak in leaks}
