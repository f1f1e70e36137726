"""The step `join`: all documents of a request looked at together; proposals, persons and places brought up to date.

Decisions are kept: they are folded again over the proposals of the same key. A proposal that did not change keeps its
row, so that somebody who looks at it is not disturbed.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from redactor import duplicates
from redactor.errors import NotFound, RedactorError
from redactor.finding import with_advice
from redactor.intake.files import Input
from redactor.jobs.chunks import lost_pages
from redactor.joining import Judgements, join_found
from redactor.model import Analysed, DocumentId, Element, Power
from redactor.outcome import Outcome
from redactor.policy import consistency
from redactor.reading import page_failed
from redactor.release.rows import facts_missing
from redactor.review import Decision, hides
from redactor.review import Outcome as Decided
from redactor.store import audit, relations
from redactor.store.codec import decode, spans_json, trace_json
from redactor.store.people import choices_in_force
from redactor.store.requests import stated
from redactor.store.search import pack_texts
from redactor.store.standing import active, fold_in, outside_pages, recount
from redactor.store.tables import ChunkRow, DocumentRow, PersonRow, PlaceRow, ProposalRow, RequestRow
from redactor.suggestions import suggest
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from redactor.intake.request import Request
    from redactor.joining import Joined
    from redactor.model import Document, Mention, Proposal
    from redactor.outcome import Tools
    from redactor.store.database import Store

READY = ("read", "joined")
_FIELDS = (
    "position", "order", "page", "last_page", "spans", "label", "rule", "provision", "effect", "power", "strength",
    "state", "person", "element", "same", "trace",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Input:
    """What the join works from, as it stood at one version."""

    version: int
    request: Request = field(repr=False)
    documents: tuple[DocumentRow, ...]
    decided: Mapping[str, tuple[Decision, ...]] = field(repr=False)  # by document: decisions on proposals


def join(store: Store, tools: Tools, chunk: ChunkRow) -> str | None:
    """Does the step; one that a later change overtook is left to the later one. Raises what passes."""
    given = _input(store, chunk.request)
    if given is None:
        return None
    found = [_found(store, tools, one, given.request) for one in given.documents]
    joined = join_found(found, given.request, tools, _judgements(given))
    _keep(store, chunk.request, given, joined)
    return None


def _input(store: Store, request: str) -> _Input | None:
    with store.reading() as session:
        row = session.get(RequestRow, request)
        if row is None:
            raise NotFound(kind="request")
        if row.joined_version >= row.input_version and row.pack == store.pack.id:
            return None
        wanted = select(DocumentRow).where(DocumentRow.request == request).order_by(DocumentRow.position)
        documents = tuple(one for one in session.scalars(wanted) if one.state in READY and one.found)
        people = [{"name": one.name, "role": one.role} for one in choices_in_force(session, request).values()]
        asked = stated(row, documents, people=people)
        decided = {one.id: tuple(_decision(d) for d in active(session, one.id) if d.proposal) for one in documents}
        return _Input(row.input_version, asked, documents, decided)


def _decision(row: Any) -> Decision:
    return Decision(Decided(row.outcome), row.provision, row.by, row.at, row.reason, row.ground, row.proposal)


def _found(store: Store, tools: Tools, row: DocumentRow, request: Request) -> tuple[Outcome, Analysed | None]:
    analysed = decode(store.blobs.get(row.found or ""))
    outcome = Outcome(
        Input(row.id, None, request.documents[row.id]), DocumentId(row.id), analysed.document.sha256,
        document=analysed.document,
    )  # fmt: skip
    try:
        return outcome, with_advice(analysed, facts=outcome.input.facts, law=tools)
    except RedactorError as error:
        return replace(outcome, failure=error), None


def _may(decision: Decision, proposal: Proposal) -> bool:
    lifts = decision.outcome is Decided.KEEP and proposal.power is Power.MANDATORY and hides(proposal)
    return not lifts or bool((decision.ground or "").strip())


def _judgements(given: _Input) -> Judgements:
    def fitting(one: Outcome, proposals: Sequence[Proposal]) -> Sequence[Decision]:
        by_id = {proposal.id: proposal for proposal in proposals}
        return [d for d in given.decided[one.id] if d.proposal in by_id and _may(d, by_id[d.proposal])]

    return Judgements(
        lambda one: {d.proposal for d in given.decided[one.id] if d.proposal and d.outcome is Decided.KEEP}, fitting
    )


def _keep(store: Store, request: str, given: _Input, joined: Joined) -> None:
    texts = store.blobs.put(pack_texts({str(o.id): fold(o.document.text) for o in joined.outcomes if o.document}))
    twins = duplicates.found([duplicates.Text(one.id, one.sha256, one.document) for one in joined.outcomes])
    threads = relations.threads_of(given.documents)
    suggested = {
        one.id: {key: told.as_json() for key, told in suggest(one.document).items()}
        for one in joined.outcomes if one.document is not None
    }  # fmt: skip
    with store.acting() as session:
        row = session.get(RequestRow, request, with_for_update=True)
        if row is None or row.joined_version > given.version:
            return
        names = _keep_persons(session, store, request, joined)
        for outcome in joined.outcomes:
            document = session.get(DocumentRow, str(outcome.id))
            if document is None or document.state not in READY:
                continue
            _keep_document(document, outcome, lost_pages(session, document.id, document.blob))
            relations.keep(document, twins.get(outcome.input.file, ()), threads.get(document.id))
            document.suggested = suggested.get(outcome.id, {})
            _keep_proposals(session, store, document, outcome, names, version=row.version)
        _keep_places(session, request, joined)
        recount(session, [str(one.id) for one in joined.outcomes])
        row.joined_version, row.pack, row.texts = given.version, store.pack.id, texts
        masks = sum(len(one.settled.masks) for one in joined.outcomes if one.settled is not None)
        audit.record(session, audit.SYSTEM, "request.join", request, version=given.version, masks=masks)


def _keep_document(row: DocumentRow, outcome: Outcome, lost: Mapping[int, str]) -> None:
    """What the join says of a document; of one outside the request nothing is asked, and no verdict proposed."""
    failure, is_asked = outcome.failure, outcome.input.facts.in_scope is True
    told = failure or (page_failed(lost) if lost else None)
    judged = outcome.verdict if is_asked else None
    row.state = "joined" if failure is None else "failed"
    row.code = told.code if told is not None else None
    row.code_facts = {k: str(v) for k, v in told.facts.items()} if told is not None else {}
    row.verdict = judged.outcome if judged is not None else None
    row.reasons = list(judged.reasons) if judged is not None else []
    row.has_doubt = judged is not None and judged.needs_person
    missing = facts_missing(outcome.settled.proposals) if outcome.settled is not None else []
    row.facts_missing = missing if is_asked else []


def _mention(one: Mention, documents: Mapping[DocumentId, Document | None]) -> list[Any]:
    document = documents.get(one.document)
    page = document.page_of(one.span) if document is not None else 0
    return [str(one.document), one.span.start, one.span.end, page]


def _keep_persons(session: Session, store: Store, request: str, joined: Joined) -> dict[str, str]:
    """Rows of the persons; gives the key of each engine id: the same for the same name in the next join."""
    session.execute(delete(PersonRow).where(PersonRow.request == request))
    documents = {one.id: one.document for one in joined.outcomes}
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for person in joined.persons:
        base = store.keys.digest(f"person/{request}", fold(person.name).encode())[:24]
        key, again = base, 2
        while key in taken:
            key, again = f"{base}-{again}", again + 1
        taken.add(key)
        keys[person.id] = key
        session.add(PersonRow(
            request=request, key=key, name=person.name, role=person.role.value if person.role else None,
            strength=person.role_strength.value,
            mentions=[_mention(m, documents) for m in person.mentions],
        ))  # fmt: skip
    return keys


def _keep_proposals(
    session: Session, store: Store, row: DocumentRow, outcome: Outcome, names: Mapping[str, str], *, version: int
) -> None:
    """Rows of the proposals: new ones added, changed ones changed, those that are gone removed."""
    old = {one.key: one for one in session.scalars(select(ProposalRow).where(ProposalRow.document == row.id))}
    document, settled = outcome.document, outcome.settled
    made = settled.proposals if settled is not None and document is not None else ()
    before = {one.id: one.state for one in outcome.proposals}
    decided = {one.proposal: one for one in active(session, row.id) if one.proposal}
    outside = _outside(session, row, outcome)
    pages = _Pages.of(document) if document is not None else None
    for position, proposal in enumerate(made):
        if document is None or pages is None:
            break
        told = _told(store, row, document, proposal, names, pages, position) | {"state": before[proposal.id].value}
        is_outside = told["page"] in outside and told["last_page"] in outside
        mark = hashlib.sha256(json.dumps([told, is_outside], sort_keys=True).encode()).hexdigest()
        known = old.pop(proposal.id, None)
        if known is not None and known.mark == mark:
            continue
        one = known or ProposalRow(request=row.request, document=row.id, key=proposal.id, now="", open=False, version=0)
        for name in _FIELDS:
            setattr(one, name, told[name])
        one.mark = mark
        session.add(one)
        fold_in(one, decided.get(one.key), version=version, outside=outside)
    for gone in old.values():
        session.delete(gone)


def _outside(session: Session, row: DocumentRow, outcome: Outcome) -> frozenset[int]:
    """Pages that are outside the request: nothing is asked of them."""
    if outcome.input.facts.in_scope is not True:
        return frozenset(range(row.pages or 0))
    return outside_pages(session, row.id)


def _told(
    store: Store, row: DocumentRow, document: Document, one: Proposal, names: Mapping[str, str], pages: _Pages,
    position: int,
) -> dict[str, Any]:  # fmt: skip
    person = names.get(one.person) if one.person is not None else None
    first, last = pages.of_spans(document, one)
    is_name = person is not None and one.element is Element.NAME
    words = person if is_name else " ".join(fold(span.of(document.text)) for span in one.spans)
    same = store.keys.digest(f"same/{row.request}", f"{one.rule}|{one.label}|{words}".encode())
    return {
        "position": position, "order": row.position, "page": first, "last_page": last, "spans": spans_json(one.spans),
        "label": one.label, "rule": one.rule, "provision": one.provision, "effect": one.effect.value,
        "power": one.power.value if one.power else None, "strength": one.strength.value, "state": one.state.value,
        "person": person, "element": one.element.value if one.element else None, "same": same,
        "trace": trace_json(one.trace),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pages:
    """First and last page of spans; of long ones by their blocks, for a document has many thousand code points."""

    starts: tuple[int, ...] = field(repr=False)
    pages: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, document: Document) -> _Pages:
        ordered = sorted(document.blocks, key=lambda one: one.span.start)
        return cls(tuple(one.span.start for one in ordered), tuple(one.page for one in ordered))

    def of_spans(self, document: Document, one: Proposal) -> tuple[int, int]:
        """First and last page, from 0."""
        found: list[int] = []
        for span in one.spans:
            low = max(bisect_right(self.starts, span.start) - 1, 0)
            found += self.pages[low : bisect_right(self.starts, span.end - 1)]
            found.append(document.page_of(span))
        return min(found), max(found)


def _keep_places(session: Session, request: str, joined: Joined) -> None:
    """Where something stands that recurs: contradictions are read from here after every decision."""
    session.execute(delete(PlaceRow).where(PlaceRow.request == request))
    settled = [
        consistency.Settled(one.analysed, one.input.facts, one.settled.proposals)
        for one in joined.outcomes
        if one.analysed is not None and one.settled is not None
    ]
    texts = {one.id: one.document for one in joined.outcomes}
    for one in consistency.recurring(settled):
        document = texts[one.place.document]
        page = document.page_of(one.place.span) if document is not None else 0
        session.add(PlaceRow(
            request=request, group=one.group, kind=one.kind.value, document=str(one.place.document),
            start=one.place.span.start, end=one.place.span.end, page=page, by=list(one.by),
        ))  # fmt: skip
