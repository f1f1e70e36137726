"""Private: no network call at run time, and no word of a document anywhere but in the released files."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.builders import call, folder_of, pdf, text_of
from tests.cli.test_redact import DECIDED

CANARY = ("Quizzaciously", "Zorblaxian", "Vexilquark", "Plimbortique", "Gnorfelle")  # words of no language
PAGE = (
    f"NOTE A LA SOUS-MINISTRE {CANARY[0]}",
    f"Nous recommandons de refuser la demande de {CANARY[1]} au plus tôt.",
    f"Mme Odile {CANARY[2]}, du 12, rue {CANARY[3]}, app. 4, Québec (Québec) G1R 1A1, est atteinte de {CANARY[4]}.",
    "Le pont de la route 263 a été construit en 1964 et porte 4 300 véhicules par jour.",
    "La limite de charge affichée depuis novembre 2020 est de 22 tonnes.",
    "Trois carottes de béton ont été prélevées dans le tablier au mois de mars 2021.",
    "Les deux municipalités desservies comptent ensemble 5 180 habitants.",
    "Courriel : odile.vexilquark@maison.example, NAS 046 454 286, tél. 418 555-0143, poste 22.",
)
VALUES = ("vexilquark", "555-0143", "5550143", "454 286", "454286")  # shorter ones stand in digests too


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Any attempt to open a connection or ask for a name fails, and is remembered."""
    tried: list[object] = []

    def refuse(*where: object, **_: object) -> NoReturn:
        tried.append(where)
        raise OSError("no network here")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, _unless_local(getattr(socket.socket, name), refuse))
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    return tried


def _unless_local(real: Any, refuse: Any) -> Any:
    """Processes of this machine talk over Unix sockets: that is no network."""

    def tried(self: socket.socket, *where: Any, **told: Any) -> Any:
        return real(self, *where, **told) if self.family == socket.AF_UNIX else refuse(*where)

    return tried


@pytest.mark.parametrize(
    "command",
    [
        ("redact", "in", "--out", "out", *DECIDED),
        ("analyse", "in"),
        ("verify", "in/note.pdf"),
        ("policies", "explain", "in/note.pdf", "--request", "in/request.yaml"),
        ("policies", "check"),
        ("doctor",),
        ("--help",),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_no_command_asks_the_network(
    command: tuple[str, ...], no_network: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    folder_of(tmp_path / "in", {"note.pdf": pdf(PAGE)})
    assert call(capsys, *command).code in {0, 4}
    assert no_network == []


def test_no_word_of_a_document_is_told_anywhere_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    files = {"note.pdf": pdf(PAGE), "cut.pdf": pdf(PAGE)[:400], "locked.pdf": pdf(PAGE, encryption=5, user_pw="u")}
    folder_of(tmp_path / "in", files)
    with caplog.at_level(logging.DEBUG):
        ended = call(capsys, "--log", "redact", tmp_path / "in", "--out", tmp_path / "out", *DECIDED)
        shown = call(capsys, "analyse", tmp_path / "in", "--json")
        told = call(capsys, "policies", "explain", tmp_path / "in/note.pdf")
    written = [
        path for path in tmp_path.rglob("*") if path.is_file() and "in" not in path.relative_to(tmp_path).parts[:1]
    ]
    spoken = ended.out + ended.err + shown.out + shown.err + told.out + told.err + caplog.text
    for path in written:
        if not path.is_relative_to(tmp_path / "out/released"):
            spoken += str(path) + path.read_bytes().decode("utf-8", "replace")
    assert ended.code == 3
    assert [word for word in (*CANARY, *VALUES) if word.casefold() in spoken.casefold()] == []
    assert CANARY[0] in text_of(tmp_path / "out/released/note.pdf")
    assert CANARY[2] not in text_of(tmp_path / "out/released/note.pdf")


def test_a_crash_tells_no_word_and_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> NoReturn:
        raise RuntimeError(CANARY[0])

    monkeypatch.setattr("redactor.finding.split", broken)
    folder_of(tmp_path / "in", {"note.pdf": pdf(PAGE)})
    with contextlib.redirect_stderr(sys.stderr):
        ended = call(capsys, "redact", tmp_path / "in", "--out", tmp_path / "out", *DECIDED)
    assert ended.code in {1, 3}
    assert CANARY[0] not in ended.out + ended.err + json.dumps(ended.err)
    assert not (tmp_path / "out/released").exists()
