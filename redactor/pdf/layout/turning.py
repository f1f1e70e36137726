"""Quarter turns of boxes and points: from the flat page to text seen upright, or to the page as shown."""

from __future__ import annotations

import math
from array import array
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.geometry import Frame

OBLIQUE = 4  # a turn that is no quarter: such text is left as it lies
_STRAIGHT_DEGREES = 3.0  # a line this near to a quarter turn is one: scans lie a little askew


def turn_of(direction: tuple[float, float]) -> int:
    """Quarter turns clockwise from upright to a line of type that runs in `direction`; `OBLIQUE` between them."""
    x, y = direction
    angle = math.degrees(math.atan2(y, x)) % 360
    quarter = round(angle / 90)
    return quarter % 4 if abs(angle - 90 * quarter) < _STRAIGHT_DEGREES else OBLIQUE


def turn_shown(frame: Frame) -> int:
    """The turn of text that stands upright on the page as shown."""
    return (4 - frame.rotation // 90) % 4


def turned(boxes: array[float], turn: int, frame: Frame) -> array[float]:
    """Flat boxes, four numbers each, on the page turned so that text of `turn` stands upright."""
    x0, y0, x1, y1 = boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]
    width, height = frame.width, frame.height
    sides: tuple[Sequence[float], ...]
    if turn == 1:
        sides = (y0, [width - x for x in x1], y1, [width - x for x in x0])
    elif turn == 2:
        sides = (
            [width - x for x in x1],
            [height - y for y in y1],
            [width - x for x in x0],
            [height - y for y in y0],
        )
    elif turn == 3:
        sides = ([height - y for y in y1], x0, [height - y for y in y0], x1)
    else:
        return boxes
    return array("f", chain.from_iterable(zip(*sides, strict=True)))


def level_of(point: tuple[float, float], turn: int, frame: Frame) -> float:
    """How far a flat point lies from the top of the page turned so."""
    x, y = point
    return (y, frame.width - x, frame.height - y, x, y)[turn]


def size_of(frame: Frame, turn: int) -> tuple[float, float]:
    """Width and height of the page turned so."""
    return (frame.height, frame.width) if turn % 2 and turn != OBLIQUE else (frame.width, frame.height)
