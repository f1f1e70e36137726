"""Work in progress on disk: what was read, found and written of the request in hand; private, gone once published.

A run that is killed leaves its folder; the same command goes on from there, any other removes it at its end. Two
processes never share one.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from redactor.errors import DiskFull, OutputNotWritable
from redactor.keeping import SCRATCH, Damaged, Shelf, sealed, unsealed
from redactor.release.folder import take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = ".redactor-work"
LOCK = "lock"
STEP = "step-"
OLD = "old.jsonl"  # rows of the last report of the same OUT
DONE = "done.jsonl"  # rows of the requests that this run has published; no text of a document


@dataclass(frozen=True, slots=True)
class Workspace:
    """A private folder of one process."""

    folder: Path

    def put(self, name: str, data: bytes) -> Path:
        """Keeps `data`, whole or not at all; gives its path. Raises DiskFull."""
        path = self.folder / name
        temporary = self.folder / f".{name}.{secrets.token_hex(4)}.part"  # two threads may do the same step
        try:
            with open(temporary, "wb", opener=_private) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise DiskFull from None
        return path

    def keep(self, step: str, value: object) -> None:
        """Keeps the result of a step, for a run that goes on from here. Raises DiskFull."""
        self.put(f"{STEP}{step}", sealed(value))

    def known(self, step: str) -> Any | None:
        """The result of a step; None when it was not done, or its file is not whole."""
        path = self.folder / f"{STEP}{step}"
        try:
            return unsealed(path.read_bytes())
        except (OSError, Damaged):
            return None

    def forget(self, step: str) -> None:
        """Removes the result of a step: a later one holds it."""
        (self.folder / f"{STEP}{step}").unlink(missing_ok=True)

    def shelf(self) -> Shelf:
        """Room for what is too large for the memory; nothing on it outlives this process."""
        return Shelf(self.folder, write=_scratch)

    def clear(self) -> None:
        """Forgets everything but which requests are published: the one in hand now is."""
        for path in self.folder.iterdir():
            if path.name not in {LOCK, OLD, DONE}:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _scratch(path: Path, data: bytes) -> None:
    try:
        with open(path, "wb", opener=_private) as file:
            file.write(data)
    except OSError:
        raise DiskFull from None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def workspace(parent: Path) -> Iterator[Workspace]:
    """A workspace below `parent` that goes at the end, whatever happens. Raises OutputNotWritable."""
    with _opened(parent, f"{PREFIX}-{os.getpid()}") as work:
        try:
            yield work
        finally:
            shutil.rmtree(work.folder, ignore_errors=True)


@contextmanager
def lasting_workspace(parent: Path) -> Iterator[Workspace]:
    """The workspace of `parent`, with what an interrupted run left; it goes when the block ends without an error.

    Raises OutputNotWritable, WorkspaceBusy while another process has it.
    """
    with _opened(parent, PREFIX) as work:
        for left in (*work.folder.glob(f"{SCRATCH}*"), *work.folder.glob(".*.part")):
            left.unlink()
        yield work
        shutil.rmtree(work.folder, ignore_errors=True)


@contextmanager
def unbroken() -> Iterator[None]:
    """Ctrl-C waits for the end of the block; in a thread that no signal reaches, nothing changes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


@contextmanager
def _opened(parent: Path, name: str) -> Iterator[Workspace]:
    folder = parent / name
    try:
        parent.mkdir(parents=True, exist_ok=True)
        _clear_dead(parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        raise OutputNotWritable(option="--workspace") from None
    try:
        take(lock)
        yield Workspace(folder)
    finally:
        os.close(lock)


def _clear_dead(parent: Path) -> None:
    """Removes the folders of processes that are gone, which nobody goes on with."""
    for left in parent.glob(f"{PREFIX}-*"):
        if not _is_alive(left.name.removeprefix(f"{PREFIX}-")):
            with suppress(OSError):
                shutil.rmtree(left)


def _is_alive(pid: str) -> bool:
    """True when a process of that number runs; a number that is none belongs to nobody."""
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
