"""Persons of a request, and the role that somebody chooses for one: it treats all mentions, and can be undone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from redactor.errors import BadDecision, Blocked, NotFound
from redactor.model import Role
from redactor.store import audit
from redactor.store.acts import changed, held, now, refuse_stale, seen_of
from redactor.store.guard import decider, reader
from redactor.store.tables import ChoiceRow, PersonRow, ProposalRow
from redactor.store.values import Acted, MentionView, PersonView, Where

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.values import Actor


def choices_in_force(session: Session, request: str) -> dict[str, ChoiceRow]:
    """The last choice for each person that was not undone; a choice of no role is none."""
    wanted = select(ChoiceRow).where(ChoiceRow.request == request, ~ChoiceRow.undone).order_by(ChoiceRow.n)
    last = {row.person: row for row in session.scalars(wanted)}
    return {key: row for key, row in last.items() if row.role is not None}


def list_people(store: Store, actor: Actor, request: str) -> tuple[PersonView, ...]:
    """Persons of a request: those in most places first. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        chosen = choices_in_force(session, request)
        counts = Counter({str(key): total for key, total in session.execute(
            select(ProposalRow.person, func.count()).where(
                ProposalRow.request == request, ProposalRow.person.is_not(None)
            ).group_by(ProposalRow.person)
        )})  # fmt: skip
        rows = session.scalars(select(PersonRow).where(PersonRow.request == request))
        views = [_view(row, chosen.get(row.key), counts[row.key]) for row in rows]
    return tuple(sorted(views, key=lambda one: (-len(one.mentions), one.key)))


def _view(row: PersonRow, chosen: ChoiceRow | None, proposals: int) -> PersonView:
    return PersonView(
        row.key, row.name, chosen.role if chosen is not None else row.role, row.strength,
        chosen.role if chosen is not None else None,
        tuple(MentionView(document, page, start, end) for document, start, end, page in row.mentions), proposals,
    )  # fmt: skip


def choose_role(store: Store, actor: Actor, request: str, *, person: str, role: str | None, seen: int) -> Acted:
    """Says what a person is; None leaves it to the program again. Raises Forbidden, NotFound, Stale, BadDecision."""
    if role is not None and role not in {one.value for one in Role}:
        raise BadDecision(problem="no such role")
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        known = session.scalar(select(PersonRow).where(PersonRow.request == request, PersonRow.key == person))
        if known is None:
            raise NotFound(kind="person")
        refuse_stale("person", _last(session, request, person), seen)
        version = changed(session, row, actor, is_input=True)
        session.add(ChoiceRow(
            request=request, person=person, name=known.name, role=role, by=actor.user_id, at=now(), version=version
        ))  # fmt: skip
        audit.record(session, actor.user_id, "person.role", person, request=request, role=role)
        return Acted(version, None, tuple(Where(d, page) for d, _, _, page in known.mentions[:100]))


def _last(session: Session, request: str, person: str) -> int:
    return session.scalar(
        select(func.max(ChoiceRow.version)).where(ChoiceRow.request == request, ChoiceRow.person == person)
    ) or 0  # fmt: skip


def can_undo(store: Store, actor: Actor, request: str) -> bool:
    """True when the actor has a choice to take back. Raises Forbidden."""
    reader(actor)
    with store.reading() as session:
        return _own(session, actor, request) is not None


def undo(store: Store, actor: Actor, request: str) -> Acted:
    """Takes back the actor's last choice of a role in the request. Raises Forbidden, NotFound, Blocked."""
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        last = _own(session, actor, request)
        if last is None:
            raise Blocked(problem="nothing to undo")
        last.undone = True
        last.version = version = changed(session, row, actor, is_input=True)
        audit.record(session, actor.user_id, "person.undo", last.person, request=request)
        return Acted(version)


def _own(session: Session, actor: Actor, request: str) -> ChoiceRow | None:
    return session.scalar(
        select(ChoiceRow)
        .where(ChoiceRow.request == request, ChoiceRow.by == actor.user_id, ~ChoiceRow.undone)
        .order_by(ChoiceRow.n.desc()).limit(1)
    )  # fmt: skip
