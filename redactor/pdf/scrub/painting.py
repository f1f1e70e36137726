"""Paths and clips of a content stream: what is painted, what is left out, what the clips leave to see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from redactor.pdf.geometry import common, contains
from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub.numbers import numbers
from redactor.pdf.scrub.output import NOWHERE
from redactor.pdf.scrub.paths import POINTS, Path, SubPath, written_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.geometry import Point
    from redactor.pdf.scrub.output import Output

COMPLEX_CLIP = 12  # operators of a clip above which it may be letters: a rectangle with round corners has 10
PAINT = frozenset({b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n"})
FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})


def construct(out: Output, op: bytes, operands: Sequence[Any]) -> None:
    """Takes one operator that builds a path."""
    count = 4 if op == b"re" else 2 * POINTS[op]
    out.path.add(op, numbers(operands, count=count), ctm=out.state.ctm)


def paint(out: Output, op: bytes) -> None:
    """Writes the path built so far, without what lies under a mask or cannot be seen, and begins a new one."""
    pen = _pen(out) if op in STROKES else 0.0
    parts = out.path.kept(visible=out.state.visible, masks=out.sheet.masks, margin=pen)
    parts = [part for part in parts if part.is_plain or _is_in_window(part, out.state.window)]
    if out.clip:
        _clip_and_paint(out, op, parts)
    elif parts and op != b"n":
        _draw(out, op, parts)
    out.path, out.clip = Path(), b""


def _draw(out: Output, op: bytes, parts: list[SubPath]) -> None:
    out.ink(written_parts(parts), op, b"\n")
    _note(out, op, parts)


def _clip_and_paint(out: Output, op: bytes, parts: list[SubPath]) -> None:
    region = out.path.region(visible=out.state.visible, masks=out.sheet.masks)
    drawing = [part for part in region if not part.is_plain and out.sheet.is_masked(part.box)]
    if sum(len(part.ops) for part in drawing) > COMPLEX_CLIP:
        raise OutsideSchema(Reason.CLIP_MASKED)
    if op != b"n" and parts:
        _draw(out, op, parts)
    out.out += [written_parts(region), out.clip, b" n\n"]
    _narrow(out, region)


def _note(out: Output, op: bytes, parts: list[SubPath]) -> None:
    for part in parts:
        seen = common(part.box, out.state.visible)
        if seen is None:
            continue
        if out.state.opaque and op in FILLS:
            out.sheet.cover(seen)
        if not part.is_plain:
            out.sheet.art.add(seen)


def _narrow(out: Output, region: list[SubPath]) -> None:
    boxes = [part.box for part in region]
    whole = boxes[0] if boxes else NOWHERE
    for box in boxes[1:]:
        whole = whole.join(box)
    odd = out.state.odd_clip or len(region) != 1 or not region[0].is_box
    left = common(whole, out.state.visible) or NOWHERE
    window = tuple(part.outline() for part in region) if odd else ()
    out.state = replace(out.state, visible=left, odd_clip=odd, window=window or out.state.window)


def _is_in_window(part: SubPath, window: Sequence[Sequence[Point]]) -> bool:
    """True for a sub-path that an odd clip lets see: one of its points lies inside, or an outline crosses its box."""
    if not window:
        return True
    inside = any(sum(_is_around(point, outline) for outline in window) % 2 for point in part.points)
    return inside or any(contains(part.box, point) for outline in window for point in outline)


def _is_around(point: Point, outline: Sequence[Point]) -> bool:
    """True when the closed `outline` goes round `point`."""
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            odd = not odd
    return odd


def _pen(out: Output) -> float:
    a, b, c, d, _, _ = out.state.ctm
    return out.state.pen * max(abs(a) + abs(c), abs(b) + abs(d)) / 2
