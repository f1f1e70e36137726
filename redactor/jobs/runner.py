"""The embedded runner: threads that take chunks from the table, one after the other, until they are told to stop.

What a process that died had in hand is taken over: at once where its process is gone from this machine, else when its
heartbeat is too old.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import threading
import time
from typing import TYPE_CHECKING, Self

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from redactor import events
from redactor.errors import Crashed, RedactorError, StoreUnreachable
from redactor.events import Event
from redactor.jobs.read import PASSING
from redactor.jobs.step import give_up, step
from redactor.outcome import Tools
from redactor.sandbox import Sandbox
from redactor.store import upkeep
from redactor.store.acts import now
from redactor.store.requests import renew
from redactor.store.tables import ChunkRow

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from redactor.store.database import Store

BEAT_SECONDS = 10.0  # between two signs of life
LOST_SECONDS = 60.0  # without one, after which the work is somebody else's; six beats
IDLE_SECONDS = 1.0  # between two looks at the table when nobody wakes the runner
ATTEMPTS = 3  # times a chunk may be in hand when its process dies; then the file is named
_AT_ONCE = 200  # chunks that a worker hands out at once
_LIVE = ("waiting", "running")


class Runner:
    """Does the work of a store in threads of this process."""

    def __init__(self, store: Store, *, workers: int = 1) -> None:
        self._store = store
        self._workers = workers
        self._name = f"{socket.gethostname()[:30]}:{os.getpid()}:{os.urandom(4).hex()}"
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._sandbox = Sandbox(at_once=max(1, workers))
        self._tools = Tools(store.pack, self._sandbox, workers, now().astimezone().date())

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Begins; returns at once. Requests that were analysed under other rules are analysed again.

        What processes of this machine left when they were killed goes.
        """
        upkeep.clear_work(self._store)
        renew(self._store)
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self._workers)]
        self._threads.append(threading.Thread(target=self._beat, daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends; what was in hand is given back and done again later."""
        self._stop.set()
        self._store.wake.set()
        self._sandbox.stop()
        for thread in self._threads:
            thread.join()
        self._give_back()

    def run_until_idle(self) -> None:
        """Does all the work there is, in this thread."""
        self._take_over()
        while not self._stop.is_set() and (chunk := self._claim()) is not None:
            self._do(chunk)

    def waiting(self) -> tuple[str, ...]:
        """Ids of the chunks that may be done now, after taking over what dead workers held."""
        self._take_over()
        with self._store.reading() as session:
            return tuple(session.scalars(_ready().with_only_columns(ChunkRow.id).limit(_AT_ONCE)))

    def do_one(self, chunk_id: str) -> None:
        """Does a chunk that somebody else handed out, if it still waits."""
        with self._store.acting() as session:
            wanted = _ready().where(ChunkRow.id == chunk_id).with_for_update(skip_locked=True)
            chunk = self._taken(session.scalar(wanted))
        if chunk is not None:
            self._do(chunk)

    def _taken(self, row: ChunkRow | None) -> ChunkRow | None:
        if row is not None:
            row.state, row.worker, row.beat, row.attempts = "running", self._name, now(), row.attempts + 1
        return row

    def _work(self) -> None:
        while not self._stop.is_set():
            self._store.wake.clear()
            try:
                self.run_until_idle()
            except StoreUnreachable:
                self._stop.wait(IDLE_SECONDS)
                continue
            self._store.wake.wait(IDLE_SECONDS)

    def _do(self, chunk: ChunkRow) -> None:
        """One step. What passes puts the chunk back; nothing else a step raises ends the thread."""
        try:
            step(self._store, self._tools, chunk.id)
        except PASSING as error:
            events.record(Event.SET_ASIDE, document=chunk.document or chunk.request, code=error.code)
            self._put_back(chunk.id)
            self._stop.wait(IDLE_SECONDS)
        except Exception as error:  # noqa: BLE001  the last handler of a thread: one bad file costs one file
            give_up(self._store, chunk, Crashed(kind=type(error).__name__))

    def _claim(self) -> ChunkRow | None:
        """The next chunk, taken; what needs all documents of a request waits until they are read."""
        with self._store.acting() as session:
            return self._taken(session.scalar(_ready().limit(1).with_for_update(skip_locked=True)))

    def _beat(self) -> None:
        swept = -upkeep.SWEEP_SECONDS
        while not self._stop.wait(BEAT_SECONDS):
            try:
                if time.monotonic() - swept > upkeep.SWEEP_SECONDS:
                    upkeep.sweep(self._store)
                    swept = time.monotonic()
                with self._store.acting() as session:
                    session.execute(update(ChunkRow).where(
                        ChunkRow.worker == self._name, ChunkRow.state == "running").values(beat=now()))  # fmt: skip
                self._take_over()
            except StoreUnreachable:
                continue

    def _take_over(self) -> None:
        """Chunks of workers that are gone wait again; one that was in hand too often is given up."""
        with self._store.acting() as session:
            lost = [one for one in _running(session) if self._is_lost(one)]
            for one in lost:
                one.state = "waiting"
        for one in lost:
            if one.attempts >= ATTEMPTS:
                give_up(self._store, one, Crashed(attempts=one.attempts))

    def _is_lost(self, chunk: ChunkRow) -> bool:
        if chunk.worker == self._name:
            return False
        is_old = chunk.beat is None or now() - chunk.beat > dt.timedelta(seconds=LOST_SECONDS)
        return is_old or _is_dead(chunk.worker or "")

    def _put_back(self, chunk_id: str) -> None:
        """Waits again, and the attempt does not count: it was not the file's fault."""
        try:
            with self._store.acting() as session:
                row = session.get(ChunkRow, chunk_id)
                if row is not None and row.state == "running":
                    row.state, row.attempts = "waiting", row.attempts - 1
        except RedactorError:
            return

    def _give_back(self) -> None:
        with self._store.acting() as session:
            for row in _running(session):
                if row.worker == self._name:
                    row.state, row.attempts = "waiting", row.attempts - 1


def _running(session: Session) -> list[ChunkRow]:
    return list(session.scalars(select(ChunkRow).where(ChunkRow.state == "running")))


def _ready() -> Select[tuple[ChunkRow]]:
    """Chunks that may be done, oldest first: what needs all documents of a request waits until they are read."""
    other = aliased(ChunkRow)
    unread = exists().where(other.request == ChunkRow.request, other.kind == "read", other.state.in_(_LIVE))
    return (
        select(ChunkRow)
        .where(ChunkRow.state == "waiting", (ChunkRow.kind == "read") | ~unread)
        .order_by(ChunkRow.created, ChunkRow.id)
    )  # fmt: skip


def _is_dead(worker: str) -> bool:
    """True when the worker is a process of this machine that no longer runs."""
    host, _, rest = worker.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname()[:30] or not rest.isdecimal():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
