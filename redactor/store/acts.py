"""What every act shares: the row of a request held for it, its version, what falls with it, work that is queued."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from redactor.errors import BadDecision, NotFound, Stale
from redactor.store import audit
from redactor.store.tables import ChunkRow, DocumentRow, RequestRow, StepRow
from redactor.store.values import Stage, UserRole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from redactor.store.values import Actor


PLACES = 100  # places an act names at most
_SECTION = re.compile(r"[0-9]{1,3}[0-9._a-z]{0,12}")
_CODE = re.compile(r"[a-z][a-z-]{0,39}")


def now() -> dt.datetime:
    """The time of day, in UTC."""
    return dt.datetime.now(tz=dt.UTC)


def held(session: Session, request: str) -> RequestRow:
    """The row of a request, which no other act changes meanwhile. Raises NotFound."""
    row = session.get(RequestRow, request, with_for_update=True)
    if row is None:
        raise NotFound(kind="request")
    return row


def seen_of(session: Session, request: str) -> RequestRow:
    """The row of a request, for reading. Raises NotFound."""
    row = session.get(RequestRow, request)
    if row is None:
        raise NotFound(kind="request")
    return row


def document_of(session: Session, document: str, *, request: str | None = None) -> DocumentRow:
    """The row of a document, of that request where one is given. Raises NotFound; one that was removed is not there."""
    row = session.get(DocumentRow, document)
    if row is None or row.state == "removed" or (request is not None and row.request != request):
        raise NotFound(kind="document")
    return row


def refuse_stale(what: str, version: int, seen: int) -> None:
    """Raises Stale when the thing of that version changed after `seen`."""
    if version > seen:
        raise Stale(what=what, version=version)


def refuse_section(provision: str | None) -> None:
    """Raises BadDecision on what is no section number: it is printed on boxes and stands in the journal."""
    if provision is not None and not _SECTION.fullmatch(provision):
        raise BadDecision(problem="not a section number")


def refuse_unreasoned(reason: str) -> None:
    """Raises BadDecision where no reason is given."""
    if not reason.strip():
        raise BadDecision(problem="a reason is needed")


def code_of(ground: str | None) -> str | None:
    """A ground that is a code; free words stay out of the journal."""
    return ground if ground is not None and _CODE.fullmatch(ground) else None


def changed(session: Session, request: RequestRow, actor: Actor | None, *, is_input: bool = False) -> int:
    """The next version of the request, after an act that changes what may be released.

    An approval falls with it. `is_input`: facts, people or documents changed, so that the request is joined again.
    """
    request.version += 1
    if is_input:
        request.input_version = request.version
        queue(session, "join", request.id, key=f"join:{request.id}:{request.input_version}")
    _fall(session, request, actor)
    return request.version


def _fall(session: Session, request: RequestRow, actor: Actor | None) -> None:
    """A change ends an approval; one by the officer ends a submission too, one by the second reader does not."""
    is_second_look = actor is not None and UserRole.LEGAL in actor.roles
    if request.stage == Stage.OPEN or (request.stage == Stage.SUBMITTED and (is_second_look or actor is None)):
        return
    by = actor.user_id if actor is not None else None
    session.add(StepRow(request=request.id, kind="fall", version=request.version, by=by, at=now()))
    audit.record(session, by or audit.SYSTEM, "request.fall", request.id, version=request.version, stage=request.stage)
    request.stage = Stage.OPEN


def queue(
    session: Session, kind: str, request: str, *, key: str, document: str | None = None, first: int = 0,
    end: int | None = None,
) -> None:  # fmt: skip
    """Queues a piece of work; the same key twice is one piece."""
    session.info["queued"] = True
    if session.scalar(select(ChunkRow.id).where(ChunkRow.key == key)) is None:
        session.add(ChunkRow(key=key, kind=kind, request=request, document=document, first_page=first, end_page=end,
                             created=now()))  # fmt: skip
        session.flush()
