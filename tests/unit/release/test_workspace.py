"""Work in progress: private, gone at the end, and never left behind by a dead process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from redactor.errors import DiskFull, OutputNotWritable
from redactor.release.workspace import PREFIX, workspace


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
        (tmp_path / f"{PREFIX}{owner}").mkdir()
    with workspace(tmp_path):
        assert {one.name for one in tmp_path.iterdir()} == {f"{PREFIX}{os.getppid()}", f"{PREFIX}{os.getpid()}"}


def test_a_place_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritable), workspace(tmp_path / "file"):
        pass


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _data: bytes) -> int:
        raise OSError("full")

    with workspace(tmp_path) as work:
        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(DiskFull):
            work.put("d1", b"bytes")
        assert list(work.folder.iterdir()) == []
