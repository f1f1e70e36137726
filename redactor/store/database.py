"""Opens a store: folder, key, engine, tables; gives transactions for acts and for reading. SQLite or PostgreSQL."""

from __future__ import annotations

import hmac
import os
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from redactor.errors import RedactorError, StoreRefused, StoreUnreachable, WrongKey
from redactor.policy.loader import bundled
from redactor.store.blobs import Blobs, Cache
from redactor.store.columns import use_cipher
from redactor.store.keys import Keys, load_keys
from redactor.store.schema import upgrade
from redactor.store.tables import SealedRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from sqlalchemy.engine import Engine

    from redactor.policy.pack import Pack

BUSY_MS = 5_000  # a writer waits so long for another; STORE design
DATABASE = "redactor.sqlite"
HEAD_LOG = "audit-head.log"
KEY_CHECK = "key-check"


@dataclass(frozen=True, slots=True)
class Store:
    """An opened store. Threads may share it. `wake` is set by acts that queue work."""

    data: Path
    engine: Engine = field(repr=False)
    keys: Keys = field(repr=False)
    blobs: Blobs
    cache: Cache
    pack: Pack = field(repr=False)
    wake: threading.Event = field(default_factory=threading.Event, repr=False)

    @classmethod
    def open(
        cls, data: Path, *, url: str | None = None, key_file: Path | None = None, pack: Pack | None = None
    ) -> Self:
        """The store in the folder `data`, made when there is none; `url` names a PostgreSQL database.

        `pack` are its rules, the bundled ones where none are given. Raises WrongKey, StoreUnreachable.
        """
        data = data.absolute()
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = engine_of(url or f"sqlite:///{data / DATABASE}")
        with _named_errors():
            upgrade(engine)
            keys = load_keys(key_file or data / "key", may_make=key_file is None and _is_new(engine))
            use_cipher(engine, keys.cipher("columns"))
            _check_key(engine, keys)
        blobs, cache = Blobs(data / "blobs", keys), Cache(data / "cache", keys)
        return cls(data, engine, keys, blobs, cache, pack or bundled())

    def close(self) -> None:
        """Lets go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def secret(self, purpose: str) -> bytes:
        """32 bytes for one purpose outside the store, such as the key of the web's sessions."""
        return self.keys.derive(f"outside/{purpose}")

    @contextmanager
    def acting(self) -> Iterator[Session]:
        """A transaction that writes: all of it or nothing. Heads of the journal go to the file beside it."""
        with _named_errors(), Session(self.engine.execution_options(write=True), expire_on_commit=False) as session:
            session.info["keys"] = self.keys
            with session.begin():
                yield session
            self._log_head(session.info.get("head"))
        if session.info.get("queued"):
            self.wake.set()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with _named_errors(), Session(self.engine, expire_on_commit=False) as session:
            session.info["keys"] = self.keys
            with session.begin():
                yield session

    def _log_head(self, head: str | None) -> None:
        if head is not None:
            handle = os.open(self.data / HEAD_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, f"{head}\n".encode())
            finally:
                os.close(handle)


def engine_of(url: str) -> Engine:
    """An engine for that address, with what each database needs."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_MS // 1000})
    engine = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, record: object) -> None:
    """SQLAlchemy begins transactions itself: the driver must not."""
    del record
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    """A writer takes its place at once, so that two of them never meet half-way."""
    is_write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def _is_new(engine: Engine) -> bool:
    with Session(engine) as session:
        return session.get(SealedRow, KEY_CHECK) is None


def _check_key(engine: Engine, keys: Keys) -> None:
    """The first opening seals a proof of the key; later ones compare. Raises WrongKey."""
    proof = keys.digest(KEY_CHECK, b"").encode()
    with Session(engine.execution_options(write=True)) as session, session.begin():
        row = session.get(SealedRow, KEY_CHECK)
        if row is None:
            session.add(SealedRow(name=KEY_CHECK, value=proof))
        elif not hmac.compare_digest(bytes(row.value), proof):
            raise WrongKey(problem="of another store")


@contextmanager
def _named_errors() -> Iterator[None]:
    """What the database says may quote a row: only the kind of the error goes on."""
    try:
        yield
    except RedactorError:
        raise
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise StoreUnreachable(kind=type(error).__name__) from None
    except DBAPIError as error:
        raise StoreRefused(kind=type(error).__name__) from None
