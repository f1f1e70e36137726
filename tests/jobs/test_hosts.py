"""Two workers on one PostgreSQL database and one folder: one of them is lost in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from redactor.pdf.typeset import Lines, typeset
from redactor.store import audit, documents, requests
from redactor.store.database import Store
from redactor.store.tables import ChunkRow, PageRow
from tests.store import postgres
from tests.store.kit import team

FILES = 6


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    if reason := postgres.why_not():
        pytest.skip(reason)
    pytest.importorskip("psycopg", reason="the extra `cluster` is not installed")
    with postgres.cluster() as server:
        yield postgres.new_database(server)


def worker(url: str, data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "redactor", "worker", "--data", str(data), "--database-url", url]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)


def left(store: Store) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).where(ChunkRow.state.in_(("waiting", "running")))) or 0


def wait_until(condition: object, seconds: float) -> None:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)


@pytest.mark.slow
def test_a_lost_worker_loses_nothing(url: str, tmp_path: Path) -> None:
    with Store.open(tmp_path, url=url) as store:
        who = team(store)
        request = requests.create(store, who.officer, number="1", received=None).id
        for number in range(FILES):
            data = typeset([Lines((f"Pièce {number}", "Madame Flavie Desruisseaux, 418 555-0161."))])
            documents.add(store, who.officer, request, name=f"{number}.pdf", data=data)
        lost, other = worker(url, tmp_path), worker(url, tmp_path)
        try:
            wait_until(lambda: left(store) < FILES, 120)
            os.killpg(lost.pid, signal.SIGKILL)
            lost.wait()
            wait_until(lambda: left(store) == 0, 240)
        finally:
            os.killpg(other.pid, signal.SIGTERM)
            other.wait(60)
        view = requests.get(store, who.officer, request)
        assert (view.documents, view.failed, view.pages_read, view.is_joined) == (FILES, 0, FILES, True)
        with store.reading() as session:
            assert session.scalar(select(func.count()).select_from(PageRow)) == FILES
        assert audit.verify(store) == ()
