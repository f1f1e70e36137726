"""Candidates of the request in hand, on disk until all of its files are proved. Gone at the end, whatever happens.

What lies here was masked but not yet published; a run that was killed leaves its folder, and the next run in the same
place removes it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.errors import DiskFull, OutputNotWritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = ".redactor-work-"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A private folder of this process."""

    folder: Path

    def put(self, name: str, data: bytes) -> Path:
        """Keeps `data`; gives its path. Raises DiskFull."""
        path = self.folder / name
        try:
            path.write_bytes(data)
        except OSError:
            path.unlink(missing_ok=True)
            raise DiskFull from None
        return path

    def clear(self) -> None:
        """Forgets everything: the request is published."""
        for path in self.folder.iterdir():
            path.unlink()


@contextmanager
def workspace(parent: Path) -> Iterator[Workspace]:
    """A workspace below `parent`, without what dead processes left there. Raises OutputNotWritable."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for left in parent.glob(f"{PREFIX}*"):
            if not _is_alive(left.name.removeprefix(PREFIX)):
                shutil.rmtree(left)
        folder = parent / f"{PREFIX}{os.getpid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        raise OutputNotWritable(option="--workspace") from None
    try:
        yield Workspace(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_alive(pid: str) -> bool:
    """True when a process of that number runs; a number that is none belongs to nobody."""
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
