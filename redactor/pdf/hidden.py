"""Finds the glyphs of a page that nobody can see, by drawing the page with its text and without.

A glyph whose cell looks the same in both is hidden, whatever hides it: white ink, a picture on top, a clip, a
layer that is off, the invisible mode, the edge of the page. What stands beneath other text is told by drawing order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pymupdf

from redactor.model import Box
from redactor.pdf.burner import wipe
from redactor.pdf.geometry import BoxIndex, contains
from redactor.pdf.glyphs import INVISIBLE, Glyph
from redactor.pdf.opening import ERRORS
from redactor.pdf.plan import OutsideSchema, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from redactor.pdf.opening import Work

SCALE = 1.5  # pixels a point (108 dpi): a 4 pt letter covers some 3 x 3 pixels
SEEN = 12  # of 255: least difference that counts as ink; light grey watermarks differ by some 15
TINY_PT = 1.2  # points; type under this size cannot be read on paper
FAINT = 0.05  # opacity under which ink cannot be told from paper
COVERS = frozenset({"fill-path", "fill-image", "fill-shade"})
THIN_PT = 3.0  # points: a rule thinner than this hides no word
BLANKS = frozenset(" \t\r\n\u00a0\u2002\u2003\u2007\u2009\u202f\u200b")


def seen_and_bare(work: Work, bare: Work, *, page: int) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Pictures of a page with its text and without; `bare` is a second copy of the document and loses the text."""
    with_text = drawn(work.page(page))
    stripped = bare.page(page)
    wipe(stripped)
    return with_text, drawn(bare.page(page))


Key = tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Unseen:
    """Keys of the glyphs that leave no ink of their own; `tangled` when one stands where another can be seen."""

    keys: frozenset[Key]
    tangled: bool


def unseen_glyphs(work: Work, bare: Work, present: Sequence[Glyph], *, page: int) -> Unseen:
    """Those of the glyphs `present` on `page` that nobody can see."""
    if not present:
        return Unseen(frozenset(), tangled=False)
    with_text, without = seen_and_bare(work, bare, page=page)
    changed = Sums.of(apart(with_text, without) >= SEEN)
    unseen = [glyph for glyph in present if _is_hidden(glyph, changed, without)]
    gone = {key(glyph) for glyph in unseen}
    unseen += _beneath(work.page(page), [glyph for glyph in present if key(glyph) not in gone])
    return Unseen(frozenset(key(glyph) for glyph in unseen), tangled=_tangled(unseen, present))


def _beneath(page: Any, seen: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs under a fill or a picture that has other text on top: the pixels cannot tell whose ink it is."""
    covers = [
        (number, Box(*box)) for number, (kind, box) in enumerate(page.get_bboxlog()) if kind in COVERS and _is_area(box)
    ]
    if not covers:
        return []
    tops = BoxIndex.of(glyph.ink for glyph in seen if glyph.seqno > covers[0][0])
    hidden = []
    for glyph in seen:
        over = [box for number, box in covers if number > glyph.seqno and contains(box, glyph.centre)]
        if over and tops.touches(glyph.core):
            hidden.append(glyph)
    return hidden


def _is_area(box: tuple[float, float, float, float]) -> bool:
    return box[2] - box[0] > THIN_PT and box[3] - box[1] > THIN_PT


def _tangled(unseen: Sequence[Glyph], present: Sequence[Glyph]) -> bool:
    if not unseen:
        return False
    gone = {key(glyph) for glyph in unseen}
    left = BoxIndex.of(glyph.ink for glyph in present if key(glyph) not in gone and chr(glyph.code) not in BLANKS)
    return any(left.covers(glyph.centre) for glyph in unseen)


def key(glyph: Glyph) -> Key:
    """What tells a glyph from the others of its page."""
    return glyph.code, round(glyph.origin[0], 1), round(glyph.origin[1], 1)


def drawn(page: Any) -> NDArray[np.int16]:
    """The page before rotation, in colour, at `SCALE`."""
    try:
        pixmap = page.get_pixmap(matrix=pymupdf.Matrix(SCALE, SCALE), colorspace=pymupdf.csRGB, alpha=False)
    except ERRORS:
        raise OutsideSchema(Reason.CONTENT) from None
    flat = np.frombuffer(pixmap.samples, dtype=np.uint8)
    return flat.reshape(pixmap.height, pixmap.width, 3).astype(np.int16)


@dataclass(frozen=True, slots=True)
class Sums:
    """Running sums of a picture of yes and no, so that any rectangle is counted by four look-ups."""

    table: NDArray[np.int32]

    @classmethod
    def of(cls, marks: NDArray[np.bool_]) -> Sums:
        """The sums of `marks`."""
        table = np.zeros((marks.shape[0] + 1, marks.shape[1] + 1), dtype=np.int32)
        table[1:, 1:] = marks.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
        return cls(table)

    def count(self, rows: slice, columns: slice) -> int:
        """Number of marks in a rectangle that lies in the picture."""
        t, top, bottom, left, right = self.table, rows.start, rows.stop, columns.start, columns.stop
        return int(t[bottom, right] - t[top, right] - t[bottom, left] + t[top, left])


def apart(first: NDArray[np.int16], second: NDArray[np.int16]) -> NDArray[np.int16]:
    """By how many levels two pictures differ at each pixel, in the channel that differs most."""
    red, green, blue = (np.abs(first[:, :, channel] - second[:, :, channel]) for channel in range(3))
    found: NDArray[np.int16] = np.maximum(np.maximum(red, green), blue)
    return found


def _is_hidden(glyph: Glyph, changed: Sums, without: NDArray[np.int16]) -> bool:
    if glyph.mode == INVISIBLE or glyph.opacity < FAINT or glyph.size < TINY_PT:
        return True
    if chr(glyph.code) in BLANKS:
        return False
    rows, columns = _cell(glyph, without.shape)
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return True
    return not changed.count(rows, columns) or _is_paper(glyph, without[rows, columns])


def _cell(glyph: Glyph, shape: tuple[int, ...]) -> tuple[slice, slice]:
    x0, x1 = int(glyph.ink.x0 * SCALE) - 1, int(glyph.ink.x1 * SCALE) + 2
    y0, y1 = int(glyph.ink.y0 * SCALE), int(glyph.ink.y1 * SCALE) + 1
    return slice(_within(y0, shape[0]), _within(y1, shape[0])), slice(_within(x0, shape[1]), _within(x1, shape[1]))


def _within(edge: int, size: int) -> int:
    return max(0, min(edge, size))


def _is_paper(glyph: Glyph, patch: NDArray[np.int16]) -> bool:
    """True for ink of the colour of what lies behind: other text on the same place must not excuse it."""
    if len(glyph.colour) not in {1, 3} or glyph.mode not in {0, 2}:
        return False
    red, green, blue = glyph.colour if len(glyph.colour) == 3 else glyph.colour * 3
    if abs(int(patch[0, 0, 0]) - red * 255) >= SEEN:
        return False
    ink = np.array((red, green, blue)) * 255
    return bool((np.abs(patch - ink).max(axis=2) < SEEN).all())
