"""Proves one written file against its claims, with other libraries than those that wrote it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pypdfium2

from redactor.pdf.geometry import box_through
from redactor.pdf.plan import areas_of, by_page
from redactor.pdf.verifier import beyond, drawings, objects, payloads, pixels, words
from redactor.pdf.verifier.claims import Channel, Leak, Proof
from redactor.pdf.verifier.readers import READ_ERRORS
from redactor.pdf.verifier.words import Checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redactor.pdf.geometry import Frame
    from redactor.pdf.verifier.claims import Claims

SIZE_PT = 0.6  # points by which a page may differ from its source: readers round


@dataclass(frozen=True, slots=True)
class Pages:
    """What the checks of pages found: leaks, letters shown, pages looked at (none when their number is wrong)."""

    leaks: set[Leak]
    shown: set[str] = field(repr=False)
    checked: tuple[Checked, ...]


def prove(data: bytes, *, claims: Claims) -> Proof:
    """What every check found in `data`. A file that cannot be read is a leak, never a pass."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        pages = look(data, claims=claims, pages=range(len(claims.sizes)))
    except READ_ERRORS:
        return Proof(digest, (Leak(Channel.UNREADABLE),), (), claims.stamp is not None)
    leaks = pages.leaks | set(objects.leaks_in(data, claims=claims, seen=frozenset(pages.shown)))
    return Proof(digest, sorted_leaks(leaks), counts(pages.checked, claims), claims.stamp is not None)


def look(data: bytes, *, claims: Claims, pages: range) -> Pages:
    """What two readers find on `pages`, from 0, of `data`, which must have as many pages as are claimed.

    Raises READ_ERRORS when pypdfium2 cannot read them; for pdfplumber that is a leak.
    """
    shown = set[str]()
    with pypdfium2.PdfDocument(data) as pdf:
        if len(pdf) != len(claims.sizes):
            return Pages({Leak(Channel.PAGES)}, shown, ())
        checked = tuple(_checked(pdf, claims, pages))
        leaks = set(_page_leaks(pdf, checked, claims, shown))
    masked = [page for page in checked if page.masks]
    return Pages(leaks | set(words.slow_leaks(data, masked, claims=claims)), shown, checked)


def sorted_leaks(leaks: Iterable[Leak]) -> tuple[Leak, ...]:
    """`leaks` by channel and page."""
    return tuple(sorted(leaks, key=lambda leak: (leak.channel.value, -1 if leak.page is None else leak.page)))


def counts(checked: Sequence[Checked], claims: Claims) -> tuple[tuple[str, int], ...]:
    """What was looked at, by name."""
    return (
        ("pages", len(checked)),
        ("masked_pages", sum(1 for page in checked if page.masks)),
        ("masked_areas", sum(len(page.masks) for page in checked)),
        ("values", len(claims.secrets)),
    )


def _checked(pdf: Any, claims: Claims, pages: range) -> Iterator[Checked]:
    claimed = by_page(claims.redactions)
    for number in pages:
        frame = words.frame_of(pdf[number])
        areas = areas_of(claimed.get(number, ()), page=number, edge=frame.shown)
        masks = tuple((box_through(frame.shown_to_sheet, area.box), area.label) for area in areas)
        yield Checked(number, frame, masks)


def _page_leaks(pdf: Any, checked: Sequence[Checked], claims: Claims, shown: set[str]) -> Iterator[Leak]:
    """The leaks of each page; adds the letters it shows to `shown`."""
    for page in checked:
        handle = pdf[page.page]
        chars = words.read_page(handle, page)
        shown |= payloads.letters_of("".join(char.text for char in chars))
        yield from _sizes(page.frame, claims.sizes[page.page], page.page)
        yield from words.leaks_of_page(chars, page, claims=claims)
        if page.masks:
            letters = [char.box for char in chars if char.ours]
            yield from pixels.leaks_of_page(handle, page, letters=letters)
        yield from drawings.leaks_of_page(handle, page)
        yield from beyond.leaks_of_page(handle, page)
        yield from _stamp(handle, page.page, claims.stamp)


def _sizes(frame: Frame, claimed: tuple[float, float], page: int) -> Iterator[Leak]:
    shown = frame.shown
    if abs(shown.width - claimed[0]) > SIZE_PT or abs(shown.height - claimed[1]) > SIZE_PT:
        yield Leak(Channel.PAGE_SIZE, page)


def _stamp(page: Any, number: int, stamp: str | None) -> Iterator[Leak]:
    if stamp is not None and "".join(stamp.split()) not in "".join(page.get_textpage().get_text_bounded().split()):
        yield Leak(Channel.STAMP, number)
