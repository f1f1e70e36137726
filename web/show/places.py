"""Places put together by page: a page with twenty of them is one line."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redactor.store.values import Where


def by_page(places: Iterable[Where]) -> list[list[Where]]:
    """Places that follow each other on the same page of the same document, in their order."""
    return [list(group) for _, group in groupby(places, key=lambda one: (one.document, one.page))]
