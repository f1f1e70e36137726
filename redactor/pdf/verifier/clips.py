"""What the clips of a drawn object leave to see, read with pypdfium2: upright clips as a box, odd ones as a raster.

Clips of the forms that hold the object count too. Leaves to `beyond` what must lie inside.
"""

from __future__ import annotations

import ctypes
import functools
import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw

from redactor.model import Box
from redactor.pdf.geometry import IDENTITY, Matrix, Point, apply, common
from redactor.pdf.verifier.drawings import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CLIP_LIMIT = 4_096  # points of one clip that are read; what a longer one shows is not known
SLACK_PT = 2.0  # points by which readers differ on where a picture or a clip ends
STEPS = 8  # straight lines for one curve: a round corner of 72 pt is off by under 0.5 pt
FLAT_PT = 0.01  # points under which two coordinates are the same
SIDE = 1_000  # pixels of a raster's longer side at most: a letter page has about one a point
CORNERS = 4  # of a rectangle

Outline = tuple[Point, ...]
Outlines = tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """What may be seen of an object: `box` after all its clips, `odd` the outlines of clips that are no upright box."""

    box: Box
    odd: tuple[Outlines, ...] = field(default=(), repr=False)


def window_of(item: Any, page: Box) -> Window | None:
    """What the clips of `item` and of the forms that hold it leave of `page`; None for a clip too long to read."""
    box, odd = page, list[Outlines]()
    while item is not None:
        holder = getattr(item, "container", None)
        place = IDENTITY if holder is None else place_of(holder)
        clip = pdfium.FPDFPageObj_GetClipPath(item.raw)
        for number in range(max(0, pdfium.FPDFClipPath_CountPaths(clip))):
            count = pdfium.FPDFClipPath_CountPathSegments(clip, number)
            if count > CLIP_LIMIT:
                return None
            region = _outlines(count, functools.partial(pdfium.FPDFClipPath_GetPathSegment, clip, number), place)
            if not region:
                continue
            edge = box_of(point for outline in region for point in outline)
            box = common(box, edge) or Box(box.x0, box.y0, box.x0, box.y0)
            odd += [] if _is_upright_box(region, edge) else [region]
        item = holder
    return Window(box, tuple(odd))


def outlines_of(item: Any) -> Outlines:
    """The sub-paths of a path in sheet space, as straight lines."""
    count = pdfium.FPDFPath_CountSegments(item.raw)
    return _outlines(count, functools.partial(pdfium.FPDFPath_GetPathSegment, item.raw), place_of(item))


def box_of(points: Iterator[Point] | Sequence[Point]) -> Box:
    """The upright box around `points`."""
    found = tuple(points)
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return Box(min(xs), min(ys), max(xs), max(ys))


def lets_see(window: Window, outline: Outline, *, fills: bool, pen: float) -> bool:
    """True when ink along (and, when it `fills`, inside) `outline` is seen through `window`; `pen` is in points."""
    reach = SLACK_PT + pen / 2
    box = box_of(outline)
    around = Box(box.x0 - reach, box.y0 - reach, box.x1 + reach, box.y1 + reach)
    if common(around, window.box) is None:
        return False
    if not window.odd:
        return True
    left = _raster_of(window)
    drawn = Image.new("1", left.size)
    scale = _scale(window.box)
    spots = [_spot(point, window.box, scale) for point in outline]
    width = max(1, math.ceil(2 * reach * scale))
    pencil = ImageDraw.Draw(drawn)
    if fills and len(spots) > 1:
        pencil.polygon(spots, fill=1)
    pencil.line([*spots, spots[0]], fill=1, width=width)
    return ImageChops.logical_and(drawn, left).getbbox() is not None


@functools.lru_cache(maxsize=2)
def _raster_of(window: Window) -> Image.Image:
    """What is seen through the odd clips of `window`, inside its box. Overlapping outlines undo each other."""
    scale = _scale(window.box)
    size = (math.ceil(window.box.width * scale) + 1, math.ceil(window.box.height * scale) + 1)
    left = Image.new("1", size, 1)
    for region in window.odd:
        shown = Image.new("1", size)
        for outline in region:
            one = Image.new("1", size)
            ImageDraw.Draw(one).polygon([_spot(point, window.box, scale) for point in outline], fill=1)
            shown = ImageChops.logical_xor(shown, one)
        left = ImageChops.logical_and(left, shown)
    return left


def _scale(box: Box) -> float:
    """Pixels a point."""
    return min(1.0, SIDE / max(box.width, box.height, 1.0))


def _spot(point: Point, box: Box, scale: float) -> Point:
    return (point[0] - box.x0) * scale, (point[1] - box.y0) * scale


def _is_upright_box(region: Outlines, edge: Box) -> bool:
    """True for one outline whose every point is a corner of `edge`."""
    corners = [(x, y) for x in (edge.x0, edge.x1) for y in (edge.y0, edge.y1)]
    near = [[math.dist(point, corner) < FLAT_PT for corner in corners] for point in region[0]]
    return len(region) == 1 and all(map(any, near)) and all(map(any, zip(*near, strict=True)))


def _outlines(count: int, segment: Callable[[int], Any], place: Matrix) -> Outlines:
    """The sub-paths of `count` segments after `place`; those of no point are left out."""
    made: list[list[Point]] = []
    bends: list[Point] = []
    for number in range(count):
        one = segment(number)
        kind, point = pdfium.FPDFPathSegment_GetType(one), apply(place, _point(one))
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not made:
            made.append([point])
        elif kind != pdfium.FPDF_SEGMENT_BEZIERTO:
            made[-1].append(point)
        elif len(bends) < CORNERS - 2:
            bends.append(point)
        else:
            made[-1] += _curve((made[-1][-1], *bends, point))
            bends = []
    return tuple(tuple(outline) for outline in made)


def _curve(points: Sequence[Point]) -> Iterator[Point]:
    """The points of a cubic curve after its first, by de Casteljau's rule."""
    for step in range(1, STEPS + 1):
        t, left = step / STEPS, list(points)
        while len(left) > 1:
            left = [(ax + (bx - ax) * t, ay + (by - ay) * t) for (ax, ay), (bx, by) in pairwise(left)]
        yield left[0]


def _point(segment: Any) -> Point:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value
