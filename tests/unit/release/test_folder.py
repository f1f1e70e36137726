"""Files below OUT are written whole or not at all, and never outside it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from redactor.errors import DiskFull, OutputNotWritable, WorkspaceBusy
from redactor.release.folder import OutFolder


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    folder = OutFolder(tmp_path / "out")
    folder.open()
    folder.write("released/a/b.pdf", b"whole")
    assert (tmp_path / "out/released/a/b.pdf").read_bytes() == b"whole"
    folder.remove("released/a/b.pdf")
    assert not (tmp_path / "out/released").exists()


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = OutFolder(tmp_path)
    folder.open()
    folder.write("released/a.pdf", b"before")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        folder.write("released/a.pdf", b"after")
    assert (tmp_path / "released/a.pdf").read_bytes() == b"before"
    assert [one.name for one in (tmp_path / "released").iterdir()] == ["a.pdf"]


def test_another_fault_of_the_system_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = OutFolder(tmp_path)
    folder.open()

    def broken(_descriptor: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="broken"):
        folder.write("released/a.pdf", b"after")


def test_what_an_interrupted_run_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "released").mkdir()
    (tmp_path / "released/.a.pdf.part").write_bytes(b"half")
    OutFolder(tmp_path).open()
    assert list((tmp_path / "released").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritable):
        OutFolder(tmp_path / "file").open()


def test_two_processes_never_write_below_one_folder(tmp_path: Path) -> None:
    """Not even with two workspaces: the second would remove what the first is writing."""
    with OutFolder(tmp_path).held():
        (tmp_path / "internal/.a.pdf.part").write_bytes(b"half")
        with pytest.raises(WorkspaceBusy), OutFolder(tmp_path).held():
            pass
        assert (tmp_path / "internal/.a.pdf.part").exists()
    with OutFolder(tmp_path).held():
        assert not (tmp_path / "internal/.a.pdf.part").exists()


def test_a_folder_that_cannot_be_held_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritable), OutFolder(tmp_path / "file").held():
        pass


@pytest.mark.parametrize("name", ["../a.pdf", "released/../../a.pdf", "/etc/a.pdf"])
def test_a_name_outside_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        OutFolder(tmp_path).path(name)
