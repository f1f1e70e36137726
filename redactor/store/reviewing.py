"""Decisions on proposals: made, applied to all the same, undone and done again; remarks; where to look next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select, update

from redactor.errors import BadDecision, Blocked, NotFound
from redactor.model import Power, State
from redactor.store import audit
from redactor.store.acts import (
    PLACES,
    changed,
    code_of,
    document_of,
    held,
    now,
    refuse_section,
    refuse_stale,
    seen_of,
)
from redactor.store.guard import decider, reader
from redactor.store.pages import by_page, comment_view, decision_view, page_row, user_names, views
from redactor.store.pages import masks as masks  # noqa: PLC0414  part of this module's face
from redactor.store.pages import released_text as released_text  # noqa: PLC0414
from redactor.store.standing import KEEP, WITHHOLD, recount, refresh, refresh_pages, refresh_whole
from redactor.store.tables import (
    BatchRow,
    CommentRow,
    DecisionRow,
    DocumentRow,
    ProposalRow,
    RequestRow,
    ViewRow,
    new_id,
)
from redactor.store.values import Acted, CommentView, DecisionView, ProposalView, Same, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.values import Actor

CHANGED_GROUND = "other-ground"  # why a proposal is lifted whose words stay masked under another provision


def proposal(store: Store, actor: Actor, proposal_id: str) -> ProposalView:
    """One proposal. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        return views(session, [_row(session, proposal_id)])[0]


def _row(session: Session, proposal_id: str) -> ProposalRow:
    row = session.get(ProposalRow, proposal_id)
    if row is None:
        raise NotFound(kind="proposal")
    return row


def _matching(
    request: str, *, document: str | None = None, provision: str | None = None, strength: str | None = None,
    now: str | None = None, person: str | None = None, open_: bool | None = None,
) -> list[ColumnElement[bool]]:  # fmt: skip
    wanted: list[ColumnElement[bool]] = [ProposalRow.request == request]
    told = ((ProposalRow.document, document), (ProposalRow.provision, provision), (ProposalRow.strength, strength),
            (ProposalRow.now, now), (ProposalRow.person, person), (ProposalRow.open, open_))  # fmt: skip
    return [*wanted, *(column == value for column, value in told if value is not None)]


def proposals(
    store: Store, actor: Actor, request: str, *, document: str | None = None, page: int | None = None,
    open_: bool | None = None, provision: str | None = None, strength: str | None = None, now: str | None = None,
    person: str | None = None, after: str | None = None, limit: int = 100,
) -> tuple[ProposalView, ...]:  # fmt: skip
    """Proposals in the order of documents and pages, after the one of id `after`. Raises Forbidden, NotFound."""
    reader(actor)
    wanted = _matching(request, document=document, provision=provision, strength=strength, now=now, person=person,
                       open_=open_)  # fmt: skip
    if page is not None:
        wanted += [ProposalRow.page <= page, ProposalRow.last_page >= page]
    with store.reading() as session:
        seen_of(session, request)
        if after is not None:
            wanted.append(_beyond(_row(session, after), is_backwards=False))
        query = select(ProposalRow).where(*wanted).order_by(*_ORDER).limit(limit)
        return views(session, list(session.scalars(query)))


_ORDER = (ProposalRow.order, ProposalRow.page, ProposalRow.position)


def _beyond(row: ProposalRow, *, is_backwards: bool) -> ColumnElement[bool]:
    """Places after that of `row`, or before it."""
    a, b, c = _ORDER
    if is_backwards:
        return or_(a < row.order, and_(a == row.order, or_(b < row.page, and_(b == row.page, c < row.position))))
    return or_(a > row.order, and_(a == row.order, or_(b > row.page, and_(b == row.page, c > row.position))))


def next_open(
    store: Store, actor: Actor, request: str, *, after: Where | None = None, backwards: bool = False,
    provision: str | None = None, strength: str | None = None, now: str | None = None, person: str | None = None,
    document: str | None = None,
) -> Where | None:  # fmt: skip
    """The next place that waits for a person, or the one before; None at the end. Raises Forbidden, NotFound."""
    reader(actor)
    wanted = _matching(request, document=document, provision=provision, strength=strength, now=now, person=person,
                       open_=True)  # fmt: skip
    with store.reading() as session:
        if after is not None:
            wanted.append(_after(session, after, is_backwards=backwards))
        order = [column.desc() for column in _ORDER] if backwards else list(_ORDER)
        row = session.scalar(select(ProposalRow).where(*wanted).order_by(*order).limit(1))
        return Where(row.document, row.page, row.id) if row is not None else None


def _after(session: Session, place: Where, *, is_backwards: bool) -> ColumnElement[bool]:
    row = session.get(ProposalRow, place.proposal) if place.proposal is not None else None
    if row is None:
        document = document_of(session, place.document or "")
        row = ProposalRow(order=document.position, page=place.page or 0, position=-1)
    return _beyond(row, is_backwards=is_backwards)


def decide(
    store: Store, actor: Actor, request: str, *, proposals: Sequence[str], outcome: str, provision: str | None = None,
    ground: str | None = None, reason: str = "", seen: int,
) -> Acted:  # fmt: skip
    """One decision on some proposals, as one batch. Another `provision` than theirs changes the ground of the mask.

    Raises Forbidden, NotFound, Stale, BadDecision (a mandatory mask is lifted without a ground).
    """
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        found = [_row(session, one) for one in dict.fromkeys(proposals)]
        if not found or any(one.request != request for one in found):
            raise NotFound(kind="proposal")
        for one in found:
            refuse_stale("proposal", one.version, seen)
        return _decide(session, actor, row, found, outcome=outcome, provision=provision, ground=ground, reason=reason)


def _decide(
    session: Session, actor: Actor, row: RequestRow, found: Sequence[ProposalRow], *, outcome: str,
    provision: str | None, ground: str | None, reason: str,
) -> Acted:  # fmt: skip
    if outcome not in {WITHHOLD, KEEP}:
        raise BadDecision(problem="outcome")
    refuse_section(provision)
    ground = (ground or "").strip() or None
    batch = new_batch(session, actor, row)
    is_input = any(one.effect == "override" for one in found)
    version = changed(session, row, actor, is_input=is_input)
    for one in found:
        for made in rows_of(session, one, outcome=outcome, provision=provision, ground=ground, reason=reason, row=row):
            put(session, actor, row, batch, one.document, **made)
    session.flush()
    for one in found:
        refresh(session, one, version=version)
    recount(session, {one.document for one in found})
    first = found[0]
    audit.record(session, actor.user_id, f"decide.{outcome}", first.key if len(found) == 1 else batch,
                 request=row.id, document=first.document if len(found) == 1 else None, proposals=len(found),
                 provision=provision, batch=batch, ground=code_of(ground))  # fmt: skip
    return Acted(version, batch, _places(found))


def rows_of(
    session: Session, one: ProposalRow, *, outcome: str, provision: str | None, ground: str | None, reason: str,
    row: RequestRow,
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of a decision on a proposal: one, or, where the ground changes, one that lifts it and new masks."""
    section = provision or one.provision
    why = reason.strip() or (row.reasons.get(section, "") if outcome == WITHHOLD else "")
    is_change = outcome == WITHHOLD and section != one.provision
    lifts = outcome == KEEP or is_change
    if lifts and one.power == Power.MANDATORY and one.state in {State.MASKED, State.ASK} and not (ground or "").strip():
        raise BadDecision(proposal=one.key, problem="mandatory mask lifted without a ground")
    if not is_change:
        return [{"proposal": one.key, "page": one.page, "outcome": outcome, "provision": section, "ground": ground,
                 "reason": why}]  # fmt: skip
    lifted = {"proposal": one.key, "page": one.page, "outcome": KEEP, "provision": section,
              "ground": ground or CHANGED_GROUND, "reason": why}  # fmt: skip
    pieces = by_page(session, one.document, one.spans, first=one.page, last=one.last_page)
    return [lifted, *({"start": a, "end": b, "page": page, "outcome": WITHHOLD, "provision": section, "reason": why}
                      for page, a, b in pieces)]  # fmt: skip


def new_batch(session: Session, actor: Actor, row: RequestRow) -> str:
    """A batch for decisions made at once; what the actor had undone can no longer be done again."""
    session.execute(
        update(BatchRow)
        .where(BatchRow.request == row.id, BatchRow.by == actor.user_id, BatchRow.state == "undone")
        .values(state="buried")
    )
    batch = BatchRow(id=new_id(), request=row.id, by=actor.user_id)
    session.add(batch)
    session.flush()
    return batch.id


def put(session: Session, actor: Actor, row: RequestRow, batch: str, document: str, **made: Any) -> None:
    """Adds a decision of the actor to a batch; `made` is what it says, and of which place."""
    session.add(DecisionRow(batch=batch, request=row.id, document=document, by=actor.user_id, at=now(), **made))


def _places(rows: Sequence[ProposalRow]) -> tuple[Where, ...]:
    return tuple(Where(one.document, one.page, one.id) for one in rows[:PLACES])


def same(store: Store, actor: Actor, proposal_id: str) -> Same:
    """What "apply to all the same" would decide: same rule and same words, or same name of the same person."""
    reader(actor)
    with store.reading() as session:
        rows = _same(session, _row(session, proposal_id))
        return Same(len(rows), tuple(dict.fromkeys(one.document for one in rows)), sum(one.open for one in rows))


def _same(session: Session, row: ProposalRow) -> list[ProposalRow]:
    wanted = select(ProposalRow).where(ProposalRow.request == row.request, ProposalRow.same == row.same)
    return list(session.scalars(wanted.order_by(*_ORDER)))


def decide_same(
    store: Store, actor: Actor, proposal_id: str, *, outcome: str, provision: str | None = None,
    ground: str | None = None, reason: str = "", seen: int,
) -> Acted:  # fmt: skip
    """The same decision on all that is the same in the request, as one batch. Raises as `decide` does."""
    with store.acting() as session:
        decider(session, actor)
        one = _row(session, proposal_id)
        row = held(session, one.request)
        refuse_stale("proposal", one.version, seen)
        found = _same(session, one)
        return _decide(session, actor, row, found, outcome=outcome, provision=provision, ground=ground, reason=reason)


def can(store: Store, actor: Actor, request: str) -> tuple[bool, bool]:
    """Whether the actor has something to undo in the request, and to do again. Raises Forbidden."""
    reader(actor)
    with store.reading() as session:
        return (_last(session, actor, request, "active") is not None,
                _last(session, actor, request, "undone") is not None)  # fmt: skip


def _last(session: Session, actor: Actor, request: str, state: str) -> BatchRow | None:
    """The batch that an undo takes back (the newest active), or a redo brings back (the oldest undone)."""
    order = BatchRow.n.desc() if state == "active" else BatchRow.n
    wanted = select(BatchRow).where(BatchRow.request == request, BatchRow.by == actor.user_id, BatchRow.state == state)
    return session.scalar(wanted.order_by(order).limit(1))


def undo(store: Store, actor: Actor, request: str) -> Acted:
    """Takes back the actor's last batch in the request. Raises Forbidden, NotFound, Blocked."""
    return _turn(store, actor, request, "active", "undone")


def redo(store: Store, actor: Actor, request: str) -> Acted:
    """Brings back what the actor undid last. Raises Forbidden, NotFound, Blocked."""
    return _turn(store, actor, request, "undone", "active")


def _turn(store: Store, actor: Actor, request: str, old: str, new: str) -> Acted:
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        batch = _last(session, actor, request, old)
        if batch is None:
            raise Blocked(problem="nothing to undo" if new == "undone" else "nothing to redo")
        return turn_batch(session, actor, row, batch, new)


def turn_batch(session: Session, actor: Actor, row: RequestRow, batch: BatchRow, state: str) -> Acted:
    """Sets a batch aside or brings it back; a row of its own says so."""
    batch.state = state
    act = "undo" if state == "undone" else "redo"
    made = list(session.scalars(select(DecisionRow).where(DecisionRow.batch == batch.id)))
    touched = [one for made_one in made if made_one.proposal for one in _of_key(session, made_one)]
    version = changed(session, row, actor, is_input=any(one.effect == "override" for one in touched))
    session.add(DecisionRow(batch=new_id(), request=row.id, outcome=act, undoes=batch.id, by=actor.user_id, at=now()))
    session.flush()
    for one in touched:
        refresh(session, one, version=version)
    for row_made in made:
        if row_made.scope is not None and row_made.document is not None and row_made.page is not None:
            refresh_pages(session, row_made.document, {row_made.page}, version=version)
    for document in {one.document for one in made if one.proposal is None and one.page is None and one.document}:
        refresh_whole(session, session.get_one(DocumentRow, document), version=version)
    recount(session, {one.document for one in made if one.document})
    audit.record(session, actor.user_id, f"decide.{act}", batch.id, request=row.id, proposals=len(touched))
    places = _places(touched) or tuple(Where(one.document, one.page) for one in made[:PLACES])
    return Acted(version, batch.id, places)


def _of_key(session: Session, made: DecisionRow) -> Iterable[ProposalRow]:
    return session.scalars(select(ProposalRow).where(
        ProposalRow.document == made.document, ProposalRow.key == made.proposal))  # fmt: skip


def comment(
    store: Store, actor: Actor, request: str, *, text: str, document: str | None = None, page: int | None = None,
    proposal: str | None = None,
) -> CommentView:  # fmt: skip
    """Adds a remark; `proposal` is a proposal's id. Raises Forbidden, NotFound, BadDecision on an empty one."""
    if not text.strip():
        raise BadDecision(problem="an empty remark")
    with store.acting() as session:
        decider(session, actor)
        seen_of(session, request)
        row = _row(session, proposal) if proposal is not None else None
        if document is not None:
            document_of(session, document, request=request)
        made = CommentRow(
            request=request, document=row.document if row is not None else document,
            page=row.page if row is not None else page, proposal=row.key if row is not None else None,
            text=text.strip(), by=actor.user_id, at=now(),
        )  # fmt: skip
        session.add(made)
        session.flush()
        audit.record(session, actor.user_id, "comment", made.id, request=request)
        return comment_view(made, user_names(session))


def comments(store: Store, actor: Actor, request: str) -> tuple[CommentView, ...]:
    """All remarks of a request, oldest first. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        names = user_names(session)
        wanted = select(CommentRow).where(CommentRow.request == request).order_by(CommentRow.at)
        return tuple(comment_view(one, names) for one in session.scalars(wanted))


def saw(store: Store, actor: Actor, document: str, page: int) -> None:
    """Records that the actor opened a page; again and again is once. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        if session.get(ViewRow, (actor.user_id, document, page)) is not None:
            return
    with store.acting() as session:
        decider(session, actor)
        document_of(session, document)
        row = page_row(session, document, page)
        session.merge(ViewRow(user=actor.user_id, document=document, page=page, at=now()))
        if not row.is_seen:
            row.is_seen = True
            session.execute(update(DocumentRow).where(DocumentRow.id == document).values(seen=DocumentRow.seen + 1))
        audit.record(session, actor.user_id, "page.view", document, page=page)


def lost(store: Store, actor: Actor, request: str) -> tuple[tuple[Where, DecisionView], ...]:
    """Decisions in force whose proposal is gone since: nothing acts on them. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        wanted = (
            select(DecisionRow).join(BatchRow, BatchRow.id == DecisionRow.batch)
            .outerjoin(ProposalRow, and_(ProposalRow.document == DecisionRow.document,
                                         ProposalRow.key == DecisionRow.proposal))
            .where(DecisionRow.request == request, BatchRow.state == "active", DecisionRow.proposal.is_not(None),
                   ProposalRow.id.is_(None))
            .order_by(DecisionRow.n)
        )  # fmt: skip
        names = user_names(session)
        last = {(one.document, one.proposal): one for one in session.scalars(wanted)}
        return tuple((Where(one.document, one.page), decision_view(one, names)) for one in last.values())


def count_open(session: Session, request: str) -> int:
    """Proposals of a request that wait for a person."""
    return session.scalar(select(func.coalesce(func.sum(DocumentRow.open), 0)).where(
        DocumentRow.request == request, DocumentRow.state != "removed")) or 0  # fmt: skip
