"""The one place that converts coordinates. Knows numbers only; no PDF library.

Three spaces, all in points:
- *shown*: origin at the top left of the page as displayed, y downwards, after /Rotate. Boxes of the model.
- *flat*: the same page before /Rotate, origin at its top left, y downwards. What PyMuPDF works in once the
  rotation is set to 0.
- *sheet*: flat with y upwards and the origin at the bottom left. The user space of every page we write.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from redactor.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Matrix = tuple[float, float, float, float, float, float]  # a b c d e f, as in a PDF `cm`
Point = tuple[float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first` and then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def apply(matrix: Matrix, point: Point) -> Point:
    """`point` after `matrix`."""
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)


def inverse(matrix: Matrix) -> Matrix | None:
    """The matrix that undoes `matrix`; None when it flattens the plane."""
    a, b, c, d, e, f = matrix
    det = a * d - b * c
    if abs(det) < 1e-12:
        return None
    return (d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det)


def is_upright(matrix: Matrix) -> bool:
    """True when an upright box stays one after `matrix`."""
    a, b, c, d, _, _ = matrix
    return abs(b) + abs(c) < 1e-6 or abs(a) + abs(d) < 1e-6


def box_through(matrix: Matrix, box: Box) -> Box:
    """The upright box around `box` after `matrix`."""
    if matrix == IDENTITY:
        return box
    corners = [apply(matrix, (x, y)) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def grown(box: Box, by: float, down: float | None = None) -> Box:
    """`box` with `by` points more on each side, `down` above and below (less when negative, never inside out)."""
    dx, dy = max(by, -box.width / 2), max(by if down is None else down, -box.height / 2)
    return Box(box.x0 - dx, box.y0 - dy, box.x1 + dx, box.y1 + dy)


def holds(outer: Box, inner: Box) -> bool:
    """True when `inner` lies wholly inside `outer`."""
    return outer.x0 <= inner.x0 and outer.y0 <= inner.y0 and inner.x1 <= outer.x1 and inner.y1 <= outer.y1


def contains(box: Box, point: Point) -> bool:
    """True when `point` lies in `box`, edges included."""
    return box.x0 <= point[0] <= box.x1 and box.y0 <= point[1] <= box.y1


def common(first: Box, second: Box) -> Box | None:
    """What two boxes share; None when they do not meet."""
    x0, y0 = max(first.x0, second.x0), max(first.y0, second.y0)
    x1, y1 = min(first.x1, second.x1), min(first.y1, second.y1)
    return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


ROWS = 1_300  # rows above and below the origin: more than the tallest page has
ROW_PT = 12.0  # points; height of one row of an index, about a line of type


@dataclass(frozen=True, slots=True)
class BoxIndex:
    """Boxes sorted into rows, so that a page of glyphs is not compared with every box."""

    rows: dict[int, list[Box]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, boxes: Iterable[Box]) -> BoxIndex:
        """An index of `boxes`."""
        index = cls()
        for box in boxes:
            index.add(box)
        return index

    def add(self, box: Box) -> None:
        """Puts one more box in."""
        for row in _rows(box):
            self.rows.setdefault(row, []).append(box)

    def near(self, box: Box) -> Iterator[Box]:
        """The boxes that may touch `box`; one may come twice."""
        return chain.from_iterable(self.rows.get(row, ()) for row in _rows(box))

    def touches(self, box: Box) -> bool:
        """True when one of the boxes shares an area with `box`."""
        return any(common(box, other) is not None for other in self.near(box))

    def covers(self, point: Point, *, inset: float = 0.0) -> bool:
        """True when `point` lies in one of the boxes, at least `inset` points from its edge."""
        x, y = point
        return any(
            box.x0 + inset <= x <= box.x1 - inset and box.y0 + inset <= y <= box.y1 - inset
            for box in self.rows.get(_row(y), ())
        )


def _row(y: float) -> int:
    """Row of a height; what lies far off any page shares the first or the last, so that no box fills the memory."""
    return int(max(-ROWS, min(ROWS, y // ROW_PT)))


def _rows(box: Box) -> range:
    return range(_row(box.y0), _row(box.y1) + 1)


@dataclass(frozen=True, slots=True)
class Frame:
    """Size of one page before rotation (`width`, `height`) and its rotation: 0, 90, 180 or 270, clockwise."""

    width: float
    height: float
    rotation: int = 0

    @property
    def shown(self) -> Box:
        """The whole page as shown."""
        if self.rotation in {90, 270}:
            return Box(0.0, 0.0, self.height, self.width)
        return Box(0.0, 0.0, self.width, self.height)

    @property
    def flat(self) -> Box:
        """The whole page before rotation."""
        return Box(0.0, 0.0, self.width, self.height)

    @property
    def shown_to_flat(self) -> Matrix:
        """From the page as shown to the page before rotation; both with y downwards."""
        w, h = self.width, self.height
        return {
            0: IDENTITY,
            90: (0.0, -1.0, 1.0, 0.0, 0.0, h),
            180: (-1.0, 0.0, 0.0, -1.0, w, h),
            270: (0.0, 1.0, -1.0, 0.0, w, 0.0),
        }[self.rotation]

    @property
    def flat_to_shown(self) -> Matrix:
        """Undoes `shown_to_flat`."""
        w, h = self.width, self.height
        return {
            0: IDENTITY,
            90: (0.0, 1.0, -1.0, 0.0, h, 0.0),
            180: (-1.0, 0.0, 0.0, -1.0, w, h),
            270: (0.0, -1.0, 1.0, 0.0, 0.0, w),
        }[self.rotation]

    @property
    def flat_to_sheet(self) -> Matrix:
        """Turns y upwards."""
        return (1.0, 0.0, 0.0, -1.0, 0.0, self.height)

    @property
    def shown_to_sheet(self) -> Matrix:
        """From the page as shown to the user space of the page that we write."""
        return times(self.shown_to_flat, self.flat_to_sheet)

    @property
    def sheet_to_shown(self) -> Matrix:
        """Undoes `shown_to_sheet`; turning y upwards twice is doing nothing."""
        return times(self.flat_to_sheet, self.flat_to_shown)
