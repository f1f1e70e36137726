"""Who may do what: roles are asked inside every act, whatever the caller checked before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.errors import Forbidden
from redactor.store.tables import UserRow
from redactor.store.values import UserRole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from redactor.store.values import Actor

READERS = (UserRole.OFFICER, UserRole.LEGAL)  # those who may see documents


def allow(actor: Actor, *roles: UserRole) -> None:
    """Raises Forbidden unless the actor has one of `roles`."""
    if actor.roles.isdisjoint(roles):
        raise Forbidden


def reader(actor: Actor) -> None:
    """Raises Forbidden unless the actor may see documents."""
    allow(actor, *READERS)


def present(session: Session, actor: Actor, *roles: UserRole) -> UserRow:
    """The row of somebody who may sign in and has, in the store too, one of `roles`. Raises Forbidden."""
    row = session.get(UserRow, actor.user_id)
    if row is None or not row.active:
        raise Forbidden
    if roles:
        allow(actor, *roles)
        if set(row.roles).isdisjoint(roles):
            raise Forbidden
    return row


def decider(session: Session, actor: Actor) -> UserRow:
    """The row of somebody who may decide on documents. Raises Forbidden."""
    return present(session, actor, *READERS)
