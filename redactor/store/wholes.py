"""Decisions on a document as a whole: it is withheld, or released in part though its substance goes.

Each is a decision of its own, made in a batch, undone and done again as those on passages are; the document's row keeps
what holds now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.store import audit
from redactor.store.acts import changed, document_of, held, now, refuse_section, refuse_stale, refuse_unreasoned
from redactor.store.guard import decider
from redactor.store.reviewing import new_batch, put
from redactor.store.standing import KEEP, RESET, WITHHOLD, refresh_whole
from redactor.store.tables import DecisionRow, DocumentRow, new_id
from redactor.store.values import Acted, Where

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.values import Actor


def decide_whole(
    store: Store, actor: Actor, document: str, *, withhold: bool, provision: str | None = None, reason: str, seen: int
) -> Acted:
    """Withholds a document whole, or says that it is released in part though its substance goes.

    Also how one that could not be read is dealt with. Raises Forbidden, NotFound, Stale, BadDecision without a reason.
    """
    refuse_unreasoned(reason)
    refuse_section(provision)
    with store.acting() as session:
        decider(session, actor)
        known = document_of(session, document)
        row = held(session, known.request)
        refuse_stale("document", known.version, seen)
        batch = new_batch(session, actor, row)
        version = changed(session, row, actor)
        put(session, actor, row, batch, known.id, outcome=WITHHOLD if withhold else KEEP, provision=provision,
            reason=reason.strip())  # fmt: skip
        refresh_whole(session, known, version=version)
        audit.record(session, actor.user_id, "document.whole", known.id, outcome=known.whole, provision=provision,
                     batch=batch)  # fmt: skip
        return Acted(version, batch, (Where(document),))


def forget_whole(session: Session, actor: Actor, row: DocumentRow) -> None:
    """What was decided of the whole holds no more, and no undo brings it back: the document is another."""
    session.add(DecisionRow(batch=new_id(), request=row.request, document=row.id, outcome=RESET, by=actor.user_id,
                            at=now()))  # fmt: skip
    row.whole = row.whole_provision = None
