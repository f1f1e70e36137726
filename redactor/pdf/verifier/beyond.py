"""What a page draws beyond what it shows: images that reach past their clip or the page, curves off the page."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from redactor.model import Box
from redactor.pdf.geometry import IDENTITY, apply, common, grown, holds
from redactor.pdf.verifier.claims import Channel, Leak
from redactor.pdf.verifier.drawings import DEPTH, KINDS, bounds, is_plain, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.pdf.verifier.words import Checked

SLACK_PT = 2.0  # points by which readers differ on where a picture ends
CLIP_LIMIT = 4_096  # points of one clip that are read; the copy of a longer one is not trusted with images


def leaks_of_page(page: Any, checked: Checked) -> Iterator[Leak]:
    """Images and curves that hold more than the page lets see. A pixel may be cut in two by a clip: it stays whole."""
    for item in page.get_objects(filter=KINDS, max_depth=DEPTH):
        box = bounds(item)
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            window = _window(item, checked.frame.flat)
            if window is None or not holds(grown(window, SLACK_PT + _pixel(item, box)), box):
                yield Leak(Channel.UNCROPPED, checked.page)
        elif not is_plain(item) and common(grown(checked.frame.flat, SLACK_PT), grown(box, 0.01)) is None:
            yield Leak(Channel.UNCROPPED, checked.page)


def _pixel(item: Any, box: Box) -> float:
    """Side of one pixel of the image on the page, in points."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(item.raw, width, height)
    return max(box.width, box.height) / max(1, min(width.value, height.value))


def _window(item: Any, page: Box) -> Box | None:
    """The box around what the clips of an object leave of the page; None for a clip too long to read."""
    clip = pdfium.FPDFPageObj_GetClipPath(item.raw)
    holder = getattr(item, "container", None)
    place = IDENTITY if holder is None else place_of(holder)
    left = page
    for number in range(max(0, pdfium.FPDFClipPath_CountPaths(clip))):
        count = pdfium.FPDFClipPath_CountPathSegments(clip, number)
        if count > CLIP_LIMIT:
            return None
        points = [apply(place, _point(pdfium.FPDFClipPath_GetPathSegment(clip, number, n))) for n in range(count)]
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            left = common(left, Box(min(xs), min(ys), max(xs), max(ys))) or Box(left.x0, left.y0, left.x0, left.y0)
    return left


def _point(segment: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value
