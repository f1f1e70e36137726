"""Paths of a content stream: their sub-paths, and which of them may be written.

A sub-path that lies wholly outside what can be seen, or wholly under a black box, may be left out without
changing the page. One that crosses the edge of a box stays only when it is a plain rectangle or line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.model import Box
from redactor.pdf.geometry import BoxIndex, Matrix, Point, apply, common, grown, holds
from redactor.pdf.scrub.numbers import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

POINTS = {b"m": 1, b"l": 1, b"c": 3, b"v": 2, b"y": 2, b"h": 0, b"re": 2}  # points an operator adds
CURVES = frozenset({b"c", b"v", b"y"})
PLAIN_SEGMENTS = 5  # a rectangle drawn by lines: one move, four lines or three and a close
STEPS = 8  # straight lines for one curve: a round corner of 72 pt is off by under 0.5 pt
FLAT_PT = 0.01  # points: difference under which two coordinates are the same


@dataclass(slots=True)
class SubPath:
    """One sub-path: its operators as they will be written, and its points in the space of the page."""

    ops: list[tuple[bytes, list[float]]] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The upright box around all its points, control points included."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))

    @property
    def is_plain(self) -> bool:
        """True for an upright rectangle or a straight line along an axis: it can carry no drawing."""
        if any(op in CURVES for op, _ in self.ops) or len(self.ops) > PLAIN_SEGMENTS + 1:
            return False
        pairs = zip(self.points, self.points[1:], strict=False)
        return all(_along_axis(first, second) for first, second in pairs)

    @property
    def is_box(self) -> bool:
        """True for an upright rectangle: as a clip it shows all of its box."""
        box = self.box
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        met = [{n for n, corner in enumerate(corners) if _is_same(point, corner)} for point in self.points]
        return self.is_plain and all(met) and len(set().union(*met)) == len(corners)

    def outline(self) -> tuple[Point, ...]:
        """The sub-path as straight lines, `STEPS` for each curve."""
        found: list[Point] = []
        at = 0
        for op, _ in self.ops:
            count = 4 if op == b"re" else POINTS[op]
            part, at = self.points[at : at + count], at + count
            if op in CURVES and found:
                ends = {b"c": part, b"v": [found[-1], *part], b"y": [*part, part[-1]]}[op]
                found += [_on_curve((found[-1], *ends), step / STEPS) for step in range(1, STEPS)]
                found.append(ends[-1])
            else:
                found += part
        return tuple(found)


def _on_curve(points: Sequence[Point], t: float) -> Point:
    """The point of a cubic curve at `t`, from 0 to 1."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x = sum(weight * point[0] for weight, point in zip(weights, points, strict=True))
    return x, sum(weight * point[1] for weight, point in zip(weights, points, strict=True))


def _is_same(first: Point, second: Point) -> bool:
    return abs(first[0] - second[0]) < FLAT_PT and abs(first[1] - second[1]) < FLAT_PT


def _along_axis(first: Point, second: Point) -> bool:
    return abs(first[0] - second[0]) < FLAT_PT or abs(first[1] - second[1]) < FLAT_PT


@dataclass(slots=True)
class Path:
    """The path under construction."""

    parts: list[SubPath] = field(default_factory=list)

    def add(self, op: bytes, operands: list[float], *, ctm: Matrix) -> None:
        """Takes one construction operator."""
        if op in {b"m", b"re"} or not self.parts:
            self.parts.append(SubPath())
        part = self.parts[-1]
        if part.ops and part.ops[-1][0] in {b"h", b"re"} and op != b"h":
            start = part.ops[0][1][:2]
            self.parts.append(part := SubPath([(b"m", start)], [apply(ctm, (start[0], start[1]))]))
        part.ops.append((op, operands))
        part.points += [apply(ctm, point) for point in _points(op, operands)]

    def region(self, *, visible: Box, masks: BoxIndex) -> list[SubPath]:
        """The sub-paths of a clip that may be written: those not wholly unseen and not wholly under a box."""
        found = self.kept(visible=visible, masks=BoxIndex(), margin=0.0)
        return [part for part in found if not any(_is_held(part, mask) for mask in masks.near(part.box))]

    def kept(self, *, visible: Box, masks: BoxIndex, margin: float) -> list[SubPath]:
        """The sub-paths that may be written. `margin` is half the width of the pen, in points."""
        return [part for part in self.parts if part.points and _may_stay(part, visible, masks, margin)]


def _points(op: bytes, operands: list[float]) -> list[Point]:
    if op == b"re":
        x, y, w, h = operands
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    return [(operands[i], operands[i + 1]) for i in range(0, len(operands), 2)]


def _may_stay(part: SubPath, visible: Box, masks: BoxIndex, margin: float) -> bool:
    box = grown(part.box, max(margin, FLAT_PT))
    if common(box, visible) is None:
        return False
    return not any(_must_go(part, box, mask) for mask in masks.near(box))


def _must_go(part: SubPath, box: Box, mask: Box) -> bool:
    if _is_held(part, mask):
        return True
    return common(box, mask) is not None and not part.is_plain


def _is_held(part: SubPath, mask: Box) -> bool:
    return holds(grown(mask, 2 * FLAT_PT), part.box)


def written_parts(parts: Sequence[SubPath]) -> bytes:
    """The construction operators of `parts`; a point that draws nothing when there is none."""
    if not parts:
        return b"0 0 m\n"
    return b"".join(joined(operands) + b" " + op + b"\n" for part in parts for op, operands in part.ops)
