"""Puts what stands on a page in the order in which it is read: bands from top to bottom, columns from left to right."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from redactor.pdf.layout.lines import Lane
from redactor.pdf.layout.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from redactor.pdf.layout.tables import CellRow, Framed

    type_of_item = Piece | CellRow | Framed

_LEAST_LINES = 4  # lines on each side of a gutter before it is one
_FULL = 0.7  # a line is full when it takes this share of its column
_FULL_LINES = 0.5  # share of full lines that tells prose in columns from a table without rules
_NARROW = 60.0  # points; what is indented less begins no column
_DEPTH = 3  # columns within columns
_TRIES = 4  # left edges tried as that of a second column


class Region(NamedTuple):
    """Items of one lane, in no order; regions follow each other as they are read."""

    items: list[type_of_item]
    lane: Lane


class _Placed(NamedTuple):
    y: float
    x0: float
    x1: float
    item: type_of_item


def regions_of(items: Sequence[type_of_item], *, key: Hashable, known: dict[Hashable, float]) -> list[Region]:
    """Regions of a page in reading order. `key` names the page's size and turn.

    `known` holds the gutters of earlier pages by key, and learns that of this one: a last page may fill its first
    column alone.
    """
    if not items:
        return []
    placed = [_place(item) for item in items]
    gutter = _gutter(placed)
    if gutter is None and key in known and all(p.x1 <= known[key] for p in placed):
        return [Region(list(items), _column(key, known[key], 0, placed))]
    if gutter is not None:
        known[key] = gutter
    return [Region([p.item for p in found], lane) for found, lane in _split(placed, key=key, depth=0)]


def _column(key: Hashable, gutter: float, number: int, placed: Sequence[_Placed]) -> Lane:
    return Lane((key, round(gutter / 9), number), min(p.x0 for p in placed), depth=1)


def _place(item: type_of_item) -> _Placed:
    if isinstance(item, Piece):
        return _Placed(item.baseline, item.x0, item.x1, item)
    x0, y0, x1, _ = item.box
    return _Placed(y0, x0, x1, item)


def _split(placed: list[_Placed], *, key: Hashable, depth: int) -> list[tuple[list[_Placed], Lane]]:
    left = min(p.x0 for p in placed)
    whole = Lane(key, left, depth=depth)
    gutter = _gutter(placed) if depth < _DEPTH else None
    if gutter is None:
        return [(placed, whole)]
    found: list[tuple[list[_Placed], Lane]] = []
    for band, is_split in _bands(placed, gutter):
        if is_split:
            sides = ([p for p in band if p.x1 <= gutter], [p for p in band if p.x1 > gutter])
            for number, side in enumerate(sides):
                found.extend(_split(side, key=(key, round(gutter / 9), number), depth=depth + 1))
        else:
            found.append((band, whole))
    return found


def _gutter(placed: Sequence[_Placed]) -> float | None:
    """Left edge of a second column of prose, or None."""
    left, right = min(p.x0 for p in placed), max(p.x1 for p in placed)
    starts = Counter(round(p.x0) for p in placed if p.x0 > left + 0.25 * (right - left))
    for edge, count in starts.most_common(_TRIES):
        if count < _LEAST_LINES:
            return None
        gutter = edge - 1.5
        if any(is_split for _, is_split in _bands(placed, gutter)):
            return gutter
    return None


def _bands(placed: Sequence[_Placed], gutter: float) -> list[tuple[list[_Placed], bool]]:
    """Bands from top to bottom, each with whether it is set in two columns at `gutter`."""
    left, right = min(p.x0 for p in placed), max(p.x1 for p in placed)
    bands: list[list[_Placed]] = [[]]
    crosses_before = False
    for p in sorted(placed, key=lambda one: one[:-1]):
        crosses = p.x0 < gutter < p.x1
        if crosses != crosses_before:
            bands.append([])
        bands[-1].append(p)
        crosses_before = crosses
    found: list[tuple[list[_Placed], bool]] = []
    for band in filter(None, bands):
        is_split = _is_two_columns(band, gutter, left=left, right=right)
        if found and not is_split and not found[-1][1]:
            found[-1][0].extend(band)
        else:
            found.append((band, is_split))
    return found


def _is_two_columns(band: Sequence[_Placed], gutter: float, *, left: float, right: float) -> bool:
    first = [p for p in band if p.x1 <= gutter]
    second = [p for p in band if p.x0 >= gutter]
    if len(first) + len(second) < len(band) or min(len(first), len(second)) < _LEAST_LINES:
        return False
    return _is_prose(first, left, gutter) and _is_prose(second, gutter, right)


def _is_prose(side: Sequence[_Placed], left: float, right: float) -> bool:
    """True when most lines fill their column: that side of the page, or the columns that its lines begin."""
    starts = Counter(round(p.x0) for p in side)
    often = max(_LEAST_LINES, _FULL_LINES * max(starts.values()))
    edges = [
        left,
        *sorted(start for start, count in starts.items() if count >= often and start > left + _NARROW),
        right,
    ]
    full = sum(1 for p in side if p.x1 - p.x0 >= _FULL * _room(p.x0, edges))
    return full >= _FULL_LINES * len(side)


def _room(x: float, edges: Sequence[float]) -> float:
    """Width of the column in which `x` stands."""
    number = bisect_right(edges, x + 1)
    return edges[min(number, len(edges) - 1)] - edges[max(number - 1, 0)]
