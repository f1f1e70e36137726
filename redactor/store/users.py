"""Users: made, signed in, given roles, shut out. Passwords are kept as argon2id digests only."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select

from redactor.errors import NotFound, UsageError, UserExists, WeakPassword
from redactor.store import audit
from redactor.store.guard import allow, present
from redactor.store.tables import UserRow
from redactor.store.values import User, UserRole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.values import Actor

MIN_PASSWORD = 12  # characters; NIST SP 800-63B asks for eight at least
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,99}")


class BadLogin(UsageError):
    """A login is letters without accents, figures, points, hyphens, at most one hundred."""

    code = "usage.bad_login"
    advice = "A login has letters without accents, figures, points and hyphens only."
    conseil = "Un nom d'utilisateur n'a que des lettres sans accent, chiffres, points et traits d'union."


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # argon2id with the parameters of RFC 9106, second choice


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A digest to compare with when there is no such user: the answer takes as long."""
    return _hasher().hash("nobody's password")


def any_user(store: Store) -> bool:
    """True when somebody can sign in."""
    with store.reading() as session:
        return session.scalar(select(UserRow.id).where(UserRow.active).limit(1)) is not None


def add(store: Store, actor: Actor | None, login: str, *, name: str, password: str, roles: Iterable[UserRole]) -> User:
    """A new user. `actor` is None for the command line on this machine. Raises UserExists, WeakPassword, BadLogin."""
    login = login.lower()
    if not _LOGIN.fullmatch(login):
        raise BadLogin
    digest = _digest(login, password)
    with store.acting() as session:
        by = _administrator(session, actor)
        if session.scalar(select(UserRow.id).where(UserRow.login == login)) is not None:
            raise UserExists
        row = UserRow(login=login, name=name.strip() or login, password=digest, roles=_sorted(roles),
                      active=True, epoch=0, created=dt.datetime.now(tz=dt.UTC))  # fmt: skip
        session.add(row)
        session.flush()
        audit.record(session, by, "user.add", row.id, roles="+".join(row.roles))
        return _user(row)


def authenticate(store: Store, login: str, password: str) -> User | None:
    """The user of that login and password; None when they do not belong together, or the user is shut out."""
    with store.reading() as session:
        row = session.scalar(select(UserRow).where(UserRow.login == login.lower()[:200]))
    is_right = _is_right(row.password if row is not None else _nobody(), password)
    user = _user(row) if row is not None and is_right and row.active else None
    with store.acting() as session:
        act = "session.in" if user is not None else "session.refused"
        audit.record(session, row.id if row is not None else "unknown", act, row.id if row is not None else "unknown")
    return user


def vouched(store: Store, login: str | None) -> User | None:
    """The active user of a login that an identity provider vouches for; nobody is made. None: refused, on record."""
    with store.acting() as session:
        wanted = select(UserRow).where(UserRow.login == (login or "").lower()[:200])
        row = session.scalar(wanted) if login else None
        user = _user(row) if row is not None and row.active else None
        name = row.id if row is not None else "unknown"
        audit.record(session, name, "session.in" if user is not None else "session.refused", name, way="provider")
    return user


def signed_out(store: Store, actor: Actor) -> None:
    """Records the end of a session."""
    with store.acting() as session:
        audit.record(session, actor.user_id, "session.out", actor.user_id)


def get(store: Store, user_id: str) -> User | None:
    """The user of that id."""
    with store.reading() as session:
        row = session.get(UserRow, user_id)
        return _user(row) if row is not None else None


def list_users(store: Store, actor: Actor | None) -> tuple[User, ...]:
    """All users, by login. Raises Forbidden."""
    if actor is not None:
        allow(actor, UserRole.ADMIN, UserRole.OFFICER, UserRole.LEGAL)
    with store.reading() as session:
        return tuple(_user(row) for row in session.scalars(select(UserRow).order_by(UserRow.login)))


def by_login(store: Store, login: str) -> User:
    """The user of that login. Raises NotFound."""
    with store.reading() as session:
        row = session.scalar(select(UserRow).where(UserRow.login == login.lower()))
        if row is None:
            raise NotFound(kind="user")
        return _user(row)


def set_roles(store: Store, actor: Actor | None, user_id: str, roles: Iterable[UserRole]) -> User:
    """The same user with other roles; its sessions end. Raises Forbidden, NotFound."""
    wanted = _sorted(roles)
    return _changed(store, actor, user_id, "user.roles", roles=wanted)


def disable(store: Store, actor: Actor | None, user_id: str) -> User:
    """The same user, who can no longer sign in; its sessions end. Raises Forbidden, NotFound."""
    return _changed(store, actor, user_id, "user.disable", active=False)


def end_sessions(store: Store, actor: Actor | None, user_id: str) -> User:
    """The same user; its sessions end. Raises Forbidden, NotFound."""
    return _changed(store, actor, user_id, "user.end_sessions")


def set_password(store: Store, actor: Actor | None, user_id: str, password: str) -> User:
    """The same user with another password; its sessions end. One may change one's own. Raises WeakPassword."""
    user = get(store, user_id)
    if user is None:
        raise NotFound(kind="user")
    digest = _digest(user.login, password)
    return _changed(store, actor, user_id, "user.password", password=digest)


def _changed(
    store: Store,
    actor: Actor | None,
    user_id: str,
    act: str,
    *,
    roles: list[str] | None = None,
    active: bool | None = None,
    password: str | None = None,
) -> User:
    with store.acting() as session:
        is_own = actor is not None and actor.user_id == user_id and password is not None
        by = present(session, actor).id if is_own and actor is not None else _administrator(session, actor)
        row = session.get(UserRow, user_id)
        if row is None:
            raise NotFound(kind="user")
        row.roles = row.roles if roles is None else roles
        row.active = row.active if active is None else active
        row.password = row.password if password is None else password
        row.epoch += 1
        audit.record(session, by, act, row.id, roles="+".join(row.roles) or None)
        return _user(row)


def _administrator(session: Session, actor: Actor | None) -> str:
    return audit.LOCAL if actor is None else present(session, actor, UserRole.ADMIN).id


def _digest(login: str, password: str) -> str:
    if len(password) < MIN_PASSWORD or password.lower() == login:
        raise WeakPassword
    return _hasher().hash(password)


def _is_right(digest: str, password: str) -> bool:
    try:
        return _hasher().verify(digest, password)
    except (VerificationError, InvalidHashError):
        return False


def _sorted(roles: Iterable[UserRole]) -> list[str]:
    return sorted({UserRole(one).value for one in roles})


def _user(row: UserRow) -> User:
    return User(row.id, row.login, row.name, frozenset(UserRole(one) for one in row.roles), row.active, row.epoch)
