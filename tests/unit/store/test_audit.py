"""Whatever is done to the journal behind the program's back shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from redactor.errors import Forbidden
from redactor.store import audit, users
from redactor.store.database import HEAD_LOG, Store
from redactor.store.values import Actor, UserRole


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        for number in range(6):
            with opened.acting() as session:
                audit.record(session, audit.LOCAL, "test", f"o{number}", number=number)
        yield opened


def tamper(store: Store, *statements: str) -> None:
    with store.engine.execution_options(write=True).begin() as connection:
        for one in ("drop trigger audit_no_update", "drop trigger audit_no_delete", *statements):
            connection.execute(text(one))


def problems(store: Store, head: str | None = None) -> set[tuple[int, str]]:
    return {(one.n, one.problem) for one in audit.verify(store, head=head)}


def test_a_whole_journal_has_no_fault(store: Store) -> None:
    assert problems(store, audit.head(store)) == set()


@pytest.mark.parametrize("column", ["at", "actor", "act", "object", "facts", "previous", "mac"])
def test_an_altered_row_shows(store: Store, column: str) -> None:
    tamper(store, f"update audit set {column} = 'x' where n = 3")
    assert (3, "altered") in problems(store)


def test_a_missing_row_shows(store: Store) -> None:
    tamper(store, "delete from audit where n = 3")
    assert (3, "missing") in problems(store)


def test_a_missing_row_whose_followers_were_numbered_again_shows(store: Store) -> None:
    tamper(store, "delete from audit where n = 3", "update audit set n = n - 1 where n > 3")
    assert {problem for _, problem in problems(store)} >= {"reordered", "altered", "cut"}


def test_rows_in_another_order_show(store: Store) -> None:
    tamper(
        store,
        "update audit set n = 99 where n = 3",
        "update audit set n = 3 where n = 4",
        "update audit set n = 4 where n = 99",
    )
    assert {(3, "reordered"), (4, "reordered")} <= problems(store)


def test_a_tail_that_was_cut_off_shows_by_the_head_kept_outside(store: Store) -> None:
    printed = audit.head(store)
    tamper(store, "delete from audit where n > 4")
    assert problems(store) == {(5, "cut"), (6, "cut")}
    (store.data / HEAD_LOG).unlink()
    assert problems(store) == set()
    assert problems(store, printed) == {(6, "cut")}


def test_a_journal_written_anew_shows_by_the_head_kept_outside(store: Store) -> None:
    """Somebody who has the key signs another row 6: only the head outside tells."""
    tamper(store, "delete from audit where n > 5")
    log = (store.data / HEAD_LOG).read_text()
    with store.acting() as session:
        audit.record(session, audit.LOCAL, "other", "o6")
    (store.data / HEAD_LOG).write_text(log)
    assert problems(store) == {(6, "head")}


def test_a_head_that_is_none_is_told(store: Store) -> None:
    assert problems(store, "nonsense") == set()
    assert problems(store, f"999:{'0' * 64}") == {(999, "cut")}


def test_a_line_of_the_head_log_cut_by_a_crash_is_passed_over(store: Store) -> None:
    with (store.data / HEAD_LOG).open("a") as file:
        file.write("7:abc")
    assert problems(store) == set()


def test_long_journals_are_checked_in_pieces(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_PAGE", 2)
    assert problems(store) == set()
    tamper(store, "delete from audit where n = 3")
    assert (3, "missing") in problems(store)


def test_only_ids_and_numbers_enter(store: Store) -> None:
    for facts in ({"name": "Jean Tremblay"}, {"words": "x" * 81}):
        with pytest.raises(ValueError), store.acting() as session:
            audit.record(session, audit.LOCAL, "test", "o", **facts)


def test_reading_is_for_auditors(store: Store) -> None:
    one = users.add(store, None, "guy", name="", password="x" * 12, roles=[UserRole.AUDITOR]).actor
    assert [entry.n for entry in audit.export(store, one)] == list(range(1, 8))
    assert [entry.object for entry in audit.rows(store, one, act="test", object_="o3")] == ["o3"]
    with pytest.raises(Forbidden):
        audit.rows(store, Actor(one.user_id, frozenset({UserRole.OFFICER})))
    audit.note(store, one, "audit.view", "journal", rows=7)
    assert problems(store) == set()
