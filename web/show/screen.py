"""One page as the review screen lays it out: the passages listed, the one chosen, where a place is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

if TYPE_CHECKING:
    from redactor.store.values import PageView, Passage, Where
    from web.show.filters import Filters


@dataclass(frozen=True, slots=True)
class Screen:
    """`listed` in the order of the page, each with its number; `chosen` is one of the page's passages."""

    listed: tuple[tuple[int, Passage], ...]
    hidden: int  # passages of the page that the filters leave out
    chosen: Passage | None
    filters: Filters


def screen_of(view: PageView, filters: Filters, *, chosen: str | None) -> Screen:
    """The screen of `view`: the asked passage, else the first that waits, else the first."""
    numbered = tuple(enumerate(sorted(view.passages, key=lambda one: one.proposal.position), start=1))
    listed = tuple(one for one in numbered if filters.shows(one[1].proposal) or one[1].proposal.id == chosen)
    asked = next((one for _, one in listed if one.proposal.id == chosen), None)
    waiting = next((one for _, one in listed if one.proposal.open), None)
    first = listed[0][1] if listed else None
    return Screen(listed, len(numbered) - len(listed), asked or waiting or first, filters)


def place_url(where: Where, filters: Filters) -> str:
    """The address of a place, with the filters it was reached by."""
    query = "&".join(part for part in (f"p={where.proposal}" if where.proposal else "", filters.query) if part)
    path = url_for("review.page", document_id=where.document, number=(where.page or 0) + 1)
    return f"{path}?{query}" if query else path
