"""The chunks of one file in the table `chunk`: which of its pages are read, and which stopped whatever read them.

A step that is done again after a kill reads only the chunks that are not there. What they hold is in blobs, and goes
when the document is whole; the rows stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from redactor.keeping import Damaged, sealed, unsealed
from redactor.reading import Part
from redactor.store.acts import now
from redactor.store.tables import ChunkRow

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from redactor.store.database import Store

PAGES = "pages"  # a chunk of pages that was read
LOST = "lost"  # a page that could not be


@dataclass(frozen=True, slots=True)
class Chunks:
    """The parts of one file. `file` is the address of its bytes: other bytes have other chunks."""

    store: Store
    request: str
    document: str
    file: str

    def known(self, first: int) -> Part | None:
        """The part that begins with page `first`, from 0."""
        with self.store.reading() as session:
            row = session.scalar(select(ChunkRow).where(ChunkRow.key == self._key(PAGES, first)))
        if row is None or row.result is None:
            return None
        try:
            part = unsealed(self.store.blobs.get(row.result))
        except Damaged:
            return None
        return part if isinstance(part, Part) else None

    def keep(self, part: Part) -> None:
        """Keeps a part, and a row for each page that it lost. Raises what passes."""
        blob = self.store.blobs.put(sealed(part))
        with self.store.acting() as session:
            self._put(session, PAGES, part.first, part.first + part.count, result=blob, code=None)
            for page, code in part.lost:
                self._put(session, LOST, page, page + 1, result=None, code=code)

    def forget(self) -> None:
        """The document is whole: what its parts hold is no longer needed."""
        with self.store.acting() as session:
            session.execute(
                update(ChunkRow).where(ChunkRow.document == self.document, ChunkRow.kind == PAGES).values(result=None)
            )

    def _put(self, session: Session, kind: str, first: int, end: int, *, result: str | None, code: str | None) -> None:
        key = self._key(kind, first)
        row = session.scalar(select(ChunkRow).where(ChunkRow.key == key))
        if row is None:
            row = ChunkRow(
                key=key, kind=kind, request=self.request, document=self.document, first_page=first, end_page=end,
                created=now(),
            )  # fmt: skip
            session.add(row)
        row.state, row.result, row.code = "done" if code is None else "failed", result, code

    def _key(self, kind: str, first: int) -> str:
        return f"{_start(kind, self.document, self.file)}{first}"


def _start(kind: str, document: str, file: str) -> str:
    return f"{kind}:{document}:{file[:16]}:"


def lost_pages(session: Session, document: str, file: str) -> dict[int, str]:
    """Pages, from 0, of a document's present bytes that nobody could read, each with the code of why."""
    wanted: Select[tuple[int, str | None]] = select(ChunkRow.first_page, ChunkRow.code).where(
        ChunkRow.document == document, ChunkRow.kind == LOST, ChunkRow.key.startswith(_start(LOST, document, file))
    )
    return {page: code or "" for page, code in session.execute(wanted).tuples()}
