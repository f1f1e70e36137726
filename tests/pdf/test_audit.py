"""Files made by others: what `redactor verify` tells of each, and on which page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pymupdf
import pytest
from PIL import Image, ImageDraw

from redactor.errors import DamagedPdf, EmptyFile, EncryptedDocument, InputError, NotAPdf
from redactor.pdf.verifier import Channel, Claims, Leak, audit, prove
from tests.pdf.kit import SECRET_ASCII, document, secret_box
from tests.pdf.traps import all_traps

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("name", "channel", "page"),
    [
        ("already_boxed", Channel.UNDER_BOX, 0),
        ("on_black_box", Channel.UNDER_BOX, 0),
        ("image_under_box", Channel.UNDER_BOX, 0),
        ("white_text", Channel.WHITE_TEXT, 0),
        ("nearly_white_text", Channel.WHITE_TEXT, 0),
        ("under_white_box", Channel.WHITE_TEXT, 0),
        ("invisible_mode", Channel.INVISIBLE_TEXT, 0),
        ("invisible_on_visible_text", Channel.INVISIBLE_TEXT, 0),
        ("tiny_text", Channel.INVISIBLE_TEXT, 0),
        ("layer_off", Channel.LAYER, None),
        ("outside_crop", Channel.UNCROPPED, 0),
        ("off_the_page", Channel.UNCROPPED, 0),
        ("image_half_off_page", Channel.UNCROPPED, 0),
        ("note", Channel.ANNOTATION, 0),
        ("redaction_not_applied", Channel.ANNOTATION, 0),
        ("information", Channel.METADATA, None),
        ("xmp", Channel.METADATA, None),
        ("piece_info", Channel.METADATA, 0),
        ("page_thumbnail", Channel.METADATA, 0),
        ("outline", Channel.OUTLINE, None),
        ("attachment", Channel.ATTACHMENT, None),
        ("form_values", Channel.FORM, None),
        ("open_action", Channel.SCRIPT, None),
        ("javascript_tree", Channel.SCRIPT, None),
        ("template_page", Channel.STRUCTURE, None),
        ("old_revision", Channel.REVISION, None),
        ("after_the_end", Channel.OBJECT, None),
    ],
)
def test_what_is_told(name: str, channel: Channel, page: int | None) -> None:
    assert Leak(channel, page) in audit(all_traps()[name].data)


def test_an_ordinary_file_is_clean() -> None:
    assert audit(document()) == ()


def test_the_page_is_told() -> None:
    with pymupdf.open(stream=document(pages=3, secret=False), filetype="pdf") as doc:
        doc[2].insert_text((72, 300), "mots cachés")
        doc[2].draw_rect(pymupdf.Rect(60, 285, 300, 310), fill=(0, 0, 0))
        assert audit(doc.tobytes()) == (Leak(Channel.UNDER_BOX, 2),)


def test_a_box_over_words_of_a_turned_page() -> None:
    with pymupdf.open(stream=document(), filetype="pdf") as doc:
        box = secret_box().box
        doc[0].draw_rect(pymupdf.Rect(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1), fill=(0, 0, 0))
        doc[0].set_rotation(90)
        assert audit(doc.tobytes()) == (Leak(Channel.UNDER_BOX, 0),)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"PK\x03\x04", NotAPdf),
        (b"%PDF-1.7\n", DamagedPdf),
        (document()[:300], InputError),
        (document(encryption=pikepdf.Encryption(owner="o", user=SECRET_ASCII, R=6)), EncryptedDocument),
    ],
    ids=["empty", "archive", "header alone", "cut short", "password"],
)
def test_what_cannot_be_read(data: bytes, error: type[InputError]) -> None:
    with pytest.raises(error):
        audit(data)


def test_a_malformed_layer_list_is_no_crash() -> None:
    """Found by fuzzing: a null among the layers."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(all_traps()["layer_off"].data)) as pdf:
        pdf.Root.OCProperties.D.OFF.append(pikepdf.Dictionary())
        pdf.save(out)
    assert Leak(Channel.LAYER) in audit(out.getvalue())


SMALL = secret_box().box
OVER = pymupdf.Rect(SMALL.x0 - 1, SMALL.y0 - 1, SMALL.x1 + 1, SMALL.y1 + 1)


def _rectangle(page: Any) -> None:
    page.draw_rect(OVER, fill=(0, 0, 0))


def _white_rectangle(page: Any) -> None:
    page.draw_rect(OVER, fill=(1, 1, 1), color=None)


def _yellow_rectangle(page: Any) -> None:
    page.draw_rect(OVER, fill=(1, 1, 0), color=(1, 1, 0))


def _polygon(page: Any) -> None:
    shape = page.new_shape()
    shape.draw_polyline([OVER.tl, OVER.tr, OVER.br, OVER.bl, OVER.tl])
    shape.finish(fill=(0, 0, 0))
    shape.commit()


def _thick_line(page: Any) -> None:
    middle = (OVER.y0 + OVER.y1) / 2
    page.draw_line((OVER.x0, middle), (OVER.x1, middle), width=OVER.height)


def _nearly_opaque(page: Any) -> None:
    page.draw_rect(OVER, fill=(0, 0, 0), fill_opacity=0.99)


def _black_image(page: Any) -> None:
    pixmap = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 20, 5))
    pixmap.clear_with(0)
    page.insert_image(OVER, pixmap=pixmap)


def _square_annotation(page: Any) -> None:
    annotation = page.add_rect_annot(OVER)
    annotation.set_colors(fill=(0, 0, 0), stroke=(0, 0, 0))
    annotation.update()


def _black_highlight(page: Any) -> None:
    annotation = page.add_highlight_annot(OVER)
    annotation.set_colors(stroke=(0, 0, 0))
    annotation.update()


def _crop(page: Any) -> None:
    page.set_cropbox(pymupdf.Rect(0, 0, 612, 100))


def _white_ink(page: Any) -> None:
    page.insert_text((72, 300), "mots cachés", color=(1, 1, 1))


def _layer(page: Any) -> None:
    page.insert_text((72, 300), "mots cachés", oc=page.parent.add_ocg("x", on=False))


def _blackened_scan(page: Any) -> None:
    """A scan whose pixels were blackened, with the words of its old text layer beneath."""
    image = Image.new("RGB", (1224, 1584), "white")
    ImageDraw.Draw(image).rectangle((200, 370, 500, 400), fill=(20, 20, 20))
    out = io.BytesIO()
    image.save(out, "PNG")
    page.insert_text((102, 197), "mots", render_mode=3)
    page.insert_image(page.rect, stream=out.getvalue())


@pytest.mark.parametrize(
    ("recipe", "channel"),
    [
        (_rectangle, Channel.UNDER_BOX), (_white_rectangle, Channel.WHITE_TEXT), (_yellow_rectangle, Channel.UNDER_BOX),
        (_polygon, Channel.UNDER_BOX), (_thick_line, Channel.UNDER_BOX), (_nearly_opaque, Channel.UNDER_BOX),
        (_black_image, Channel.UNDER_BOX), (_square_annotation, Channel.UNDER_BOX),
        (_square_annotation, Channel.ANNOTATION), (_black_highlight, Channel.UNDER_BOX), (_crop, Channel.UNCROPPED),
        (_white_ink, Channel.WHITE_TEXT), (_layer, Channel.WHITE_TEXT), (_blackened_scan, Channel.UNDER_BOX),
    ],
)  # fmt: skip
def test_what_people_do_by_hand(recipe: Callable[[Any], None], channel: Channel) -> None:
    with pymupdf.open(stream=document(pages=2), filetype="pdf") as doc:
        page = doc[0]
        recipe(page)
        assert Leak(channel, 0) in audit(doc.tobytes())


def test_text_that_was_really_removed_is_clean() -> None:
    with pymupdf.open(stream=document(), filetype="pdf") as doc:
        page = doc[0]
        page.add_redact_annot(OVER, fill=(0, 0, 0))
        page.apply_redactions()
        assert audit(doc.tobytes(garbage=4)) == ()


def test_a_page_that_cannot_be_loaded_is_no_crash() -> None:
    """Found by fuzzing: a page tree that counts more pages than it has."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document())) as pdf:
        page = pdf.pages[0].obj
        pdf.Root.Pages.Kids = pikepdf.Array([page, pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font))])
        pdf.Root.Pages.Count = 2
        pdf.save(out)
    with pytest.raises(DamagedPdf):
        audit(out.getvalue())
    leaks = prove(out.getvalue(), claims=Claims((), ((612.0, 792.0),) * 2)).leaks
    assert Leak(Channel.UNREADABLE) in leaks or Leak(Channel.PAGES) in leaks


def test_a_page_that_cannot_be_drawn_is_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody can draw, nobody can compare with its letters: that is no finding of nothing."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError

    monkeypatch.setattr("pypdfium2.PdfPage.render", fail)
    with pytest.raises(DamagedPdf):
        audit(document())
