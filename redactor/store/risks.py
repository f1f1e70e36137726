"""What the second reader looks at first: gravest kinds first, then the order of the documents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from redactor.model import Power, State, Strength
from redactor.store.acts import code_of, seen_of
from redactor.store.conflicts import open_contradictions
from redactor.store.gates import unopened_of
from redactor.store.guard import reader
from redactor.store.standing import KEEP, put_outside, stands_outside
from redactor.store.tables import DecisionRow, DocumentRow, ProposalRow
from redactor.store.values import Risk, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.tables import RequestRow
    from redactor.store.values import Actor

KINDS = (
    "mandatory_removed",
    "weak_kept",
    "weak_masked",
    "contradiction",
    "whole",
    "scope",
    "unopened",
    "sample",
)  # fmt: skip  in the order of gravity
SAMPLE_SHARE = 20  # one proposal in so many that nothing else names
SPARE = 4  # drawn for each one looked at: others may be named already, or wait for a person
SAMPLE_MOST = 50  # proposals of the sample: what one person looks at within the hour


def risks(store: Store, actor: Actor, request: str, *, with_unopened: bool = True) -> tuple[Risk, ...]:
    """What deserves a second look; the sample changes with the proposals only. Raises Forbidden, NotFound.

    Pages that nobody opened may be thousands: without `with_unopened` they are left to `approval.unopened`.
    """
    reader(actor)
    with store.reading() as session:
        row = seen_of(session, request)
        found = [
            *_decided(session, request), *_contradictions(session, request), *_refusals(session, request),
            *_outside(session, request),
            *(_risk("unopened", place) for place in (unopened_of(session, request) if with_unopened else ())),
        ]  # fmt: skip
        named = {one.where.proposal for one in found}
        found += _sample(store, session, row, named)
    return tuple(sorted(found, key=lambda one: one.rank))


def _risk(kind: str, where: Where, code: str = "") -> Risk:
    return Risk(KINDS.index(kind), kind, where, code)


def _decided(session: Session, request: str) -> Iterator[Risk]:
    """Mandatory masks that were lifted, and weak evidence that was followed either way."""
    wanted = (
        select(ProposalRow, DecisionRow).join(DecisionRow, DecisionRow.n == ProposalRow.decision)
        .where(ProposalRow.request == request)
        .order_by(ProposalRow.order, ProposalRow.page, ProposalRow.position)
    )  # fmt: skip
    for one, made in session.execute(wanted).tuples():
        where = Where(one.document, one.page, one.id)
        was_hidden = one.state in {State.MASKED.value, State.ASK.value}
        if made.outcome == KEEP and one.power == Power.MANDATORY.value and was_hidden:
            yield _risk("mandatory_removed", where, code_of(made.ground) or "")
        elif one.strength == Strength.WEAK.value:
            yield _risk("weak_kept" if made.outcome == KEEP else "weak_masked", where)


def _contradictions(session: Session, request: str) -> Iterator[Risk]:
    for one in open_contradictions(session, request):
        yield _risk("contradiction", one.readable, one.id)


def _refusals(session: Session, request: str) -> Iterator[Risk]:
    wanted = select(DocumentRow).where(
        DocumentRow.request == request, DocumentRow.state != "removed", DocumentRow.whole.is_not(None)
    ).order_by(DocumentRow.position)  # fmt: skip
    for one in session.scalars(wanted):
        yield _risk("whole", Where(one.id), one.whole or "")


def _outside(session: Session, request: str) -> Iterator[Risk]:
    """Pages and documents that somebody put outside the request."""
    rows = select(DocumentRow.id, DocumentRow.facts).where(
        DocumentRow.request == request, DocumentRow.state != "removed").order_by(DocumentRow.position)  # fmt: skip
    for document, facts in session.execute(rows).tuples():
        if stands_outside(facts):
            yield _risk("scope", Where(document))
    for document, page in put_outside(session, DecisionRow.request == request):
        yield _risk("scope", Where(document, page))


def _sample(store: Store, session: Session, row: RequestRow, named: set[str | None]) -> list[Risk]:
    """Proposals drawn by the seed of the request: nobody can tell beforehand which."""
    order, count = _drawn(store, session, row)
    shown = select(ProposalRow.id, ProposalRow.document, ProposalRow.page).where(
        ProposalRow.id.in_(order), ProposalRow.now.in_((State.MASKED.value, State.KEPT.value))
    )  # fmt: skip
    places = {name: Where(document, page, name) for name, document, page in session.execute(shown).tuples()}
    drawn = [one for one in order if one in places and one not in named]
    return [_risk("sample", places[one]) for one in drawn[:count]]


def _drawn(store: Store, session: Session, row: RequestRow) -> tuple[list[str], int]:
    """The first proposals in the order of the draw, and how many of them to look at; kept for one join."""
    name = f"{row.id}/sample/{row.joined_version}/{row.pack}"
    if (kept := store.cache.get(name)) is not None:
        told, *known = kept.decode().split()
        return known, int(told)
    wanted = select(ProposalRow.id, ProposalRow.key, ProposalRow.document).where(ProposalRow.request == row.id)
    every = [(hashlib.sha256(f"{row.sample}|{document}|{key}".encode()).digest(), one)
             for one, key, document in session.execute(wanted).tuples()]  # fmt: skip
    count = min(SAMPLE_MOST, -(-len(every) // SAMPLE_SHARE))
    order = [one for _, one in sorted(every)[: SAMPLE_MOST * SPARE]]
    if row.joined_version >= row.input_version:
        store.cache.put(name, " ".join([str(count), *order]).encode())
    return order, count
