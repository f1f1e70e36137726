"""Learns from a whole document where its columns end on the right, so that a line can be told full or not."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from redactor.pdf.layout.lines import Line

_RAGGED_PT = 30.0  # points; lines set ragged end this near to their edge
_WITNESSES = 3  # lines that must end near an edge before it is believed
_NARROW = 0.4  # share of the page's width: lines ending before it are short of their own accord


class Edges:
    """Right edges of the lanes of one document. Points."""

    def __init__(self, lines: Iterable[Line], *, widths: Mapping[int, float]) -> None:
        self._widths = widths
        ends: dict[Hashable, list[float]] = defaultdict(list)
        lefts: dict[Hashable, float] = {}
        for line in lines:
            if line.lane.right is None:
                ends[line.lane.key].append(line.x1)
                lefts[line.lane.key] = min(line.lane.left, lefts.get(line.lane.key, line.lane.left))
        self._lefts = lefts
        self._ends = {key: _edge(sorted(found, reverse=True)) for key, found in ends.items()}

    def right_of(self, line: Line) -> float:
        """Where the lane of a line ends; without witnesses, as far from the right side as it begins from the left."""
        if line.lane.right is not None:
            return line.lane.right - max(0.0, line.x0 - line.lane.left)
        edge, left, width = self._ends[line.lane.key], self._lefts[line.lane.key], self._widths[line.page]
        if edge is not None and (edge > left + _NARROW * width or line.lane.depth):
            return edge
        return max(width - left, edge or 0.0)


def _edge(ends: Sequence[float]) -> float | None:
    """The furthest place near which several lines end."""
    for number, end in enumerate(ends):
        witness = number + _WITNESSES - 1
        if witness < len(ends) and ends[witness] > end - _RAGGED_PT:
            return end
    return None
