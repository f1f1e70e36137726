"""What a proposal does once decisions are folded in, and whether it still waits for a person. Kept in its row.

The table is that of CONTRACTS, "What is masked where", column web.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from redactor.model import (
    Box,
    DocumentId,
    Effect,
    Element,
    PageBox,
    PersonId,
    Power,
    Proposal,
    Span,
    State,
    Strength,
)
from redactor.review import Decision
from redactor.review import Outcome as Decided
from redactor.store.codec import trace_of
from redactor.store.tables import BatchRow, DecisionRow, DocumentRow, ProposalRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

WITHHOLD, KEEP = "withhold", "keep"
RESET = "reset"  # outcome: what was decided of the whole document holds no more
_WHOLE = {WITHHOLD: "withhold", KEEP: "release"}
_HIDING = frozenset({Effect.WITHHOLD.value, Effect.OUTSIDE.value, Effect.ESCALATE.value})


def holds(decision: DecisionRow, *, power: str | None, state: str) -> bool:
    """False for a decision made on a flag that would now lift a mandatory mask without a ground: it must be renewed."""
    lifts = decision.outcome == KEEP and power == Power.MANDATORY and state in {State.MASKED, State.ASK}
    return not lifts or bool((decision.ground or "").strip())


def stands(row: ProposalRow, decision: DecisionRow | None, *, is_outside: bool = False) -> tuple[str, bool]:
    """State after the decision in force, and whether a person must still decide.

    A mask that waits for a fact is settled by the fact, by keeping its words readable, or by a reason on record. What
    stands on pages outside the request (`is_outside`) is masked with them, and nobody is asked about it.
    """
    if decision is None and is_outside:
        return State.MASKED.value, False
    if decision is not None and not holds(decision, power=row.power, state=row.state):
        return row.state, True
    if decision is not None and decision.outcome == KEEP:
        return State.KEPT.value, False
    if decision is not None:
        waits = row.state == State.ASK.value and not decision.reason.strip()
        return (State.ASK.value, True) if waits else (State.MASKED.value, False)
    return row.state, _is_open(row)


def _is_open(row: ProposalRow) -> bool:
    if row.state in {State.FLAG.value, State.ASK.value}:
        return True
    if row.state != State.MASKED.value or row.effect not in _HIDING:
        return False
    return row.effect != Effect.WITHHOLD.value or row.power == Power.DISCRETIONARY.value


def in_force(session: Session, document: str, key: str) -> DecisionRow | None:
    """The last decision on a proposal that was not undone."""
    return session.scalar(
        select(DecisionRow).join(BatchRow, BatchRow.id == DecisionRow.batch)
        .where(DecisionRow.document == document, DecisionRow.proposal == key, BatchRow.state == "active")
        .order_by(DecisionRow.n.desc()).limit(1)
    )  # fmt: skip


def refresh(session: Session, row: ProposalRow, *, version: int) -> None:
    """Folds the decisions over one proposal again; `version` is that of the act which made it necessary."""
    decision = in_force(session, row.document, row.key)
    outside = outside_pages(session, row.document) if decision is None else frozenset()
    fold_in(row, decision, version=version, outside=outside)


def refresh_pages(session: Session, document: str, pages: Collection[int], *, version: int) -> None:
    """The same for all that stands on some pages of a document."""
    outside = outside_pages(session, document)
    for row in session.scalars(select(ProposalRow).where(
        ProposalRow.document == document, ProposalRow.page.in_(pages) | ProposalRow.last_page.in_(pages)
    )):  # fmt: skip
        fold_in(row, in_force(session, document, row.key), version=version, outside=outside)


def fold_in(
    row: ProposalRow, decision: DecisionRow | None, *, version: int, outside: Collection[int] = frozenset()
) -> None:
    """The same where the decision in force and the pages outside the request are at hand."""
    row.decision = decision.n if decision is not None else None
    is_outside = bool(outside) and all(page in outside for page in range(row.page, row.last_page + 1))
    row.now, row.open = stands(row, decision, is_outside=is_outside)
    row.version = version


def outside_pages(session: Session, document: str) -> frozenset[int]:
    """Pages of a document that a person put outside the request: all of them where the document is."""
    row = session.get(DocumentRow, document)
    if row is not None and stands_outside(row.facts):
        return frozenset(range(row.pages or 0))
    return frozenset(page for _, page in put_outside(session, DecisionRow.document == document))


def stands_outside(facts: Mapping[str, Any]) -> bool:
    """True for the facts of a document that a person put outside the request."""
    return facts.get("in_scope", True) is not True


def put_outside(session: Session, which: ColumnElement[bool]) -> list[tuple[str, int]]:
    """(document, page) of the decisions in force that put a page outside the request, oldest first."""
    made = (
        select(DecisionRow.document, DecisionRow.page).join(BatchRow, BatchRow.id == DecisionRow.batch)
        .where(which, DecisionRow.scope.is_not(None), BatchRow.state == "active").order_by(DecisionRow.n)
    )  # fmt: skip
    found = session.execute(made).tuples()
    return [(document, page) for document, page in found if document is not None and page is not None]


def refresh_whole(session: Session, row: DocumentRow, *, version: int) -> None:
    """Folds the decisions on a document as a whole again; `version` is that of the act which made it necessary."""
    row.version = version
    made = on_whole(session, row.id)
    if made is None:
        row.whole = row.whole_by = row.whole_provision = None
        row.whole_reason = ""
    elif made.outcome != RESET:
        row.whole, row.whole_by = _WHOLE[made.outcome], made.by
        row.whole_provision, row.whole_reason = made.provision, made.reason


def on_whole(session: Session, document: str) -> DecisionRow | None:
    """The last decision on a document as a whole that was not undone, or the act that ended those before."""
    session.flush()
    return session.scalar(
        select(DecisionRow).outerjoin(BatchRow, BatchRow.id == DecisionRow.batch)
        .where(DecisionRow.document == document, ~placed(), DecisionRow.outcome.in_((WITHHOLD, KEEP, RESET)),
               or_(BatchRow.state == "active", DecisionRow.outcome == RESET))
        .order_by(DecisionRow.n.desc()).limit(1)
    )  # fmt: skip


def placed() -> ColumnElement[bool]:
    """The decisions on a proposal or a place: not those on a whole document."""
    return or_(DecisionRow.proposal.is_not(None), DecisionRow.page.is_not(None))


def recount(session: Session, documents: Collection[str]) -> None:
    """Brings the counts of some documents up to date."""
    session.flush()
    for document in documents:
        open_ = session.scalar(select(func.count()).where(ProposalRow.document == document, ProposalRow.open))
        decided = session.scalar(
            select(func.count()).where(ProposalRow.document == document, ProposalRow.decision.is_not(None))
        )
        row = session.get(DocumentRow, document)
        if row is not None:
            row.open, row.decided = open_ or 0, decided or 0


def proposal_of(row: ProposalRow) -> Proposal:
    """The proposal as the engine made it."""
    return Proposal(
        row.key, DocumentId(row.document), tuple(Span(*one) for one in row.spans), row.label, row.rule, row.provision,
        Effect(row.effect), Power(row.power) if row.power else None, Strength(row.strength), State(row.state),
        trace_of(row.trace), PersonId(row.person) if row.person else None,
        Element(row.element) if row.element else None,
    )  # fmt: skip


def active(session: Session, document: str) -> list[DecisionRow]:
    """Decisions on what stands in a document that were not undone, oldest first."""
    return list(session.scalars(_active(document)))


def on_page(session: Session, document: str, page: int, rows: Iterable[ProposalRow]) -> list[DecisionRow]:
    """Those on a page and on the proposals `rows`, some of which may begin on an earlier page."""
    keys = [one.key for one in rows]
    mine = or_(and_(DecisionRow.proposal.is_(None), DecisionRow.page == page), DecisionRow.proposal.in_(keys))
    return list(session.scalars(_active(document).where(mine)))


def _active(document: str) -> Select[tuple[DecisionRow]]:
    return (
        select(DecisionRow).join(BatchRow, BatchRow.id == DecisionRow.batch)
        .where(DecisionRow.document == document, BatchRow.state == "active",
               DecisionRow.outcome.in_((WITHHOLD, KEEP)), placed())
        .order_by(DecisionRow.n)
    )  # fmt: skip


def decision_of(row: DecisionRow, names: Mapping[str, str]) -> Decision:
    """A decision as the engine takes it, made by a person with a name."""
    span = Span(row.start, row.end) if row.start is not None and row.end is not None else None
    box = PageBox(row.page or 0, Box(*row.box)) if row.box is not None else None
    return Decision(
        Decided(row.outcome), row.provision, names.get(row.by, row.by), row.at, row.reason, row.ground, row.proposal,
        None if row.proposal else span, None if row.proposal else box,
    )  # fmt: skip


def fitting(made: Iterable[DecisionRow], rows: Iterable[ProposalRow]) -> list[DecisionRow]:
    """Those of `made` that act: on a place, or on a proposal that is still there and that they may still lift."""
    by_key = {one.key: one for one in rows}
    return [
        one for one in made
        if one.proposal is None
        or ((row := by_key.get(one.proposal)) is not None and holds(one, power=row.power, state=row.state))
    ]  # fmt: skip
