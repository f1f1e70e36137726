"""The conditions of a release: for each whether it holds, the sentence that says what to do, and the places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from redactor.model import Effect, Power, State
from redactor.store.conflicts import open_contradictions
from redactor.store.requests import UNSETTLED
from redactor.store.standing import KEEP, WITHHOLD, placed, stands_outside
from redactor.store.tables import (
    BatchRow,
    ChunkRow,
    DecisionRow,
    DocumentRow,
    PageRow,
    ProductRow,
    ProposalRow,
    RequestRow,
)
from redactor.store.values import Gate, Stage, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Select, SQLColumnExpression
    from sqlalchemy.orm import Session

    from redactor.store.database import Store

PLACES = 100  # places a gate names at most

# code: (French, English); what to do
TOLD: dict[str, tuple[str, str]] = {
    "work": (
        "Attendez la fin de la lecture et de l'analyse des documents.",
        "Wait until the documents are read and analysed.",
    ),
    "analysis": (
        "L'analyse de la demande a échoué : relancez-la, ou retirez le dernier document ajouté.",
        "The analysis of the request failed: start it again, or remove the last document that was added.",
    ),
    "pack": (
        "Les règles ont changé depuis l'analyse : relancez l'analyse de la demande.",
        "The rules changed since the analysis: analyse the request again.",
    ),
    "documents": (
        "Réglez les documents qui n'ont pu être lus : remplacez-les, retirez-les ou refusez-les, avec un motif.",
        "Deal with the documents that could not be read: replace, remove or withhold them, with a reason.",
    ),
    "none": ("Ajoutez au moins un document.", "Add at least one document."),
    "questions": (
        "Répondez aux questions de fait, ou décidez de ces passages avec un motif.",
        "Answer the questions of fact, or decide on these passages with a reason.",
    ),
    "discretionary": (
        "Décidez de chaque passage que l'organisme peut refuser.",
        "Decide on each passage that the body may withhold.",
    ),
    "escalations": (
        "Inscrivez la réponse de l'autorité qui doit être consultée.",
        "Record the answer of the authority that must be consulted.",
    ),
    "flags": ("Acceptez ou écartez chaque signalement.", "Accept or dismiss each flag."),
    "reasons": (
        "Donnez une disposition et un motif à chaque passage masqué par décision.",
        "Give a provision and a reason to every passage that is masked by decision.",
    ),
    "mandatory": (
        "Donnez le fondement qui permet de montrer ces renseignements que la loi protège, ou masquez-les de nouveau.",
        "Give the ground on which this protected information may be shown, or mask it again.",
    ),
    "contradictions": (
        "La même chose est masquée ici et lisible là : corrigez, ou donnez le motif de la différence.",
        "The same thing is hidden here and readable there: correct it, or give the reason for the difference.",
    ),
    "verdicts": (
        "Confirmez le refus de ces documents en entier, ou dites qu'ils sont remis en partie.",
        "Confirm that these documents are withheld whole, or say that they are released in part.",
    ),
    "unopened": (
        "Ces pages n'ont été ouvertes par personne : regardez-les.",
        "Nobody opened these pages: look at them.",
    ),
    "lost": (
        "Ces décisions ne s'appliquent plus à rien : vérifiez les passages où elles étaient.",
        "These decisions act on nothing any more: look at the passages where they were.",
    ),
    "approval": (
        "Soumettez la demande, puis faites-la approuver par une autre personne.",
        "Submit the request, then have another person approve it.",
    ),
    "proof": (
        "Produisez les fichiers; réglez ceux dont la preuve a échoué.",
        "Make the files; deal with those whose proof failed.",
    ),
}  # fmt: skip
WARNINGS = frozenset({"unopened", "lost"})
FOR_RELEASE = frozenset({"approval", "proof"})
_HIDING = (Effect.WITHHOLD.value, Effect.OUTSIDE.value, Effect.ESCALATE.value)


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    store: Store
    request: RequestRow


def gates_of(session: Session, store: Store, request: RequestRow) -> tuple[Gate, ...]:
    """All conditions of a request, in the order in which they are met."""
    asked = _Asked(session, store, request)
    found = dict(_found(asked))
    return tuple(_gate(code, *found[code]) for code in TOLD)


def _gate(code: str, count: int, places: tuple[Where, ...]) -> Gate:
    french, english = TOLD[code]
    return Gate(code, count == 0, code not in WARNINGS, count, french, english, places, code in FOR_RELEASE)


def _found(asked: _Asked) -> Iterator[tuple[str, tuple[int, tuple[Where, ...]]]]:
    session, request = asked.session, asked.request
    yield "work", (_work(asked), ())
    yield "analysis", (_failed_join(asked), ())
    yield "pack", (int(request.pack is not None and request.pack != asked.store.pack.id), ())
    yield "documents", _documents(asked, and_(DocumentRow.state.in_(UNSETTLED), _undecided()))
    total = session.scalar(select(func.count()).where(
        DocumentRow.request == request.id, DocumentRow.state.not_in(("removed", "folder"))))  # fmt: skip
    yield "none", (0 if total else 1, ())
    yield "questions", _proposals(asked, ProposalRow.open, ProposalRow.now == State.ASK.value)
    yield (
        "discretionary",
        _proposals(
            asked, ProposalRow.open, ProposalRow.now == State.MASKED.value, ProposalRow.effect != Effect.ESCALATE.value
        ),
    )
    yield (
        "escalations",
        _proposals(
            asked, ProposalRow.open, ProposalRow.now == State.MASKED.value, ProposalRow.effect == Effect.ESCALATE.value
        ),
    )
    yield "flags", _proposals(asked, ProposalRow.open, ProposalRow.now == State.FLAG.value)
    yield "reasons", _without_reason(asked)
    yield "mandatory", _lifted(asked)
    yield "contradictions", _contradictions(asked)
    yield "verdicts", _documents(asked, and_(DocumentRow.verdict == "refuse", _undecided()))
    yield "unopened", _unopened(asked)
    yield "lost", _lost(asked)
    yield "approval", (int(request.stage not in {Stage.APPROVED, Stage.RELEASED}), ())
    yield "proof", _unproved(asked)


def _undecided() -> ColumnElement[bool]:
    """No person decided to withhold the document whole, or, where it was read, to release it in part."""
    return or_(DocumentRow.whole.is_(None), and_(DocumentRow.state.in_(UNSETTLED), DocumentRow.whole != WITHHOLD))


def _work(asked: _Asked) -> int:
    """Work in hand that may change what is decided on."""
    left = asked.session.scalar(select(func.count()).where(
        ChunkRow.request == asked.request.id, ChunkRow.kind.in_(("read", "join")),
        ChunkRow.state.in_(("waiting", "running"))))  # fmt: skip
    return (left or 0) or int(asked.request.joined_version < asked.request.input_version)


def _failed_join(asked: _Asked) -> int:
    """The join that the request waits for ended without a result."""
    key = f"join:{asked.request.id}:{asked.request.input_version}"
    failed = select(func.count()).where(ChunkRow.key == key, ChunkRow.state == "failed")
    return asked.session.scalar(failed) or 0


def _documents(asked: _Asked, which: ColumnElement[bool]) -> tuple[int, tuple[Where, ...]]:
    """Those of `which` that the request asks for: what was put outside it is not released, read or not."""
    wanted = select(DocumentRow.id, DocumentRow.facts).where(
        DocumentRow.request == asked.request.id, DocumentRow.state != "removed", which
    ).order_by(DocumentRow.position)  # fmt: skip
    found = [one for one, facts in asked.session.execute(wanted).tuples() if not stands_outside(facts)]
    return len(found), tuple(Where(one) for one in found[:PLACES])


def _proposals(asked: _Asked, *which: SQLColumnExpression[bool]) -> tuple[int, tuple[Where, ...]]:
    """Proposals of documents that are not withheld whole."""
    wanted = (
        select(ProposalRow).join(DocumentRow, DocumentRow.id == ProposalRow.document)
        .where(ProposalRow.request == asked.request.id, _not_whole(), *which)
    )  # fmt: skip
    return _placed(asked.session, wanted)


def _not_whole() -> ColumnElement[bool]:
    return and_(
        or_(DocumentRow.whole.is_(None), DocumentRow.whole != WITHHOLD), DocumentRow.state.not_in(("removed", "folder"))
    )


def _placed(session: Session, wanted: Select[tuple[ProposalRow]]) -> tuple[int, tuple[Where, ...]]:
    count = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    if not count:
        return 0, ()
    order = (ProposalRow.order, ProposalRow.page, ProposalRow.position)
    first = session.scalars(wanted.order_by(*order).limit(PLACES))
    return count, tuple(Where(one.document, one.page, one.id) for one in first)


def _without_reason(asked: _Asked) -> tuple[int, tuple[Where, ...]]:
    """Masks by decision that lack a provision or a reason. A mandatory mask has its rule for a reason."""
    wanted = (
        select(DecisionRow, ProposalRow).join(BatchRow, BatchRow.id == DecisionRow.batch)
        .join(DocumentRow, DocumentRow.id == DecisionRow.document)
        .outerjoin(ProposalRow, and_(ProposalRow.document == DecisionRow.document,
                                     ProposalRow.key == DecisionRow.proposal))
        .where(DecisionRow.request == asked.request.id, BatchRow.state == "active",
               DecisionRow.outcome == WITHHOLD, _not_whole(),
               placed(), or_(DecisionRow.proposal.is_(None), ProposalRow.decision == DecisionRow.n))
        .order_by(DecisionRow.n)
    )  # fmt: skip
    found = [
        Where(made.document, made.page, one.id if one is not None else None)
        for made, one in asked.session.execute(wanted).tuples()
        if not (made.provision and made.reason.strip()) and (one is None or one.power != Power.MANDATORY.value)
    ]
    return len(found), tuple(found[:PLACES])


def _lifted(asked: _Asked) -> tuple[int, tuple[Where, ...]]:
    """Mandatory masks that a decision lifts without a ground, or would lift now that they are masks."""
    wanted = (
        select(ProposalRow).join(DecisionRow, DecisionRow.n == ProposalRow.decision)
        .join(DocumentRow, DocumentRow.id == ProposalRow.document)
        .where(ProposalRow.request == asked.request.id, ProposalRow.power == Power.MANDATORY.value,
               ProposalRow.state.in_((State.MASKED.value, State.ASK.value)), ProposalRow.effect.in_(_HIDING),
               DecisionRow.outcome == KEEP, DecisionRow.ground.is_(None), _not_whole())
    )  # fmt: skip
    return _placed(asked.session, wanted)


def _contradictions(asked: _Asked) -> tuple[int, tuple[Where, ...]]:
    found = [one for one in open_contradictions(asked.session, asked.request.id) if one.reason is None]
    return len(found), tuple(one.readable for one in found[:PLACES])


def _unopened(asked: _Asked) -> tuple[int, tuple[Where, ...]]:
    """Pages that nobody opened, of documents that are not withheld whole."""
    wanted = (
        select(PageRow.document, PageRow.index).join(DocumentRow, DocumentRow.id == PageRow.document)
        .where(DocumentRow.request == asked.request.id, ~PageRow.is_seen, _not_whole())
    )  # fmt: skip
    count = asked.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    first = asked.session.execute(wanted.order_by(DocumentRow.position, PageRow.index).limit(PLACES)).tuples()
    return count, tuple(Where(document, page) for document, page in first)


def unopened_of(session: Session, request: str, *, limit: int | None = None, offset: int = 0) -> tuple[Where, ...]:
    """Pages of a request that nobody opened, all of them or a stretch."""
    wanted = (
        select(PageRow.document, PageRow.index).join(DocumentRow, DocumentRow.id == PageRow.document)
        .where(DocumentRow.request == request, ~PageRow.is_seen, _not_whole())
        .order_by(DocumentRow.position, PageRow.index).limit(limit).offset(offset)
    )  # fmt: skip
    return tuple(Where(document, page) for document, page in session.execute(wanted).tuples())


def unopened_count(session: Session, request: str) -> int:
    """How many there are: from the counts of the documents, whatever their pages."""
    left = select(func.sum(DocumentRow.pages - DocumentRow.seen)).where(DocumentRow.request == request, _not_whole())
    return session.scalar(left) or 0


def _lost(asked: _Asked) -> tuple[int, tuple[Where, ...]]:
    wanted = (
        select(DecisionRow).join(BatchRow, BatchRow.id == DecisionRow.batch)
        .join(DocumentRow, DocumentRow.id == DecisionRow.document)
        .outerjoin(ProposalRow, and_(ProposalRow.document == DecisionRow.document,
                                     ProposalRow.key == DecisionRow.proposal))
        .where(DecisionRow.request == asked.request.id, BatchRow.state == "active",
               DecisionRow.proposal.is_not(None), ProposalRow.id.is_(None), DocumentRow.state != "removed")
    )  # fmt: skip
    found = {(one.document, one.proposal): one for one in asked.session.scalars(wanted)}
    return len(found), tuple(Where(one.document, one.page) for one in list(found.values())[:PLACES])


def _unproved(asked: _Asked) -> tuple[int, tuple[Where, ...]]:
    """Documents without a proved file, or a refusal, at the version the request has now."""
    done = and_(ProductRow.document == DocumentRow.id, ProductRow.version == asked.request.version)
    wanted: Select[Any] = (
        select(DocumentRow.id).outerjoin(ProductRow, done)
        .where(DocumentRow.request == asked.request.id, DocumentRow.state != "removed",
               or_(ProductRow.state.is_(None), ProductRow.state.not_in(("released", "withheld"))))
        .order_by(DocumentRow.position)
    )  # fmt: skip
    found = list(asked.session.scalars(wanted))
    return len(found), tuple(Where(one) for one in found[:PLACES])
