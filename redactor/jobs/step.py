"""One piece of work, done to its end or left as it was: `step` may be called again for the same chunk at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.errors import RedactorError
from redactor.jobs.join import join
from redactor.jobs.produce import produce, settle
from redactor.jobs.read import PASSING, read
from redactor.store.tables import ChunkRow, DocumentRow

if TYPE_CHECKING:
    from redactor.outcome import Tools
    from redactor.store.database import Store

STEPS = {"read": read, "join": join, "settle": settle, "produce": produce}


def step(store: Store, tools: Tools, chunk_id: str) -> None:
    """Does the work of a chunk and says so in its row. Raises what passes (a full disk, a database that is away)."""
    with store.reading() as session:
        chunk = session.get(ChunkRow, chunk_id)
        if chunk is None or chunk.state in {"done", "failed"}:
            return
    try:
        code = STEPS[chunk.kind](store, tools, chunk)
    except PASSING:
        raise
    except RedactorError as error:
        code = error.code
        _fail(store, chunk, error)
    finish(store, chunk_id, code)


def finish(store: Store, chunk_id: str, code: str | None) -> None:
    """Writes that the work is over; `code` names what went wrong."""
    with store.acting() as session:
        row = session.get(ChunkRow, chunk_id)
        if row is not None:
            row.state, row.code = ("done" if code is None else "failed"), code


def give_up(store: Store, chunk: ChunkRow, error: RedactorError) -> None:
    """Ends work that never comes to its end, naming it on its document."""
    _fail(store, chunk, error)
    finish(store, chunk.id, error.code)


def _fail(store: Store, chunk: ChunkRow, error: RedactorError) -> None:
    with store.acting() as session:
        row = session.get(DocumentRow, chunk.document) if chunk.document is not None else None
        if row is not None and chunk.kind == "read":
            row.state, row.code = "failed", error.code
            row.code_facts = {key: str(value) for key, value in error.facts.items()}
