"""A file that a killed run made and proved is taken over, and only while its bytes are those that were proved."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from redactor import making
from redactor.intake.files import Input
from redactor.intake.load import fingerprint
from redactor.making import Making
from redactor.model import DocumentId, Facts
from redactor.outcome import Outcome, Tools
from redactor.pdf.verifier import Proof, release_of
from redactor.production import Product, Style
from redactor.release.workspace import Workspace, workspace

DATA = b"%PDF-1.7 a proved file"
STYLE = Style({})


class Produced:
    """Counts how often a file is made."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        monkeypatch.setattr(making, "produce", self)

    def __call__(self, *_: Any, **__: Any) -> Product:
        self.count += 1
        proof = Proof(fingerprint(DATA), (), (("pages", 1),))
        return Product(data=DATA, proof=proof, release=release_of(proof), timings_ms=Counter(burn=3))


def outcome(**known: Any) -> Outcome:
    return Outcome(Input("a.pdf", None, Facts(in_scope=True)), DocumentId("d1"), pdf_sha256="s", **known)


def files(work: Workspace, tools: Tools, *, mark: str = "m") -> Making:
    return Making(frozenset(), STYLE, tools, work, mark)


@pytest.fixture
def tools() -> Tools:
    return Tools(None, None, 1, None)  # type: ignore[arg-type]  # nothing of them is asked


def test_a_proved_file_is_made_once(tmp_path: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    produced = Produced(monkeypatch)
    with workspace(tmp_path) as work:
        first, again = (files(work, tools).made(outcome()) for _ in range(2))
        assert first is not None
        assert again is not None
        assert again.path is not None
        assert again.path.read_bytes() == DATA
        assert again.release is not None
        assert again.release.covers(DATA)
    assert produced.count == 1


def test_another_request_has_files_of_its_own(tmp_path: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    produced = Produced(monkeypatch)
    with workspace(tmp_path) as work:
        for mark in ("m", "other"):
            files(work, tools, mark=mark).made(outcome())
    assert produced.count == 2


@pytest.mark.parametrize("bytes_now", [b"", b"%PDF-1.7 another file", None])
def test_bytes_that_changed_are_made_anew(
    bytes_now: bytes | None, tmp_path: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    produced = Produced(monkeypatch)
    with workspace(tmp_path) as work:
        made = files(work, tools).made(outcome())
        assert made is not None
        assert made.path is not None
        made.path.unlink() if bytes_now is None else made.path.write_bytes(bytes_now)
        again = files(work, tools).made(outcome())
        assert again is not None
        assert again.path is not None
        assert again.path.read_bytes() == DATA
    assert produced.count == 2


def test_no_file_is_made_of_a_document_with_a_lost_page(
    tmp_path: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    produced = Produced(monkeypatch)
    with workspace(tmp_path) as work:
        made = files(work, tools).made(outcome(lost={2: "processing.crashed", 7: "processing.timed_out"}))
    assert made is not None
    assert made.failure is not None
    assert (made.failure.code, made.failure.facts) == (
        "page.failed", {"pages": "3,8", "why": "processing.crashed"},
    )  # fmt: skip
    assert produced.count == 0
