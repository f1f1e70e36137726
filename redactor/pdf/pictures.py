"""Pixels by PyMuPDF: images decoded, whole pages drawn. What becomes of them is decided elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pymupdf
from PIL import Image, ImageChops, ImageDraw

from redactor.errors import UnsupportedPdf
from redactor.pdf.geometry import box_through
from redactor.pdf.opening import ERRORS
from redactor.pdf.plan import OutsideSchema, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from redactor.model import Box
    from redactor.pdf.geometry import Frame

PAGE_DPI = 200  # dots an inch of a page picture: 10 pt type stays sharp in print
PIXEL_BUDGET = 24_000_000  # pixels of one page picture; a tabloid page at 200 dpi has 7.5 million
GREY_SPREAD = 12  # levels of 255 between the channels under which a page is grey


def decoder(doc: Any) -> Callable[[int], Image.Image]:
    """A function that decodes the image object of a given number: mode `L` or `RGB`; a stencil as levels of paint."""
    return lambda xref: _decoded(doc, xref)


def _decoded(doc: Any, xref: int) -> Image.Image:
    try:
        pixmap = pymupdf.Pixmap(doc, xref)
        if pixmap.colorspace is None:
            return Image.frombytes("L", (pixmap.width, pixmap.height), bytes(pixmap.samples))
        if pixmap.alpha:
            pixmap = pymupdf.Pixmap(pixmap, 0)
        if pixmap.n not in {1, 3}:
            pixmap = pymupdf.Pixmap(pymupdf.csRGB, pixmap)
    except ERRORS:
        raise OutsideSchema(Reason.IMAGE_CODEC) from None
    return Image.frombytes("L" if pixmap.n == 1 else "RGB", (pixmap.width, pixmap.height), bytes(pixmap.samples))


def drawn(page: Any, *, frame: Frame, masks: Sequence[Box]) -> Image.Image:
    """The page as a picture, before rotation: 1-bit, grey or colour, whichever serves, black under `masks` (shown)."""
    scale = min(PAGE_DPI / 72, (PIXEL_BUDGET / (frame.width * frame.height)) ** 0.5)
    try:
        pixmap = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False)
    except ERRORS:
        raise UnsupportedPdf(part="page") from None
    image = Image.frombytes("RGB", (pixmap.width, pixmap.height), bytes(pixmap.samples))
    pen = ImageDraw.Draw(image)
    for mask in masks:
        flat = box_through(frame.shown_to_flat, mask)
        pen.rectangle((flat.x0 * scale - 1, flat.y0 * scale - 1, flat.x1 * scale + 1, flat.y1 * scale + 1), fill=0)
    return _reduced(image)


def _reduced(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    if _spread(red, green) > GREY_SPREAD or _spread(green, blue) > GREY_SPREAD:
        return image
    grey = image.convert("L")
    levels = grey.histogram()
    middle = sum(levels[48:208])
    return grey.point(lambda v: 255 if v >= 150 else 0).convert("1") if middle < 0.02 * sum(levels) else grey


def _spread(first: Image.Image, second: Image.Image) -> int:
    extrema = ImageChops.difference(first, second).getextrema()
    return int(extrema[1])  # type: ignore[arg-type]
