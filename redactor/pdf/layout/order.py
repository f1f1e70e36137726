"""Puts all that a document holds in the order in which it is read, page by page, running lines apart."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from redactor.pdf.layout.aligned import with_rows
from redactor.pdf.layout.columns import regions_of
from redactor.pdf.layout.lines import Line, lines_of
from redactor.pdf.layout.pieces import Piece
from redactor.pdf.layout.rules import turned_rules
from redactor.pdf.layout.running import running_of, without
from redactor.pdf.layout.tables import CellRow, tables_of
from redactor.pdf.layout.turning import OBLIQUE

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from redactor.pdf.layout.columns import Region
    from redactor.pdf.layout.pieces import PageScan


def body_and_running(pages: Sequence[PageScan]) -> tuple[list[Line | CellRow], list[Line]]:
    """Lines and rows of the body in reading order, then the running lines of all pages."""
    running = running_of(pages)
    body: list[Line | CellRow] = []
    gutters: dict[Hashable, float] = {}
    for page, lines in zip(pages, running, strict=True):
        body.extend(_body_of(page, without(page.pieces, lines), gutters))
    return body, [line for lines in running for line in lines]


def _body_of(page: PageScan, pieces: Sequence[Piece], gutters: dict[Hashable, float]) -> list[Line | CellRow]:
    """What stands upright first, then what is turned, each turn read by itself."""
    turns: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        turns[piece.turn].append(piece)
    found: list[Line | CellRow] = []
    for turn, turned in sorted(turns.items(), key=lambda pair: -len(pair[1])):
        tables, rest = tables_of(turned, () if turn == OBLIQUE else turned_rules(page.flat_rules, turn, page.frame))
        key = (turn, round(page.frame.width), round(page.frame.height))
        for region in regions_of([*tables, *rest], key=key, known=gutters):
            found.extend(_read(region))
    return found


def _read(region: Region) -> list[Line | CellRow]:
    """Lines and rows of one region from top to bottom."""
    lines = lines_of([item for item in region.items if isinstance(item, Piece)], region.lane)
    boxed = sorted((item for item in region.items if not isinstance(item, Piece)), key=lambda item: item.box[1])
    found: list[Line | CellRow] = []
    start = 0
    for item in boxed:
        end = bisect_left(lines, item.box[1], lo=start, key=lambda line: line.baseline)
        found.extend(with_rows(lines[start:end]))
        found.extend([item] if isinstance(item, CellRow) else with_rows(item.lines))
        start = end
    return [*found, *with_rows(lines[start:])]
