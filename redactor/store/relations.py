"""How documents of a request are related: copies, other versions, quoted ones, messages of one exchange.

The rows hold ids, digests with a key and shares, no word. Decisions made on a document go over to those that say the
same, where nothing was decided yet, as one batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from redactor.duplicates import Likeness, Twin
from redactor.errors import BadDecision
from redactor.intake.opened import Thread
from redactor.intake.threads import groups, keys_of
from redactor.store import audit
from redactor.store.acts import PLACES, changed, document_of, held, refuse_stale
from redactor.store.guard import decider, reader
from redactor.store.reviewing import CHANGED_GROUND, new_batch, put
from redactor.store.standing import active, recount, refresh
from redactor.store.tables import DecisionRow, DocumentRow, ProposalRow
from redactor.store.values import Acted, Relation, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.keys import Keys
    from redactor.store.values import Actor

COPIES = (Likeness.EXACT, Likeness.SAME_TEXT)


def digests_of(keys: Keys, request: str, thread: Thread | None) -> list[str]:
    """What ties a message to others of its request, as digests that tell nothing without the key."""
    return [keys.digest(f"thread/{request}", one.encode())[:32] for one in keys_of(thread)]


def threads_of(rows: Sequence[DocumentRow]) -> Mapping[str, str]:
    """The thread (`t1`, `t2`, ...) of each document that shares one with another."""
    given = [tuple(row.relations.get("keys", ())) for row in rows]
    names = groups([Thread(ids) if ids else None for ids in given])
    return {row.id: name for row, name in zip(rows, names, strict=True) if name is not None and names.count(name) > 1}


def keep(row: DocumentRow, twins: Iterable[Twin], thread: str | None) -> None:
    """Writes what the join found of a document; what its reading found stays."""
    told = list(twins)
    row.duplicate_of = next((one.file for one in told if one.likeness in COPIES), None)
    row.relations = {
        "keys": row.relations.get("keys", []), "thread": thread,
        "twins": [[one.file, one.likeness.value, round(one.score, 4), one.holds] for one in told],
    }  # fmt: skip


def relations_of(row: DocumentRow) -> tuple[Relation, ...]:
    """The relations of a document, the likest first, each with its reason in words."""
    return tuple(_relation(*one) for one in row.relations.get("twins", ()))


def _relation(document: str, likeness: str, score: float, holds: Any) -> Relation:
    told = Twin(document, Likeness(likeness), score, bool(holds)).as_json()
    return Relation(document, likeness, score, told["raison"], told["reason"])


def carried(store: Store, actor: Actor, document: str, *, to: str) -> int:
    """Passages of `to` that `carry` would decide. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        source = document_of(session, document)
        return len(_pairs(session, source, document_of(session, to, request=source.request)))


def carry(store: Store, actor: Actor, document: str, *, to: str, seen: int) -> Acted:
    """Decides what waits in `to` as the same passages of `document` were decided, as one batch.

    Raises Forbidden, NotFound, Stale, BadDecision when nothing waits that was decided there.
    """
    with store.acting() as session:
        decider(session, actor)
        source = document_of(session, document)
        target = document_of(session, to, request=source.request)
        row = held(session, source.request)
        refuse_stale("document", target.version, seen)
        pairs = _pairs(session, source, target)
        if not pairs:
            raise BadDecision(problem="nothing to carry over")
        batch = new_batch(session, actor, row)
        version = changed(session, row, actor, is_input=any(one.effect == "override" for one, _ in pairs))
        for one, made in pairs:
            put(session, actor, row, batch, to, proposal=one.key, page=one.page, outcome=made.outcome,
                provision=made.provision, ground=made.ground, reason=made.reason)  # fmt: skip
        session.flush()
        for one, _ in pairs:
            refresh(session, one, version=version)
        recount(session, {to})
        audit.record(session, actor.user_id, "decide.carry", to, source=document, proposals=len(pairs), batch=batch)
        return Acted(version, batch, tuple(Where(to, one.page, one.id) for one, _ in pairs[:PLACES]))


def _pairs(session: Session, source: DocumentRow, target: DocumentRow) -> list[tuple[ProposalRow, DecisionRow]]:
    """What waits in the target, with the decision on the same rule and words in the source; doubtful ones are left."""
    made = {one.proposal: one for one in active(session, source.id) if one.proposal}
    known: dict[str, list[DecisionRow]] = {}
    for one in session.scalars(select(ProposalRow).where(ProposalRow.document == source.id)):
        if one.same is not None:
            known.setdefault(one.same, []).extend([made[one.key]] if one.key in made else [])
    waits = session.scalars(select(ProposalRow).where(
        ProposalRow.document == target.id, ProposalRow.open).order_by(ProposalRow.position))  # fmt: skip
    none: list[DecisionRow] = []
    alike = ((one, known.get(one.same or "", none)) for one in waits)
    return [(one, some[-1]) for one, some in alike if _agree(some)]


def _agree(made: Sequence[DecisionRow]) -> bool:
    """True when the same words were always decided alike there, under the section that was proposed."""
    is_changed = any(one.ground == CHANGED_GROUND for one in made)
    return not is_changed and len({(one.outcome, one.provision, one.ground) for one in made}) == 1
