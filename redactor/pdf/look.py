"""Compares what a reader sees before and after the copy: a page whose look changed becomes a picture.

The copy rebuilds fonts and images; should it ever rebuild one wrongly, the page must not leave in that state.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from redactor.model import Box
from redactor.pdf.geometry import box_through, grown
from redactor.pdf.hidden import SCALE, apart, drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from redactor.pdf.gaps import Shift
    from redactor.pdf.geometry import Frame

CELL = 6  # pixels a side of the squares that are compared: 4 pt, about one letter
NUDGES = tuple((dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx)  # pixels: type is set on whole ones
FAR = 48  # levels of 255 by which the mean of a square may differ: hints and smoothing change some 20
LINE_PT = 16.0  # points above the base line of a moved line that are left out: a line of 12 pt type
ABOUT_PT = 3.0  # points around our own marks that are left out


def is_changed(before: Any, after: Any, *, frame: Frame, marks: Sequence[Box], shifts: Sequence[Shift]) -> bool:
    """True when `after` looks unlike `before` outside our own `marks` (as shown) and the lines that moved."""
    first, second = drawn(before), drawn(after)
    if first.shape != second.shape:
        return True
    ours = [grown(box_through(frame.shown_to_flat, mark), ABOUT_PT) for mark in marks]
    ours += [_band(shift, frame.width) for shift in shifts]
    far = _means(_difference(first, second, ours)) > FAR
    for dy, dx in NUDGES:
        if not far.any():
            return False
        far &= _means(_difference(first, np.roll(second, (dy, dx), axis=(0, 1)), ours)) > FAR
    return bool(far.any())


def _difference(first: NDArray[np.int16], second: NDArray[np.int16], ours: Sequence[Box]) -> NDArray[np.int16]:
    levels = apart(first, second)
    for box in ours:
        _blank(levels, box)
    return levels


def _band(shift: Shift, width: float) -> Box:
    return Box(min(shift.x0 - LINE_PT, width), shift.y - LINE_PT, width, shift.y + LINE_PT / 2)


def _blank(levels: NDArray[np.int16], box: Box) -> None:
    rows = slice(max(math.floor(box.y0 * SCALE), 0), max(math.ceil(box.y1 * SCALE), 0))
    columns = slice(max(math.floor(box.x0 * SCALE), 0), max(math.ceil(box.x1 * SCALE), 0))
    levels[rows, columns] = 0


def _means(levels: NDArray[np.int16]) -> NDArray[np.float64]:
    height, width = (side - side % CELL for side in levels.shape)
    cells = levels[:height, :width].reshape(height // CELL, CELL, width // CELL, CELL)
    means: NDArray[np.float64] = cells.mean(axis=(1, 3))
    return means
