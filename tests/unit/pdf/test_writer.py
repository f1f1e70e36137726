"""One content stream written anew by itself: what MuPDF would mend first is met here as it came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from PIL import Image

from redactor.model import Box
from redactor.pdf.geometry import IDENTITY, BoxIndex
from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub.content import DEPTH_LIMIT, Writer
from redactor.pdf.scrub.fonts import FontShelf
from redactor.pdf.scrub.images import ImageShelf
from redactor.pdf.scrub.output import Graphics
from redactor.pdf.scrub.shelves import Sheet, Shelves
from tests.pdf.kit import base_font

N, A, D = pikepdf.Name, pikepdf.Array, pikepdf.Dictionary
EDGE = Box(0, 0, 612, 792)
MASK = Box(100, 100, 200, 200)
Make = Callable[[pikepdf.Pdf], Any]


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.new() as made:
        yield made


def writer(pdf: pikepdf.Pdf, resources: Any = None, *, masks: tuple[Box, ...] = (), depth: int = 0) -> Writer:
    shelves = Shelves(
        pdf, FontShelf(pdf, lambda font, text: 500.0), ImageShelf(pdf, lambda xref: Image.new("L", (4, 4))), frozenset()
    )
    sheet = Sheet(0, EDGE, IDENTITY, BoxIndex.of(masks))
    return Writer(shelves, sheet, D() if resources is None else resources, state=Graphics(visible=EDGE), depth=depth)


def copied(pdf: pikepdf.Pdf, body: bytes, resources: Any = None, **options: Any) -> bytes:
    return writer(pdf, resources, **options).write(pdf.make_stream(body))


def form(pdf: pikepdf.Pdf, body: bytes = b"0 0 9 9 re f\n", **keys: Any) -> Any:
    return pdf.make_stream(body, Type=N.XObject, Subtype=N.Form, **keys)


@pytest.mark.parametrize(
    "body",
    [
        b"quidonc\n", b"BT (x) Tj ET\n", b"/F9 9 Tf\n", b"/G9 gs\n", b"/X9 Do\n", b"1 2 cm\n", b"(x) w\n", b"true w\n",
        b"1 2 3 re\n", b"1 2 l 3 m\n",
    ],
)  # fmt: skip
def test_what_no_table_lists_is_not_written(pdf: pikepdf.Pdf, body: bytes) -> None:
    with pytest.raises(OutsideSchema) as stopped:
        copied(pdf, body)
    assert stopped.value.reason is Reason.CONTENT


def test_a_stream_that_cannot_be_parsed(pdf: pikepdf.Pdf, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Any) -> None:
        raise pikepdf.PdfError

    monkeypatch.setattr("redactor.pdf.scrub.content.pikepdf.parse_content_stream", fail)
    with pytest.raises(OutsideSchema):
        copied(pdf, b"q Q\n")


def test_one_restore_too_many_is_left_out(pdf: pikepdf.Pdf) -> None:
    assert copied(pdf, b"Q q 1 w Q Q\n") == b"q\n1 w\nQ\n"


def test_a_save_too_many_is_closed(pdf: pikepdf.Pdf) -> None:
    assert copied(pdf, b"q q 1 w\n").count(b"Q\n") == 2


def test_the_pen_of_a_state_widens_what_may_be_seen(pdf: pikepdf.Pdf) -> None:
    """A curve ten points off the page shows only through a wide pen, whether an operator or a state sets it."""
    curve = b"-10 100 m -10 120 -12 140 -10 160 c S\n"
    states = D(ExtGState=D(G0=D(LW=40)))
    assert b" c\n" not in copied(pdf, curve)
    assert b" c\n" in copied(pdf, b"40 w " + curve)
    assert b" c\n" in copied(pdf, b"/G0 gs " + curve, states)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda pdf: pdf.make_stream(b"", Subtype=N.PS), Reason.CONTENT),
        (form, Reason.CONTENT),
        (lambda pdf: form(pdf, BBox=A([0, 0, 9, 9]), Matrix=A([1, 0, 0])), Reason.CONTENT),
        (lambda pdf: form(pdf, BBox=A([0, 0, 9, 9]), OC=N.Quidonc), Reason.HIDDEN_LAYER),
    ],
    ids=["no kind", "form without edge", "form with half a matrix", "layer that is none"],
)
def test_objects_that_are_not_drawn(pdf: pikepdf.Pdf, make: Make, reason: Reason) -> None:
    with pytest.raises(OutsideSchema) as stopped:
        copied(pdf, b"/X0 Do\n", D(XObject=D(X0=make(pdf))))
    assert stopped.value.reason is reason


def test_forms_in_forms_have_an_end(pdf: pikepdf.Pdf) -> None:
    shelf = D(XObject=D(X0=form(pdf, BBox=A([0, 0, 9, 9]))))
    assert b" Do\n" in copied(pdf, b"/X0 Do\n", shelf, depth=DEPTH_LIMIT - 1)
    with pytest.raises(OutsideSchema):
        copied(pdf, b"/X0 Do\n", shelf, depth=DEPTH_LIMIT)


@pytest.mark.parametrize("edge", [[700, 0, 800, 50], [-90, -90, -1, -1]])
def test_what_lies_off_the_page_is_not_drawn(pdf: pikepdf.Pdf, edge: list[int]) -> None:
    image = pdf.make_indirect(pdf.make_stream(bytes(16), Subtype=N.Image, Width=4, Height=4, BitsPerComponent=8))
    shelf = D(XObject=D(X0=form(pdf, BBox=A(edge)), X1=image))
    place = b"q %d 0 0 %d %d %d cm /X1 Do Q\n" % (edge[2] - edge[0], edge[3] - edge[1], edge[0], edge[1])
    assert b"Do" not in copied(pdf, b"/X0 Do\n" + place, shelf)
    assert b"Do" in copied(pdf, b"q 9 0 0 9 9 9 cm /X1 Do Q\n", shelf)


@pytest.mark.parametrize("mark", [b"/OC /Nothing BDC\n", b"/OC (x) BDC\n"])
def test_a_layer_that_nobody_names_is_doubtful(pdf: pikepdf.Pdf, mark: bytes) -> None:
    with pytest.raises(OutsideSchema) as stopped:
        copied(pdf, mark + b"EMC\n", D(Properties=D()))
    assert stopped.value.reason is Reason.HIDDEN_LAYER


@pytest.mark.parametrize("mark", [b"/Span <</ActualText (x)>> BDC\n", b"/OC BMC\n", b"/P BMC\n", b"/P /P0 DP\n"])
def test_other_marks_are_dropped(pdf: pikepdf.Pdf, mark: bytes) -> None:
    assert copied(pdf, mark + b"EMC\n1 w\n") == b"1 w\n"


def test_letters_under_a_mask_stop_the_copy(pdf: pikepdf.Pdf) -> None:
    """The burner has taken them off; the copy does not rely on it."""
    shelf = D(Font=D(F1=base_font()))
    assert b"<78>" in copied(pdf, b"BT /F1 12 Tf 300 150 Td (x) Tj ET\n", shelf, masks=(MASK,))
    with pytest.raises(OutsideSchema) as stopped:
        copied(pdf, b"BT /F1 12 Tf 150 150 Td (x) Tj ET\n", shelf, masks=(MASK,))
    assert stopped.value.reason is Reason.TEXT_LEFT


@pytest.mark.parametrize(("turns", "stops"), [(2, False), (4, True)])
def test_a_clip_in_the_shape_of_letters_near_a_mask_stops_the_copy(pdf: pikepdf.Pdf, turns: int, stops: bool) -> None:
    """A clip that a mask only touches is kept when it is simple; one of many curves may be letters."""
    curves = b" ".join(b"%d 110 %d 130 %d 120 c" % (190 + 20 * n, 200 + 20 * n, 210 + 20 * n) for n in range(4 * turns))
    body = b"q 190 120 m " + curves + b" h W n Q\n"
    if stops:
        with pytest.raises(OutsideSchema) as stopped:
            copied(pdf, body, masks=(MASK,))
        assert stopped.value.reason is Reason.CLIP_MASKED
    else:
        assert b"W n" in copied(pdf, body, masks=(MASK,))


def test_a_path_that_is_painted_and_clips_is_written_twice(pdf: pikepdf.Pdf) -> None:
    written = copied(pdf, b"q 300 300 50 50 re W f Q\n")
    assert written.count(b" re\n") == 2
    assert b"W n" in written


def test_a_corner_is_no_upright_clip(pdf: pikepdf.Pdf) -> None:
    """Two sides along the axes and a slanted third: what the corner hides of an image must not be kept."""
    image = pdf.make_indirect(pdf.make_stream(bytes(16), Subtype=N.Image, Width=4, Height=4, BitsPerComponent=8))
    drawn, shelf = b"100 0 0 100 300 300 cm /X1 Do Q\n", D(XObject=D(X1=image))
    for upright in (b"300 300 50 50 re", b"300 300 m 350 300 l 350 350 l 300 350 l h"):
        assert b"Do" in copied(pdf, b"q " + upright + b" W n " + drawn, shelf)
    for odd in (b"300 300 m 350 300 l 350 350 l h", b"300 300 m 350 300 l 350 350 l 320 350 l 320 320 l h"):
        with pytest.raises(OutsideSchema) as stopped:
            copied(pdf, b"q " + odd + b" W n " + drawn, shelf)
        assert stopped.value.reason is Reason.IMAGE_CLIPPED
