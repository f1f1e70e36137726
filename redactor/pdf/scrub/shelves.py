"""What the pages of one copy share (fonts, images, the new file), and what one page asks of its content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redactor.pdf.geometry import BoxIndex, Matrix, Point
from redactor.pdf.plan import OutsideSchema, Reason

if TYPE_CHECKING:
    from redactor.model import Box
    from redactor.pdf.scrub.fonts import FontShelf
    from redactor.pdf.scrub.images import ImageShelf
    from redactor.pdf.scrub.layers import Key


EDGE_PT = 0.5  # points: a glyph whose middle is nearer to the edge of a box may be a neighbour


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
    operators: int = 0

    def count(self, more: int, *, limit: int) -> None:
        """Adds `more` operators. Raises OutsideSchema beyond `limit`."""
        self.operators += more
        if self.operators > limit:
            raise OutsideSchema(Reason.CONTENT)

    def is_masked(self, box: Box) -> bool:
        """True when `box` touches a black box."""
        return self.masks.touches(box)

    def is_covered(self, point: Point) -> bool:
        """True when `point` lies well inside a black box."""
        return self.masks.covers(point, inset=EDGE_PT)
