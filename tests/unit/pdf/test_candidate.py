"""The whole path on small files: modes, stamp, labels, page sizes, hostile bytes."""

from __future__ import annotations

import dataclasses
import io
import pickle
from typing import Any

import pikepdf
import pymupdf
import pytest

from redactor.errors import (
    DamagedPdf,
    EmptyFile,
    EncryptedDocument,
    InputError,
    NoPages,
    NotAPdf,
    ProcessingError,
    UnsupportedPdf,
)  # fmt: skip
from redactor.model import Box, PageBox, Redaction, RedactionKind
from redactor.pdf import burner, candidate, proved, verifier
from redactor.pdf.plan import BurnPlan, Mode, Reason, RouteKind
from redactor.pdf.scrub.shelves import Sheet
from redactor.pdf.verifier import Channel, Claims, Secret, release_of
from tests.pdf.kit import KEEP, SECRET, SECRET_ASCII, Trap, document, line, secret_box
from tests.pdf.oracle import found

SIZES = ((612.0, 792.0),)
STAMP = "PROJET – NE PAS TRANSMETTRE"
REDACTIONS = (Redaction((secret_box(),), "art. 53"),)


def claims(redactions: tuple[Redaction, ...] = REDACTIONS, **more: Any) -> Claims:
    return Claims(redactions, more.pop("sizes", SIZES), (Secret(SECRET),), title="Document", **more)


def plan(**more: Any) -> BurnPlan:
    return BurnPlan(more.pop("redactions", REDACTIONS), title="Document", **more)


def text_of(data: bytes) -> str:
    with pymupdf.open(stream=data, filetype="pdf") as doc:
        return "\n".join(page.get_text() for page in doc)


def test_text_stays_text_and_is_labelled() -> None:
    made = candidate.make(document(), plan=plan())
    assert [route.kind for route in made.routes] == [RouteKind.TEXT]
    assert "art. 53" in text_of(made.data)
    assert all(line_ in text_of(made.data) for line_ in KEEP)


def test_picture_has_its_words_and_its_reason() -> None:
    made = candidate.make(document(), plan=plan(mode=Mode.IMAGE))
    assert made.routes[0].kind is RouteKind.PICTURE
    assert made.routes[0].reason is Reason.ASKED
    assert verifier.prove(made.data, claims=claims()).ok
    words = text_of(made.data).split()
    assert all(word in words for word in KEEP[0].split())
    assert found(made.data, Trap("", b"", ())) == []


def test_a_page_asked_as_picture() -> None:
    made = candidate.make(document(pages=2), plan=plan(pictures=frozenset({1})))
    assert [route.kind for route in made.routes] == [RouteKind.TEXT, RouteKind.PICTURE]


@pytest.mark.parametrize("mode", list(Mode))
def test_a_stamped_draft_is_proved_but_never_released(mode: Mode) -> None:
    made = candidate.make(document(pages=2), plan=plan(stamp=STAMP, mode=mode))
    proof = verifier.prove(made.data, claims=claims(stamp=STAMP, sizes=SIZES * 2))
    assert proof.ok
    assert proof.draft
    assert release_of(proof) is None


def test_a_missing_stamp_is_a_leak() -> None:
    made = candidate.make(document(), plan=plan())
    proof = verifier.prove(made.data, claims=claims(stamp=STAMP))
    assert Channel.STAMP in {leak.channel for leak in proof.leaks}


def test_a_stamp_nobody_claims_is_a_leak() -> None:
    made = candidate.make(document(), plan=plan(stamp=STAMP))
    assert not verifier.prove(made.data, claims=claims()).ok


def test_a_proved_file_is_a_release() -> None:
    result = proved.make(document(), plan=plan(), claims=claims())
    release = release_of(result.proof)
    assert release is not None
    assert release.covers(result.candidate.data)


def test_a_failed_page_becomes_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here text is left under the mask, and the copy does not see it either."""
    monkeypatch.setattr(burner, "under", lambda areas, frame: lambda glyph: False)
    monkeypatch.setattr(Sheet, "is_covered", lambda self, point: False)
    result = proved.make(document(), plan=plan(), claims=claims())
    assert result.candidate.routes[0].reason is Reason.PROOF


def test_the_same_file_twice_is_the_same_file() -> None:
    assert candidate.make(document(), plan=plan()).data == candidate.make(document(), plan=plan()).data


def test_everything_travels_between_processes() -> None:
    made = candidate.make(document(), plan=plan())
    assert pickle.loads(pickle.dumps(made)) == made
    assert pickle.loads(pickle.dumps(plan())) == plan()
    assert pickle.loads(pickle.dumps(claims())) == claims()


def test_nothing_quotes_the_document() -> None:
    made = candidate.make(document(), plan=dataclasses.replace(plan(), title=SECRET))
    shown = repr(made) + repr(plan(redactions=REDACTIONS)) + repr(claims())
    assert SECRET not in shown
    assert "Quidonc" not in shown


def test_fixed_width_masks_the_line() -> None:
    made = candidate.make(document(), plan=plan(fixed_width=True))
    assert "Le dossier de" not in text_of(made.data)
    assert KEEP[0] in text_of(made.data)
    assert verifier.prove(made.data, claims=claims()).ok


def test_gaps_are_counted() -> None:
    assert candidate.make(document(), plan=plan()).residual.gaps == 1
    assert candidate.make(document(), plan=plan(mode=Mode.IMAGE)).residual.exact == 1


def test_a_kept_value_is_no_leak_where_it_may_stand() -> None:
    data = document(line("Zoraïde Quidonc, directrice", 72, 500))
    made = candidate.make(data, plan=plan())
    allowed = (PageBox(0, Box(70, 280, 165, 300)),)
    kept = dataclasses.replace(claims(), secrets=(Secret(SECRET, allowed),))
    assert verifier.prove(made.data, claims=kept).ok
    assert not verifier.prove(made.data, claims=claims()).ok


def test_no_redaction_at_all() -> None:
    made = candidate.make(document(secret=False), plan=plan(redactions=()))
    assert verifier.prove(made.data, claims=claims(())).ok


@pytest.mark.parametrize(
    "box", [Box(-9e9, -9e9, 9e9, 9e9), Box(700, 900, 800, 1000), Box(5, 5, 5, 5), Box(-100, 300, -50, 320)]
)
def test_odd_boxes(box: Box) -> None:
    odd = Redaction((PageBox(0, box),), "art. 53", RedactionKind.AREA)
    made = candidate.make(document(), plan=plan(redactions=(*REDACTIONS, odd)))
    assert verifier.prove(made.data, claims=claims((*REDACTIONS, odd))).ok


def test_a_box_on_a_page_that_is_not_there() -> None:
    far = Redaction((PageBox(7, secret_box().box),), "art. 53")
    assert candidate.make(document(), plan=plan(redactions=(far,))).routes[0].kind is RouteKind.TEXT


def encrypted() -> bytes:
    return document(encryption=pikepdf.Encryption(owner="o", user=SECRET_ASCII, R=6))


def without_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"<html>", NotAPdf),
        (b"%PDF-1.7\n%%EOF", InputError),
        (document()[:200], InputError),
        (encrypted(), EncryptedDocument),
        (without_pages(), (NoPages, DamagedPdf)),
    ],
    ids=["empty", "html", "header alone", "cut short", "encrypted", "no page"],
)
def test_what_cannot_be_read(data: bytes, error: type[InputError]) -> None:
    with pytest.raises(error):
        candidate.make(data, plan=plan())


def bomb(pdf: pikepdf.Pdf, page: Any) -> None:
    image = pdf.make_stream(b"\0" * 1000)
    image.Type, image.Subtype, image.ColorSpace = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DeviceGray
    image.Width, image.Height, image.BitsPerComponent = 60_000, 60_000, 8
    page.Resources.XObject = pikepdf.Dictionary(X0=pdf.make_indirect(image))
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"q 100 0 0 100 100 100 cm /X0 Do Q\n")


def huge_page(pdf: pikepdf.Pdf, page: Any) -> None:
    page.MediaBox = pikepdf.Array([0, 0, 1_000_000, 1_000_000])


def deep_forms(pdf: pikepdf.Pdf, page: Any) -> None:
    inner = None
    for _ in range(60):
        form = pdf.make_stream(b"/X0 Do\n" if inner is not None else b"0 0 m\n")
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 612, 792])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X0=inner) if inner is not None else {})
        inner = pdf.make_indirect(form)
    page.Resources.XObject = pikepdf.Dictionary(X0=inner)
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"/X0 Do\n")


def wild_numbers(pdf: pikepdf.Pdf, page: Any) -> None:
    body = b"q 1e99 0 0 -99999999999999999999 0 0 cm 0 0 1 1 re f Q -0.0000000001 w 1 0 0 1 nan 0 cm\n"
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + body)


def spare_restores(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Contents = pdf.make_stream(b"Q " * 500 + page.Contents.read_bytes() + b"q " * 500)


@pytest.mark.parametrize("hostile", [bomb, huge_page, deep_forms, wild_numbers, spare_restores])
def test_hostile_files_cost_one_file(hostile: Any) -> None:
    """Either a clean file or a typed error; never a crash, never a leak."""
    data = document(mutate=hostile)
    try:
        made = candidate.make(data, plan=plan())
    except (InputError, ProcessingError, UnsupportedPdf):
        return
    assert "Quidonc" not in text_of(made.data)
