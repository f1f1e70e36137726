"""Where each label goes: on its box when it fits, beside it when the box is too small. Numbers only.

Boxes are as shown. A label that finds no free place is left out: the index names the provision all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from redactor.model import Box
from redactor.pdf.geometry import BoxIndex, grown, holds
from redactor.pdf.plan import Area

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LARGEST_PT = 8.0  # type size: that of a footnote
SMALLEST_PT = 5.0  # type size; under it capitals are under 3.6 pt, unreadable at 100 % on a screen of 96 dpi
FILL = 0.92  # of the box's width that a label may take
HEIGHT = 0.78  # of the box's height that the type size may take
LINE = 1.15  # of the type size: height of the cell of a label
GAP_PT = 1.5  # points between a box and the label beside it
LEVEL = 0.25  # of the smaller height by which the edges of two boxes on one line may differ
TALL = 2.0  # times as high as wide: a box over a line that runs down the page
WORD_GAP = 0.6  # of the height of a box: a wider gap is no blank between two words


@dataclass(frozen=True, slots=True)
class Label:
    """One label to draw: text, type size, cell as shown; `inside` for white ink on a box, else black on paper.

    `turned` for one that reads downwards, on a box over a line that does.
    """

    text: str
    size: float
    cell: Box
    inside: bool
    turned: bool = False


def bars_of(areas: Sequence[Area], *, taken: BoxIndex) -> tuple[tuple[Box, str], ...]:
    """Boxes to draw, with their labels: neighbours on one line become one bar when no word of `taken` parts them.

    The blanks between masked words go too: their number and places would tell the length of each word.
    """
    bars: list[tuple[Box, str]] = []
    for area in sorted(areas, key=lambda a: (a.label, round(a.box.y0), a.box.x0)):
        if bars and _joins(bars[-1], area, taken):
            bars[-1] = (bars[-1][0].join(area.box), area.label)
        else:
            bars.append((area.box, area.label))
    return tuple(bar for number, bar in enumerate(bars) if not _is_held(bar[0], number, bars))


def _is_held(box: Box, number: int, bars: Sequence[tuple[Box, str]]) -> bool:
    """True for a bar that another one covers whole; of two alike the first stays."""
    return any(
        holds(other, box) and (other != box or place < number)
        for place, (other, _) in enumerate(bars)
        if place != number
    )


def _joins(bar: tuple[Box, str], area: Area, taken: BoxIndex | _Lying) -> bool:
    box, label = bar
    if box.height > TALL * box.width:
        return _joins((_lying(box), label), Area(_lying(area.box), area.label), _Lying(taken))
    low = min(box.height, area.box.height)
    gap = area.box.x0 - box.x1
    level = abs(box.y0 - area.box.y0) < LEVEL * low and abs(box.y1 - area.box.y1) < LEVEL * low
    if label != area.label or not level or gap > WORD_GAP * low or area.box.x1 < box.x0:
        return False
    return gap <= 0 or not taken.touches(Box(box.x1, max(box.y0, area.box.y0), area.box.x0, min(box.y1, area.box.y1)))


def _lying(box: Box) -> Box:
    """`box` with its axes exchanged: a line of type that runs down the page, laid flat."""
    return Box(box.y0, box.x0, box.y1, box.x1)


@dataclass(frozen=True, slots=True)
class _Lying:
    """An index that is asked with the axes exchanged."""

    index: BoxIndex | _Lying

    def touches(self, box: Box) -> bool:
        return self.index.touches(_lying(box))


def placed(
    bars: Sequence[tuple[Box, str]], *, page: Box, taken: BoxIndex, width_of: Callable[[str], float]
) -> tuple[Label, ...]:
    """Labels of `bars`. `taken` are boxes of surviving words, `width_of` gives a text's width at size 1."""
    labels: list[Label] = []
    blocked = BoxIndex.of(box for box, _ in bars)
    for box, text in bars:
        if not text:
            continue
        label = _inside(box, text, width_of(text)) or _beside(box, text, width_of(text), page, (blocked, taken))
        if label is not None:
            labels.append(label)
            blocked.add(label.cell)
    return tuple(labels)


def _inside(box: Box, text: str, unit: float) -> Label | None:
    if box.height > TALL * box.width:
        flat = _inside(_lying(box), text, unit)
        return None if flat is None else replace(flat, cell=_lying(flat.cell), turned=True)
    size = min(LARGEST_PT, HEIGHT * box.height, FILL * box.width / unit)
    if size < SMALLEST_PT:
        return None
    x, y = (box.x0 + box.x1 - unit * size) / 2, (box.y0 + box.y1 - LINE * size) / 2
    return Label(text, size, Box(x, y, x + unit * size, y + LINE * size), inside=True)


def _beside(box: Box, text: str, unit: float, page: Box, blocked: Sequence[BoxIndex]) -> Label | None:
    wide, high = unit * SMALLEST_PT, LINE * SMALLEST_PT
    middle = (box.y0 + box.y1 - high) / 2
    places = (
        (box.x1 + GAP_PT, middle), (box.x0 - GAP_PT - wide, middle),
        (box.x0, box.y0 - high), (box.x0, box.y1),
        (page.x1 - wide - GAP_PT, middle), (page.x0 + GAP_PT, middle),
    )  # fmt: skip
    for x, y in places:
        cell = Box(x, y, x + wide, y + high)
        if holds(page, cell) and not any(index.touches(grown(cell, -0.2)) for index in blocked):
            return Label(text, SMALLEST_PT, cell, inside=False)
    return None
