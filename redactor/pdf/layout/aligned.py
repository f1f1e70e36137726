"""Finds rows that no rule parts: words set in columns by wide gaps alone, and texts signed side by side.

A label and its value (`Objet :   ...`), a number or a bullet and its text stay one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from redactor.pdf.layout.lines import Lane, Line
from redactor.pdf.layout.pieces import WIDE_GAP_EM
from redactor.pdf.layout.tables import CellRow
from redactor.text.signs import signs_side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.pdf.layout.pieces import Piece

_ALONE_EM = 2.6  # in sizes of type: a gap that parts two texts though no row above or below repeats it
_ALIGNED_EM = 0.6  # in sizes of type: edges this near stand under each other
_PITCH_EM = 1.75  # in sizes of type: lines further apart belong to two rows
_ROWS_APART_EM = 4.0  # in sizes of type: rows further apart belong to two tables
_LABEL_OR_MARKER = re.compile(r".{0,60}:|\(?[\w]{1,3}[.)°]|[^\w\s]{1,3}|o")
_LEADERS = ("...", "___", "……", " . .")

Group = tuple["Piece", ...]


@dataclass(slots=True)
class _Table:
    """Rows found so far: for each row its cells, each a list of lines."""

    starts: list[float]
    ends: list[float]
    rows: list[list[list[Line]]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    wide: bool = False  # one gap at least parts two texts by itself


def with_rows(lines: Sequence[Line]) -> list[Line | CellRow]:
    """The same lines, those set in columns made rows."""
    found: list[Line | CellRow] = []
    table: _Table | None = None
    for line in lines:
        groups = _groups(line)
        if table is not None and _goes_on(table, line, groups):
            continue
        found.extend(_closed(table))
        table = _opened(line, groups) if len(groups) > 1 else None
        if table is None:
            found.append(line)
    return [*found, *_closed(table)]


def _groups(line: Line) -> list[Group]:
    """Pieces between wide gaps; a label, number or bullet goes with what follows it."""
    groups: list[list[Piece]] = []
    for piece in line.pieces:
        is_near = bool(groups) and piece.x0 - groups[-1][-1].x1 <= WIDE_GAP_EM * line.size
        is_headed = bool(groups) and _heads(" ".join(p.text for p in groups[-1]))
        if is_near or (is_headed and not piece.text.endswith(":")):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [tuple(group) for group in groups]


def _heads(text: str) -> bool:
    """True for words that go with what stands after the gap: a label, a number, a bullet, dots that lead there."""
    return _LABEL_OR_MARKER.fullmatch(text) is not None or text.endswith(_LEADERS)


def _opened(line: Line, groups: Sequence[Group]) -> _Table:
    table = _Table([group[0].x0 for group in groups], [group[-1].x1 for group in groups])
    _add_row(table, line, groups)
    return table


def _add_row(table: _Table, line: Line, groups: Sequence[Group]) -> None:
    gaps = [right[0].x0 - left[-1].x1 for left, right in pairwise(groups)]
    table.wide = table.wide or max(gaps, default=0.0) > _ALONE_EM * line.size
    table.rows.append([[Line(group, _lane(table, line, group))] for group in groups])
    table.lines.append(line)


def _lane(table: _Table, line: Line, group: Group) -> Lane:
    """The lane of a column: it ends before the next, the last one where that of the line does."""
    left = group[0].x0
    following = min((start for start in table.starts if start > left + line.size), default=None)
    if following is None:
        return Lane(line.lane.key, left, line.lane.right, line.lane.depth)
    return Lane((line.lane.key, round(left / 4)), left, following - line.size)


def _goes_on(table: _Table, line: Line, groups: Sequence[Group]) -> bool:
    """Takes `line` into the table when it stands in its columns; says whether it did."""
    step = (line.baseline - table.lines[-1].baseline) / max(line.size, 1.0)
    places = [_column(table, group, line.size) for group in groups]
    if not 0 < step < _ROWS_APART_EM or None in places:
        return False
    columns = [place for place in places if place is not None]
    if step < _PITCH_EM and 0 not in columns:
        _add_to_cells(table, line, groups, columns)
        return True
    if len(groups) < 2:
        return False
    _add_row(table, line, groups)
    return True


def _column(table: _Table, group: Group, size: float) -> int | None:
    """The column under which a group stands, by its left or its right edge."""
    slack = _ALIGNED_EM * size
    for number, (start, end) in enumerate(zip(table.starts, table.ends, strict=True)):
        if abs(group[0].x0 - start) <= slack or abs(group[-1].x1 - end) <= slack:
            return number
    return None


def _add_to_cells(table: _Table, line: Line, groups: Sequence[Group], columns: Sequence[int]) -> None:
    for group, column in zip(groups, columns, strict=True):
        fresh = Line(group, _lane(table, line, group))
        cell = next((c for c in table.rows[-1] if abs(c[0].x0 - table.starts[column]) <= line.size), None)
        if cell is None:
            table.rows[-1].append([fresh])
        else:
            cell.append(fresh)
    table.lines.append(line)


def _closed(table: _Table | None) -> Iterator[Line | CellRow]:
    """Rows where gaps repeat or part by themselves; else the lines as they were."""
    if table is None:
        return
    if len(table.rows) < 2 and not table.wide:
        yield from table.lines
    elif len(table.starts) == 2 and signs_side_by_side([line.text for line in table.lines]):
        yield from _by_column(table)
    else:
        yield from (_row(cells) for cells in table.rows)


def _by_column(table: _Table) -> Iterator[Line]:
    """Lines of the first column, then of the second."""
    lines = [line for row in table.rows for cell in row for line in cell]
    middle = (table.starts[0] + table.starts[1]) / 2
    yield from (line for line in lines if line.x0 < middle)
    yield from (line for line in lines if line.x0 >= middle)


def _row(cells: Sequence[Sequence[Line]]) -> CellRow:
    lines = [line for cell in cells for line in cell]
    box = (
        min(line.x0 for line in lines),
        min(line.main.y0 for line in lines),
        max(line.x1 for line in lines),
        max(line.main.y1 for line in lines),
    )
    return CellRow(tuple(tuple(cell) for cell in cells), box)
