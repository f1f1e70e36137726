"""Requests: made, listed, their facts and the questions that are left. Deciding on their documents is `reviewing`'s."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from redactor.errors import BadDecision
from redactor.intake.request import request_of
from redactor.store import audit
from redactor.store.acts import changed, document_of, held, now, queue, refuse_section, refuse_stale, seen_of
from redactor.store.codec import trace_of
from redactor.store.guard import allow, decider, present, reader
from redactor.store.settings import alone_in
from redactor.store.tables import ChunkRow, DocumentRow, ProposalRow, RequestRow, UserRow
from redactor.store.values import Acted, Asked, RequestView, Stage, UserRole, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from redactor.intake.request import Request
    from redactor.store.database import Store
    from redactor.store.values import Actor

ANSWER = "answer"  # name of the pack's clock by which a request is answered
WAITS = "input.hidden_content"  # code of a file that waits for that choice
UNSETTLED = frozenset({"needs_person", "rejected", "failed"})
_SAMPLE = 1 << 31  # seeds of the second reader's sample lie below


def create(
    store: Store, actor: Actor, *, number: str | None, received: dt.date | None, requester: str = "other",
    alone: bool | None = None,
) -> RequestView:  # fmt: skip
    """A new request, owned by the one who makes it, with the body's own setting for the second look.

    Only an administrator may say otherwise. Raises Forbidden, BadRequestFile.
    """
    header = _header(number, received, requester)
    request_of({"request": header})
    with store.acting() as session:
        row = decider(session, actor)
        default = alone_in(session)
        if alone and not default:
            present(session, actor, UserRole.ADMIN)
        request = RequestRow(
            number=number, requester=requester, received=received, facts={"request": {}, "defaults": {}}, reasons={},
            owner=row.id, alone=default if alone is None else alone, sample=secrets.randbelow(_SAMPLE), created=now(),
            joined_version=1,
        )  # fmt: skip
        session.add(request)
        session.flush()
        audit.record(session, actor.user_id, "request.create", request.id)
        return _views(session, [request], store)[0]


def list_requests(
    store: Store, actor: Actor, *, limit: int = 50, offset: int = 0, stage: str | None = None
) -> tuple[RequestView, ...]:
    """Requests, newest first. Raises Forbidden."""
    allow(actor, UserRole.OFFICER, UserRole.LEGAL, UserRole.ADMIN)
    wanted = select(RequestRow).order_by(RequestRow.created.desc(), RequestRow.id).limit(limit).offset(offset)
    if stage is not None:
        wanted = wanted.where(RequestRow.stage == stage)
    with store.reading() as session:
        return _views(session, list(session.scalars(wanted)), store)


def get(store: Store, actor: Actor, request: str) -> RequestView:
    """One request. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        return _views(session, [seen_of(session, request)], store)[0]


def _views(session: Session, rows: Sequence[RequestRow], store: Store) -> tuple[RequestView, ...]:
    """Counts of several requests by one query each, over documents and chunks: never over proposals."""
    ids = [one.id for one in rows]
    known = DocumentRow.state != "removed"
    counts = {
        row[0]: row
        for row in session.execute(
            select(
                DocumentRow.request, func.count(), func.coalesce(func.sum(DocumentRow.pages), 0),
                func.coalesce(func.sum(DocumentRow.open), 0), func.coalesce(func.sum(DocumentRow.decided), 0),
            ).where(DocumentRow.request.in_(ids), known).group_by(DocumentRow.request)
        )
    }  # fmt: skip
    read = _counted(session, select(DocumentRow.request, func.coalesce(func.sum(DocumentRow.pages), 0)).where(
        DocumentRow.request.in_(ids), known, DocumentRow.found.is_not(None)).group_by(DocumentRow.request))  # fmt: skip
    failed = _counted(session, select(DocumentRow.request, func.count()).where(
        DocumentRow.request.in_(ids), DocumentRow.state.in_(UNSETTLED), DocumentRow.whole.is_(None)
    ).group_by(DocumentRow.request))  # fmt: skip
    chunks = _counted(session, select(ChunkRow.request, func.count()).where(
        ChunkRow.request.in_(ids), ChunkRow.state.in_(("waiting", "running"))).group_by(ChunkRow.request))  # fmt: skip
    users = {one.id: one.name for one in session.scalars(
        select(UserRow).where(UserRow.id.in_({one.owner for one in rows if one.owner})))}  # fmt: skip
    return tuple(
        _view(row, counts.get(row.id, (row.id, 0, 0, 0, 0)), store,
              read=read.get(row.id, 0), failed=failed.get(row.id, 0), chunks=chunks.get(row.id, 0), users=users)
        for row in rows
    )  # fmt: skip


def _counted(session: Session, query: Any) -> dict[str, int]:
    return {row[0]: int(row[1]) for row in session.execute(query)}


def _view(
    row: RequestRow, counts: Any, store: Store, *, read: int, failed: int, chunks: int, users: Mapping[str, str]
) -> RequestView:
    _, documents, pages, open_, decided = counts
    return RequestView(
        row.id, row.number, row.received, due(store, row.received, is_extended=row.extended), row.extended,
        row.requester, row.owner, users.get(row.owner or ""), Stage(row.stage), row.alone, row.version, documents,
        int(pages), read, int(open_), int(decided), chunks, failed, row.joined_version >= row.input_version,
    )  # fmt: skip


def due(store: Store, received: dt.date | None, *, is_extended: bool) -> dt.date | None:
    """The last day to answer, by the clocks of the pack; None without a date."""
    if received is None:
        return None
    clock = next((c for one in store.pack.sources for c in one.rule.clocks if c.name == ANSWER), None)
    if clock is None:
        return None
    more = clock.extension.days if is_extended and clock.extension is not None else 0
    return received + dt.timedelta(days=clock.days + more)


def facts(store: Store, actor: Actor, request: str) -> dict[str, Any]:
    """`request` and `defaults` with the keys of a request file, as stated. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        row = seen_of(session, request)
        header = {**_header(row.number, row.received, row.requester), **row.facts.get("request", {})}
        return {"request": header, "defaults": dict(row.facts.get("defaults", {}))}


def _header(number: str | None, received: dt.date | None, requester: str) -> dict[str, Any]:
    day = received.isoformat() if received is not None else None
    return {"number": number, "received": day, "requester": requester}


def stated(row: RequestRow, documents: Sequence[DocumentRow], *, people: Sequence[Mapping[str, Any]] = ()) -> Request:
    """The request as the engine takes it, documents by row id; `people` go before those that were stated."""
    header = {**_header(row.number, row.received, row.requester), **row.facts.get("request", {})}
    header["people"] = [*people, *header.get("people", [])]
    return request_of({
        "request": header, "defaults": row.facts.get("defaults", {}),
        "documents": [{"file": one.id, **one.facts} for one in documents],
    })  # fmt: skip


def set_facts(
    store: Store, actor: Actor, request: str, *, header: Mapping[str, Any] | None = None,
    defaults: Mapping[str, Any] | None = None, seen: int,
) -> Acted:  # fmt: skip
    """Given keys replace, None clears. Raises Forbidden, NotFound, Stale, BadRequestFile."""
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        refuse_stale("facts", row.input_version, seen)
        told = dict(header or {})
        if "number" in told:
            row.number = None if told["number"] is None else str(told["number"])
        if "received" in told:
            row.received = day_of(told["received"])
        row.requester = str(told.get("requester") or row.requester)
        rest = {key: value for key, value in told.items() if key not in {"number", "received", "requester"}}
        row.facts = {
            "request": _merged(row.facts.get("request", {}), rest),
            "defaults": _merged(row.facts.get("defaults", {}), defaults or {}),
        }
        stated(row, ())
        if told.get("hidden_content") or (defaults or {}).get("hidden_content"):
            _read_those_that_waited(session, row)
        version = changed(session, row, actor, is_input=True)
        audit.record(session, actor.user_id, "request.facts", row.id, keys=len(told) + len(defaults or {}))
        return Acted(version)


def set_document_facts(
    store: Store, actor: Actor, request: str, *, documents: Mapping[str, Mapping[str, Any]], seen: int
) -> Acted:
    """Facts of several documents in one act; given keys replace, None clears. Raises as `set_facts` does."""
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        touched = [document_of(session, one, request=request) for one in documents]
        for one in touched:
            refuse_stale("document", one.version, seen)
            one.facts = _merged(one.facts, documents[one.id])
            if _waits_for_choice(one):
                queue_read(session, one, again=True)
        stated(row, touched)
        version = changed(session, row, actor, is_input=True)
        for one in touched:
            one.version = version
            audit.record(session, actor.user_id, "document.facts", one.id, keys=len(documents[one.id]),
                         suggested=_accepted(one, documents[one.id]))  # fmt: skip
        return Acted(version, None, tuple(Where(one.id) for one in touched))


def _accepted(row: DocumentRow, given: Mapping[str, Any]) -> int:
    """How many of the given facts are those that the text suggests."""
    told = {key: str(_plain(value)).lower() for key, value in given.items()}
    return sum(1 for key, value in told.items() if str(row.suggested.get(key, {}).get("value", "")).lower() == value)


def _read_those_that_waited(session: Session, request: RequestRow) -> None:
    """Files that were not opened until somebody said what to do of their hidden content are opened now."""
    wanted = select(DocumentRow).where(DocumentRow.request == request.id, DocumentRow.code == WAITS)
    for one in session.scalars(wanted):
        if one.state == "needs_person":
            queue_read(session, one, again=True)


def _waits_for_choice(row: DocumentRow) -> bool:
    """True for a file that was not opened because nobody had said what to do of its hidden content."""
    return row.code == WAITS and row.facts.get("hidden_content") is not None


def queue_read(session: Session, row: DocumentRow, *, again: bool = False) -> None:
    """Queues the reading of a document; `again` where the same bytes are read under another setting."""
    row.state, row.code, row.code_facts = "waiting", None, {}
    turn = f":{secrets.token_hex(4)}" if again else ""
    queue(session, "read", row.request, key=f"read:{row.id}:{row.blob[:16]}{turn}", document=row.id)


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    both = {**old, **{key: _plain(value) for key, value in new.items()}}
    return {key: value for key, value in both.items() if value is not None}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def day_of(value: Any) -> dt.date | None:
    """A date, or its ISO form, as a date. Raises BadDecision."""
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise BadDecision(problem="not a date") from None


def questions(store: Store, actor: Actor, request: str) -> tuple[Asked, ...]:
    """What is asked of each document, and only what would change an answer. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        files = {one.id: one.file for one in session.scalars(select(DocumentRow).where(
            DocumentRow.request == request, DocumentRow.facts_missing != []))}  # fmt: skip
        rows = session.scalars(select(ProposalRow).where(
            ProposalRow.request == request, ProposalRow.document.in_(files)
        ).order_by(ProposalRow.order, ProposalRow.page, ProposalRow.position))  # fmt: skip
        found: dict[tuple[str, str], Asked] = {}
        for row in rows:
            for question in trace_of(row.trace).questions if row.trace.get("questions") else ():
                key = (row.document, question.fact)
                first = Where(row.document, row.page, row.id)
                old = found.get(key)
                found[key] = Asked(
                    question.fact, row.document, files[row.document], question.fr, question.en,
                    question.effects if old is None else old.effects, (old.proposals if old else 0) + 1,
                    old.first if old else first,
                )  # fmt: skip
        return tuple(found.values())


def analyse_again(store: Store, actor: Actor, request: str) -> Acted:
    """Joins the request again, such as under newer rules; an approval falls. Raises Forbidden, NotFound."""
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        version = changed(session, row, actor, is_input=True)
        audit.record(session, actor.user_id, "request.again", row.id)
        return Acted(version)


def renew(store: Store) -> int:
    """Has every request that is not released analysed under the rules of today; gives their number. Approvals fall."""
    with store.acting() as session:
        rows = list(session.scalars(select(RequestRow).where(
            RequestRow.pack.is_not(None), RequestRow.pack != store.pack.id, RequestRow.stage != Stage.RELEASED,
            RequestRow.joined_version >= RequestRow.input_version)))  # fmt: skip
        for row in rows:
            changed(session, row, None, is_input=True)
            audit.record(session, audit.SYSTEM, "request.again", row.id)
    return len(rows)


def set_owner(store: Store, actor: Actor, request: str, *, owner: str | None, seen: int) -> Acted:
    """Raises Forbidden, NotFound, Stale."""
    with store.acting() as session:
        present(session, actor, UserRole.OFFICER, UserRole.LEGAL, UserRole.ADMIN)
        row = held(session, request)
        refuse_stale("request", row.version, seen)
        if owner is not None and session.get(UserRow, owner) is None:
            raise BadDecision(problem="no such user")
        row.owner = owner
        audit.record(session, actor.user_id, "request.owner", row.id, owner=owner)
        return Acted(row.version)


def set_extended(store: Store, actor: Actor, request: str, *, extended: bool, seen: int) -> Acted:
    """Raises Forbidden, NotFound, Stale."""
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        refuse_stale("request", row.version, seen)
        row.extended = extended
        audit.record(session, actor.user_id, "request.extended", row.id, extended=extended)
        return Acted(row.version)


def set_alone(store: Store, actor: Actor, request: str, *, alone: bool, seen: int) -> Acted:
    """Whether one person decides without a second look; an administrator's choice. Raises Forbidden, Stale."""
    with store.acting() as session:
        present(session, actor, UserRole.ADMIN)
        row = held(session, request)
        refuse_stale("request", row.version, seen)
        row.alone = alone
        version = changed(session, row, actor)
        audit.record(session, actor.user_id, "request.alone", row.id, alone=alone)
        return Acted(version)


def reasons(store: Store, actor: Actor, request: str) -> dict[str, str]:
    """The standing reason of each provision. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        return dict(seen_of(session, request).reasons)


def first_reason(store: Store, actor: Actor, request: str, *, provision: str, reason: str) -> None:
    """Makes `reason` the standing one where there is none; nothing is written over, so nothing can be stale.

    Raises Forbidden, NotFound.
    """
    refuse_section(provision)
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        if not row.reasons.get(provision):
            row.reasons = _merged(row.reasons, {provision: reason.strip() or None})
            changed(session, row, actor)
            audit.record(session, actor.user_id, "request.reason", row.id, provision=provision)
