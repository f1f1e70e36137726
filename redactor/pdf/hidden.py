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
from redactor.pdf.glyphs import INVISIBLE, Glyph, glyphs_of

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
    with_text = _drawn(work.page(page))
    stripped = bare.page(page)
    wipe(stripped)
    return with_text, _drawn(bare.page(page))


Key = tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Unseen:
    """Keys of the glyphs that leave no ink of their own; `tangled` when one stands where another can be seen."""

    keys: frozenset[Key]
    tangled: bool


def unseen_glyphs(work: Work, bare: Work, *, page: int) -> Unseen:
    """The glyphs of `page` that nobody can see."""
    drawn = glyphs_of(work.page(page))
    if not drawn:
        return Unseen(frozenset(), tangled=False)
    with_text, without = seen_and_bare(work, bare, page=page)
    changed = np.abs(with_text - without).max(axis=2) >= SEEN
    unseen = [glyph for glyph in drawn if _is_hidden(glyph, changed, without)]
    unseen += _beneath(work.page(page), [glyph for glyph in drawn if glyph not in set(unseen)])
    return Unseen(frozenset(key(glyph) for glyph in unseen), tangled=_tangled(unseen, drawn))


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


def _tangled(unseen: Sequence[Glyph], drawn: Sequence[Glyph]) -> bool:
    gone = {key(glyph) for glyph in unseen}
    left = BoxIndex.of(glyph.ink for glyph in drawn if key(glyph) not in gone and chr(glyph.code) not in BLANKS)
    return any(left.covers(glyph.centre) for glyph in unseen)


def key(glyph: Glyph) -> Key:
    """What tells a glyph from the others of its page."""
    return glyph.code, round(glyph.origin[0], 1), round(glyph.origin[1], 1)


def _drawn(page: Any) -> NDArray[np.int16]:
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(SCALE, SCALE), colorspace=pymupdf.csRGB, alpha=False)
    flat = np.frombuffer(pixmap.samples, dtype=np.uint8)
    return flat.reshape(pixmap.height, pixmap.width, 3).astype(np.int16)


def _is_hidden(glyph: Glyph, changed: NDArray[np.bool_], without: NDArray[np.int16]) -> bool:
    if glyph.mode == INVISIBLE or glyph.opacity < FAINT or glyph.size < TINY_PT:
        return True
    if chr(glyph.code) in BLANKS:
        return False
    rows, columns = _cell(glyph, changed.shape)
    patch = changed[rows, columns]
    return patch.size == 0 or not patch.any() or _is_paper(glyph, without[rows, columns])


def _cell(glyph: Glyph, shape: tuple[int, ...]) -> tuple[slice, slice]:
    x0, x1 = int(glyph.ink.x0 * SCALE) - 1, int(glyph.ink.x1 * SCALE) + 2
    y0, y1 = int(glyph.ink.y0 * SCALE), int(glyph.ink.y1 * SCALE) + 1
    return slice(max(y0, 0), max(min(y1, shape[0]), 0)), slice(max(x0, 0), max(min(x1, shape[1]), 0))


def _is_paper(glyph: Glyph, patch: NDArray[np.int16]) -> bool:
    """True for ink of the colour of what lies behind: other text on the same place must not excuse it."""
    if len(glyph.colour) not in {1, 3} or glyph.mode not in {0, 2}:
        return False
    ink = np.array(glyph.colour if len(glyph.colour) == 3 else glyph.colour * 3) * 255
    return bool((np.abs(patch - ink).max(axis=2) < SEEN).all())
