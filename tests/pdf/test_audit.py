"""Files made by others: what `redactor verify` tells of each, and on which page."""

from __future__ import annotations

import io

import pikepdf
import pymupdf
import pytest

from redactor.errors import DamagedPdf, EmptyFile, EncryptedDocument, InputError, NotAPdf
from redactor.pdf.verifier import Channel, Leak, audit
from tests.pdf.kit import SECRET_ASCII, document, secret_box
from tests.pdf.traps import all_traps


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
