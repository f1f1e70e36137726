"""Makes a candidate file: burn, copy by whitelist, and a picture for each page that cannot be copied.

Pure: bytes and a plan in, bytes and routes out. The caller runs it in a child and has the result proved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.errors import UnsupportedPdf
from redactor.pdf import burner, hidden, metrics, overlay, pictures, wordlayer
from redactor.pdf.geometry import BoxIndex, box_through, times
from redactor.pdf.glyphs import Glyph, glyphs_of
from redactor.pdf.opening import opened, reopened
from redactor.pdf.plan import Candidate, Mode, OutsideSchema, Reason, Residual, Route, RouteKind, areas_of
from redactor.pdf.scrub.document import PageOrder, copy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from redactor.pdf.opening import Work
    from redactor.pdf.plan import Area, BurnPlan

ATTEMPTS = 4  # copies tried: each failed one sends at least one more page to pictures


@dataclass(frozen=True, slots=True)
class Burned:
    """One burned page: its areas, the glyphs that survive, and why it must be a picture, if it must."""

    areas: tuple[Area, ...]
    glyphs: tuple[Glyph, ...] = field(repr=False)
    reason: Reason = Reason.NONE


def make(data: bytes, *, plan: BurnPlan) -> Candidate:
    """A candidate for `plan`. Raises the kinds of `InputError` for what cannot be treated; never half a file."""
    with opened(data) as work, opened(data) as bare:
        burned = tuple(_burned(work, bare, page, plan) for page in range(len(work.frames)))
        return _copied(work, burned, plan)


def _burned(work: Work, bare: Work, page: int, plan: BurnPlan) -> Burned:
    frame = work.frames[page]
    areas = areas_of(plan.redactions, page=page, edge=frame.shown)
    asked = Reason.ASKED if plan.mode is Mode.IMAGE or page in plan.pictures else Reason.NONE
    under, out = burner.under(areas, frame=frame), burner.outside(frame)
    try:
        unseen = hidden.unseen_glyphs(work, bare, page=page)
    except OutsideSchema as outside:
        return Burned(areas, (), outside.reason)
    reason = asked if asked is not Reason.NONE or not unseen.tangled else Reason.TEXT_COVERED
    doomed = _any_of(under, out, lambda glyph: hidden.key(glyph) in unseen.keys)
    try:
        burner.take_off(work.page(page), doomed=doomed if reason is Reason.NONE else under)
    except OutsideSchema as outside:
        reason = outside.reason
    return Burned(areas, tuple(glyph for glyph in glyphs_of(work.page(page)) if not doomed(glyph)), reason)


def _any_of(*tests: Callable[[Glyph], bool]) -> Callable[[Glyph], bool]:
    return lambda glyph: any(test(glyph) for test in tests)


def _copied(work: Work, burned: tuple[Burned, ...], plan: BurnPlan) -> Candidate:
    source = work.doc.tobytes(garbage=3, deflate=False)
    pictured: dict[int, Reason] = {
        page: item.reason for page, item in enumerate(burned) if item.reason is not Reason.NONE
    }
    with reopened(source) as same:
        for _ in range(ATTEMPTS):
            orders = [_order(work, page, item, plan, picture=page in pictured) for page, item in enumerate(burned)]
            made = copy(
                source,
                orders,
                decode=pictures.decoder(same),
                own=overlay.own_font(),
                measure=metrics.advance,
                title=plan.title,
                lang=plan.lang.value,
            )
            if not made.failed:
                return Candidate(made.data, _routes(len(burned), pictured), Residual())
            if made.failed.keys() & pictured.keys():
                break
            pictured |= dict(made.failed)
    raise UnsupportedPdf(part="page")


def _routes(pages: int, pictured: Mapping[int, Reason]) -> tuple[Route, ...]:
    return tuple(
        Route(page, RouteKind.PICTURE if page in pictured else RouteKind.TEXT, pictured.get(page, Reason.NONE))
        for page in range(pages)
    )


def _order(work: Work, page: int, item: Burned, plan: BurnPlan, *, picture: bool) -> PageOrder:
    frame = work.frames[page]
    handle = work.page(page)
    m = handle.transformation_matrix
    to_sheet = times((m.a, m.b, m.c, m.d, m.e, m.f), frame.flat_to_sheet)
    words = wordlayer.words_of(item.glyphs)
    flat = BoxIndex.of(box_through(frame.shown_to_flat, area.box) for area in item.areas)
    masks = tuple(area.box for area in item.areas)
    taken = [box_through(frame.flat_to_shown, glyph.ink) for glyph in item.glyphs]
    marks, _ = overlay.boxes_and_labels(item.areas, frame=frame, taken=taken, stamp=plan.stamp)
    if not picture:
        return PageOrder(frame, to_sheet, masks, marks)
    image = pictures.drawn(handle, frame=frame, masks=masks)
    return PageOrder(frame, to_sheet, masks, marks, image, wordlayer.layer(words, frame=frame, masks=flat))
