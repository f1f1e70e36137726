"""Work in progress: private, gone at the end, and never left behind by a dead process."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeAlias

import pytest

from redactor.errors import DiskFull, OutputNotWritable, WorkspaceBusy
from redactor.keeping import sealed
from redactor.model import Span
from redactor.release.workspace import LOCK, PREFIX, Workspace, lasting_workspace, unbroken, workspace

Opened: TypeAlias = Callable[[Path], AbstractContextManager[Workspace]]


def test_what_is_put_is_there_until_the_end(tmp_path: Path) -> None:
    with workspace(tmp_path) as work:
        path = work.put("d1", b"bytes")
        assert path.read_bytes() == b"bytes"
        assert work.folder.stat().st_mode & 0o077 == 0
        work.clear()
        assert not path.exists()
    assert list(tmp_path.iterdir()) == []


def test_it_is_gone_after_an_error_too(tmp_path: Path) -> None:
    def interrupted() -> None:
        with workspace(tmp_path) as work:
            work.put("d1", b"bytes")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_only_what_the_dead_left_is_removed(tmp_path: Path) -> None:
    for owner in (str(os.getppid()), "99999999", "nobody"):
        (tmp_path / f"{PREFIX}-{owner}").mkdir()
    with workspace(tmp_path):
        assert {one.name for one in tmp_path.iterdir()} == {f"{PREFIX}-{os.getppid()}", f"{PREFIX}-{os.getpid()}"}


@pytest.mark.parametrize("opened", [workspace, lasting_workspace])
def test_a_place_that_cannot_be_used_is_said(tmp_path: Path, opened: Opened) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritable), opened(tmp_path / "file"):
        pass


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with workspace(tmp_path) as work:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            work.put("d1", b"bytes")
        with pytest.raises(DiskFull):
            work.keep("step", ("value",))
        assert [one.name for one in work.folder.iterdir()] == [LOCK]


def test_what_a_stopped_run_did_is_known_to_the_next(tmp_path: Path) -> None:
    def stopped() -> None:
        with lasting_workspace(tmp_path) as work:
            work.keep("read", Span(3, 7))
            work.shelf().put("much", "text")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    with lasting_workspace(tmp_path) as work:
        assert work.known("read") == Span(3, 7)
        assert work.known("other") is None
        assert {one.name for one in work.folder.iterdir()} == {LOCK, "step-read"}
        assert all(one.stat().st_mode & 0o077 == 0 for one in (work.folder, *work.folder.iterdir()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"short", sealed(("cut", "short"))[:-1], sealed("x")[:32] + b"other"])
def test_a_step_that_is_not_whole_was_not_done(tmp_path: Path, data: bytes) -> None:
    with workspace(tmp_path) as work:
        work.put("step-read", data)
        assert work.known("read") is None


def test_two_processes_never_share_one(tmp_path: Path) -> None:
    with lasting_workspace(tmp_path) as work:
        work.keep("read", 1)
        with pytest.raises(WorkspaceBusy), lasting_workspace(tmp_path):
            pass
        assert work.known("read") == 1


def test_ctrl_c_waits_for_what_must_not_be_broken() -> None:
    done = []

    def published() -> None:
        with unbroken():
            signal.raise_signal(signal.SIGINT)
            done.append("whole")

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        published()
    assert done == ["whole"]
    assert signal.getsignal(signal.SIGINT) is before
