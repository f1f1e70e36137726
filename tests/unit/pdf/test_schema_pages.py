"""The edges of the whitelist: images, operators, and pages that something below cannot treat."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pymupdf
import pytest
from PIL import Image

from redactor.errors import UnsupportedPdf
from redactor.model import Redaction
from redactor.pdf import burner, candidate, glyphs, hidden, look, pictures
from redactor.pdf.geometry import Frame
from redactor.pdf.plan import BurnPlan, Reason, RouteKind
from redactor.pdf.scrub import (
    images,
    paths,
)
from redactor.pdf.scrub.document import Copied
from tests.pdf.kit import (
    KEEP,
    add,
    append,
    document,
    line,
    secret_box,
)
from tests.unit.pdf.schema_kit import A, N, reason_of, routed


def image(pdf: pikepdf.Pdf, **more: Any) -> Any:
    keys = {"Type": N.XObject, "Subtype": N.Image, "Width": 4, "Height": 4, "BitsPerComponent": 8} | more
    return pdf.make_indirect(pdf.make_stream(bytes(16), ColorSpace=N.DeviceGray, **keys))


@pytest.mark.parametrize("more", [{"Width": 0}, {"Width": N.X}, {"Height": 90_000_000}, {"SMask": 3}, {"Mask": A([0])}])
def test_images_that_are_not_copied(pdf: pikepdf.Pdf, more: dict[str, Any]) -> None:
    shelf = images.ImageShelf(pdf, lambda xref: Image.new("L", (4, 4)))
    assert reason_of(lambda: shelf.stored(image(pdf, **more))) is Reason.IMAGE_CODEC


def test_an_image_flattened_to_nothing(pdf: pikepdf.Pdf) -> None:
    shelf = images.ImageShelf(pdf, lambda xref: Image.new("L", (4, 4)))
    picture = images.Picture(Image.new("L", (4, 4)))
    place = lambda: shelf.place(picture, ctm=(0, 0, 0, 0, 0, 0), visible=None, masks=())  # type: ignore[arg-type]  # noqa: E731
    assert reason_of(place) is Reason.IMAGE_CODEC


@pytest.mark.parametrize(
    ("keys", "body", "route"),
    [
        (b"/W 4 /H 4 /BPC 8 /CS /G", bytes(16), RouteKind.TEXT),
        (b"/W 8 /H 4 /BPC 1 /IM true", bytes(4), RouteKind.PICTURE),
        (b"/W 90000 /H 90000 /BPC 8 /CS /G", bytes(16), RouteKind.PICTURE),
        (b"/W 4 /H 4 /BPC 8 /CS /G /F /DCT", b"junk", RouteKind.PICTURE),
    ],
)
def test_inline_images(keys: bytes, body: bytes, route: RouteKind) -> None:
    content = b"q 50 0 0 50 300 300 cm BI " + keys + b" ID " + body + b"\nEI Q\n"
    assert routed(lambda pdf, page: append(pdf, page, content))[0] is route


def test_a_stencil_and_a_smooth_image_keep_their_kind() -> None:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        stencil = pdf.make_stream(bytes(4), Type=N.XObject, Subtype=N.Image, Width=8, Height=4, BitsPerComponent=1)
        stencil.ImageMask = True
        smooth = pdf.make_stream(bytes(range(16)), Type=N.XObject, Subtype=N.Image, Width=4, Height=4)
        smooth.BitsPerComponent, smooth.ColorSpace, smooth.Interpolate = 8, N.DeviceGray, True
        add(page, "XObject", "I0", stencil)
        add(page, "XObject", "I1", smooth)
        append(pdf, page, b"q 50 0 0 50 300 300 cm /I0 Do Q q 50 0 0 50 400 300 cm /I1 Do Q\n")

    made = candidate.make(document(mutate=mutate), plan=BurnPlan((), title="Document"))
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        kinds = {(bool(one.get("/ImageMask", False)), bool(one.get("/Interpolate", False)))
                 for one in pdf.pages[0].Resources.XObject.values()}  # fmt: skip
    assert kinds == {(True, False), (False, True)}


# content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"/Nothing gs\n", Reason.CONTENT), (b"/Nothing Do\n", Reason.CONTENT), (b"BT (x) Tj ET\n", Reason.NONE),
        (b"BT /F1 9 Tf 9 Tr (x) Tj ET\n", Reason.TEXT_CLIP), (b"1 2 3 4 5 6 7 re\n", Reason.CONTENT),
        (b"[1 2] 0 d 0 0 m 9 9 l S\n", Reason.NONE), (b"/DeviceRGB cs 1 0 0 sc 9 9 9 9 re f\n", Reason.NONE),
        (b"/DeviceRGB CS 1 0 0 SC 9 9 9 9 re S\n", Reason.NONE), (b"9 9 9 9 re W* n\n", Reason.NONE),
        (b"quidonc\n", Reason.NONE),
    ],
)  # fmt: skip
def test_operators(content: bytes, reason: Reason) -> None:
    """MuPDF mends what it can of a page without masks; what it leaves must be known to the copy."""
    found = routed(lambda pdf, page: append(pdf, page, content))
    assert found[1] in {reason, Reason.NONE, Reason.CONTENT}
    assert (found[0] is RouteKind.TEXT) == (found[1] is Reason.NONE)


def test_text_operators_keep_the_place_of_words() -> None:
    body = (
        b"BT /F1 12 Tf 1 Tc 2 Tw 90 Tz 14 TL 1 Ts 72 400 Td (Les travaux) Tj T* (commencent) Tj (en avril) ' "
        b'1 0.5 (et se terminent) " 0 -20 TD (en octobre.) Tj 1 0 0 1 72 200 Tm [(La ) -200 (direction)] TJ ET\n'
    )
    made = candidate.make(document(body), plan=BurnPlan((), title="Document"))
    assert made.routes[0].kind is RouteKind.TEXT


def test_words_in_the_table_of_an_external_object_of_no_kind() -> None:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "XObject", "X0", pdf.make_stream(line(KEEP[0], 72, 300), Type=N.XObject, Subtype=N.PS))
        append(pdf, page, b"/X0 Do\n")

    made = candidate.make(document(mutate=mutate), plan=BurnPlan((), title="Document"))
    assert made.routes[0].reason in {Reason.CONTENT, Reason.NONE}


def test_curves_that_an_odd_clip_lets_see_stay_and_those_it_hides_go() -> None:
    clip = b"q 100 460 m 100 400 280 400 280 460 c 280 520 100 520 100 460 c W n\n"
    hidden = b"103.3137 403.7 m 104 407 106 407 107 403.7 c h f\n"
    seen = b"180.7391 450 m 190 480 200 480 210 450 c h f\n"
    around = b"60.1753 380 m 60 600 320 600 320 380 c 300 370 80 370 60.1753 380 c h f\n"
    body = clip + around + b"Q\n" + clip + hidden + seen + b"Q\n"
    made = candidate.make(document(body), plan=BurnPlan((), title="Document"))
    assert made.routes[0].kind is RouteKind.TEXT
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        written = pdf.pages[0].Contents.read_bytes()
    assert [number in written for number in (b"180.7391", b"60.1753", b"103.3137")] == [True, True, False]


@pytest.mark.parametrize(
    ("ops", "count"),
    [
        ([(b"m", [0, 0]), (b"c", [0, 9, 9, 9, 9, 0])], 9), ([(b"m", [0, 0]), (b"v", [9, 9, 9, 0])], 9),
        ([(b"m", [0, 0]), (b"y", [0, 9, 9, 0])], 9), ([(b"re", [0, 0, 5, 5])], 4),
        ([(b"m", [0, 0]), (b"l", [9, 0]), (b"h", [])], 2),
    ],
)  # fmt: skip
def test_curves_as_straight_lines(ops: list[tuple[bytes, list[float]]], count: int) -> None:
    path = paths.Path()
    for op, operands in ops:
        path.add(op, operands, ctm=(1, 0, 0, 1, 0, 0))
    (part,) = path.parts
    assert len(part.outline()) == count
    assert part.outline()[-1] == part.points[-1]


# what happens to a page whose fonts or images cannot be decoded


def test_errors_of_the_reader_below_are_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("redactor.pdf.pictures.pymupdf.Pixmap", broken)
    assert reason_of(lambda: pictures.decoder(None)(1)) is Reason.IMAGE_CODEC
    assert reason_of(lambda: glyphs.glyphs_of(Broken())) is Reason.CONTENT
    assert reason_of(lambda: hidden.drawn(Broken())) is Reason.CONTENT
    assert glyphs.has_type3(Broken())
    with pytest.raises(UnsupportedPdf):
        pictures.drawn(Broken(), frame=Frame(100, 100), masks=())


class Broken:
    """A page whose every method fails."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        def fail(*_: object, **__: object) -> None:
            raise RuntimeError

        return fail


def test_a_glyph_that_cannot_be_taken_off_ends_the_text_route(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(burner, "_apply", lambda page, boxes: None)
    redactions = (Redaction((secret_box(),), "art. 53"),)
    (route,) = candidate.make(document(), plan=BurnPlan(redactions, title="Document")).routes
    assert (route.kind, route.reason) == (RouteKind.PICTURE, Reason.TEXT_LEFT)


def test_a_page_that_looks_otherwise_after_the_copy_is_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "is_changed", lambda before, after, frame, marks, shifts: True)
    (route,) = candidate.make(document(), plan=BurnPlan((), title="Document")).routes
    assert (route.kind, route.reason) == (RouteKind.PICTURE, Reason.LOOK)


def test_a_copy_that_never_succeeds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidate, "copy", lambda *_, **__: Copied(b"", {0: Reason.CONTENT}))
    with pytest.raises(UnsupportedPdf):
        candidate.make(document(), plan=BurnPlan((), title="Document"))


def test_pages_of_another_size_look_changed() -> None:
    with pymupdf.open() as doc:
        doc.new_page(width=100, height=100)
        doc.new_page(width=120, height=100)
        first, second = doc[0], doc[1]
        assert look.is_changed(first, second, frame=Frame(100, 100), marks=(), shifts=())
        assert not look.is_changed(first, first, frame=Frame(100, 100), marks=(), shifts=())
