"""Chunks of pages in the store, on both engines: a bad page costs itself, what was read is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from redactor.errors import Crashed, OutOfMemory, RedactorError, TimedOut
from redactor.jobs.runner import Runner
from redactor.reading import read_some
from redactor.sandbox import Sandbox
from redactor.store import documents, pages, requests
from redactor.store.acts import queue
from redactor.store.database import Store
from redactor.store.tables import ChunkRow, ProductRow
from redactor.store.values import DocumentView
from tests.builders import pdf
from tests.store import postgres
from tests.store.kit import Team, run, team

CHUNK, COUNT, BAD = 3, 8, 4
LINES = ("Le pont a été construit en 1964.", "Monsieur Aurélien Castonguay, 418 555-0177.")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if postgres.why_not():
        pytest.skip(postgres.why_not())
    pytest.importorskip("psycopg", reason="the extra `cluster` is not installed")
    with postgres.cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr("redactor.reading.CHUNK", CHUNK)
    url = None
    if request.param == "postgresql":
        url = postgres.new_database(request.getfixturevalue("server"))
    with Store.open(tmp_path, url=url) as opened:
        yield opened


class Children:
    """Counts the chunks that are read; children that are given the bad page end as `error`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: RedactorError | None = None) -> None:
        self.firsts: list[int] = []
        plain = Sandbox.call

        def call(sandbox: Sandbox, task: Callable[..., Any], data: bytes, /, **options: Any) -> Any:
            if task is not read_some:
                return plain(sandbox, task, data, **options)
            self.firsts.append(options["first"])
            if error is not None and BAD in range(options["first"], options["first"] + options["count"]):
                raise error
            return task(data, **options)

        monkeypatch.setattr(Sandbox, "call", call)


def filled(store: Store) -> tuple[Team, str, str]:
    who = team(store)
    request = requests.create(store, who.officer, number="1", received=None).id
    data = pdf(*((f"Feuillet {number}", *LINES) for number in range(COUNT)))
    return who, request, documents.add(store, who.officer, request, name="a.pdf", data=data).document


def view(store: Store, who: Team, document: str) -> DocumentView:
    return documents.get(store, who.officer, document)


@pytest.mark.slow
@pytest.mark.parametrize("error", [Crashed(exit=-9), TimedOut(seconds=9), OutOfMemory()], ids=lambda one: one.code)
def test_one_bad_page_costs_one_page(store: Store, error: RedactorError, monkeypatch: pytest.MonkeyPatch) -> None:
    who, _, document = filled(store)
    Children(monkeypatch, error)
    run(store)
    told = view(store, who, document)
    assert (told.state, told.pages, told.code) == ("joined", COUNT, "page.failed")
    for number in range(COUNT):
        text = pages.page_view(store, who.officer, document, number).text
        assert (f"Feuillet {number}" in text) == (number != BAD)
    with store.reading() as session:
        rows = list(session.scalars(select(ChunkRow).where(ChunkRow.document == document)))
    lost = [(one.first_page, one.state, one.code) for one in rows if one.kind == "lost"]
    assert lost == [(BAD, "failed", error.code)]
    assert sorted(one.first_page for one in rows if one.kind == "pages") == [0, CHUNK, 2 * CHUNK]


@pytest.mark.slow
def test_no_file_is_made_of_a_document_with_a_lost_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    who, request, document = filled(store)
    Children(monkeypatch, Crashed(exit=-9))
    run(store)
    with store.acting() as session:
        version = requests.get(store, who.officer, request).version
        queue(session, "settle", request, key=f"settle:{request}:{version}", first=version)
    run(store)
    with store.reading() as session:
        (made,) = session.scalars(select(ProductRow).where(ProductRow.document == document))
    assert (made.state, made.code, made.blob) == ("needs_person", "page.failed", None)


class Killed(BaseException):
    """Ends the runner in the middle of a step, as a kill would."""


@pytest.mark.slow
def test_a_step_that_is_done_again_reads_only_what_is_missing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    who, _, document = filled(store)
    children = Children(monkeypatch)
    with monkeypatch.context() as inner:
        inner.setattr("redactor.jobs.read.find_in", _killed)
        with pytest.raises(Killed):
            Runner(store).run_until_idle()
    assert children.firsts == [0, CHUNK, 2 * CHUNK]
    children.firsts.clear()
    with store.acting() as session:
        for one in session.scalars(select(ChunkRow).where(ChunkRow.state == "running")):
            one.worker = "gone:1:x"
            one.beat = None
    run(store)
    assert view(store, who, document).state == "joined"
    assert children.firsts == []


def _killed(*_: object) -> None:
    raise Killed
