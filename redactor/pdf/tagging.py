"""Which block of a document is which element for a screen reader, and what is said in place of a black box.

Roles and places only: `scrub.tags` writes them. Running lines and drawings get no element: readers skip them.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from redactor.model import BlockKind, Lang
from redactor.pdf.geometry import BoxIndex, box_through, contains
from redactor.pdf.plan import Tag
from redactor.pdf.scrub.tags import Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redactor.model import Block, Box, Document
    from redactor.pdf.geometry import Frame

HIDDEN = {Lang.FR: "caviardé", Lang.EN: "redacted", Lang.OTHER: "caviardé"}
FIGURE = "Figure"  # role of a black box: what has an alternate text
LEVELS = 6  # of headings; ISO 32000-1, 14.8.4.3.2


def tags_of(document: Document) -> tuple[Tag, ...]:
    """The blocks of `document` in reading order, running headers and footers left out."""
    blocks = [block for block in document.blocks if block.kind is not BlockKind.RUNNING]
    return tuple(
        Tag(page, role, tuple(placed.box for placed in boxes))
        for block, role in zip(blocks, _roles(blocks), strict=True)
        for page, boxes in groupby(document.boxes_of(block.span), key=lambda placed: placed.page)
    )


def _roles(blocks: Iterable[Block]) -> Iterator[str]:
    """The role of each block; a heading is at most one level under the heading before it (ISO 14289-1, 7.4.2)."""
    deepest = 0
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            deepest = min(max(block.level, 1), deepest + 1, LEVELS)
            yield f"H{deepest}"
        else:
            yield "P"


def alt_of(label: str, lang: Lang) -> str:
    """What a screen reader says of a box: "caviardé" with the provision on its label."""
    return ", ".join(part for part in (HIDDEN[lang], label) if part)


def elements_of(
    tags: Sequence[Tag], bars: Sequence[tuple[Box, str]], *, frame: Frame, lang: Lang
) -> tuple[Element, ...]:
    """The elements of one page: its `tags`, each followed by the `bars` (as shown, with labels) that stand in it."""
    to_sheet = frame.shown_to_sheet
    waiting = [Element(FIGURE, (box_through(to_sheet, box),), alt_of(label, lang)) for box, label in bars]
    found: list[Element] = []
    for tag in tags:
        boxes = tuple(box_through(to_sheet, box) for box in tag.boxes)
        inside = [bar for bar in waiting if _stands_in(bar, boxes)]
        waiting = [bar for bar in waiting if bar not in inside]
        found += [Element(tag.role, boxes), *inside]
    return (*found, *waiting) if tags else ()


def _stands_in(bar: Element, boxes: Iterable[Box]) -> bool:
    box = bar.boxes[0]
    middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    return any(contains(other, middle) for other in BoxIndex.of(boxes).near(box))
