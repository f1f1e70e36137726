"""The steps `settle` and `produce`: what all files of a request must know, then a proved file for each document.

Only the verifier makes a release, and only the bytes of one are kept as a product.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from redactor import same_values
from redactor.errors import PageFailed, ProofFailed, RedactorError
from redactor.intake.files import Input
from redactor.jobs.chunks import lost_pages
from redactor.jobs.read import state_of
from redactor.joining import rules_for
from redactor.model import Analysed, DocumentId, Lang
from redactor.outcome import Outcome
from redactor.policy import verdict
from redactor.production import Product, Style
from redactor.production import produce as produced
from redactor.reading import page_failed
from redactor.release.names import released_names
from redactor.release.rows import DocumentState, Row
from redactor.review import Decision, Settled
from redactor.review import Outcome as Decided
from redactor.review import settle as settled_of
from redactor.scanning import PageRead
from redactor.store import audit, documents, scope
from redactor.store.acts import queue
from redactor.store.codec import decode
from redactor.store.people import choices_in_force
from redactor.store.requests import stated
from redactor.store.standing import active, decision_of, fitting, proposal_of
from redactor.store.tables import (
    ChunkRow,
    DocumentRow,
    ProductRow,
    ProposalRow,
    RequestRow,
    SettledRow,
    UserRow,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from redactor.model import Facts
    from redactor.outcome import Tools
    from redactor.policy.verdict import Verdict
    from redactor.same_values import Value
    from redactor.store.database import Store

UNREAD = frozenset({"waiting", "needs_person", "rejected", "failed"})


@dataclass(frozen=True, slots=True)
class Known:
    """A document with all that decides on its file."""

    row: DocumentRow
    facts: Facts
    analysed: Analysed
    settled: Settled
    names: Mapping[str, str] = field(repr=False)  # of users


def settle(store: Store, tools: Tools, chunk: ChunkRow) -> str | None:
    """Values that may stand in no file of the request, names of the files, verdicts; then the files are queued."""
    version = chunk.first_page
    with store.reading() as session:
        rows = list(
            session.scalars(
                select(DocumentRow)
                .where(DocumentRow.request == chunk.request, DocumentRow.state != "removed")
                .order_by(DocumentRow.position)
            )
        )
        request = session.get(RequestRow, chunk.request)
    values: set[Value] = set()
    verdicts: dict[str, Verdict] = {}
    for row in rows:
        known = load(store, row.id) if row.state == "joined" else None
        if known is not None:
            values |= same_values.values_of(known.analysed.document, known.settled.proposals)
            if known.facts.in_scope is True:
                verdicts[row.id] = _verdict(known, tools)
    names = _names(rows, values, request.number if request is not None else None)
    told = {"values": [[one.label, list(one.pieces)] for one in sorted(values)], "names": names}
    blob = store.blobs.put(json.dumps(told).encode())
    with store.acting() as session:
        held = session.get(RequestRow, chunk.request, with_for_update=True)
        if held is None or held.version != version:
            return None
        session.merge(SettledRow(request=chunk.request, version=version, blob=blob))
        for row_id, judged in verdicts.items():
            _keep_verdict(session, row_id, judged)
        for row in rows:
            key = f"produce:{row.id}:{version}"
            queue(session, "produce", chunk.request, key=key, document=row.id, first=version)
    return None


def _names(rows: Sequence[DocumentRow], values: set[Value], number: str | None) -> dict[str, str]:
    parents = {one.id: one.file for one in rows}
    made = released_names(
        [one.file for one in rows], [" ".join(one.pieces) for one in values], number=number,
        containers={parents[one.parent] for one in rows if one.parent in parents},
    )  # fmt: skip
    return {row.id: name for row, name in zip(rows, made, strict=True)}


def _verdict(known: Known, tools: Tools) -> Verdict:
    return verdict.judge(
        known.analysed, withheld=known.settled.masked_spans, proposals=known.settled.proposals, facts=known.facts,
        rules=rules_for(known.facts, tools),
    )  # fmt: skip


def _keep_verdict(session: Session, document: str, judged: Verdict) -> None:
    row = session.get(DocumentRow, document)
    if row is not None:
        row.verdict, row.reasons, row.has_doubt = judged.outcome, list(judged.reasons), judged.needs_person


def load(store: Store, document: str) -> Known | None:
    """A document with its proposals and the decisions on it; None for one that was not read."""
    with store.reading() as session:
        row = session.get(DocumentRow, document)
        request = session.get(RequestRow, row.request) if row is not None else None
        if row is None or request is None or row.found is None:
            return None
        people = [{"name": one.name, "role": one.role} for one in choices_in_force(session, row.request).values()]
        facts = stated(request, [row], people=people).documents[row.id]
        rows = list(session.scalars(select(ProposalRow).where(
            ProposalRow.document == document).order_by(ProposalRow.position)))  # fmt: skip
        names = {one.id: one.name for one in session.scalars(select(UserRow))}
        decisions = [decision_of(one, names) for one in fitting(active(session, document), rows)]
        proposals = [proposal_of(one) for one in rows]
    analysed = decode(store.blobs.get(row.found or ""))
    settled = settled_of(analysed.document, proposals, decisions)
    return Known(row, facts, analysed, settled, names)


def produce(store: Store, tools: Tools, chunk: ChunkRow) -> str | None:
    """The proved file of a document at a version, or why there is none."""
    version = chunk.first_page
    with store.reading() as session:
        row = session.get(DocumentRow, chunk.document)
        told = session.get(SettledRow, (chunk.request, version))
        request = session.get(RequestRow, chunk.request)
    if row is None or told is None or request is None or request.version != version:
        return None
    settled = json.loads(store.blobs.get(told.blob))
    values = frozenset(same_values.Value(label, tuple(pieces)) for label, pieces in settled["values"])
    made = _made(store, tools, row, values)
    _keep(store, tools, made, row, request, settled["names"].get(row.id, row.id), version)
    return made.product.failure.code if made.product is not None and made.product.failure is not None else None


@dataclass(frozen=True, slots=True)
class _Made:
    state: str
    known: Known | None = None
    product: Product | None = None


def _made(store: Store, tools: Tools, row: DocumentRow, values: frozenset[Value]) -> _Made:
    if row.whole == "withhold" or row.state == "folder":
        return _Made(DocumentState.WITHHELD.value, load(store, row.id) if row.state == "joined" else None)
    if row.state in UNREAD:
        return _Made(row.state)
    known = load(store, row.id)
    if known is None:
        return _Made(DocumentState.FAILED.value)
    if known.facts.in_scope is not True:
        return _Made(DocumentState.WITHHELD.value, known)
    if row.verdict == "refuse" and row.whole != "release":
        return _Made(DocumentState.NEEDS_PERSON.value, known)
    product = _product(store, tools, known, values)
    return _Made(_state(product), known, product)


def _product(store: Store, tools: Tools, known: Known, values: frozenset[Value]) -> Product:
    """The proved file of a document; none where a page of it is lost."""
    row = known.row
    with store.reading() as session:
        lost = lost_pages(session, row.id, row.blob)
    if lost:
        return Product(failure=page_failed(lost))
    outcome = Outcome(
        Input(row.id, None, known.facts), DocumentId(row.id), row.sha256, document=known.analysed.document,
        scans=_scans(row), settled=known.settled,
    )  # fmt: skip
    style = Style({lang: tools.pack.box_label(lang) for lang in (Lang.FR, Lang.EN)})
    data = store.blobs.get(row.pdf or row.blob)
    return produced(outcome, values, style=style, sandbox=tools.sandbox, data=data)


def _state(product: Product) -> str:
    if isinstance(product.failure, ProofFailed | PageFailed):
        return DocumentState.NEEDS_PERSON.value
    return state_of(product.failure) if product.failure is not None else DocumentState.RELEASED.value


def _keep(
    store: Store, tools: Tools, made: _Made, row: DocumentRow, request: RequestRow, name: str, version: int
) -> None:
    product = made.product
    blob = sha256 = None
    if product is not None and product.failure is None:
        if product.release is None or not product.release.covers(product.data):
            raise ProofFailed(document=row.id, channels="no release")
        blob, sha256 = store.blobs.put(product.data), product.release.sha256
    failure = product.failure if product is not None else None
    told = _report(tools, made, row, request, name if blob is not None else None, sha256)
    with store.acting() as session:
        session.merge(ProductRow(
            document=row.id, version=version, state=made.state, name=name if blob is not None else None, blob=blob,
            sha256=sha256, row=told, code=failure.code if failure is not None else row.code,
        ))  # fmt: skip
        audit.record(session, audit.SYSTEM, "document.produce", row.id, version=version, state=made.state,
                     sha256=sha256)  # fmt: skip


def _report(
    tools: Tools, made: _Made, row: DocumentRow, request: RequestRow, name: str | None, sha256: str | None
) -> dict[str, Any]:
    """The row of the report, with the checks of the proof."""
    known, product = made.known, made.product or Product()
    failure: RedactorError | None = product.failure
    if known is None:
        return {"file": row.file, "released": None, "state": made.state, "proposals": [], "pages": row.pages,
                "request": request.number, "verdict": row.verdict, "checks": {}, "whole": _whole(row),
                "notes": list(documents.notes_of(row))}  # fmt: skip
    notes = tuple(dict.fromkeys((*documents.notes_of(row), *product.notes)))
    report = Row(
        row.file, request.number, DocumentState(made.state), known.facts, sha256=row.sha256, pages=row.pages,
        output=f"released/{name}" if name is not None else None, output_sha256=sha256, verdict=row.verdict,
        reasons=tuple(row.reasons), provisions=known.settled.provisions, document=known.analysed.document,
        settled=known.settled, routes=product.routes, notes=notes, residual=product.residual,
        timings_ms=product.timings_ms, failure=failure, scans=_scans(row),
    ).as_json()  # fmt: skip
    checks = dict(product.release.checks) if product.release is not None else {}
    proposals = [*report["proposals"], *_by_hand(known)]
    if known.facts.in_scope is not True and row.whole is None:
        proposals = [_outside(known, row, tools)]
    return {**report, "proposals": proposals, "checks": checks, "whole": _whole(row)}


def _scans(row: DocumentRow) -> dict[int, PageRead]:
    return {int(page): PageRead(*one) for page, one in row.scans.items()}


def _outside(known: Known, row: DocumentRow, tools: Tools) -> dict[str, Any]:
    """The one entry of the index for a document outside the request."""
    code = scope.code_of_fact(known.facts.in_scope) or ""
    by = known.names.get(row.whole_by or "", "")
    return {
        "page": None, "provision": scope.section_of(tools.pack, code), "power": None, "label": f"{scope.SCOPE}.{code}",
        "rule": "", "state": "masked", "decided": {"by": by, "reason": row.whole_reason, "at": None},
    }  # fmt: skip


def _by_hand(known: Known) -> list[dict[str, Any]]:
    """Entries of the index for what a person masked without a proposal."""
    made = [one for one in known.settled.decisions if one.proposal is None and one.outcome is Decided.WITHHOLD]
    return [
        {
            "page": (one.box.page if one.box is not None else _page_of(known, one)) + 1, "provision": one.provision,
            "power": None, "label": f"{scope.SCOPE}.{one.ground}" if one.ground in scope.CODES else "", "rule": "",
            "state": "masked",
            "decided": {"by": one.by, "reason": one.reason, "at": one.at.isoformat()},
        }
        for one in made
    ]  # fmt: skip


def _page_of(known: Known, one: Decision) -> int:
    return known.analysed.document.page_of(one.span) if one.span is not None else 0


def _whole(row: DocumentRow) -> dict[str, Any] | None:
    if row.whole is None:
        return None
    return {"outcome": row.whole, "provision": row.whole_provision, "reason": row.whole_reason, "by": row.whole_by}
