"""Every bad input that the product promises to bear: a clean, proved file or a typed error, never a leak or a crash."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pikepdf
import pymupdf
import pytest

from redactor.errors import (
    InputError,
    MalformedTargets,
    OutOfMemory,
    ProcessingError,
    TargetNotFound,
    TimedOut,
    UnsupportedPdf,
)
from redactor.model import Box, DocumentId, PageBox, Redaction, RedactionKind
from redactor.pdf import candidate, proved, reader, verifier
from redactor.pdf.opening import opened
from redactor.pdf.plan import BurnPlan, Reason, RouteKind
from redactor.pdf.targets import find_targets, read_targets
from redactor.pdf.verifier import Claims, Secret, release_of
from redactor.sandbox import Sandbox
from redactor.settings import Limits
from tests.pdf.kit import KEEP, SECRET, add, append, document, flate_image, line, picture, secret_box
from tests.pdf.traps import all_traps

if TYPE_CHECKING:
    from redactor.pdf.plan import Candidate

REDACTIONS = (Redaction((secret_box(),), "art. 53"),)
OBJECTS = 100_000


def shown_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    with opened(data) as work:
        return tuple((frame.shown.width, frame.shown.height) for frame in work.frames)


def released(data: bytes, redactions: tuple[Redaction, ...] = REDACTIONS) -> Candidate:
    """The proved candidate of `data`; the test fails when its proof does."""
    claims = Claims(redactions, shown_sizes(data), (Secret(SECRET),), title="Document")
    done = proved.make(data, plan=BurnPlan(redactions, title="Document"), claims=claims)
    assert done.proof.leaks == ()
    assert release_of(done.proof) is not None
    return done.candidate


def words_of(data: bytes) -> str:
    with pymupdf.open(stream=data, filetype="pdf") as doc:
        return " ".join(" ".join(page.get_text() for page in doc).split())


@pytest.mark.parametrize("name", ["signature", "xfa_packet", "portfolio", "broken_cross_reference", "cut_at_the_end"])
def test_what_ordinary_programs_write(name: str) -> None:
    made = released(all_traps()[name].data)
    assert KEEP[0] in words_of(made.data)


def test_a_hundred_thousand_objects() -> None:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        row = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(N=number)) for number in range(OBJECTS)])
        pdf.Root.Many = pdf.make_indirect(row)

    data = document(mutate=mutate, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    made = released(data)
    assert len(made.data) < len(data) // 10


def _form(pdf: pikepdf.Pdf, content: bytes) -> Any:
    form = pdf.make_stream(content)
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 612, 792])
    return pdf.make_indirect(form)


def _calls_itself(pdf: pikepdf.Pdf, page: Any) -> None:
    form = _form(pdf, b"/X0 Do\n" + line(SECRET, 72, 300))
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X0=form), Font=page.Resources.Font)
    add(page, "XObject", "X0", form)
    append(pdf, page, b"/X0 Do\n")


def _calls_in_a_ring(pdf: pikepdf.Pdf, page: Any) -> None:
    first, second = _form(pdf, b"/X1 Do\n"), _form(pdf, b"/X0 Do\n")
    both = pikepdf.Dictionary(X0=first, X1=second)
    first.Resources = second.Resources = pikepdf.Dictionary(XObject=both)
    add(page, "XObject", "X0", first)
    append(pdf, page, b"/X0 Do\n")


def _doubles(pdf: pikepdf.Pdf, page: Any, *, times: int = 8) -> None:
    """Each form draws the next twice: a few objects, many drawings."""
    inner = _form(pdf, line("x", 72, 300, font="F1"))
    inner.Resources = pikepdf.Dictionary(Font=page.Resources.Font)
    for _ in range(times):
        outer = _form(pdf, b"/X0 Do /X0 Do\n")
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X0=inner))
        inner = outer
    add(page, "XObject", "X0", inner)
    append(pdf, page, b"/X0 Do\n")


def _large_image(pdf: pikepdf.Pdf, page: Any) -> None:
    image = flate_image(pdf, picture())
    image.Width, image.Height = 60_000, 60_000
    add(page, "XObject", "I0", image)
    append(pdf, page, b"q 100 0 0 100 100 100 cm /I0 Do Q\n")


def _image_of_zeros(pdf: pikepdf.Pdf, page: Any) -> None:
    """A few KiB that unpack to 50 million pixels."""
    image = flate_image(pdf, picture())
    image.write(bytes(7_000 * 7_000))
    image.Width, image.Height, image.ColorSpace = 7_000, 7_000, pikepdf.Name.DeviceGray
    add(page, "XObject", "I0", image)
    append(pdf, page, b"q 100 0 0 100 100 100 cm /I0 Do Q\n")


def _image_without_size(pdf: pikepdf.Pdf, page: Any) -> None:
    image = flate_image(pdf, picture())
    del image.Width
    add(page, "XObject", "I0", image)
    append(pdf, page, b"q 100 0 0 100 100 100 cm /I0 Do Q\n")


def _boxes_that_do_not_meet(_: pikepdf.Pdf, page: Any) -> None:
    page.CropBox = pikepdf.Array([2000, 2000, 2600, 2800])


def _box_turned_round(_: pikepdf.Pdf, page: Any) -> None:
    page.MediaBox = pikepdf.Array([612, 792, 0, 0])


def _negative_box(_: pikepdf.Pdf, page: Any) -> None:
    page.MediaBox = pikepdf.Array([-612, -792, 612, 792])


def _flat_box(_: pikepdf.Pdf, page: Any) -> None:
    page.MediaBox = pikepdf.Array([0, 0, 612, 0])


def _huge_box(_: pikepdf.Pdf, page: Any) -> None:
    page.MediaBox = pikepdf.Array([0, 0, 1_000_000, 1_000_000])


def _wild_numbers(pdf: pikepdf.Pdf, page: Any) -> None:
    append(pdf, page, b"q 1e30 0 0 -9999999999999 -3e9 4e9 cm 0 0 1 1 re f Q BT /F1 1e12 Tf -1e9 1e9 Td (x) Tj ET\n")


def _negative_type(pdf: pikepdf.Pdf, page: Any) -> None:
    append(
        pdf, page, b"BT /F1 -12 Tf 300 300 Td (mots) Tj ET q -1 0 0 -1 612 792 cm BT /F1 9 Tf 50 50 Td (x) Tj ET Q\n"
    )


@pytest.mark.parametrize(
    "hostile",
    [_calls_itself, _calls_in_a_ring, _doubles, _large_image, _image_of_zeros, _image_without_size,
     _boxes_that_do_not_meet, _box_turned_round, _negative_box, _flat_box, _huge_box, _wild_numbers, _negative_type],
)  # fmt: skip
def test_hostile_files(hostile: Any) -> None:
    """Either a file that the proof passes, or an error with its code: never a crash, never the secret."""
    data = document(mutate=hostile)
    whole = (Redaction((PageBox(0, Box(-9e5, -9e5, 9e5, 9e5)),), "art. 53", RedactionKind.AREA),)
    try:
        made = candidate.make(data, plan=BurnPlan(whole, title="Document"))
    except (InputError, ProcessingError):
        return
    assert "Quidonc" not in words_of(made.data)
    claims = Claims(whole, shown_sizes(data), (Secret(SECRET),), title="Document")
    assert verifier.prove(made.data, claims=claims).leaks == ()


def test_a_bomb_of_forms_costs_one_file_and_its_caller_lives() -> None:
    bomb = document(mutate=lambda pdf, page: _doubles(pdf, page, times=26))
    with Sandbox(limits=Limits(seconds=4.0)) as sandbox:
        with pytest.raises((TimedOut, OutOfMemory)):
            sandbox.call(candidate.make, bomb, plan=BurnPlan(REDACTIONS, title="Document"))
        made = sandbox.call(candidate.make, document(), plan=BurnPlan(REDACTIONS, title="Document"))
    assert KEEP[0] in words_of(made.data)


@pytest.mark.parametrize("hostile", [_calls_itself, _large_image, _image_without_size, _boxes_that_do_not_meet])
def test_the_reader_bears_the_same_files(hostile: Any) -> None:
    try:
        found = reader.read(document(mutate=hostile), document_id=DocumentId("d1"))
    except InputError:
        return
    assert len(found.pages) == 1


@pytest.mark.parametrize(
    ("name", "reason"), [("no_tounicode", Reason.FONT_UNMAPPED), ("type3_letters", Reason.FONT_TYPE3)]
)
def test_fonts_without_maps_become_pictures(name: str, reason: Reason) -> None:
    made = candidate.make(all_traps()[name].data, plan=BurnPlan((), title="Document"))
    assert made.routes[0].kind is RouteKind.PICTURE
    assert made.routes[0].reason is reason


def test_boxes_that_do_not_meet_mean_the_whole_page() -> None:
    assert shown_sizes(document(mutate=_boxes_that_do_not_meet)) == ((612.0, 792.0),)


@pytest.mark.parametrize("hostile", [_flat_box, _huge_box])
def test_a_page_without_a_usable_size_is_refused_or_mended(hostile: Any) -> None:
    data = document(mutate=hostile)
    try:
        (size,) = shown_sizes(data)
    except UnsupportedPdf:
        return
    assert 0 < size[0] <= 14_400
    assert 0 < size[1] <= 14_400


@pytest.mark.parametrize(
    "box", [Box(700, 900, 800, 1000), Box(-100, 300, -50, 320), Box(-9e9, -9e9, -8e9, 9e9), Box(5, 5, 5, 5)]
)
def test_a_box_outside_the_page_masks_nothing(box: Box) -> None:
    odd = Redaction((PageBox(0, box),), "art. 53", RedactionKind.AREA)
    made = released(document(), (*REDACTIONS, odd))
    assert all(text in words_of(made.data) for text in KEEP)


def test_an_empty_list_of_targets_masks_nothing() -> None:
    assert read_targets(b"[]") == ()
    assert find_targets(document(), ()) == ()
    plain = document(secret=False)
    done = candidate.make(plan=BurnPlan((), title="Document"), data=plain)
    assert verifier.prove(done.data, claims=Claims((), shown_sizes(plain), title="Document")).ok
    assert all(text in words_of(done.data) for text in KEEP)


def test_a_target_that_is_not_found_is_told_by_its_number() -> None:
    wanted = read_targets(json.dumps([{"text": KEEP[0][:12], "page": 0}, {"text": "Absente", "page": 0}]).encode())
    with pytest.raises(TargetNotFound) as stopped:
        find_targets(document(), wanted)
    assert stopped.value.facts == {"target": 2}


def test_a_target_that_is_not_found_is_masked_by_its_rectangle() -> None:
    rect = [72, 180, 200, 200]
    (found,) = find_targets(
        document(), read_targets(json.dumps([{"text": "Absente", "page": 0, "rects": [rect]}]).encode())
    )
    assert found.kind is RedactionKind.AREA
    assert [box.box for box in found.boxes] == [Box(*rect)]


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b'[{"page": 0}]', b'[{"text": "x", "page": -1}]', b"[" * 100_000])
def test_a_malformed_list_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedTargets):
        read_targets(raw)


def test_a_file_that_only_pretends() -> None:
    out = io.BytesIO(b"%PDF-1.7\n" + bytes(range(256)) * 50 + b"\n%%EOF\n")
    with pytest.raises(InputError):
        candidate.make(out.getvalue(), plan=BurnPlan(REDACTIONS))
