"""The journal: one row an act, chained by HMAC, written in the transaction of the act. Ids and numbers, never words.

Its head (number and code of the last row) also goes to a file beside the database and into each certificate, so that
a tail that was cut off shows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from redactor.store.guard import allow, present
from redactor.store.tables import AuditRow
from redactor.store.values import AuditEntry, Fault, UserRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.keys import Keys
    from redactor.store.values import Actor

LOCAL = "local"  # the command line on this machine
SYSTEM = "system"  # the program itself
NOTHING = "0" * 64  # what the first row follows
HEAD_LOG = "audit-head.log"
READERS = (UserRole.AUDITOR, UserRole.ADMIN)
_PAGE = 1_000  # rows read at once
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@/+-]{0,79}")
_LOCK = 0x5EDAC708  # of PostgreSQL's advisory locks: one writer of the journal at a time


def record(session: Session, actor: str, act: str, object_: str, **facts: int | str | bool | None) -> None:
    """Adds a row to the journal in this transaction. Raises ValueError on a fact that is neither number nor id."""
    for value in (actor, act, object_, *facts.values()):
        if isinstance(value, str) and not _ID.fullmatch(value):
            raise ValueError("a value of the journal is neither a number nor an id")
    keys: Keys = session.info["keys"]
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    session.flush()
    last = session.execute(select(AuditRow.n, AuditRow.mac).order_by(AuditRow.n.desc()).limit(1)).first()
    n, previous = (last.n + 1, last.mac) if last is not None else (1, NOTHING)
    row = AuditRow(
        n=n, at=dt.datetime.now(tz=dt.UTC).isoformat(timespec="microseconds"), actor=actor, act=act, object=object_,
        facts=json.dumps(facts, sort_keys=True, separators=(",", ":")), previous=previous, mac="",
    )  # fmt: skip
    row.mac = _mac(keys.derive("audit"), row)
    session.add(row)
    session.flush()
    session.info["head"] = f"{row.n}:{row.mac}"


def note(store: Store, actor: Actor, act: str, object_: str, **facts: int | str | bool | None) -> None:
    """Records something that somebody saw or did outside the store. Raises Forbidden."""
    with store.acting() as session:
        present(session, actor)
        record(session, actor.user_id, act, object_, **facts)


def _mac(key: bytes, row: AuditRow) -> str:
    told = json.dumps([row.previous, row.n, row.at, row.actor, row.act, row.object, row.facts], separators=(",", ":"))
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


def head(store: Store) -> str:
    """`NUMBER:CODE` of the last row; `0:` and zeros for an empty journal."""
    with store.reading() as session:
        return head_in(session)


def head_in(session: Session) -> str:
    """The same inside a transaction."""
    last = session.execute(select(AuditRow.n, AuditRow.mac).order_by(AuditRow.n.desc()).limit(1)).first()
    return f"{last.n}:{last.mac}" if last is not None else f"0:{NOTHING}"


def rows(
    store: Store, actor: Actor, *, after: int = 0, limit: int = 100, act: str | None = None, object_: str | None = None
) -> tuple[AuditEntry, ...]:
    """Rows after number `after`, oldest first. Raises Forbidden."""
    allow(actor, *READERS)
    wanted = select(AuditRow).where(AuditRow.n > after).order_by(AuditRow.n).limit(limit)
    if act is not None:
        wanted = wanted.where(AuditRow.act == act)
    if object_ is not None:
        wanted = wanted.where(AuditRow.object == object_)
    with store.reading() as session:
        return tuple(entry(row) for row in session.scalars(wanted))


def export(store: Store, actor: Actor) -> Iterator[AuditEntry]:
    """All rows, oldest first. Raises Forbidden."""
    allow(actor, *READERS)
    last = 0
    while found := rows(store, actor, after=last, limit=_PAGE):
        yield from found
        last = found[-1].n


def entry(row: AuditRow) -> AuditEntry:
    """A row as others see it."""
    return AuditEntry(row.n, dt.datetime.fromisoformat(row.at), row.actor, row.act, row.object, json.loads(row.facts))


def verify(store: Store, *, head: str | None = None) -> tuple[Fault, ...]:
    """What is wrong with the journal; nothing when it is whole. `head` is one that a certificate printed.

    The heads kept beside the database are compared too.
    """
    known = dict(_heads(store))
    if head is not None:
        known |= dict([_parsed(head)])
    with store.reading() as session:
        total = session.scalar(select(func.max(AuditRow.n))) or 0
        faults = [fault for piece in _pieces(session) for fault in _chained(piece, store.keys, known)]
    cut = [Fault(n, "cut") for n in sorted(known) if n > total]
    return (*faults, *cut)


def _pieces(session: Session) -> Iterator[Sequence[AuditRow]]:
    """The rows in pieces, each beginning with the last row of the one before."""
    last, before = 0, list[AuditRow]()
    while True:
        wanted = select(AuditRow).where(AuditRow.n > last).order_by(AuditRow.n).limit(_PAGE)
        found = list(session.scalars(wanted))
        if not found:
            return
        yield [*(before or [AuditRow(n=0, mac=NOTHING)]), *found]
        before, last = found[-1:], found[-1].n
        session.expunge_all()


def _chained(piece: Sequence[AuditRow], keys: Keys, known: dict[int, str]) -> Iterator[Fault]:
    key = keys.derive("audit")
    for before, row in pairwise(piece):
        if row.n != before.n + 1:
            yield Fault(before.n + 1, "missing")
        elif row.previous != before.mac:
            yield Fault(row.n, "reordered")
        if not hmac.compare_digest(row.mac, _mac(key, row)):
            yield Fault(row.n, "altered")
        elif row.n in known and known[row.n] != row.mac:
            yield Fault(row.n, "head")


def _heads(store: Store) -> Iterator[tuple[int, str]]:
    """Heads kept beside the database; a last line cut off by a crash is left out."""
    path = store.data / HEAD_LOG
    if path.is_file():
        for line in path.read_text("ascii", errors="replace").split("\n"):
            if re.fullmatch(r"\d{1,18}:[0-9a-f]{64}", line):
                yield _parsed(line)


def _parsed(head: str) -> tuple[int, str]:
    number, _, mac = head.partition(":")
    return (int(number) if number.isdecimal() else 0, mac)
