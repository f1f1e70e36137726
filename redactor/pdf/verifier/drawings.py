"""What is drawn under a mask but no text: pixels of images and curves, read from the page's objects with pypdfium2.

A black box hides them from the eye only; whoever takes the page apart finds them.
"""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from redactor.model import Box
from redactor.pdf.geometry import IDENTITY, Matrix, apply, box_through, common, grown, holds, inverse, times
from redactor.pdf.verifier.claims import Channel, Leak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.pdf.verifier.words import Checked

DEPTH = 14  # forms within forms that are looked into: two more than the copy writes
EVEN = 8  # levels of 255 by which the pixels of an even area may differ
INSET_PT = 0.75  # points left out at the edge of a mask
OPAQUE = 255
THIN_PT = 3.5  # points: a rule thinner than this hides no word
BAR_PT = 0.25  # points: a rectangle smaller than a mask by more may be part of a drawing
PLAIN_SEGMENTS = 6  # of a rectangle drawn by lines
SEGMENTS_SEEN = 64  # segments of one path that are looked at for a curve: letters have one among their first
KINDS = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH)


def leaks_of_page(page: Any, checked: Checked) -> Iterator[Leak]:
    """Images that tell something under a mask or lie beneath other ink, and curves that reach under a mask."""
    yield from _covered(page, checked)
    for item in page.get_objects(filter=KINDS, max_depth=DEPTH) if checked.masks else ():
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            if _image_tells(item, [mask for mask, _ in checked.masks]):
                yield Leak(Channel.IMAGE, checked.page)
        elif _path_tells(item, checked):
            yield Leak(Channel.OBJECT, checked.page)


def uneven_under_boxes(page: Any, number: int) -> Iterator[Leak]:
    """Images of a page whose pixels tell something under a filled rectangle that was drawn later."""
    images: list[Any] = []
    for item in page.get_objects(filter=KINDS, max_depth=DEPTH):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(item)
        elif images and is_plain(item) and _fills(item):
            box = bounds(item)
            over = box.width > THIN_PT and box.height > THIN_PT
            if over and any(_image_tells(image, [box]) for image in images):
                yield Leak(Channel.UNDER_BOX, number)
                return


def _covered(page: Any, checked: Checked) -> Iterator[Leak]:
    """Images with other ink on top, and curves that a rectangle hides whole: both are there for whoever digs."""
    images: list[Box] = []
    curves: list[Box] = []
    for item in page.get_objects(filter=KINDS, max_depth=DEPTH):
        is_image = item.type == pdfium.FPDF_PAGEOBJ_IMAGE
        box = bounds(item)
        hides = (is_image or _fills(item)) and not _is_mask(box, checked)
        over_curves = hides and (is_image or is_plain(item)) and any(holds(box, one) for one in curves)
        if over_curves or (hides and any(_hides(box, image) for image in images)):
            yield Leak(Channel.UNDER_IMAGE, checked.page)
            return
        if is_image:
            images.append(box)
        elif _is_curved(item):
            curves.append(box)


def bounds(item: Any) -> Box:
    """The upright box around a drawn object, in sheet space."""
    corners = [apply(_parents(item), point) for point in _corners(item.get_bounds())]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _fills(item: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item.raw, mode, stroke)
    alpha = ctypes.c_uint()
    pdfium.FPDFPageObj_GetFillColor(item.raw, *(ctypes.c_uint() for _ in range(3)), alpha)
    return mode.value != pdfium.FPDF_FILLMODE_NONE and alpha.value == OPAQUE


def _is_mask(box: Box, checked: Checked) -> bool:
    return any(holds(grown(box, 1.0), mask) for mask, _ in checked.masks)


def _hides(box: Box, image: Box) -> bool:
    shared = common(box, image)
    return shared is not None and shared.width > THIN_PT and shared.height > THIN_PT


def place_of(item: Any) -> Matrix:
    """From the object's own space to the sheet, through the forms that hold it."""
    place = IDENTITY
    while item is not None:
        place = times(place, item.get_matrix().get())
        item = getattr(item, "container", None)
    return place


def _image_tells(item: Any, boxes: Sequence[Box]) -> bool:
    place = place_of(item)
    back, unit = inverse(place), box_through(place, Box(0, 0, 1, 1))
    masks = [box for box in boxes if common(box, unit) is not None]
    if not masks:
        return False
    if back is None:
        return True
    try:
        pixels = np.asarray(item.get_bitmap(render=False).to_numpy(), dtype=np.int16)
    except pypdfium2.PdfiumError:
        return True
    return any(_tells(pixels, mask, back) for mask in masks)


def _tells(pixels: Any, mask: Box, back: Matrix) -> bool:
    """True when the pixels whose centre is under `mask` are not all alike, and black (or all white: a stencil)."""
    height, width = pixels.shape[:2]
    inner = grown(mask, -INSET_PT)
    seen = box_through(back, inner)  # in the unit square of the image, y upwards
    left, right = _window(seen.x0, seen.x1, width)
    top, bottom = _window(1 - seen.y1, 1 - seen.y0, height)
    columns, rows = np.meshgrid((np.arange(left, right) + 0.5) / width, 1 - (np.arange(top, bottom) + 0.5) / height)
    forward = inverse(back) or IDENTITY
    x = forward[0] * columns + forward[2] * rows + forward[4]
    y = forward[1] * columns + forward[3] * rows + forward[5]
    under = (x > inner.x0) & (x < inner.x1) & (y > inner.y0) & (y < inner.y1)
    here = pixels[top:bottom, left:right][under]
    return bool(here.size and here.max() > EVEN and here.min() < 255 - EVEN)


def _window(low: float, high: float, size: int) -> tuple[int, int]:
    """First pixel and one past the last of a stretch of the unit square."""
    return max(0, min(size, math.floor(low * size))), max(0, min(size, math.ceil(high * size)))


def _path_tells(item: Any, checked: Checked) -> bool:
    box = bounds(item)
    if is_plain(item) and not any(holds(mask, grown(box, BAR_PT)) for mask, _ in checked.masks):
        return False
    return any(
        common(box, grown(mask, -INSET_PT)) is not None and _reaches(item, mask, box) for mask, _ in checked.masks
    )


def _parents(item: Any) -> Matrix:
    holder = getattr(item, "container", None)
    return IDENTITY if holder is None else place_of(holder)


def _corners(bounds: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    left, bottom, right, top = bounds
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


def is_plain(item: Any) -> bool:
    """True for a path of few straight segments: a rule or a rectangle, which carries no drawing."""
    return pdfium.FPDFPath_CountSegments(item.raw) <= PLAIN_SEGMENTS and not _is_curved(item)


def _is_curved(item: Any) -> bool:
    """True for a path with a curve among its first segments."""
    count = min(pdfium.FPDFPath_CountSegments(item.raw), SEGMENTS_SEEN)
    kinds = (pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(item.raw, n)) for n in range(count))
    return any(kind == pdfium.FPDF_SEGMENT_BEZIERTO for kind in kinds)


def _reaches(item: Any, mask: Box, box: Box) -> bool:
    """True when a point of the path lies under the mask, or the whole path does."""
    return holds(mask, box) or any(_is_under(point, mask) for point in _points(item))


def _is_under(point: tuple[float, float], mask: Box) -> bool:
    inner = grown(mask, -INSET_PT)
    return inner.x0 < point[0] < inner.x1 and inner.y0 < point[1] < inner.y1


def _points(item: Any) -> Iterator[tuple[float, float]]:

    x, y = ctypes.c_float(), ctypes.c_float()
    place = place_of(item)
    for number in range(pdfium.FPDFPath_CountSegments(item.raw)):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(item.raw, number), x, y)
        yield apply(place, (x.value, y.value))
