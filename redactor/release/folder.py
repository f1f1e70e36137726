"""The one place that builds paths below OUT and writes there: to a temporary name, flushed, then renamed.

`released/` holds only what may leave, `drafts/` stamped drafts, `internal/` everything else. A file
whose writing was cut off keeps its temporary name, `.NAME.part`, and is removed at the start of the next run.
"""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from redactor.errors import DiskFull, OutputNotWritable, WorkspaceBusy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RELEASED = "released"
DRAFTS = "drafts"
INTERNAL = "internal"
PROOF = "proof"


def take(descriptor: int) -> None:
    """Takes an open file or folder for this process, until it is closed. Raises WorkspaceBusy while another has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise WorkspaceBusy from None


@dataclass(frozen=True, slots=True)
class OutFolder:
    """OUT of one run."""

    root: Path

    @contextmanager
    def held(self) -> Iterator[None]:
        """OUT ready, and no other process in it. Raises OutputNotWritable, WorkspaceBusy."""
        try:
            (self.root / INTERNAL).mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.root / INTERNAL, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            raise OutputNotWritable from None
        try:
            take(descriptor)
            self.open()
            yield
        finally:
            os.close(descriptor)

    def open(self) -> None:
        """Makes the folder ready and removes what an interrupted run left. Raises OutputNotWritable."""
        try:
            (self.root / INTERNAL).mkdir(parents=True, exist_ok=True)
            for left in self.root.rglob(".*.part"):
                left.unlink()
            self.write(f"{INTERNAL}/.probe", b"x")
            self.path(f"{INTERNAL}/.probe").unlink()
        except OSError:
            raise OutputNotWritable from None

    def path(self, name: str) -> Path:
        """Path of `name`, which is relative to OUT. Raises ValueError when it would lie outside."""
        path = self.root / name
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise ValueError("a name outside the output folder")
        return path

    def write(self, name: str, data: bytes) -> None:
        """Writes a file whole or not at all. Raises DiskFull."""
        self.write_pieces(name, (data,))

    def write_pieces(self, name: str, pieces: Iterable[bytes]) -> None:
        """Writes a file that is made piece by piece, whole or not at all. Raises DiskFull."""
        path = self.path(name)
        temporary = path.with_name(f".{path.name[:100]}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
                raise DiskFull from None
            raise

    def remove(self, name: str) -> None:
        """Removes a file of an earlier run, and its folder where it is then empty."""
        path = self.path(name)
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()
