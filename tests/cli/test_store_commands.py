"""`redactor user`, `store`, `audit`, `worker`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from redactor.cli import cli
from redactor.data_folder import data_folder
from redactor.store import audit, users
from redactor.store.database import Store

PASSWORD = "une longue phrase de passe\n"


def called(*arguments: str, data: Path, words: str | None = None) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--data", str(data)], input=words, standalone_mode=False)


def test_users_are_made_listed_changed_and_shut_out(tmp_path: Path) -> None:
    made = called("user", "add", "Ève", "--role", "officer", "--password-file", "-", data=tmp_path, words=PASSWORD)
    assert made.exception is not None
    made = called("user", "add", "eve", "--name", "Ève", "--role", "officer", "--role", "legal", "--password-file", "-",
                  data=tmp_path, words=PASSWORD)  # fmt: skip
    assert made.output == "eve (legal, officer)\n"
    asked = called("user", "add", "ada", "--role", "admin", data=tmp_path, words=PASSWORD * 2)
    assert asked.output.endswith("ada (admin)\n")
    assert PASSWORD.strip() not in asked.output
    assert called("user", "roles", "eve", "--role", "auditor", data=tmp_path).output == "eve (auditor)\n"
    called("user", "password", "eve", "--password-file", "-", data=tmp_path, words="encore une autre phrase\n")
    with Store.open(tmp_path) as store:
        assert users.authenticate(store, "eve", "encore une autre phrase") is not None
    called("user", "disable", "eve", data=tmp_path)
    assert "eve (auditor) – désactivé" in called("user", "list", data=tmp_path).output
    assert called("user", "disable", "personne", data=tmp_path).exception is not None


def test_the_store_is_brought_up_to_date(tmp_path: Path) -> None:
    done = called("store", "upgrade", data=tmp_path / "new")
    assert done.return_value == 0
    assert (tmp_path / "new" / "key").stat().st_mode & 0o777 == 0o600


def test_a_broken_journal_ends_with_four(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for number in range(3):
            with store.acting() as session:
                audit.record(session, audit.LOCAL, "test", f"o{number}")
        head = audit.head(store)
    assert called("audit", "verify", "--head", head, data=tmp_path).return_value == 0
    with Store.open(tmp_path) as store, store.engine.execution_options(write=True).begin() as connection:
        connection.execute(text("drop trigger audit_no_delete"))
        connection.execute(text("delete from audit where n = 3"))
    broken = called("audit", "verify", data=tmp_path)
    assert broken.return_value == 4
    assert "coupée / cut off" in broken.output


def test_a_worker_ends_when_there_is_nothing_left(tmp_path: Path) -> None:
    assert called("worker", "--once", data=tmp_path).return_value == 0


def test_the_folder_when_nobody_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_folder() == tmp_path / "redactor"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder() == tmp_path / ".local" / "share" / "redactor"
