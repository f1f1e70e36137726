"""Pictures of pages: made in a child from the stored file, kept encrypted, found again by document, file and page."""

from __future__ import annotations

from typing import Final

from redactor.pdf.shown import page_png
from redactor.store import documents
from web.services import actor, services, store

DPI: Final = 120  # dots an inch: 10 pt type reads well at the width of a screen, about 120 kB a page


def picture_of(document_id: str, page: int) -> bytes:
    """The PNG of page `page` (from 0). Raises what the store raises for who may not read, or the child's error."""
    view = documents.get(store(), actor(), document_id)
    name = f"{document_id}/{view.sha256}/{page}/{DPI}"
    kept = store().cache.get(name)
    if kept is not None:
        return kept
    made = services().sandbox.call(page_png, documents.pdf_bytes(store(), actor(), document_id), page=page, dpi=DPI)
    store().cache.put(name, made)
    return made
