"""Every bad input has its error, its state in the report and its advice; the others of the request go on."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pymupdf
import pytest

from redactor.release.folder import OutFolder
from tests.builders import SIN, call, folder_of, pdf, scan, text_of
from tests.cli.test_redact import DECIDED, report_of

ENCRYPTED = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "owner_pw": "o"}


def no_pages() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
        b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n104\n%%EOF\n"
    )


@pytest.mark.parametrize(
    ("data", "state", "code"),
    [
        (b"", "rejected", "input.empty"),
        (bytes(range(256)), "rejected", "input.unknown_format"),
        (b"PK\x03\x04" + bytes(200), "rejected", "input.damaged_file"),
        (pdf()[:300], "rejected", "input.damaged"),
        (pdf(**ENCRYPTED, user_pw="u"), "rejected", "input.encrypted"),
        (no_pages(), "rejected", "input.no_pages"),
    ],
    ids=["empty", "data", "zip", "truncated", "password", "no pages"],
)
def test_a_bad_file_is_named_and_the_rest_goes_on(
    data: bytes, state: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder_of(tmp_path / "in", {"bad.pdf": data, "note.pdf": pdf()})
    ended = call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED)
    bad, good = report_of(tmp_path / "out")["documents"]
    assert ended.code == 3
    assert (bad["state"], bad["failure"]["code"], bad["released"]) == (state, code, None)
    assert bad["failure"]["conseil"] in ended.out
    assert bad["failure"]["advice"] in ended.out
    assert good["state"] == "released"
    assert [path.name for path in (tmp_path / "out/released").iterdir()] == ["note.pdf"]


def test_without_tesseract_a_scan_is_left_to_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    source = folder_of(tmp_path / "in", {"bad.pdf": scan(), "note.pdf": pdf()})
    assert call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED).code == 3
    bad, good = report_of(tmp_path / "out")["documents"]
    assert (bad["state"], bad["failure"]["code"], bad["released"]) == ("needs_person", "page.needs_ocr", None)
    assert good["state"] == "released"


def test_owner_restrictions_alone_are_no_obstacle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder_of(tmp_path / "in", {"note.pdf": pdf(**ENCRYPTED, permissions=0)})
    assert call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED).code == 0
    assert SIN not in text_of(tmp_path / "out/released/note.pdf")


def test_more_pages_than_the_limit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = pymupdf.open()
    for _ in range(10_001):
        doc.new_page(width=50, height=50)
    source = folder_of(tmp_path / "in", {"long.pdf": doc.tobytes()})
    assert call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED).code == 3
    assert report_of(tmp_path / "out")["documents"][0]["failure"]["code"] == "input.too_many_pages"


def test_a_file_the_request_names_and_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder_of(tmp_path / "in", {"note.pdf": pdf(), "gone.pdf": b"x"})
    (source / "gone.pdf").unlink()
    ended = call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED)
    states = {
        row["file"]: (row["state"], row["failure"] and row["failure"]["code"])
        for row in report_of(tmp_path / "out")["documents"]
    }
    assert ended.code == 3
    assert states == {"note.pdf": ("released", None), "gone.pdf": ("rejected", "input.missing")}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["redact", "gone.pdf", "--out", "out"], 2, "usage.missing_input"),
        (["redact", "empty", "--out", "out"], 2, "usage.no_documents"),
        (["redact", "in", "--out", "file"], 2, "usage.output_not_writable"),
        (["redact", "in", "--out", "out", "--decided-by", "A"], 2, "usage.decider_needed"),
        (["redact", "in", "--out", "out", "--reason", "A"], 2, "usage.decider_needed"),
        (["redact", "in", "--out", "out", "--decided-by", " ", "--reason", "r"], 2, "usage.decider_needed"),
        (["redact", "in", "--out", "out", "--request", "gone.yaml"], 2, "usage.missing_input"),
        (["redact", "in", "--out", "out", "--request", "bad.yaml"], 2, "file=bad.yaml, line=2"),
        (["redact", "in", "--out", "out", "--decisions", "bad.yaml"], 2, "usage.bad_decision"),
        (["redact", "in", "--out", "out", "--targets", "t.json"], 2, "usage.decider_needed"),
        (["redact", "two", "--out", "out", "--targets", "t.json", *DECIDED], 2, "usage.targets_need_one_file"),
        (["redact", "in", "--out", "out", "--targets", "bad.yaml", *DECIDED], 2, "usage.malformed_targets"),
        (["redact", "in"], 2, "--out"),
        (["redact", "in", "--out", "out", "--mode", "blur"], 2, "--mode"),
        (["nothing"], 2, "No such command"),
        (["verify", "in/a.pdf", "--nothing"], 2, "No such option"),
    ],
)
def test_a_wrong_call_is_told_before_anything_starts(
    arguments: list[str], code: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    folder_of(tmp_path / "in", {"a.pdf": pdf()})
    folder_of(tmp_path / "two", {"a.pdf": pdf(), "b.pdf": pdf()})
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "bad.yaml").write_text("documents:\n  - {file: a.pdf, kind: roman}\n")
    (tmp_path / "t.json").write_text("[]")
    ended = call(capsys, *arguments)
    assert ended.code == code
    assert told in ended.err
    assert "Traceback" not in ended.err
    assert not (tmp_path / "out/released").exists()


def test_a_folder_with_the_result_of_other_documents_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(capsys, "redact", folder_of(tmp_path / "a", {"a.pdf": pdf()}), "--out", tmp_path / "out", *DECIDED)
    ended = call(capsys, "redact", folder_of(tmp_path / "b", {"b.pdf": pdf()}), "--out", tmp_path / "out", *DECIDED)
    assert (ended.code, "usage.output_of_another_run" in ended.err) == (2, True)
    assert (tmp_path / "out/released/a.pdf").is_file()


def test_a_disk_that_fills_up_leaves_nothing_half_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write = OutFolder.write

    def full(self: OutFolder, name: str, data: bytes) -> None:
        if name.startswith("released/"):
            with monkeypatch.context() as inner:
                inner.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
                write(self, name, data)
        write(self, name, data)

    monkeypatch.setattr(OutFolder, "write", full)
    ended = call(capsys, "redact", folder_of(tmp_path / "in", {"a.pdf": pdf()}), "--out", tmp_path / "out", *DECIDED)
    (row,) = report_of(tmp_path / "out")["documents"]
    assert (ended.code, row["state"], row["failure"]["code"]) == (3, "failed", "output.disk_full")
    assert [path for path in (tmp_path / "out").rglob("*") if path.suffix in {".pdf", ".part"}] == []


def test_ctrl_c_in_the_middle_leaves_whole_requests_and_a_report(tmp_path: Path) -> None:
    rows = "---\n".join(f"documents: [{{file: {name}.pdf}}]\n" for name in "abcdefgh")
    source = folder_of(tmp_path / "in", {f"{name}.pdf": pdf() for name in "abcdefgh"}, request=rows)
    command = [sys.executable, "-m", "redactor", "redact", str(source), "--out", str(tmp_path / "out"), *DECIDED]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not (tmp_path / "out/released/a.pdf").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=60)
    states = {row["file"]: row["state"] for row in report_of(tmp_path / "out")["documents"]}
    assert child.returncode == 130
    assert "Interrompu" in told
    assert "Traceback" not in told
    released = {path.name for path in (tmp_path / "out/released").iterdir()}
    assert released == {name for name, state in states.items() if state == "released"}
    assert set(states) == {f"{name}.pdf" for name in "abcdefgh"}
    assert states["h.pdf"] == "failed"


def test_the_same_command_goes_on_after_a_kill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder_of(tmp_path / "in", {"a.pdf": pdf()})
    (tmp_path / "out/internal").mkdir(parents=True)
    (tmp_path / "out/internal/report.json").write_text('{"schema": 1, "docu')
    (tmp_path / "out/released").mkdir()
    (tmp_path / "out/released/.a.pdf.part").write_bytes(b"half")
    assert call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED).code == 0
    assert [path.name for path in (tmp_path / "out/released").iterdir()] == ["a.pdf"]


def test_an_unexpected_fault_is_told_without_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("Zyxw Secretowski")

    monkeypatch.setattr("redactor.commands.redact.gather", broken)
    ended = call(capsys, "redact", tmp_path, "--out", tmp_path / "out")
    assert ended.code == 1
    assert "Secretowski" not in ended.err
    assert json.dumps("ValueError").strip('"') in ended.err
