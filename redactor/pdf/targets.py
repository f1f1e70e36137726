"""Targets given by hand, found on their pages: texts and rectangles. Whoever wrote them decides what is masked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pymupdf

from redactor.errors import MalformedTargets, TargetNotFound
from redactor.model import Box, PageBox, Redaction, RedactionKind
from redactor.pdf.geometry import box_through, contains
from redactor.pdf.opening import opened
from redactor.pdf.verifier.secrets import folded, places_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.pdf.geometry import Frame

ABOVE, BELOW = 0.8, 0.22  # of the type size above and below the base line: what letters and their accents take
TARGET_LIMIT = 100_000  # targets of one file
RECT_SLACK_PT = 2.0  # points by which a found text may lie outside the rectangle that names it


class TargetKind(StrEnum):
    """`text` may be searched on its page; `area` is pixels, curves or text that no map explains."""

    TEXT = "text"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to mask. `page` counts from 0; `rects` are as shown."""

    text: str = field(repr=False)
    page: int
    rects: tuple[Box, ...] = ()
    kind: TargetKind = TargetKind.TEXT


def read_targets(raw: bytes) -> tuple[Target, ...]:
    """The targets of a JSON list. Raises MalformedTargets with the number of the first bad one, from 1."""
    try:
        listed = json.loads(raw)
    except (ValueError, RecursionError):
        raise MalformedTargets from None
    if not isinstance(listed, list) or len(listed) > TARGET_LIMIT:
        raise MalformedTargets
    return tuple(_target(item, number) for number, item in enumerate(listed, start=1))


def _target(item: Any, number: int) -> Target:
    try:
        known = item.keys() <= {"text", "page", "rects", "kind"}
        rects = tuple(Box(*map(float, rect)) for rect in item.get("rects") or ())
        target = Target(str(item.get("text") or ""), int(item["page"]), rects, TargetKind(item.get("kind", "text")))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise MalformedTargets(target=number) from None
    if not known or target.page < 0 or not (target.text or target.rects):
        raise MalformedTargets(target=number)
    return target


def find_targets(data: bytes, targets: Sequence[Target]) -> tuple[Redaction, ...]:
    """Boxes of every target, without labels, in the order of the targets.

    A text is looked for as whole words first, then inside words; one that is not found is masked by its
    rectangles. Raises TargetNotFound when it has none, or when its page does not exist.
    """
    with opened(data) as work:
        pages: dict[int, Letters] = {}
        found: list[Redaction] = []
        for number, target in enumerate(targets, start=1):
            if target.page >= len(work.frames):
                raise TargetNotFound(target=number)
            if target.page not in pages:
                pages[target.page] = _letters(work.page(target.page), work.frames[target.page])
            found.append(_redaction(target, pages[target.page], number))
    return tuple(found)


def _redaction(target: Target, letters: Letters, number: int) -> Redaction:
    boxes = target.rects
    kind = RedactionKind.AREA
    if target.kind is TargetKind.TEXT:
        searched = tuple(box for box in letters.search(target.text) if _is_inside(box, target.rects))
        kind = RedactionKind.TEXT if searched else kind
        boxes = searched or target.rects
    if not boxes:
        raise TargetNotFound(target=number)
    return Redaction(tuple(PageBox(target.page, box) for box in boxes), "", kind)


def _is_inside(box: Box, rects: Sequence[Box]) -> bool:
    middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    return not rects or any(
        contains(Box(r.x0 - RECT_SLACK_PT, r.y0 - RECT_SLACK_PT, r.x1 + RECT_SLACK_PT, r.y1 + RECT_SLACK_PT), middle)
        for r in rects
    )


@dataclass(frozen=True, slots=True)
class Letters:
    """The text of one page in reading order; each character with its line and its box as shown (None: a line end)."""

    text: str = field(repr=False)
    boxes: tuple[tuple[int, Box] | None, ...] = field(repr=False)

    def search(self, wanted: str) -> Iterator[Box]:
        """One box a line for each place of `wanted`."""
        page = folded(self.text)
        places = list(places_of(wanted, page, shortest=1)) or list(places_of(wanted, page, shortest=1, inside=True))
        for place in places:
            lines: dict[int, Box] = {}
            for placed in (self.boxes[at] for at in place):
                if placed is not None:
                    line, box = placed
                    lines[line] = lines[line].join(box) if line in lines else box
            yield from lines.values()


def _letters(page: Any, frame: Frame) -> Letters:
    text: list[str] = []
    boxes: list[tuple[int, Box] | None] = []
    for number, line in enumerate(_lines(page)):
        for span in line["spans"]:
            upright = abs(line["dir"][1]) < 1e-3
            for char in span["chars"]:
                text.append(char["c"])
                boxes.append((number, box_through(frame.flat_to_shown, _cell(char, span["size"], upright=upright))))
        text.append("\n")
        boxes.append(None)
    return Letters("".join(text), tuple(boxes))


def _lines(page: Any) -> Iterator[dict[str, Any]]:
    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES
    for block in page.get_text("rawdict", flags=flags)["blocks"]:
        yield from block.get("lines", ())


def _cell(char: dict[str, Any], size: float, *, upright: bool) -> Box:
    x0, y0, x1, y1 = char["bbox"]
    if not upright:
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    base = char["origin"][1]
    return Box(min(x0, x1), base - ABOVE * size, max(x0, x1), base + BELOW * size)
