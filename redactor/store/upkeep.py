"""What is left behind: files that no row names any more, folders of processes that are gone. Nothing a row names goes.

A file is written before the row that names it: only files older than `GRACE_SECONDS` are looked at, and one that is
kept again counts as new.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from redactor.store import audit
from redactor.store.tables import (
    ChunkRow,
    DocumentRow,
    PageRow,
    ProductRow,
    ReleaseRow,
    RequestRow,
    SettledRow,
    UploadRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from redactor.store.database import Store

WORK: Final = "work"
GRACE_SECONDS: Final = 3_600.0  # an act that keeps a file and never comes to its row is over long before
SWEEP_SECONDS: Final = 3_600.0  # between two sweeps of a running service


def scratch(store: Store) -> str:
    """A new private folder for one piece of work; its name tells whose it is."""
    work = store.data / WORK
    work.mkdir(mode=0o700, exist_ok=True)
    return tempfile.mkdtemp(dir=work, prefix=f"{_host()}_{os.getpid()}_")


def clear_work(store: Store) -> int:
    """Removes the folders of this machine's processes that no longer run; gives their number."""
    work = store.data / WORK
    left = [one for one in work.iterdir() if _is_dead(one.name)] if work.is_dir() else []
    for one in left:
        shutil.rmtree(one, ignore_errors=True)
    return len(left)


def _host() -> str:
    return "".join(char for char in socket.gethostname() if char.isalnum())[:30]


def _is_dead(name: str) -> bool:
    """True for a folder of this machine whose process is gone; one of another machine is that machine's."""
    host, _, rest = name.partition("_")
    number = rest.partition("_")[0]
    if host != _host() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def sweep(store: Store, *, grace: float = GRACE_SECONDS) -> int:
    """Deletes the files that no row names, `grace` seconds old at least; gives their number, which the journal keeps.

    What was removed, replaced or analysed anew leaves such files: its rows name them no more.
    """
    limit = time.time() - grace
    old = [one for one in _files(store.blobs.folder) if _kept_at(one) <= limit]
    if not old:
        return 0
    with store.acting() as session:
        named = _named(session)
        gone = [one for one in old if one.name not in named and _kept_at(one) <= limit]
        for one in gone:
            one.unlink(missing_ok=True)
        if gone:
            audit.record(session, audit.SYSTEM, "store.sweep", "blobs", files=len(gone))
    return len(gone)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for group in folder.iterdir():
            yield from group.iterdir() if group.is_dir() else ()


def _kept_at(path: Path) -> float:
    """When the file was last kept, in seconds since 1970; one that is gone counts as new."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _named(session: Session) -> set[str]:
    """Addresses that a row needs. A removed document needs none of its own."""
    there = DocumentRow.state != "removed"
    wanted = (
        select(DocumentRow.blob).where(there), select(DocumentRow.pdf).where(there),
        select(DocumentRow.found).where(there), select(PageRow.blob), select(RequestRow.texts),
        select(ProductRow.blob), select(SettledRow.blob), select(ReleaseRow.blob), select(ChunkRow.result),
    )  # fmt: skip
    named = {one for query in wanted for one in session.scalars(query) if one}
    return named | {piece[2] for pieces in session.scalars(select(UploadRow.pieces)) for piece in pieces}
