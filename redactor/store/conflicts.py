"""Contradictions of a request as its decisions stand: read from the places of the last join, never from documents."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select

from redactor.model import Effect, Span, State
from redactor.policy.consistency import Kind, id_of
from redactor.store.tables import ClearedRow, DocumentRow, PlaceRow, ProposalRow
from redactor.store.values import ContradictionView, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

_HIDING = frozenset({Effect.WITHHOLD.value, Effect.OUTSIDE.value, Effect.ESCALATE.value})
_Hiding = dict[tuple[str, str], str]  # provision of each proposal that hides now, by document and key


def open_contradictions(session: Session, request: str) -> tuple[ContradictionView, ...]:
    """All of them, cleared ones with their reason, in the order of the places."""
    rows = list(session.scalars(select(PlaceRow).where(PlaceRow.request == request).order_by(PlaceRow.n)))
    if not rows:
        return ()
    hiding = _hiding(session, request)
    digests = {one.id: one.sha256 for one in session.scalars(
        select(DocumentRow).where(DocumentRow.id.in_({row.document for row in rows})))}  # fmt: skip
    cleared = {one.contradiction: one.reason for one in session.scalars(
        select(ClearedRow).where(ClearedRow.request == request))}  # fmt: skip
    groups = groupby(sorted(rows, key=lambda one: (one.group, one.n)), key=lambda one: one.group)
    found = {one.id: one for _, group in groups for one in _compared(list(group), hiding, digests, cleared)}
    return tuple(found.values())


def _hiding(session: Session, request: str) -> _Hiding:
    wanted = select(ProposalRow.document, ProposalRow.key, ProposalRow.provision).where(
        ProposalRow.request == request, ProposalRow.now.in_((State.MASKED.value, State.ASK.value)),
        ProposalRow.effect.in_(_HIDING),
    )  # fmt: skip
    return {(document, key): provision for document, key, provision in session.execute(wanted).tuples()}


def _compared(
    group: Sequence[PlaceRow], hiding: _Hiding, digests: Mapping[str, str], cleared: Mapping[str, str]
) -> Iterator[ContradictionView]:
    """The first place that hides against each that does not: as the engine compares them."""
    told = [(one, next((hiding[one.document, key] for key in one.by if (one.document, key) in hiding), None))
            for one in group]  # fmt: skip
    first = next(((one, provision) for one, provision in told if provision is not None), None)
    if first is None:
        return
    hidden, section = first
    for one, provision in told:
        if provision is not None:
            continue
        name = id_of(Kind(one.kind), (digests.get(hidden.document, ""), Span(hidden.start, hidden.end)),
                     (digests.get(one.document, ""), Span(one.start, one.end)))  # fmt: skip
        yield ContradictionView(
            name, one.kind, Where(hidden.document, hidden.page), (hidden.start, hidden.end),
            Where(one.document, one.page), (one.start, one.end), section, cleared.get(name),
        )  # fmt: skip
