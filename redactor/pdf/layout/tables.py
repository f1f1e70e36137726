"""Finds the ruled tables of a page: which pieces stand in which cell of which row.

A frame of one cell is no table: its words keep flowing, inside a lane of their own. Tables without rules are
left to `aligned`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from redactor.pdf.layout.lines import Lane, Line, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from redactor.pdf.layout.pieces import Piece
    from redactor.pdf.layout.rules import Rule

_TOUCH_PT = 3.0  # points; rules whose ends are this near meet, as drawn by word processors
_STRAIGHT_PT = 2.0  # points by which the parts of one straight line may be out
_ROW_PT = 4.0  # points; less between two rules is a double rule
_PAIR_LIMIT = 400_000  # pairs of rules compared on one page; more is a drawing


class CellRow(NamedTuple):
    """A row of a table: its cells with words, from left to right, each a sequence of lines."""

    cells: tuple[tuple[Line, ...], ...]
    box: tuple[float, float, float, float]


class Framed(NamedTuple):
    """Words in a frame of one cell."""

    lines: tuple[Line, ...]
    box: tuple[float, float, float, float]


class _Bar(NamedTuple):
    at: float  # y of a level rule, x of an upright one
    low: float
    high: float


class _Grid(NamedTuple):
    levels: list[_Bar]
    uprights: list[_Bar]
    ys: list[float]


def tables_of(pieces: Sequence[Piece], rules: Sequence[Rule]) -> tuple[list[CellRow | Framed], list[Piece]]:
    """Rows and frames of the page, and the pieces that stand in none."""
    grids = _grids(rules)
    rest: list[Piece] = []
    held: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        number = next((n for n, grid in enumerate(grids) if _holds(grid, piece)), None)
        (rest if number is None else held[number]).append(piece)
    rows = [row for number, inside in held.items() for row in _rows(grids[number], inside)]
    return rows, rest


def _grids(rules: Sequence[Rule]) -> list[_Grid]:
    levels = _bars(((r.y0 + r.y1) / 2, r.x0, r.x1) for r in rules if not r.upright)
    uprights = _bars(((r.x0 + r.x1) / 2, r.y0, r.y1) for r in rules if r.upright)
    if len(levels) * len(uprights) > _PAIR_LIMIT:
        return []
    found = []
    for group in _joined(levels, uprights):
        grid = _grid(levels=group[0], uprights=group[1])
        if grid is not None:
            found.append(grid)
    return found


def _bars(rules: Iterable[tuple[float, float, float]]) -> list[_Bar]:
    """Rules with those that prolong each other joined."""
    bars: list[_Bar] = []
    for lane in _lanes(sorted(rules)):
        begin = len(bars)
        for at, low, high in sorted(lane, key=lambda rule: rule[1]):
            if len(bars) > begin and low <= bars[-1].high + _TOUCH_PT:
                bars[-1] = bars[-1]._replace(high=max(high, bars[-1].high))
            else:
                bars.append(_Bar(at, low, high))
    return bars


def _lanes(rules: Iterable[tuple[float, float, float]]) -> list[list[tuple[float, float, float]]]:
    """Sorted rules parted where the next is not on the same straight line."""
    lanes: list[list[tuple[float, float, float]]] = []
    for rule in rules:
        if lanes and rule[0] - lanes[-1][0][0] < _STRAIGHT_PT:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    return lanes


def _joined(levels: Sequence[_Bar], uprights: Sequence[_Bar]) -> list[tuple[list[_Bar], list[_Bar]]]:
    """Sets of rules that touch each other, directly or by others."""
    parent = list(range(len(levels) + len(uprights)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, level in enumerate(levels):
        for j, upright in enumerate(uprights, len(levels)):
            if _meet(level, upright):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[_Bar], list[_Bar]]] = defaultdict(lambda: ([], []))
    for i, bar in enumerate([*levels, *uprights]):
        groups[root(i)][i >= len(levels)].append(bar)
    return list(groups.values())


def _meet(level: _Bar, upright: _Bar) -> bool:
    return (
        level.low - _TOUCH_PT <= upright.at <= level.high + _TOUCH_PT
        and upright.low - _TOUCH_PT <= level.at <= upright.high + _TOUCH_PT
    )


def _grid(*, levels: Sequence[_Bar], uprights: Sequence[_Bar]) -> _Grid | None:
    if len(levels) < 2 or len(uprights) < 2:
        return None
    ys: list[float] = []
    for bar in sorted(levels):
        if not ys or bar.at - ys[-1] > _ROW_PT:
            ys.append(bar.at)
    return _Grid(sorted(levels), sorted(uprights), ys) if len(ys) > 1 else None


def _holds(grid: _Grid, piece: Piece) -> bool:
    x, y = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
    return grid.ys[0] <= y <= grid.ys[-1] and grid.uprights[0].at - 1 <= x <= grid.uprights[-1].at + 1


def _rows(grid: _Grid, pieces: Sequence[Piece]) -> list[CellRow | Framed]:
    walls = [_walls(grid, row) for row in range(len(grid.ys) - 1)]
    covers = [[bar for bar in grid.levels if abs(bar.at - y) < _ROW_PT] for y in grid.ys]
    cells: dict[int, dict[int, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        x, y = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
        row = _row_of(grid, covers, x, y)
        cells[row][bisect_right(walls[row], x)].append(piece)
    return [_row(grid, row, walls[row], found) for row, found in sorted(cells.items())]


def _row_of(grid: _Grid, covers: Sequence[Sequence[_Bar]], x: float, y: float) -> int:
    """The row in which the cell at this place begins: a cell that spans rows belongs to its first."""
    row = min(bisect_right(grid.ys, y), len(grid.ys) - 1) - 1
    while row > 0 and not any(bar.low - 1 <= x <= bar.high + 1 for bar in covers[row]):
        row -= 1
    return row


def _walls(grid: _Grid, row: int) -> list[float]:
    y = (grid.ys[row] + grid.ys[row + 1]) / 2
    walls: list[float] = []
    for bar in grid.uprights:
        if bar.low <= y <= bar.high and (not walls or bar.at - walls[-1] > _ROW_PT):
            walls.append(bar.at)
    return walls


def _row(grid: _Grid, row: int, walls: Sequence[float], cells: dict[int, list[Piece]]) -> CellRow | Framed:
    box = (walls[0] if walls else 0.0, grid.ys[row], walls[-1] if walls else 0.0, grid.ys[row + 1])
    lines = tuple(tuple(lines_of(inside, _lane(walls, column))) for column, inside in sorted(cells.items()))
    if len(walls) <= 2:
        return Framed(tuple(line for cell in lines for line in cell), box)
    return CellRow(lines, box)


def _lane(walls: Sequence[float], column: int) -> Lane:
    """The lane of a cell: what the cell leaves at its left, it leaves at its right."""
    left = walls[column - 1] if 0 < column <= len(walls) else 0.0
    right = walls[column] if column < len(walls) else None
    return Lane(("cell", round(left), column), left, right)
