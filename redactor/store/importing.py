"""A decisions file taken into a request: all of it, as one batch by the person who brings it, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from redactor.decisions import decisions_of
from redactor.errors import BadDecision, TooLarge
from redactor.settings import MIB
from redactor.store import audit
from redactor.store.acts import PLACES, changed, held, now, refuse_section, refuse_stale
from redactor.store.conflicts import open_contradictions
from redactor.store.guard import decider
from redactor.store.pages import by_page
from redactor.store.reviewing import new_batch, put, rows_of
from redactor.store.scope import CODES
from redactor.store.standing import recount, refresh, refresh_pages, refresh_whole
from redactor.store.tables import ClearedRow, DocumentRow, PageRow, ProposalRow
from redactor.store.values import Acted, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from redactor.review import Decision
    from redactor.store.database import Store
    from redactor.store.tables import RequestRow
    from redactor.store.values import Actor

LARGEST = 16 * MIB  # bytes of a decisions file: some 60,000 decisions


def take_decisions(store: Store, actor: Actor, request: str, data: bytes, *, seen: int) -> Acted:
    """Makes the decisions of a file, of the documents it names by their fingerprint; one undo takes its passages back.

    The one who brings the file answers for them. Raises Forbidden, NotFound, Stale, TooLarge, BadDecision: a fault of
    the file, another pack, a document or a proposal that is not there.
    """
    if len(data) > LARGEST:
        raise TooLarge(limit_bytes=LARGEST)
    told = decisions_of(data, pack=store.pack.id)
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        refuse_stale("request", row.version, seen)
        documents = _documents(session, request, told.by_document)
        batch = new_batch(session, actor, row)
        version = changed(session, row, actor)
        made = 0
        for document, decisions in documents:
            made += _take(session, actor, row, document, decisions, batch=batch, version=version)
        _clear(session, actor, request, told.cleared_why)
        audit.record(session, actor.user_id, "request.import", request, decisions=made, documents=len(documents),
                     batch=batch)  # fmt: skip
        return Acted(version, batch, tuple(Where(one.id) for one, _ in documents[:PLACES]))


def _documents(
    session: Session, request: str, told: Mapping[str, Sequence[Decision]]
) -> list[tuple[DocumentRow, Sequence[Decision]]]:
    rows = session.scalars(select(DocumentRow).where(
        DocumentRow.request == request, DocumentRow.state != "removed", DocumentRow.state != "folder"))  # fmt: skip
    by_sha = {row.sha256: row for row in rows}
    if not told or set(told) - set(by_sha):
        raise BadDecision(problem="a document that is not in the request")
    return [(by_sha[sha256], decisions) for sha256, decisions in told.items()]


def _take(
    session: Session, actor: Actor, row: RequestRow, document: DocumentRow, decisions: Sequence[Decision], *,
    batch: str, version: int,
) -> int:  # fmt: skip
    """The decisions on one document; gives their number."""
    known = {one.key: one for one in session.scalars(
        select(ProposalRow).where(ProposalRow.document == document.id))}  # fmt: skip
    for one in decisions:
        refuse_section(one.provision)
        if one.is_of_whole:
            put(session, actor, row, batch, document.id, outcome=one.outcome.value, provision=one.provision,
                reason=one.reason)  # fmt: skip
            continue
        for fields in _fields(session, row, document, one, known):
            put(session, actor, row, batch, document.id, **fields)
    session.flush()
    touched = {one.proposal for one in decisions if one.proposal is not None}
    for key in touched:
        refresh(session, known[key], version=version)
    pages = {one.box.page for one in decisions if one.box is not None}
    refresh_pages(session, document.id, pages, version=version)
    if any(one.is_of_whole for one in decisions):
        refresh_whole(session, document, version=version)
    recount(session, {document.id})
    return len(decisions)


def _fields(
    session: Session, row: RequestRow, document: DocumentRow, one: Decision, known: Mapping[str, ProposalRow]
) -> list[dict[str, Any]]:
    """The rows that a decision of the file becomes."""
    told: dict[str, Any] = {"outcome": one.outcome.value, "provision": one.provision, "ground": one.ground,
                            "reason": one.reason}  # fmt: skip
    if one.proposal is not None:
        if one.proposal not in known:
            raise BadDecision(proposal=one.proposal)
        return rows_of(session, known[one.proposal], row=row, **told)
    if one.span is not None:
        pieces = by_page(session, document.id, [(one.span.start, one.span.end)])
        return [{**told, "page": page, "start": a, "end": b} for page, a, b in pieces]
    if one.box is None:
        raise BadDecision(problem="no place")
    page = session.get(PageRow, (document.id, one.box.page))
    if page is None:
        raise BadDecision(problem="a page that is not there")
    box = one.box.box
    is_all = box.x0 <= 0 and box.y0 <= 0 and box.x1 >= page.width and box.y1 >= page.height
    scope = one.ground if is_all and one.ground in CODES else None
    return [{**told, "page": page.index, "box": [box.x0, box.y0, box.x1, box.y1], "scope": scope}]


def _clear(session: Session, actor: Actor, request: str, told: Mapping[str, str]) -> None:
    """Reasons for contradictions that stand; those of others are passed over: nothing is hidden by them."""
    session.flush()
    standing = {one.id for one in open_contradictions(session, request)}
    for contradiction, reason in told.items():
        if contradiction in standing:
            session.merge(ClearedRow(
                request=request, contradiction=contradiction, reason=reason, by=actor.user_id, at=now()
            ))  # fmt: skip
