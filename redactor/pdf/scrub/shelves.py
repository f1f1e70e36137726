"""What the pages of one copy share (fonts, images, the new file), and what one page asks of its content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redactor.pdf.geometry import BoxIndex, Matrix, Point, common, holds
from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub.tags import PageTags

if TYPE_CHECKING:
    from redactor.model import Box
    from redactor.pdf.gaps import Shift
    from redactor.pdf.scrub.fonts import FontShelf
    from redactor.pdf.scrub.images import ImageShelf
    from redactor.pdf.scrub.layers import Key


EDGE_PT = 0.5  # points: a glyph whose middle is nearer to the edge of a box may be a neighbour


THIN_PT = 3.0  # points: a rule or a frame thinner than this hides no word


def _overlap(box: Box, image: Box) -> bool:
    shared = common(box, image)
    return shared is not None and shared.width > THIN_PT and shared.height > THIN_PT


@dataclass(frozen=True, slots=True)
class Shelves:
    """Shared by all pages of one copy. `pdf` is the new file."""

    pdf: Any
    fonts: FontShelf
    images: ImageShelf
    doubtful_layers: frozenset[Key] | None


@dataclass(slots=True)
class Sheet:
    """One page being written: number from 0, its edge and its black boxes in sheet space (see `geometry`)."""

    page: int
    edge: Box
    to_sheet: Matrix  # from the user space of the source page
    masks: BoxIndex = field(default_factory=BoxIndex)
    shifts: tuple[Shift, ...] = ()  # in sheet space
    tags: PageTags = field(default_factory=PageTags)
    operators: int = 0
    images: BoxIndex = field(default_factory=BoxIndex)  # images drawn so far
    art: BoxIndex = field(default_factory=BoxIndex)  # drawings so far, rectangles and straight lines left out

    def shift_at(self, point: Point) -> float:
        """Points by which a glyph whose origin is at `point` moves to the right."""
        return sum(shift.by for shift in self.shifts if shift.moves(*point))

    def count(self, more: int, *, limit: int) -> None:
        """Adds `more` operators. Raises OutsideSchema beyond `limit`."""
        self.operators += more
        if self.operators > limit:
            raise OutsideSchema(Reason.CONTENT)

    def cover(self, box: Box) -> None:
        """Notes that opaque ink now fills `box`. Raises OutsideSchema when something is hidden beneath."""
        if box.width < THIN_PT or box.height < THIN_PT:
            return
        if any(_overlap(box, image) for image in self.images.near(box)):
            raise OutsideSchema(Reason.IMAGE_COVERED)
        if any(holds(box, art) for art in self.art.near(box)):
            raise OutsideSchema(Reason.ART_COVERED)

    def is_masked(self, box: Box) -> bool:
        """True when `box` touches a black box."""
        return self.masks.touches(box)

    def is_covered(self, point: Point) -> bool:
        """True when `point` lies well inside a black box."""
        return self.masks.covers(point, inset=EDGE_PT)
