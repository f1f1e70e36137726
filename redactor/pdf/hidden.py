"""Finds the glyphs of a page that nobody can see, by drawing the page with its text and without.

A glyph whose cell looks the same in both is hidden, whatever hides it: white ink, a picture on top, a clip, a
layer that is off, the invisible mode, the edge of the page. What stands beneath other text is told by drawing order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pymupdf

from redactor.pdf.burner import take_off
from redactor.pdf.glyphs import INVISIBLE, Glyph, glyphs_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redactor.pdf.opening import Work

SCALE = 1.5  # pixels a point (108 dpi): a 4 pt letter covers some 3 x 3 pixels
SEEN = 12  # of 255: least difference that counts as ink; light grey watermarks differ by some 15
TINY_PT = 1.2  # points; type under this size cannot be read on paper
FAINT = 0.05  # opacity under which ink cannot be told from paper
BLANKS = frozenset(" \t\r\n\u00a0\u2002\u2003\u2007\u2009\u202f\u200b")


def seen_and_bare(work: Work, bare: Work, *, page: int) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Pictures of a page with its text and without; `bare` is a second copy of the document and loses the text."""
    with_text = _drawn(work.page(page))
    stripped = bare.page(page)
    take_off(stripped, doomed=lambda glyph: True)
    return with_text, _drawn(bare.page(page))


def hidden_glyphs(work: Work, bare: Work, *, page: int) -> frozenset[tuple[int, float, float]]:
    """Keys of the glyphs of `page` that leave no ink of their own; see `key`."""
    drawn = glyphs_of(work.page(page))
    if not drawn:
        return frozenset()
    with_text, without = seen_and_bare(work, bare, page=page)
    changed = np.abs(with_text - without).max(axis=2) >= SEEN
    return frozenset(key(glyph) for glyph in drawn if _is_hidden(glyph, changed, without))


def key(glyph: Glyph) -> tuple[int, float, float]:
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
