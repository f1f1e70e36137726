"""What must hold on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from redactor.errors import Forbidden, UserExists, WeakPassword, WrongKey
from redactor.store import audit, requests, reviewing, users
from redactor.store.acts import now, queue
from redactor.store.database import Store
from redactor.store.schema import HEAD, config_of, form_of
from redactor.store.tables import Base, ChunkRow, RequestRow
from redactor.store.values import UserRole
from tests.store.kit import PASSWORD, RECEIVED, team


def test_the_changes_of_form_end_at_the_tables(either: Store) -> None:
    with either.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert ScriptDirectory.from_config(config_of(connection)).get_current_head() == HEAD
    assert form_of(either.engine) == HEAD


def test_the_journal_refuses_changes(either: Store) -> None:
    team(either)
    for statement in ("update audit set actor = 'x'", "delete from audit"):
        with pytest.raises(DBAPIError), either.engine.execution_options(write=True).begin() as connection:
            connection.execute(text(statement))
    assert audit.verify(either) == ()


def test_words_are_only_stored_encrypted(either: Store, tmp_path: Path) -> None:
    who = team(either)
    view = requests.create(either, who.officer, number="Dossier-Zébulon", received=RECEIVED)
    requests.set_facts(either, who.officer, view.id, defaults={"body": "Ville de Zébulon"}, seen=1)
    reviewing.comment(either, who.officer, view.id, text="Zébulon Tremblay est visé")
    assert requests.get(either, who.officer, view.id).number == "Dossier-Zébulon"
    with either.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(text(f'select * from "{table.name}"')):  # as it lies there
                assert "bulon" not in "".join(repr(bytes(v) if isinstance(v, memoryview) else v) for v in row)
    either.close()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"bulon" not in path.read_bytes()


def test_writers_wait_for_one_another(either: Store) -> None:
    """Many threads, one chain: no row lost, none twice."""
    who = team(either)
    view = requests.create(either, who.officer, number="1", received=None)

    def remark() -> None:
        for _ in range(5):
            reviewing.comment(either, who.officer, view.id, text="x")

    threads = [threading.Thread(target=remark) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(reviewing.comments(either, who.officer, view.id)) == 20
    assert audit.verify(either) == ()


def test_the_same_work_twice_is_one_chunk(either: Store) -> None:
    who = team(either)
    view = requests.create(either, who.officer, number="1", received=None)
    for _ in range(2):
        with either.acting() as session:
            queue(session, "join", view.id, key="join:x")
    with either.reading() as session:
        assert session.query(ChunkRow).count() == 1
    assert either.wake.is_set()


def test_an_act_that_fails_leaves_nothing(either: Store) -> None:
    who = team(either)
    before = audit.head(either)

    def half() -> None:
        with either.acting() as session:
            session.add(RequestRow(facts={}, reasons={}, sample=1, created=now()))
            audit.record(session, who.officer.user_id, "request.create", "x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert audit.head(either) == before
    assert requests.list_requests(either, who.officer) == ()


def test_users_sign_in_and_are_shut_out(either: Store) -> None:
    assert not users.any_user(either)
    who = team(either)
    assert users.any_user(either)
    found = users.authenticate(either, "ALIX", PASSWORD)
    assert found is not None
    assert users.authenticate(either, "alix", "non") is None
    assert users.authenticate(either, "personne", PASSWORD) is None
    with pytest.raises(UserExists):
        users.add(either, None, "Alix", name="", password=PASSWORD, roles=[])
    for weak in ("court", "alix"):
        with pytest.raises(WeakPassword):
            users.set_password(either, who.admin, found.id, weak)
    with pytest.raises(Forbidden):
        users.set_roles(either, who.officer, found.id, [UserRole.ADMIN])
    changed = users.set_roles(either, who.admin, found.id, [UserRole.LEGAL])
    assert (changed.roles, changed.epoch) == (frozenset({UserRole.LEGAL}), found.epoch + 1)
    with pytest.raises(Forbidden):
        users.disable(either, who.officer, found.id)
    users.disable(either, None, found.id)
    assert users.authenticate(either, "alix", PASSWORD) is None
    with pytest.raises(Forbidden):
        requests.create(either, found.actor, number="1", received=None)
    own = users.set_password(either, who.legal, who.legal.user_id, "une autre phrase de passe")
    assert users.authenticate(either, own.login, "une autre phrase de passe") is not None
    assert audit.verify(either) == ()


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a") as one:
        team(one)
    (tmp_path / "a" / "key").rename(tmp_path / "kept")
    with pytest.raises(WrongKey):
        Store.open(tmp_path / "a")
    with Store.open(tmp_path / "b"):
        pass
    (tmp_path / "b" / "key").rename(tmp_path / "a" / "key")
    with pytest.raises(WrongKey):
        Store.open(tmp_path / "a")
    (tmp_path / "a" / "key").unlink()
    with Store.open(tmp_path / "a", key_file=tmp_path / "kept") as one:
        assert len(users.list_users(one, None)) == 5
    (tmp_path / "kept").chmod(0o644)
    with pytest.raises(WrongKey):
        Store.open(tmp_path / "a", key_file=tmp_path / "kept")
