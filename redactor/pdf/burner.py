"""Takes glyphs off a page with PyMuPDF: those under an area, those outside the page, those nobody can see.

Boxes handed to MuPDF are thin strips through the middle of the glyphs that must go: MuPDF removes every glyph
whose cell it touches, and the cells of two lines of type overlap. Pixels, curves and the black boxes are the
work of `scrub/`, which knows each one's place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pymupdf

from redactor.model import Box
from redactor.pdf.geometry import BoxIndex, box_through, common, contains
from redactor.pdf.glyphs import CORE_MIDDLE, Glyph, glyphs_of
from redactor.pdf.opening import ERRORS
from redactor.pdf.plan import OutsideSchema, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from redactor.pdf.geometry import Frame
    from redactor.pdf.plan import Area

EVERYWHERE = Box(-100_000, -100_000, 100_000, 100_000)  # points; MuPDF's own limits are of that order
STRIP_PT = 0.3  # points; half the height of a strip, well under half the leading of 5 pt type
INSET = 0.3  # of a glyph's width left free at each end of a strip, so that its neighbours stay
TOUCH = 0.35  # part of a glyph's width that must lie under a text box for the glyph to go
TOUCH_AREA = 0.02  # the same for an area drawn by hand: nearly any overlap
ROUNDS = 3  # times that a page is looked at again before its text is given up


def take_off(page: Any, present: Sequence[Glyph], *, doomed: Callable[[Glyph], bool]) -> tuple[Glyph, ...]:
    """The glyphs that are left on `page` once those that `doomed` names are removed; `present` are those it had.

    Raises OutsideSchema when some are still there after `ROUNDS` rounds.
    """
    left = tuple(present)
    for widen in range(ROUNDS):
        going = [glyph for glyph in left if doomed(glyph)]
        if not going:
            return left
        _apply(page, [box for run in _runs(going) for box in _strips(run, widen=widen)])
        left = glyphs_of(page)
    if any(doomed(glyph) for glyph in left):
        raise OutsideSchema(Reason.TEXT_LEFT)
    return left


def wipe(page: Any) -> None:
    """Removes all the text of `page` that MuPDF can remove; what stands in a pattern or a mask stays."""
    _apply(page, [EVERYWHERE])


def under(areas: Sequence[Area], *, frame: Frame) -> Callable[[Glyph], bool]:
    """Tells whether a glyph stands under one of `areas` (boxes as shown)."""
    drawn = BoxIndex.of(box_through(frame.shown_to_flat, area.box) for area in areas if area.pixels)
    texts = BoxIndex.of(box_through(frame.shown_to_flat, area.box) for area in areas if not area.pixels)
    known: dict[tuple[float, ...], bool] = {}  # a page is asked about the same glyph several times

    def is_under(glyph: Glyph) -> bool:
        place = (*glyph.origin, glyph.ink.x1, glyph.size)
        if place not in known:
            known[place] = any(_is_under(glyph, box, TOUCH) for box in texts.near(glyph.ink)) or any(
                _is_under(glyph, box, TOUCH_AREA) for box in drawn.near(glyph.ink)
            )
        return known[place]

    return is_under


def outside(frame: Frame) -> Callable[[Glyph], bool]:
    """Tells whether a glyph stands outside the page, by its middle."""
    return lambda glyph: not contains(frame.flat, glyph.centre)


def _is_under(glyph: Glyph, box: Box, part: float) -> bool:
    if contains(box, glyph.centre):
        return True
    cell = glyph.ink if part == TOUCH_AREA else glyph.core
    shared = common(cell, box)
    if shared is None:
        return False
    tall = glyph.core.height or 1.0
    return shared.width >= part * glyph.core.width and shared.height >= min(part, TOUCH) * tall


def _runs(going: Sequence[Glyph]) -> list[list[Glyph]]:
    """Neighbours in one line together; a run is cut where a glyph that stays stands between two that go."""
    runs: list[list[Glyph]] = []
    for glyph in going:
        if runs and _follows(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _follows(last: Glyph, glyph: Glyph) -> bool:
    same_line = last.upright and glyph.upright and last.run == glyph.run and last.origin[1] == glyph.origin[1]
    return same_line and abs(glyph.ink.x0 - last.ink.x1) < 0.5 * glyph.size


def _strips(run: Sequence[Glyph], *, widen: int) -> list[Box]:
    if not run[0].upright:
        return [_dot(glyph, widen) for glyph in run]
    first, last = run[0], run[-1]
    y = first.origin[1] - first.size * CORE_MIDDLE
    half = STRIP_PT * (1 + 2 * widen)
    x0 = first.core.x0 + INSET * first.core.width
    x1 = last.core.x1 - INSET * last.core.width
    return [Box(min(x0, x1 - 0.1), y - half, max(x1, x0 + 0.1), y + half)]


def _dot(glyph: Glyph, widen: int) -> Box:
    x, y = (glyph.ink.x0 + glyph.ink.x1) / 2, (glyph.ink.y0 + glyph.ink.y1) / 2
    half = STRIP_PT * (1 + 2 * widen)
    return Box(x - half, y - half, x + half, y + half)


def _apply(page: Any, boxes: Sequence[Box]) -> None:
    try:
        for box in boxes:
            page.add_redact_annot(pymupdf.Rect(box.x0, box.y0, box.x1, box.y1), fill=False, cross_out=False)
        page.apply_redactions(
            images=pymupdf.PDF_REDACT_IMAGE_NONE,
            graphics=pymupdf.PDF_REDACT_LINE_ART_NONE,
            text=pymupdf.PDF_REDACT_TEXT_REMOVE,
        )
    except ERRORS:
        raise OutsideSchema(Reason.CONTENT) from None
