"""What is asked of the output side and what it hands back. Holds no PDF library: every part of `pdf/` reads it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from redactor.model import Lang, RedactionKind
from redactor.pdf.geometry import common

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Box, Redaction


class Mode(StrEnum):
    """How the pages are written: as text where that is safe, or all as pictures."""

    TEXT = "text"
    IMAGE = "image"


class RouteKind(StrEnum):
    """How one page was written."""

    TEXT = "text"
    PICTURE = "picture"


class Reason(StrEnum):
    """Why a page was written as a picture."""

    NONE = "none"
    ASKED = "asked"
    SCAN = "scan"
    PROOF = "failed_proof"
    FONT_TYPE3 = "type3_font"
    FONT_UNMAPPED = "unmapped_font"
    FONT_PROGRAM = "font_program"
    FONT_MISSING = "font_not_embedded"
    PATTERN = "tiling_pattern"
    SOFT_MASK = "soft_mask"
    HIDDEN_LAYER = "hidden_layer"
    IMAGE_CLIPPED = "image_clipped"
    IMAGE_COVERED = "image_covered"
    IMAGE_CODEC = "image_codec"
    ART_COVERED = "art_covered"
    CLIP_MASKED = "clip_under_mask"
    TEXT_CLIP = "text_as_clip"
    TEXT_LEFT = "text_left_under_mask"
    TEXT_COVERED = "text_beneath_text"
    COLOUR = "colour_space"
    SHADING = "shading"
    CONTENT = "content_stream"
    LOOK = "look_differs"


class OutsideSchema(Exception):
    """A page holds something the whitelist copy does not know; it becomes a picture. Never leaves `pdf/`."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


@dataclass(frozen=True, slots=True)
class Route:
    """How page `page` (from 0) was written, and why."""

    page: int
    kind: RouteKind
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class Tag:
    """What stands of one block on page `page`, as a screen reader meets it: `P` or `H1` to `H6`, boxes as shown."""

    page: int
    role: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class BurnPlan:
    """What to burn into one file. `title` must be neutral: it is written in the file as it stands.

    `pictures` are pages, from 0, that must be pictures whatever they hold, `scans` those whose picture was read: their
    words are invisible and stay; `stamp` is drawn on each page; `tags` are
    the blocks in reading order: without them the file has no structure tree.
    """

    redactions: tuple[Redaction, ...] = ()
    mode: Mode = Mode.TEXT
    fixed_width: bool = False
    stamp: str | None = None
    title: str = field(default="", repr=False)
    lang: Lang = Lang.FR
    pictures: frozenset[int] = frozenset()
    scans: frozenset[int] = frozenset()
    tags: tuple[Tag, ...] = ()

    def part(self, pages: range) -> BurnPlan:
        """What is asked of `pages`, from 0, numbered as if they were the whole file."""
        return replace(
            self,
            redactions=moved_to(pages, self.redactions),
            tags=tuple(replace(tag, page=tag.page - pages.start) for tag in self.tags if tag.page in pages),
            pictures=frozenset(page - pages.start for page in self.pictures if page in pages),
            scans=frozenset(page - pages.start for page in self.scans if page in pages),
        )


@dataclass(frozen=True, slots=True)
class Area:
    """One box to black out on one page, as shown, with its label; `pixels` for an area that no text search made."""

    box: Box
    label: str
    pixels: bool = False


@dataclass(frozen=True, slots=True)
class Residual:
    """What a masked line still tells: `gaps` masked runs, of which `exact` keep the width of their words."""

    gaps: int = 0
    exact: int = 0

    def plus(self, other: Residual) -> Residual:
        """Both together."""
        return Residual(self.gaps + other.gaps, self.exact + other.exact)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A written file that nobody has proved yet: it must never be offered as it stands."""

    data: bytes = field(repr=False)
    routes: tuple[Route, ...]
    residual: Residual = Residual()


def by_page(redactions: Sequence[Redaction]) -> dict[int, list[Redaction]]:
    """The redactions of each page, from 0, in order; one that spans two pages stands on both."""
    found: dict[int, list[Redaction]] = {}
    for redaction in redactions:
        for page in {box.page for box in redaction.boxes}:
            found.setdefault(page, []).append(redaction)
    return found


def areas_of(redactions: Sequence[Redaction], *, page: int, edge: Box) -> tuple[Area, ...]:
    """Areas of one page, from 0, in the order of the redactions, cut at the page's `edge`; both as shown."""
    placed = (
        (common(box.box, edge), redaction) for redaction in redactions for box in redaction.boxes if box.page == page
    )
    return tuple(
        Area(box, redaction.label, redaction.kind is RedactionKind.AREA) for box, redaction in placed if box is not None
    )


def within(pages: range, redactions: Sequence[Redaction]) -> tuple[Redaction, ...]:
    """The redactions of `pages`, from 0, cut down to the boxes that stand there."""
    found = ((tuple(box for box in one.boxes if box.page in pages), one) for one in redactions)
    return tuple(replace(one, boxes=boxes) for boxes, one in found if boxes)


def moved_to(pages: range, redactions: Sequence[Redaction]) -> tuple[Redaction, ...]:
    """The same, numbered as if `pages` were the whole file."""
    return tuple(
        replace(one, boxes=tuple(replace(box, page=box.page - pages.start) for box in one.boxes))
        for one in within(pages, redactions)
    )
