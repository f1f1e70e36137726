"""Which files a run treats, in which request, under which name."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from redactor.errors import (
    ChangedMeanwhile,
    EmptyFile,
    MissingFile,
    MissingInput,
    NoDocuments,
    TooLarge,
    UnreadableFile,
)
from redactor.intake import load as loading
from redactor.intake.files import gather
from redactor.intake.load import load, load_again


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def names(batches: object) -> list[list[str]]:
    return [[one.file for one in batch.inputs] for batch in batches]  # type: ignore[attr-defined]


def test_a_folder_is_mirrored_and_its_request_file_is_no_input(tmp_path: Path) -> None:
    put(tmp_path, "b.pdf", "sous/a.pdf", ".DS_Store")
    (tmp_path / "request.yaml").write_text("documents: [{file: sous/a.pdf}]\n")
    assert names(gather([tmp_path], request_file=None)) == [["sous/a.pdf"], ["b.pdf"]]


def test_a_file_no_request_names_is_a_request_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", "b.pdf")
    assert names(gather([tmp_path], request_file=None)) == [["a.pdf"], ["b.pdf"]]


def test_a_file_the_request_names_and_that_is_not_there_is_listed(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf")
    (tmp_path / "request.yaml").write_text("documents: [{file: a.pdf}, {file: gone.pdf}]\n")
    (batch,) = gather([tmp_path], request_file=None)
    assert [(one.file, one.path is None) for one in batch.inputs] == [("a.pdf", False), ("gone.pdf", True)]


def test_a_part_that_the_request_names_waits_for_its_container(tmp_path: Path) -> None:
    put(tmp_path, "m.msg")
    (tmp_path / "request.yaml").write_text("documents: [{file: m.msg/a.docx, kind: letter}]\n")
    (batch,) = gather([tmp_path], request_file=None)
    assert [(one.file, list(one.parts)) for one in batch.inputs] == [("m.msg", ["a.docx"])]


def test_only_what_was_asked_for_is_treated(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", "b.pdf")
    (tmp_path / "request.yaml").write_text("documents: [{file: a.pdf}, {file: b.pdf}]\n")
    assert names(gather([tmp_path / "a.pdf"], request_file=tmp_path / "request.yaml")) == [["a.pdf"]]


def test_names_are_compared_composed(tmp_path: Path) -> None:
    put(tmp_path, unicodedata.normalize("NFD", "décret.pdf"))
    (tmp_path / "request.yaml").write_text("documents: [{file: décret.pdf, kind: decision}]\n", encoding="utf-8")
    (batch,) = gather([tmp_path], request_file=None)
    assert [(one.file, one.facts.kind) for one in batch.inputs] == [("décret.pdf", "decision")]


def test_the_output_folder_is_never_read(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", "out/released/a.pdf")
    assert names(gather([tmp_path], request_file=None, excluded=tmp_path / "out")) == [["a.pdf"]]


def test_nothing_to_do_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoDocuments):
        gather([tmp_path], request_file=None)
    with pytest.raises(MissingInput):
        gather([tmp_path / "gone"], request_file=None)
    put(tmp_path, "a.pdf")
    with pytest.raises(MissingInput):
        gather([tmp_path], request_file=tmp_path / "gone.yaml")


def test_bytes_come_in_within_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.pdf")
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "link.pdf").symlink_to(tmp_path / "a.pdf")
    assert load(tmp_path / "a.pdf") == b"x"
    with pytest.raises(MissingFile):
        load(None)
    with pytest.raises(EmptyFile):
        load(tmp_path / "empty.pdf")
    for name in ("link.pdf", "gone.pdf", "."):
        with pytest.raises(UnreadableFile):
            load(tmp_path / name)
    monkeypatch.setattr(loading, "FILE_LIMIT_BYTES", 0)
    with pytest.raises(TooLarge):
        load(tmp_path / "a.pdf")


def test_a_file_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf")
    digest = loading.fingerprint(b"x")
    assert load_again(tmp_path / "a.pdf", sha256=digest) == b"x"
    (tmp_path / "a.pdf").write_bytes(b"y")
    with pytest.raises(ChangedMeanwhile):
        load_again(tmp_path / "a.pdf", sha256=digest)
