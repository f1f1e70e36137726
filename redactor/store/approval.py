"""The second look: submitted by one person, approved or given back by another; what the second looks at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from redactor.errors import Blocked, Forbidden, NotFound
from redactor.store import audit, requests
from redactor.store.acts import changed, held, now, refuse_stale, refuse_unreasoned, seen_of
from redactor.store.conflicts import open_contradictions
from redactor.store.gates import gates_of, unopened_count, unopened_of
from redactor.store.guard import decider, present, reader
from redactor.store.pages import user_names
from redactor.store.risks import risks as risks  # noqa: PLC0414  part of this module's face
from redactor.store.tables import AuditRow, ClearedRow, RequestRow, StepRow
from redactor.store.values import (
    Acted,
    AuditEntry,
    ContradictionView,
    Gate,
    RequestView,
    Stage,
    StepView,
    UserRole,
    Where,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.values import Actor


def gates(store: Store, actor: Actor, request: str) -> tuple[Gate, ...]:
    """The conditions of a release. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        return gates_of(session, store, seen_of(session, request))


def submit(store: Store, actor: Actor, request: str, *, reason: str = "", seen: int) -> Acted:
    """Hands the request to the second reader. Raises Forbidden, NotFound, Stale, Blocked with the gates."""
    with store.acting() as session:
        present(session, actor, UserRole.OFFICER)
        row = _at(session, request, seen, Stage.OPEN)
        _refuse_red(session, store, row)
        return _step(session, actor, row, "submit", Stage.SUBMITTED, reason)


def withdraw(store: Store, actor: Actor, request: str, *, reason: str = "", seen: int) -> Acted:
    """Takes a submission back. Raises Forbidden, NotFound, Stale, Blocked."""
    with store.acting() as session:
        present(session, actor, UserRole.OFFICER)
        row = _at(session, request, seen, Stage.SUBMITTED)
        return _step(session, actor, row, "withdraw", Stage.OPEN, reason)


def approve(store: Store, actor: Actor, request: str, *, reason: str = "", seen: int) -> Acted:
    """Says that what was submitted may leave. Another person than the one who submitted, unless one decides alone.

    Raises Forbidden, NotFound, Stale, Blocked with the gates.
    """
    with store.acting() as session:
        row = _at(session, request, seen, Stage.SUBMITTED)
        if row.alone:
            present(session, actor, UserRole.OFFICER, UserRole.LEGAL)
        else:
            present(session, actor, UserRole.LEGAL)
            if _submitter(session, request) == actor.user_id:
                raise Forbidden(problem="submitted by the same person")
        _refuse_red(session, store, row)
        return _step(session, actor, row, "approve", Stage.APPROVED, reason)


def give_back(store: Store, actor: Actor, request: str, *, reason: str, seen: int) -> Acted:
    """Returns what was submitted, with the reason. Raises Forbidden, NotFound, Stale, Blocked, BadDecision."""
    refuse_unreasoned(reason)
    with store.acting() as session:
        present(session, actor, UserRole.LEGAL)
        row = _at(session, request, seen, Stage.SUBMITTED)
        return _step(session, actor, row, "give_back", Stage.OPEN, reason)


def _at(session: Session, request: str, seen: int, stage: Stage) -> RequestRow:
    """The request, as it was looked at and at that stage."""
    row = held(session, request)
    refuse_stale("request", row.version, seen)
    if row.stage != stage:
        raise Blocked(problem="stage", stage=row.stage)
    return row


def _refuse_red(session: Session, store: Store, row: RequestRow) -> None:
    red = [one.code for one in gates_of(session, store, row) if one.blocks and not one.ok and not one.for_release]
    if red:
        raise Blocked(problem="gates", gates=",".join(red))


def _submitter(session: Session, request: str) -> str | None:
    return session.scalar(
        select(StepRow.by).where(StepRow.request == request, StepRow.kind == "submit")
        .order_by(StepRow.n.desc()).limit(1)
    )  # fmt: skip


def _step(session: Session, actor: Actor, row: RequestRow, kind: str, stage: Stage, reason: str) -> Acted:
    """A step changes the stage, never the version: what was looked at is what it was."""
    row.stage = stage
    session.add(StepRow(request=row.id, kind=kind, version=row.version, reason=reason.strip(), by=actor.user_id,
                        at=now()))  # fmt: skip
    audit.record(session, actor.user_id, f"request.{kind}", row.id, version=row.version)
    return Acted(row.version)


def queue(store: Store, actor: Actor) -> tuple[RequestView, ...]:
    """Requests that wait for a second look. Raises Forbidden."""
    return requests.list_requests(store, actor, stage=Stage.SUBMITTED, limit=200)


def unopened(
    store: Store, actor: Actor, request: str, *, limit: int | None = None, offset: int = 0
) -> tuple[Where, ...]:
    """Pages that nobody opened, all of them or a stretch. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        return unopened_of(session, request, limit=limit, offset=offset)


def unopened_total(store: Store, actor: Actor, request: str) -> int:
    """How many pages nobody opened. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        return unopened_count(session, request)


def contradictions(store: Store, actor: Actor, request: str) -> tuple[ContradictionView, ...]:
    """The same thing hidden here and readable there, cleared ones with their reason. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        return open_contradictions(session, request)


def clear(store: Store, actor: Actor, request: str, *, contradiction: str, reason: str, seen: int) -> Acted:
    """Records why the two are treated in two ways. Raises Forbidden, NotFound, Stale, BadDecision without a reason."""
    refuse_unreasoned(reason)
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        known = {one.id: one for one in open_contradictions(session, request)}
        if contradiction not in known:
            raise NotFound(kind="contradiction")
        refuse_stale("request", row.input_version, seen)
        session.merge(ClearedRow(request=request, contradiction=contradiction, reason=reason.strip(),
                                 by=actor.user_id, at=now()))  # fmt: skip
        version = changed(session, row, actor)
        audit.record(session, actor.user_id, "contradiction.clear", contradiction, request=request)
        return Acted(version, None, (known[contradiction].readable,))


def steps(store: Store, actor: Actor, request: str) -> tuple[StepView, ...]:
    """Steps of a request, oldest first. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        names = user_names(session)
        wanted = select(StepRow).where(StepRow.request == request).order_by(StepRow.n)
        return tuple(
            StepView(one.n, one.kind, one.version, one.reason, one.by or "", names.get(one.by or "", ""), one.at)
            for one in session.scalars(wanted)
        )


def differences(store: Store, actor: Actor, request: str) -> tuple[AuditEntry, ...]:
    """Acts on the request since the last submission or approval. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        since = session.scalar(select(func.max(AuditRow.n)).where(
            AuditRow.object == request, AuditRow.act.in_(("request.submit", "request.approve"))))  # fmt: skip
        wanted = select(AuditRow).where(
            AuditRow.n > (since or 0), AuditRow.act.not_in(("page.view", "session.in", "session.out")),
            (AuditRow.object == request) | AuditRow.facts.contains(f'"{request}"'),
        ).order_by(AuditRow.n)  # fmt: skip
        return tuple(audit.entry(one) for one in session.scalars(wanted))
