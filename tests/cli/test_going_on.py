"""The same command after a kill: what was read, found and proved is not done again, and the same files come out."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from redactor.errors import Crashed, TimedOut
from redactor.reading import read_some
from redactor.release.folder import OutFolder
from redactor.release.workspace import PREFIX, Workspace, lasting_workspace
from redactor.sandbox import Sandbox
from tests.builders import NOTE, REQUEST, SIN, call, folder_of, pdf, text_of

DECIDED = ("--decided-by", "Camille Exemple", "--reason", "processus en cours")
CHUNK = 3  # pages: smaller than in the product, so that a few of them are several chunks
LINES = ("Le pont a été construit en 1964 et porte 4 300 véhicules par jour.",)
FILES = {
    "a.pdf": pdf(*(NOTE if number in {0, CHUNK + 1} else LINES for number in range(CHUNK + 2))),
    "b.pdf": pdf(LINES),
}
KILLED = """
import os, signal, sys
import redactor.reading
from redactor.cli import main
from redactor.release.folder import OutFolder
from redactor.release.table import Table
from redactor.release.workspace import Workspace

def deadly(kind, name, at):
    write = getattr(kind, name)
    def done(self, *given):
        result = write(self, *given)
        if str(given[0]).startswith(at) or at == name:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(kind, name, done)

if __name__ == "__main__":
    redactor.reading.CHUNK = 3
    where, name, at = sys.argv[1:4]
    deadly({"Workspace": Workspace, "OutFolder": OutFolder, "Table": Table}[where], name, at)
    main(sys.argv[4:])
"""
# Killed right after: the first chunk, the document, its findings, a proved file, a published file, its row.
PLACES = {
    "chunk": ("Workspace", "put", "step-part-"), "document": ("Workspace", "put", "layout-"),
    "findings": ("Workspace", "put", "step-found-"), "proved": ("Workspace", "put", "step-made-"),
    "published": ("OutFolder", "write", "released/"), "row": ("Table", "add", "add"),
}  # fmt: skip


def source_of(root: Path) -> Path:
    return folder_of(root / "in", FILES, request=REQUEST + "  - {file: a.pdf}\n  - {file: b.pdf}\n")


def released(out: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted((out / "released").iterdir())}


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redactor.reading.CHUNK", CHUNK)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the children of this process by what they do."""
    counted: Counter[str] = Counter()
    plain = Sandbox.call

    def counting(self: Sandbox, task: Callable[..., Any], data: bytes, /, **options: Any) -> Any:
        counted[task.__name__] += 1
        return plain(self, task, data, **options)

    monkeypatch.setattr(Sandbox, "call", counting)
    return counted


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run gives that nobody stops."""
    root = tmp_path_factory.mktemp("clean")
    command = [sys.executable, "-m", "redactor", "redact", str(source_of(root)), "--out", str(root / "out"), *DECIDED]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    return released(root / "out")


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_kill_9_costs_the_step_in_hand_and_nothing_else(
    place: str, tmp_path: Path, clean: dict[str, bytes], calls: Counter[str], capsys: pytest.CaptureFixture[str]
) -> None:
    source, out, program = source_of(tmp_path), tmp_path / "out", tmp_path / "killed.py"
    program.write_text(KILLED)
    command = ["redact", str(source), "--out", str(out), *DECIDED, "--jobs", "1"]
    ended = subprocess.run([sys.executable, str(program), *PLACES[place], *command], capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert not (out / "internal/report.json").exists()
    assert call(capsys, *command).code == 0
    assert released(out) == clean
    read, made = calls["read_some"], calls["make"]
    expected = {"chunk": (2, 2), "document": (0, 2), "findings": (0, 2), "proved": (0, 1)}
    assert (read, made) == expected.get(place, (0, 0))
    assert list((out / "internal").glob(f"{PREFIX}*")) == []


def test_what_changed_meanwhile_is_done_anew(
    tmp_path: Path, calls: Counter[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = source_of(tmp_path), tmp_path / "out"
    with monkeypatch.context() as inner:
        inner.setattr("redactor.finding.find_in", _stopped)
        assert call(capsys, "redact", source, "--out", out, *DECIDED).code == 130
    assert calls["read_some"] == 3
    (source / "b.pdf").write_bytes(pdf((f"Le NAS de la plaignante est le {SIN}.", "Rapport annuel de 2023.")))
    calls.clear()
    assert call(capsys, "redact", source, "--out", out, *DECIDED).code == 0
    assert calls["read_some"] == 1
    assert SIN not in text_of(out / "released/b.pdf")
    assert "Rapport annuel" in text_of(out / "released/b.pdf")


def _stopped(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_file_whose_publishing_was_cut_off_does_not_outlive_its_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = source_of(tmp_path), tmp_path / "out"
    write = OutFolder.write

    def stopped(self: OutFolder, name: str, data: bytes) -> None:
        write(self, name, data)
        if name == "released/b.pdf":
            raise MemoryError

    with monkeypatch.context() as inner:
        inner.setattr(OutFolder, "write", stopped)
        assert call(capsys, "redact", source, "--out", out, *DECIDED).code == 1
    assert (out / "released/b.pdf").is_file()
    (source / "b.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    assert call(capsys, "redact", source, "--out", out, *DECIDED).code == 3
    assert set(released(out)) == {"a.pdf"}
    assert [one.name for one in (out / "internal/proof").iterdir()] == ["a.json"]


def test_ctrl_c_leaves_a_private_workspace_that_the_next_run_removes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = source_of(tmp_path), tmp_path / "out"
    with monkeypatch.context() as inner:
        inner.setattr("redactor.finding.find_in", _stopped)
        assert call(capsys, "redact", source, "--out", out, *DECIDED, "--workspace", tmp_path / "work").code == 130
    left = tmp_path / "work" / PREFIX
    assert left.stat().st_mode & 0o077 == 0
    assert all(one.stat().st_mode & 0o077 == 0 for one in left.iterdir())
    states = {row["state"] for row in json.loads((out / "internal/report.json").read_text())["documents"]}
    assert states == {"failed"}
    assert call(capsys, "redact", source, "--out", out, *DECIDED, "--workspace", tmp_path / "work").code == 0
    assert list((tmp_path / "work").iterdir()) == []


def test_a_second_run_in_the_same_workspace_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with lasting_workspace(tmp_path / "out/internal"):
        ended = call(capsys, "redact", source_of(tmp_path), "--out", tmp_path / "out", *DECIDED)
    assert (ended.code, "usage.workspace_busy" in ended.err) == (2, True)
    assert not (tmp_path / "out/released").exists()


def test_a_workspace_that_is_full_is_named_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Workspace.put

    def full(self: Workspace, name: str, data: bytes) -> Path:
        if name.startswith("step-part-"):
            with monkeypatch.context() as inner:
                inner.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
                return put(self, name, data)
        return put(self, name, data)

    monkeypatch.setattr(Workspace, "put", full)
    source = folder_of(tmp_path / "in", FILES)
    ended = call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED, "--json")
    assert ended.code == 3
    assert {row["failure"]["code"] for row in ended.json["documents"]} == {"output.disk_full"}
    assert not (tmp_path / "out/released").exists()


@pytest.mark.parametrize("error", [Crashed(exit=-9), TimedOut(seconds=120)], ids=lambda one: one.code)
def test_a_page_that_kills_its_child_is_named_and_its_document_goes_to_a_person(
    error: Crashed | TimedOut, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, plain = CHUNK, Sandbox.call

    def deadly(self: Sandbox, task: Callable[..., Any], data: bytes, /, **options: Any) -> Any:
        is_here = task is read_some and len(data) == len(FILES["a.pdf"])
        if is_here and options["first"] <= bad < options["first"] + options["count"]:
            raise error
        return plain(self, task, data, **options)

    monkeypatch.setattr(Sandbox, "call", deadly)
    ended = call(capsys, "redact", source_of(tmp_path), "--out", tmp_path / "out", *DECIDED, "--json")
    first, second = ended.json["documents"]
    assert (ended.code, first["state"], second["state"]) == (3, "needs_person", "released")
    assert (first["failure"]["code"], first["failure"]["facts"]) == (
        "page.failed", {"pages": str(bad + 1), "why": error.code},
    )  # fmt: skip
    assert first["pages"] == CHUNK + 2
    assert {one["page"] for one in first["proposals"] if one["state"] == "masked"} >= {1}
    assert set(released(tmp_path / "out")) == {"b.pdf"}
