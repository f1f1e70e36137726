"""Widths that a mask would still tell: gaps rounded up by moving the end of a line, whole lines for `fixed width`.

Numbers only, in flat coordinates. The gap that a masked name leaves keeps its width to a hundredth of a point, which
is often enough to tell the name among thousands; docs/security.md, "Widths".
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.model import Box
from redactor.pdf.plan import Residual

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from redactor.pdf.glyphs import Glyph

NEAR_PT = 0.3  # points within which a place is the same: readers round differently
STEP_PT = 12.0  # points; a gap is rounded up to a multiple: some 455 of 5,000 names share one
CELL_GAP = 1.6  # of the type size: a wider blank parts two columns or cells
EDGE_PT = 18.0  # points at the edge of the page that stay free: what printers cannot reach
ROOM_PT = 8.0  # points that stay free before the next cell
OVERHANG_PT = 12.0  # points by which a bar at the end of a line may pass the right edge of the other lines
BLANKS = frozenset(" \t\u00a0\u2007\u2009\u202f")


@dataclass(frozen=True, slots=True)
class Shift:
    """Glyphs whose origin stands on base line `y` within [x0, x1] move by `by` points to the right."""

    y: float
    x0: float
    x1: float
    by: float

    def moves(self, x: float, y: float) -> bool:
        """True when a glyph whose origin is at (x, y) moves."""
        return abs(y - self.y) < NEAR_PT and self.x0 - NEAR_PT <= x <= self.x1


@dataclass(frozen=True, slots=True)
class Gaps:
    """What becomes of the gaps of one page: what moves, what the bars cover in addition, what is still told."""

    shifts: tuple[Shift, ...] = ()
    fillers: tuple[Box, ...] = ()
    residual: Residual = field(default_factory=Residual)

    def as_exact(self) -> Gaps:
        """The same gaps on a page where nothing moves."""
        return Gaps(residual=Residual(self.residual.gaps, self.residual.gaps))


@dataclass(frozen=True, slots=True)
class Segment:
    """Visible glyphs of one line up to a wide blank, left to right, each with its fate: True when it is masked."""

    glyphs: tuple[tuple[Glyph, bool], ...]

    @property
    def end(self) -> float:
        """Right edge, in points."""
        return self.glyphs[-1][0].ink.x1

    @property
    def start(self) -> float:
        """Left edge, in points."""
        return self.glyphs[0][0].ink.x0


def segments_of(glyphs: Sequence[Glyph], *, masked: Callable[[Glyph], bool]) -> tuple[tuple[Segment, ...], ...]:
    """The segments of each line of upright type, left to right."""
    lines: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.upright and chr(glyph.code) not in BLANKS and not glyph.follows:
            lines.setdefault(round(glyph.origin[1], 1), []).append(glyph)
    return tuple(tuple(_cut(sorted(line, key=lambda g: g.ink.x0), masked)) for line in lines.values())


def _cut(line: Sequence[Glyph], masked: Callable[[Glyph], bool]) -> list[Segment]:
    parts: list[list[tuple[Glyph, bool]]] = []
    for glyph in line:
        if not parts or glyph.ink.x0 - parts[-1][-1][0].ink.x1 > CELL_GAP * glyph.size:
            parts.append([])
        parts[-1].append((glyph, masked(glyph)))
    return [Segment(tuple(part)) for part in parts]


def rounded(lines: Sequence[Sequence[Segment]], *, width: float) -> Gaps:
    """The gaps of a page `width` points wide, rounded up where the line has room."""
    right = max((line[-1].end for line in lines), default=0.0)
    found = [
        _segment(segment, line[number + 1] if number + 1 < len(line) else None, edges=(right, width - EDGE_PT))
        for line in lines
        for number, segment in enumerate(line)
        if any(masked for _, masked in segment.glyphs)
    ]
    shifts = tuple(shift for gaps in found for shift in gaps.shifts)
    fillers = tuple(filler for gaps in found for filler in gaps.fillers)
    total = Residual()
    for gaps in found:
        total = total.plus(gaps.residual)
    return Gaps(shifts, fillers, total)


def _segment(segment: Segment, following: Segment | None, *, edges: tuple[float, float]) -> Gaps:
    """`edges` are the right edge of the lines, which words keep (a clip may end there), and that of the page."""
    runs = _masked_runs(segment)
    first, last = runs[-1]
    after = [glyph for glyph, _ in segment.glyphs[last + 1 :]]
    left = segment.glyphs[first - 1][0].ink.x1 if first else segment.start
    right = after[0].ink.x0 if after else segment.end
    by = _to_step(right - left)
    limit = min(edges[0] if after else edges[0] + OVERHANG_PT, edges[1])
    room = min(limit, following.start - ROOM_PT) if following is not None else limit
    if segment.end + by > room:
        return Gaps(residual=Residual(len(runs), len(runs)))
    edge = segment.glyphs[last][0]
    filler = Box(edge.ink.x1, edge.core.y0, edge.ink.x1 + by, edge.core.y1)
    shifts = (Shift(after[0].origin[1], after[0].origin[0], segment.end, by),) if after else ()
    return Gaps(shifts if by else (), (filler,) if by else (), Residual(len(runs), len(runs) - 1))


def _to_step(gap: float) -> float:
    """Points from `gap` up to the next step; 0 for a gap that is one, as near as numbers tell."""
    by = -gap % STEP_PT
    return 0.0 if STEP_PT - by < 0.01 else by


def _masked_runs(segment: Segment) -> list[tuple[int, int]]:
    """First and last index of each run of masked glyphs."""
    runs: list[tuple[int, int]] = []
    for at, (_, masked) in enumerate(segment.glyphs):
        if masked and runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        elif masked:
            runs.append((at, at))
    return runs


def whole_lines(lines: Sequence[Sequence[Segment]]) -> tuple[Box, ...]:
    """A box over each segment that holds a masked glyph, in whole steps of `STEP_PT`."""
    boxes = []
    for line in lines:
        for segment in line:
            if any(masked for _, masked in segment.glyphs):
                glyph = segment.glyphs[0][0]
                base, size = glyph.origin[1], max(g.size for g, _ in segment.glyphs)
                steps = math.ceil((segment.end - segment.start) / STEP_PT)
                boxes.append(Box(segment.start, base - 0.8 * size, segment.start + steps * STEP_PT, base + 0.22 * size))
    return tuple(boxes)
