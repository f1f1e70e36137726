"""Rows of a report on disk: what was written whole is there, in the order of the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from redactor.release import publish
from redactor.release.folder import OutFolder
from redactor.release.table import Rows, Table, table_of


def row(file: str, **more: Any) -> dict[str, Any]:
    return {
        "file": file, "request": None, "state": "withheld", "released": None, "draft": None, "pages": 1,
        "verdict": None, "proposals": [], "fingerprint": "f", **more,
    }  # fmt: skip


def rows(path: Path, *found: dict[str, Any]) -> Rows:
    table = table_of(path, found)
    return Rows((table, at) for at in range(len(table)))


def test_rows_are_there_for_the_next_process(tmp_path: Path) -> None:
    table_of(tmp_path / "t", [row("a.pdf"), row("b.pdf", note="é\n")])
    again = Table(tmp_path / "t")
    assert [one["file"] for one in again.heads] == ["a.pdf", "b.pdf"]
    assert again.row(1) == row("b.pdf", note="é\n")
    assert (tmp_path / "t").stat().st_mode & 0o077 == 0


def test_a_row_that_was_cut_short_is_dropped_and_written_over(tmp_path: Path) -> None:
    table_of(tmp_path / "t", [row("a.pdf")])
    with (tmp_path / "t").open("ab") as file:
        file.write(b'{"file": "b.p')
    again = Table(tmp_path / "t")
    assert again.add(row("c.pdf")) == 1
    assert [one["file"] for one in Table(tmp_path / "t").heads] == ["a.pdf", "c.pdf"]


@pytest.mark.parametrize("found", [[], [row("a.pdf")], [row("a.pdf"), row("b.pdf", trace={"because": ["é", "\n  }"]})]])
def test_a_report_is_written_and_read_row_by_row(tmp_path: Path, found: list[dict[str, Any]]) -> None:
    folder = OutFolder(tmp_path / "out")
    folder.open()
    publish.write_report(folder, rows(tmp_path / "t", *found), pack="p@1")
    text = folder.path(publish.REPORT).read_text("utf-8")
    told = json.loads(text)
    assert told["documents"] == found
    assert text == json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    old = publish.previous(folder, path=tmp_path / "old")
    assert [dict(old.row(at)) for at in range(len(old))] == found


@pytest.mark.parametrize("keep", [1, 30, 100, -3])
def test_a_report_that_is_cut_short_tells_nothing(tmp_path: Path, keep: int) -> None:
    folder = OutFolder(tmp_path / "out")
    folder.open()
    publish.write_report(folder, rows(tmp_path / "t", row("a.pdf"), row("b.pdf")), pack="p@1")
    path = folder.path(publish.REPORT)
    path.write_bytes(path.read_bytes()[:keep])
    assert len(publish.previous(folder, path=tmp_path / "old")) == 0
