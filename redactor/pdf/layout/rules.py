"""The lines drawn on a page: thin bars, and the sides of stroked rectangles. What they enclose is left to `tables`."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from redactor.pdf.layout.turning import OBLIQUE, turned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.pdf.geometry import Frame

_THIN_PT = 3.0  # points; a thicker line is a bar, not a rule
_LONG_PT = 6.0  # points; shorter strokes are letters or ticks
_LIMIT = 4000  # rules of a page; more is a drawing, where no table is sought
_VECTOR = 3  # kind of the blocks of MuPDF that are drawn shapes


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn on the page. Points."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def upright(self) -> bool:
        """True when it runs from top to bottom."""
        return self.y1 - self.y0 > self.x1 - self.x0


def rules_of(blocks: Sequence[dict[str, Any]]) -> tuple[Rule, ...]:
    """Rules of the flat page; none where there are so many that the page is a drawing."""
    found: list[Rule] = []
    for block in blocks:
        if block["type"] == _VECTOR:
            found.extend(_sides(block))
        if len(found) > _LIMIT:
            return ()
    return tuple(found)


def _sides(block: dict[str, Any]) -> Iterator[Rule]:
    x0, y0, x1, y1 = block["bbox"]
    width, height = x1 - x0, y1 - y0
    if min(width, height) <= _THIN_PT:
        if max(width, height) >= _LONG_PT:
            yield Rule(x0, y0, x1, y1)
    elif block["stroked"] and block["isrect"]:
        yield from (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))


def turned_rules(rules: Sequence[Rule], turn: int, frame: Frame) -> tuple[Rule, ...]:
    """The same rules on the page turned so."""
    if turn in {0, OBLIQUE}:
        return tuple(rules)
    flat = array("f", [side for rule in rules for side in (rule.x0, rule.y0, rule.x1, rule.y1)])
    boxes = turned(flat, turn, frame)
    return tuple(Rule(*boxes[at : at + 4]) for at in range(0, len(boxes), 4))


def walls_of(rules: Sequence[Rule], turn: int, frame: Frame) -> list[tuple[float, float, float]]:
    """Place, top and bottom of the rules that stand upright beside text of `turn`."""
    upright = (rule for rule in turned_rules(rules, turn, frame) if rule.upright)
    return [((rule.x0 + rule.x1) / 2, rule.y0, rule.y1) for rule in upright]
