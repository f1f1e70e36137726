"""Streams that carry more than what they are for: unseen pixels in every code, spare names, what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw

from redactor.pdf.verifier import payloads, streams
from redactor.pdf.verifier.claims import Channel
from tests.pdf.kit import cff_font, coded_image, flate_image

SIDE = 64  # pixels: four squares of what JPEG codes together
Make = Callable[[pikepdf.Pdf], Any]


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.new() as made:
        yield made


def channels(pdf: pikepdf.Pdf) -> set[Channel]:
    return {leak.channel for leak in (*payloads.leaks_in(pdf), *streams.leaks_in(pdf))}


def halves(mode: str, left: Any, right: Any) -> Image.Image:
    image = Image.new(mode, (SIDE, SIDE), left)
    ImageDraw.Draw(image).rectangle((SIDE // 2, 0, SIDE, SIDE), fill=right)
    return image


WHITE, INK = (255, 255, 255), (20, 20, 160)


@pytest.mark.parametrize("code", ["flate", "jpeg"])
@pytest.mark.parametrize("depth", ["L", "1"])
@pytest.mark.parametrize(("hidden", "found"), [(WHITE, set()), (INK, {Channel.IMAGE})])
def test_colour_where_opacity_hides_it(
    pdf: pikepdf.Pdf, code: str, depth: str, hidden: tuple[int, int, int], found: set[Channel]
) -> None:
    """The right half is clear: its pixels must be white, in each code and depth of the opacity."""
    colour, opacity = halves("RGB", INK, hidden), halves(depth, 255, 0)
    made = flate_image(pdf, colour) if code == "flate" else coded_image(pdf, colour, "JPEG", "DCTDecode", quality=85)
    made.SMask = flate_image(pdf, opacity)
    assert channels(pdf) == found


def test_opacity_of_another_size_is_not_trusted(pdf: pikepdf.Pdf) -> None:
    flate_image(pdf, halves("RGB", INK, INK), SMask=flate_image(pdf, Image.new("L", (8, 8), 255)))
    assert channels(pdf) == {Channel.IMAGE}


def cff_without_strings() -> bytes:
    """Header, one name, one empty dictionary, no strings: an INDEX of no items is two zero bytes."""
    return b"\x01\x00\x04\x01" + b"\x00\x01\x01\x01\x08Rebuilt" + b"\x00\x01\x01\x01\x01" + b"\x00\x00"


@pytest.mark.parametrize(
    ("program", "found"),
    [
        (cff_without_strings(), set()),
        (cff_without_strings().replace(b"Rebuilt", b"Quidonc"), {Channel.OBJECT}),
        (cff_font("Zora"), {Channel.OBJECT}),
        (b"\x01\x00", {Channel.OBJECT}),
    ],
    ids=["ours", "another name", "notice", "cut"],
)
def test_names_in_a_bare_font_program(pdf: pikepdf.Pdf, program: bytes, found: set[Channel]) -> None:
    pdf.make_indirect(pdf.make_stream(program, Subtype=pikepdf.Name.Type1C))
    assert channels(pdf) == found


@pytest.mark.parametrize(
    "make",
    [
        lambda pdf: pdf.make_stream(b"q Q\n", Subtype=pikepdf.Name.Form, Filter=pikepdf.Name.Quidonc),
        lambda pdf: pdf.make_stream(b"\xff\xd8", Filter=pikepdf.Name.DCTDecode),
        lambda pdf: pdf.make_stream(b"\xff\xd8\xff\xdb\x00\x02\x00\x00\x00\x00", Filter=pikepdf.Name.DCTDecode),
    ],
    ids=["unknown code", "photo cut", "photo without pixels"],
)
def test_streams_that_cannot_be_judged(pdf: pikepdf.Pdf, make: Make) -> None:
    pdf.make_indirect(make(pdf))
    assert channels(pdf) == {Channel.OBJECT}
