"""The process that works is killed in the middle, again and again: nothing is lost, nothing is there twice."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from redactor.errors import Crashed, StoreUnreachable
from redactor.jobs import runner as running
from redactor.jobs import step as steps
from redactor.jobs.runner import Runner
from redactor.store import audit, documents, requests
from redactor.store.acts import now
from redactor.store.database import Store
from redactor.store.tables import ChunkRow, DocumentRow, PageRow, ProposalRow
from tests.store.kit import EXAMPLE, Team, run, team

FILES = ("note-transport-adapte.pdf", "liste-cohorte.pdf", "proces-verbal-311.pdf")
WORK = """
import sys
from pathlib import Path
from redactor.jobs.runner import Runner
from redactor.store.database import Store
if __name__ == "__main__":
    with Store.open(Path(sys.argv[1])) as store:
        Runner(store).run_until_idle()
        print("idle", flush=True)
"""


@pytest.fixture
def who(tmp_path: Path) -> Team:
    with Store.open(tmp_path / "data") as store:
        return team(store)


def filled(tmp_path: Path, who: Team, *, poison: bytes | None = None) -> str:
    with Store.open(tmp_path / "data") as store:
        request = requests.create(store, who.officer, number="1", received=None).id
        if poison is not None:
            documents.add(store, who.officer, request, name="poison.pdf", data=poison)
        for name in FILES:
            documents.add(store, who.officer, request, name=name, data=(EXAMPLE / name).read_bytes())
    return request


def states(store: Store) -> dict[str, str]:
    with store.reading() as session:
        return {one.kind + str(one.document): one.state for one in session.scalars(select(ChunkRow))}


@pytest.mark.slow
def test_kill_9_in_the_middle_loses_nothing(tmp_path: Path, who: Team) -> None:
    request = filled(tmp_path, who)
    program = tmp_path / "work.py"
    program.write_text(WORK)
    killed = 0
    with Store.open(tmp_path / "data") as store:
        for wanted in (1, 2, 3):
            process = subprocess.Popen(
                [sys.executable, str(program), str(tmp_path / "data")],
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
            deadline = time.monotonic() + 120
            while process.poll() is None and time.monotonic() < deadline:
                found = list(states(store).values())
                if found.count("done") >= wanted - 1 and "running" in found:
                    time.sleep(0.3)
                    break
                time.sleep(0.05)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                killed += 1
            process.wait()
        assert killed >= 1
        run(store)
        assert set(states(store).values()) == {"done"}
        view = requests.get(store, who.officer, request)
        assert (view.documents, view.failed, view.is_joined, view.pages_read) == (3, 0, True, 6)
        with store.reading() as session:
            assert session.scalar(select(func.count()).select_from(PageRow)) == 6
            keys = session.execute(select(ProposalRow.document, ProposalRow.key)).all()
            assert len(keys) == len(set(keys)) > 50
        assert audit.verify(store) == ()
        assert not list((tmp_path / "data" / "blobs").rglob("*.part")) or killed


@pytest.mark.slow
@pytest.mark.parametrize("poison", [b"%PDF-1.4\n" + b"0 0 obj << " * 3000, b"\x00" * 64, b"PK\x03\x04 cut"])
def test_a_bad_file_costs_one_file(tmp_path: Path, who: Team, poison: bytes) -> None:
    request = filled(tmp_path, who, poison=poison)
    with Store.open(tmp_path / "data") as store:
        run(store)
        found = documents.list_documents(store, who.officer, request)
        assert [one.state for one in found[1:]] == ["joined"] * 3
        assert found[0].state in {"rejected", "failed"}
        assert found[0].code is not None


def test_work_that_kills_its_process_thrice_is_named(
    tmp_path: Path, who: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, who)
    with Store.open(tmp_path / "data") as store:
        with store.acting() as session:
            one = session.scalars(select(ChunkRow).where(ChunkRow.kind == "read")).first()
            assert one is not None
            one.state, one.worker, one.attempts, name = "running", "elsewhere:1:x", running.ATTEMPTS, one.document
            one.beat = now() - dt.timedelta(seconds=running.LOST_SECONDS + 1)
            session.execute(update(ChunkRow).where(ChunkRow.id != one.id).values(state="done"))
        run(store)
        with store.reading() as session:
            row = session.get(DocumentRow, name)
            assert row is not None
            assert (row.state, row.code) == ("failed", Crashed.code)


def test_a_live_worker_keeps_its_work(tmp_path: Path, who: Team) -> None:
    filled(tmp_path, who)
    with Store.open(tmp_path / "data") as store:
        with store.acting() as session:
            session.execute(update(ChunkRow).values(state="running", worker="elsewhere:1:x", beat=now()))
        run(store)
        assert set(states(store).values()) == {"running"}


def test_a_database_that_is_away_puts_the_work_back(tmp_path: Path, who: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, who)
    monkeypatch.setattr(running, "IDLE_SECONDS", 0.0)
    calls: list[str] = []

    def away(store: Store, tools: object, chunk: ChunkRow) -> str | None:
        calls.append(chunk.id)
        if len(calls) < 3:
            raise StoreUnreachable
        return None

    monkeypatch.setattr(steps, "STEPS", dict.fromkeys(steps.STEPS, away))
    with Store.open(tmp_path / "data") as store:
        run(store)
        assert set(states(store).values()) == {"done"}
        with store.reading() as session:
            assert set(session.scalars(select(ChunkRow.attempts))) == {1}


def test_a_step_that_breaks_ends_its_file_only(tmp_path: Path, who: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    request = filled(tmp_path, who)

    def broken(store: Store, tools: object, chunk: ChunkRow) -> str | None:
        raise ZeroDivisionError("words of a document")

    monkeypatch.setattr(steps, "STEPS", dict.fromkeys(steps.STEPS, broken))
    with Store.open(tmp_path / "data") as store:
        run(store)
        found = documents.list_documents(store, who.officer, request)
        assert {(one.state, one.code) for one in found} == {("failed", Crashed.code)}
        assert all("words" not in str(one.code_facts) for one in found)


def test_threads_start_work_and_give_it_back(tmp_path: Path, who: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, who)
    monkeypatch.setattr(steps, "STEPS", dict.fromkeys(steps.STEPS, lambda *_: None))
    monkeypatch.setattr(running, "BEAT_SECONDS", 0.05)
    with Store.open(tmp_path / "data") as store:
        with Runner(store, workers=2):
            deadline = time.monotonic() + 30
            while set(states(store).values()) != {"done"} and time.monotonic() < deadline:
                time.sleep(0.05)
        assert set(states(store).values()) == {"done"}


def test_nothing_of_a_document_is_left_beside_the_blobs(tmp_path: Path, who: Team) -> None:
    """Canary: no word of a document in any file of the data folder, nor its name."""
    filled(tmp_path, who)
    with Store.open(tmp_path / "data") as store:
        run(store)
    shutil.rmtree(tmp_path / "data" / "work", ignore_errors=True)
    for path in (tmp_path / "data").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"transport-adapte" not in data
            assert "procès-verbal".encode() not in data.lower()
