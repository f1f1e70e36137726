"""What a page draws but does not show, as another library reads it: clips of every shape, alone, crossed, in forms."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pypdfium2
import pytest

from redactor.errors import DamagedPdf
from redactor.model import Box
from redactor.pdf.geometry import Frame
from redactor.pdf.verifier import beyond, clips, drawings, held
from redactor.pdf.verifier.claims import Channel
from redactor.pdf.verifier.picture import page_png
from redactor.pdf.verifier.words import Checked
from tests.pdf.kit import HEIGHT, IMAGE_CTM, WIDTH, add, append, document, flate_image, picture

ROUND = b"100 460 m 100 400 280 400 280 460 c 280 520 100 520 100 460 c W n\n"
CORNER = b"103 403 m 104 407 106 407 107 403 c 107 402 104 402 103 403 c h "
MIDDLE = b"180 450 m 190 480 200 480 210 450 c h "
AROUND = b"60 380 m 60 600 320 600 320 380 c 300 370 80 370 60 380 c h "
STAR = b" ".join(b"%g %g l" % (190 + 80 * math.cos(n / 900), 460 + 40 * math.sin(n / 900)) for n in range(5_600))
LONG = b"270 460 m " + STAR + b" h W n\n"


def found(body: bytes, *, image: bool = False) -> set[Channel]:
    def mutate(pdf: Any, page: Any) -> None:
        add(page, "XObject", "I0", flate_image(pdf, picture()))
        append(pdf, page, b"q " + body + (IMAGE_CTM if image else b"") + b" Q\n")

    with pypdfium2.PdfDocument(document(mutate=mutate)) as pdf:
        return {leak.channel for leak in beyond.leaks_of_page(pdf[0], Checked(0, Frame(WIDTH, HEIGHT), ()))}


@pytest.mark.parametrize(
    "body",
    [
        CORNER + b"f", ROUND + MIDDLE + b"f", ROUND + MIDDLE + b"S", ROUND + AROUND + b"f",
        ROUND + b"100 400 5 5 re f", ROUND + b"80 w " + CORNER + b"S", b"90 390 100 100 re W n " + CORNER + b"f",
        ROUND + b"150 440 60 60 re W n " + MIDDLE + b"f",
        b"90 390 m 190 390 l 190 490 l 90 490 l h W n " + CORNER + b"f",
    ],
    ids=["no clip", "inside", "stroked inside", "all around, filled", "plain", "wide pen", "upright clip", "two clips",
         "upright clip of lines"],
)  # fmt: skip
def test_curves_that_are_seen(body: bytes) -> None:
    assert found(body) == set()


@pytest.mark.parametrize(
    "body",
    [
        ROUND + CORNER + b"f", ROUND + b"0.5 w " + CORNER + b"S", ROUND + AROUND + b"S", ROUND + MIDDLE + CORNER + b"f",
        b"300 300 50 50 re W n " + CORNER + b"f", ROUND + b"300 300 50 50 re W n " + MIDDLE + b"f",
        ROUND + b"150 440 10 10 re W n " + MIDDLE + b"f", b"0 0 m W n " + CORNER + b"f", LONG + MIDDLE + b"f",
        b"60 360 300 200 re 80 380 60 60 re W* n " + CORNER + b"f", b"-50 100 m -40 120 -30 120 -20 100 c h f",
    ],
    ids=["behind a round clip", "stroked behind it", "a ring around it", "one of two parts", "behind an upright clip",
         "clips that do not meet", "behind the second clip", "nothing shows", "a clip too long to read",
         "in the hole of a clip", "off the page"],
)  # fmt: skip
def test_curves_that_nobody_sees(body: bytes) -> None:
    assert found(body) == {Channel.UNCROPPED}


@pytest.mark.parametrize(
    ("clip", "leaks"),
    [
        (b"", set()), (b"90 390 420 140 re W n ", set()), (b"90 390 200 140 re W n ", {Channel.UNCROPPED}),
        (ROUND, {Channel.UNCROPPED}), (LONG, {Channel.UNCROPPED}),
        (b"50 300 m 560 300 l 560 700 l h W n ", {Channel.UNCROPPED}),
    ],
    ids=["no clip", "wide", "cut", "round", "too long to read", "corner"],
)  # fmt: skip
def test_images_behind_clips(clip: bytes, leaks: set[Channel]) -> None:
    assert found(clip, image=True) == leaks


def test_a_raster_of_a_large_page_is_bounded() -> None:
    outline = ((0.0, 0.0), (14_000.0, 7_000.0), (0.0, 14_000.0))
    window = clips.Window(Box(0, 0, 14_400, 14_400), ((outline,),))
    near, far = ((100.0, 7_000.0), (200.0, 7_100.0)), ((13_000.0, 13_000.0), (13_100.0, 13_100.0))
    assert clips.lets_see(window, near, fills=False, pen=1.0)
    assert not clips.lets_see(window, far, fills=False, pen=1.0)
    assert max(clips._raster_of(window).size) <= clips.SIDE + 1


class Image:
    """An image object that cannot be decoded, or that its place flattens to nothing."""

    container = None

    def __init__(self, *, flat: bool) -> None:
        self.flat = flat

    def get_matrix(self) -> Image:
        return self

    def get(self) -> tuple[float, ...]:
        return (100, 0, 0, 0, 100, 100) if self.flat else (100, 0, 0, 100, 100, 100)

    def get_bitmap(self, **_: object) -> Image:
        if not self.flat:
            raise pypdfium2.PdfiumError("none")
        return self

    def to_numpy(self) -> Any:
        return np.zeros((4, 4), dtype=np.uint8)


def test_an_image_that_cannot_be_judged_tells() -> None:
    """Under a mask it is a leak; elsewhere nobody asks; it may hold text."""
    here, elsewhere = Box(90, 90, 150, 150), Box(400, 400, 500, 500)
    assert drawings._image_tells(Image(flat=False), [here])
    assert not drawings._image_tells(Image(flat=False), [elsewhere])
    assert held._has_edges(Image(flat=False))
    assert not held._has_edges(Image(flat=True))


def test_a_page_as_a_person_sees_it() -> None:
    assert page_png(document(), page=0).startswith(b"\x89PNG")


@pytest.mark.parametrize(("data", "page"), [(b"junk", 0), (b"", 0), (document(), 5)])
def test_a_page_that_cannot_be_drawn(data: bytes, page: int) -> None:
    with pytest.raises(DamagedPdf):
        page_png(data, page=page)
