"""What an administrator says of the whole body: whether one person decides alone. Kept with the store, on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from redactor.store import audit
from redactor.store.acts import changed
from redactor.store.guard import present
from redactor.store.tables import RequestRow, SealedRow
from redactor.store.values import Stage, UserRole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.values import Actor

ALONE: Final = "setting.alone"
_YES: Final = b"1"


def is_alone(store: Store) -> bool:
    """True when one person decides alone in this body; without a word of an administrator two persons do."""
    with store.reading() as session:
        return alone_in(session)


def alone_in(session: Session) -> bool:
    """The same inside a transaction."""
    row = session.get(SealedRow, ALONE)
    return row is not None and bytes(row.value) == _YES


def set_alone(store: Store, actor: Actor, *, alone: bool) -> int:
    """Says it for new requests and for those that are not yet approved; gives the number of those that changed.

    Raises Forbidden.
    """
    with store.acting() as session:
        present(session, actor, UserRole.ADMIN)
        session.merge(SealedRow(name=ALONE, value=_YES if alone else b"0"))
        open_ = select(RequestRow).where(
            RequestRow.stage.in_((Stage.OPEN, Stage.SUBMITTED)), RequestRow.alone.is_not(alone)
        ).with_for_update()  # fmt: skip
        rows = list(session.scalars(open_))
        for row in rows:
            row.alone = alone
            changed(session, row, actor)
        audit.record(session, actor.user_id, "setting.alone", "body", alone=alone, requests=len(rows))
        return len(rows)
