"""What a page draws beyond what it shows: images and curves that reach past, or lie behind, their clips or the page."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from redactor.pdf.geometry import apply, grown, holds
from redactor.pdf.verifier.claims import Channel, Leak
from redactor.pdf.verifier.clips import SLACK_PT, lets_see, outlines_of, window_of
from redactor.pdf.verifier.drawings import DEPTH, KINDS, PLAIN_SEGMENTS, bounds, is_plain, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.model import Box
    from redactor.pdf.verifier.clips import Outlines
    from redactor.pdf.verifier.words import Checked


def leaks_of_page(page: Any, checked: Checked) -> Iterator[Leak]:
    """Images and curves that hold more than the page lets see. A pixel may be cut in two by a clip: it stays whole."""
    for item in page.get_objects(filter=KINDS, max_depth=DEPTH):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            hidden = _is_cut(item, checked.frame.flat)
        else:
            hidden = not is_plain(item) and _holds_unseen(item, checked.frame.flat)
        if hidden:
            yield Leak(Channel.UNCROPPED, checked.page)


def _is_cut(item: Any, page: Box) -> bool:
    """True for an image that reaches past its clips or the page, or has a clip that is no upright box."""
    box = bounds(item)
    window = window_of(item, page)
    return window is None or bool(window.odd) or not holds(grown(window.box, SLACK_PT + _pixel(item, box)), box)


def _pixel(item: Any, box: Box) -> float:
    """Side of one pixel of the image on the page, in points."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(item.raw, width, height)
    return max(box.width, box.height) / max(1, min(width.value, height.value))


def _holds_unseen(item: Any, page: Box) -> bool:
    """True for a path with a curved or long sub-path of which nothing can be seen."""
    window = window_of(item, page)
    if window is None:
        return True
    if not window.odd and holds(grown(window.box, SLACK_PT), bounds(item)):
        return False
    return any(not lets_see(window, outline, fills=_fills(item), pen=_pen(item)) for outline in _drawings(item))


def _drawings(item: Any) -> Outlines:
    """The sub-paths that can carry a drawing: a curve has more points than a rectangle here."""
    return tuple(outline for outline in outlines_of(item) if len(outline) > PLAIN_SEGMENTS)


def _fills(item: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item.raw, mode, stroke)
    return bool(mode.value != pdfium.FPDF_FILLMODE_NONE)


def _pen(item: Any) -> float:
    """Width of the pen on the page, in points; 0 for a path that is filled alone."""
    mode, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    pdfium.FPDFPath_GetDrawMode(item.raw, mode, stroke)
    pdfium.FPDFPageObj_GetStrokeWidth(item.raw, width)
    origin, along = (apply(place_of(item), point) for point in ((0, 0), (1, 1)))
    return width.value * math.dist(origin, along) if stroke.value else 0.0
