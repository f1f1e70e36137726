"""Makes a candidate file: burn, copy by whitelist, and a picture for each page that cannot be copied.

Pure: bytes and a plan in, bytes and routes out. The caller runs it in a child and has the result proved.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from redactor.errors import UnsupportedPdf
from redactor.model import Box
from redactor.pdf import burner, gaps, hidden, labels, look, metrics, overlay, pictures, wordlayer
from redactor.pdf.gaps import Gaps
from redactor.pdf.geometry import BoxIndex, box_through, common, contains, grown, times
from redactor.pdf.glyphs import INVISIBLE, Glyph, glyphs_of, has_type3
from redactor.pdf.opening import cut, opened, reopened, written
from redactor.pdf.plan import (
    Area,
    Candidate,
    Mode,
    OutsideSchema,
    Reason,
    Residual,
    Route,
    RouteKind,
    areas_of,
    by_page,
)
from redactor.pdf.scrub.document import PageOrder, copy
from redactor.pdf.scrub.tags import PageTags
from redactor.pdf.tagging import elements_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from redactor.model import Redaction
    from redactor.pdf.gaps import Shift
    from redactor.pdf.geometry import Frame, Point
    from redactor.pdf.opening import Work
    from redactor.pdf.plan import BurnPlan, Tag

BLANK = 32  # code of a space: control characters below it draw nothing
SCAN_MARGIN_PT = 1.5  # points: how far the ink of a word that OCR placed may reach beyond its box
ATTEMPTS = 4  # copies tried: each failed one sends at least one more page to pictures


@dataclass(frozen=True, slots=True)
class Burned:
    """One burned page: its areas, what its gaps become, what is left of its text, why it must be a picture.

    `letters` are origin and core (flat) of the letters left, on a page with areas; `words` go over a picture.
    """

    areas: tuple[Area, ...]
    words: tuple[wordlayer.Word, ...] = field(default=(), repr=False)
    letters: tuple[tuple[Point, Box], ...] = field(default=(), repr=False)
    gaps: Gaps = field(default_factory=Gaps)
    reason: Reason = Reason.NONE
    tags: tuple[Tag, ...] = ()


def make(data: bytes, *, plan: BurnPlan) -> Candidate:
    """A candidate for `plan`. Raises the kinds of `InputError` for what cannot be treated; never half a file."""
    with opened(data) as work, opened(data) as bare:
        tags, asked = _by_page(plan.tags), by_page(plan.redactions)
        burned = tuple(
            replace(_burned(work, bare, page, plan, asked.get(page, ())), tags=tuple(tags[page]))
            for page in range(len(work.frames))
        )
        return _copied(work, burned, plan)


def make_part(data: bytes, *, plan: BurnPlan, first: int, count: int, total: int) -> Candidate:
    """A candidate for `count` pages of `data` from page `first` (from 0) on; `plan` and routes number these alone.

    Raises as `make` does, and DamagedPdf when `data` has not `total` pages.
    """
    return make(cut(data, pages=range(first, first + count), total=total), plan=plan)


def _by_page(tags: Sequence[Tag]) -> dict[int, list[Tag]]:
    found: dict[int, list[Tag]] = defaultdict(list)
    for tag in tags:
        found[tag.page].append(tag)
    return found


def _burned(work: Work, bare: Work, page: int, plan: BurnPlan, here: Sequence[Redaction]) -> Burned:
    frame = work.frames[page]
    areas = areas_of(here, page=page, edge=frame.shown)
    asked = Reason.ASKED if plan.mode is Mode.IMAGE or page in plan.pictures else Reason.NONE
    if page in plan.scans:
        return _scanned(work, page, areas)
    try:
        present = glyphs_of(work.page(page))
        unseen = hidden.unseen_glyphs(work, bare, present, page=page)
    except OutsideSchema as outside:
        return Burned(areas, reason=outside.reason)
    areas, found = _widened(present, areas, unseen.keys, frame=frame, plan=plan)
    under, out = burner.under(areas, frame=frame), burner.outside(frame)
    reason = asked if asked is not Reason.NONE else _reason(work.page(page), present, unseen)
    doomed = _any_of(under, out, lambda glyph: hidden.key(glyph) in unseen.keys)
    left = present
    try:
        left = burner.take_off(work.page(page), present, doomed=doomed if reason is Reason.NONE else under)
    except OutsideSchema as outside:
        reason = outside.reason
    left = tuple(glyph for glyph in left if not doomed(glyph))
    found = found if reason is Reason.NONE else found.as_exact()
    return Burned(areas, wordlayer.words_of(left), _letters(left) if areas else (), found, reason)


def _letters(glyphs: Sequence[Glyph]) -> tuple[tuple[Point, Box], ...]:
    return tuple((glyph.origin, glyph.core) for glyph in glyphs if glyph.code > BLANK)


def _reason(page: Any, present: Sequence[Glyph], unseen: hidden.Unseen) -> Reason:
    """Why the glyphs of a page cannot be told apart, if they cannot. MuPDF calls the ink of Type 3 fonts invisible."""
    if any(glyph.mode == INVISIBLE for glyph in present) and has_type3(page):
        return Reason.FONT_TYPE3
    return Reason.TEXT_COVERED if unseen.tangled else Reason.NONE


def _scanned(work: Work, page: int, areas: tuple[Area, ...]) -> Burned:
    """A page that was read from its picture: letters stand only about where their ink is, so that areas grow."""
    frame = work.frames[page]
    wide = [(common(grown(area.box, SCAN_MARGIN_PT, 0), frame.shown), area) for area in areas]
    areas = tuple(replace(area, box=box) for box, area in wide if box is not None)
    under = burner.under(areas, frame=frame)
    left = tuple(glyph for glyph in glyphs_of(work.page(page)) if not under(glyph))
    return Burned(areas, wordlayer.words_of(left), _letters(left), reason=Reason.SCAN)


def _widened(
    glyphs: tuple[Glyph, ...], areas: tuple[Area, ...], unseen: frozenset[hidden.Key], *, frame: Frame, plan: BurnPlan
) -> tuple[tuple[Area, ...], Gaps]:
    """The areas, over whole lines when the plan says so, and what becomes of the gaps beside them."""
    under = burner.under([area for area in areas if not area.pixels], frame=frame)
    seen = [glyph for glyph in glyphs if hidden.key(glyph) not in unseen]
    lines = gaps.segments_of(seen, masked=under)
    if not plan.fixed_width:
        return areas, gaps.rounded(lines, width=frame.width)
    wide = [box_through(frame.flat_to_shown, box) for box in gaps.whole_lines(lines)]
    cut = [box for box in (common(box, frame.shown) for box in wide) if box is not None]
    return (*areas, *(Area(box, _label_in(box, areas)) for box in cut)), Gaps()


def _label_in(box: Box, areas: Sequence[Area]) -> str:
    return next((area.label for area in areas if area.label and box.overlaps(area.box)), "")


def _any_of(*tests: Callable[[Glyph], bool]) -> Callable[[Glyph], bool]:
    return lambda glyph: any(test(glyph) for test in tests)


def _copied(work: Work, burned: tuple[Burned, ...], plan: BurnPlan) -> Candidate:
    source = written(work)
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
            failed = made.failed or _changed(work, made.data, orders, pictured)
            if not failed:
                return Candidate(made.data, _routes(len(burned), pictured), _residual(burned, pictured))
            if failed.keys() & pictured.keys():
                break
            pictured |= dict(failed)
    raise UnsupportedPdf(part="page")


def _changed(
    work: Work, data: bytes, orders: Sequence[PageOrder], pictured: Mapping[int, Reason]
) -> Mapping[int, Reason]:
    """The text pages that do not look as they did before the copy."""
    with reopened(data) as made:
        return {
            page: Reason.LOOK
            for page, order in enumerate(orders)
            if page not in pictured and _looks_changed(work.page(page), made.load_page(page), order)
        }


def _looks_changed(before: Any, after: Any, order: PageOrder) -> bool:
    after.set_rotation(0)
    return look.is_changed(before, after, frame=order.frame, marks=order.marks, shifts=order.shifts)


def _residual(burned: Sequence[Burned], pictured: Mapping[int, Reason]) -> Residual:
    total = Residual()
    for page, item in enumerate(burned):
        total = total.plus((item.gaps.as_exact() if page in pictured else item.gaps).residual)
    return total


def _routes(pages: int, pictured: Mapping[int, Reason]) -> tuple[Route, ...]:
    return tuple(
        Route(page, RouteKind.PICTURE if page in pictured else RouteKind.TEXT, pictured.get(page, Reason.NONE))
        for page in range(pages)
    )


def _order(work: Work, page: int, item: Burned, plan: BurnPlan, *, picture: bool) -> PageOrder:
    frame, handle = work.frames[page], work.page(page)
    m = handle.transformation_matrix
    to_sheet = times((m.a, m.b, m.c, m.d, m.e, m.f), frame.flat_to_sheet)
    shifts = () if picture else item.gaps.shifts
    areas = item.areas if picture else (*item.areas, *_fillers(item, frame))
    taken = BoxIndex.of(_taken(origin, core, shifts, frame) for origin, core in item.letters)
    bars = labels.bars_of(areas, taken=taken)
    tags = PageTags(elements_of(item.tags, bars, frame=frame, lang=plan.lang))
    over, drawn = overlay.boxes_and_labels(bars, frame=frame, taken=taken, stamp=plan.stamp, tags=tags)
    masks = tuple(box for box, _ in labels.bars_of(item.areas, taken=taken))
    order = PageOrder(frame, to_sheet, masks, over, shifts=shifts, marks=drawn, tags=tags)
    if not picture:
        return order
    flat = BoxIndex.of(box_through(frame.shown_to_flat, area.box) for area in item.areas)
    words = wordlayer.layer(item.words, frame=frame, masks=flat, tags=tags)
    return replace(order, picture=lambda: pictures.drawn(handle, frame=frame, masks=masks), words=words)


def _fillers(item: Burned, frame: Frame) -> list[Area]:
    """Each filler as tall as the area it lengthens, with its label."""
    made = []
    for filler in item.gaps.fillers:
        middle = (filler.x0 - 0.5, (filler.y0 + filler.y1) / 2)
        for area in item.areas:
            flat = box_through(frame.shown_to_flat, area.box)
            if contains(flat, middle) and filler.x1 > flat.x1:
                box = Box(flat.x1, flat.y0, filler.x1, flat.y1)
                made.append(Area(box_through(frame.flat_to_shown, box), area.label))
    return made


def _taken(origin: Point, core: Box, shifts: Sequence[Shift], frame: Frame) -> Box:
    by = sum(shift.by for shift in shifts if shift.moves(*origin))
    return box_through(frame.flat_to_shown, Box(core.x0 + by, core.y0, core.x1 + by, core.y1))
