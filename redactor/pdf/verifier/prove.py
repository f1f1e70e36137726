"""Proves one written file against its claims, with other libraries than those that wrote it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pypdfium2

from redactor.pdf.geometry import box_through
from redactor.pdf.plan import areas_of, by_page
from redactor.pdf.verifier import beyond, drawings, objects, payloads, pixels, words
from redactor.pdf.verifier.claims import Channel, Leak, Proof
from redactor.pdf.verifier.readers import READ_ERRORS
from redactor.pdf.verifier.words import Checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.pdf.geometry import Frame
    from redactor.pdf.verifier.claims import Claims

SIZE_PT = 0.6  # points by which a page may differ from its source: readers round


def prove(data: bytes, *, claims: Claims) -> Proof:
    """What every check found in `data`. A file that cannot be read is a leak, never a pass."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return Proof(digest, (Leak(Channel.UNREADABLE),), (), claims.stamp is not None)
    shown = set[str]()
    try:
        checked = tuple(_checked(pdf, claims)) if len(pdf) == len(claims.sizes) else ()
        leaks = set(_page_leaks(pdf, checked, claims, shown)) if checked else {Leak(Channel.PAGES)}
    except READ_ERRORS:
        return Proof(digest, (Leak(Channel.UNREADABLE),), (), claims.stamp is not None)
    finally:
        pdf.close()
    leaks |= set(objects.leaks_in(data, claims=claims, seen=frozenset(shown)))
    masked = [page for page in checked if page.masks]
    leaks |= set(words.slow_leaks(data, masked, claims=claims))
    return Proof(digest, tuple(sorted(leaks, key=_order)), _counts(checked, claims), claims.stamp is not None)


def _order(leak: Leak) -> tuple[str, int]:
    return leak.channel.value, -1 if leak.page is None else leak.page


def _counts(checked: Sequence[Checked], claims: Claims) -> tuple[tuple[str, int], ...]:
    return (
        ("pages", len(checked)),
        ("masked_pages", sum(1 for page in checked if page.masks)),
        ("masked_areas", sum(len(page.masks) for page in checked)),
        ("values", len(claims.secrets)),
    )


def _checked(pdf: Any, claims: Claims) -> Iterator[Checked]:
    claimed = by_page(claims.redactions)
    for number in range(len(pdf)):
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
