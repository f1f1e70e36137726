"""Several documents searched at once: what is found is what one process finds, and a process that ends costs one."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pebble import ProcessPool

from redactor import finding
from redactor.errors import Crashed, Interrupted, NotAnalysed, TimedOut
from redactor.finding import Finders, Law, find_all_in, finder
from redactor.model import Document, DocumentId, Facts, Finding, Span, Strength
from redactor.outcome import Tools
from redactor.pdf.reader import read
from redactor.policy.loader import bundled
from redactor.recognisers.personal import UNREAD
from redactor.sandbox import Sandbox, answer_of, children
from tests.builders import pdf

DAY = dt.date(2024, 10, 2)
TEXTS = (
    "Madame Josiane Tremblay-Côté, née le 3 mai 1981, est malade.",
    "Le comité recommande de reporter le projet.",
)


def law() -> Law:
    return Law(bundled(), DAY)


@pytest.fixture(name="pool")
def _pool() -> Iterator[ProcessPool]:
    pool = ProcessPool(1, context=children())
    yield pool
    pool.stop()
    pool.join()


def document(text: str) -> Document:
    return read(pdf((text,)), document_id=DocumentId("d1"))


def documents() -> list[Document]:
    return [document(text) for text in TEXTS]


def test_several_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "SEVERAL", 1)
    with Sandbox() as sandbox, finder(Tools(bundled(), sandbox, 2, DAY), documents=2, pages=2) as find:
        assert (type(find), find.ahead) == (Finders, 4)
        given = documents()
        answers = [find.ask(one, Facts()) for one in given]
        assert [one() for one in answers] == [find_all_in(one, facts=Facts(), law=law()) for one in given]


@pytest.mark.parametrize(
    ("workers", "documents", "pages", "expected"),
    [
        (2, 9, finding.SEVERAL - 1, (finding.Finder, 0)),
        (2, 1, finding.SEVERAL, (Finders, 2)),  # many pages: the process of the run holds no models
        (1, 9, finding.SEVERAL, (Finders, 2)),
        (2, 0, finding.SEVERAL, (Finders, 2)),
    ],
)
def test_few_pages_need_no_process_of_their_own(
    workers: int, documents: int, pages: int, expected: tuple[type, int]
) -> None:
    tools = Tools(bundled(), Sandbox(), workers, DAY)
    with tools.sandbox, finder(tools, documents=documents, pages=pages) as find:
        assert (type(find), find.ahead) == expected


def test_what_cannot_be_read_is_told_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "find_personal", lambda *_: (Finding(Span(0, 1), UNREAD, Strength.WEAK, "reader"),))
    with Sandbox() as sandbox, finder(Tools(bundled(), sandbox, 1, DAY), documents=1, pages=1) as find:
        answer = find.ask(documents()[0], Facts())
        with pytest.raises(NotAnalysed):
            answer()


def test_a_process_that_ends_or_hangs_costs_its_document_alone(pool: ProcessPool) -> None:
    with pytest.raises(Crashed):
        answer_of(pool.submit(os.abort, 60.0), seconds=60.0)
    with pytest.raises(TimedOut):
        answer_of(pool.submit(time.sleep, 0.5, 60), seconds=0.5)
    assert pool.submit(len, 60.0, "abc").result() == 3


def test_what_waits_ends_with_the_run(pool: ProcessPool) -> None:
    waiting = pool.submit(time.sleep, 60.0, 60)
    waiting.cancel()
    with pytest.raises(Interrupted):
        answer_of(waiting, seconds=60.0)


def test_a_process_says_nothing_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def quoting(*_: object) -> None:
        raise ValueError(TEXTS[0])

    monkeypatch.setattr(finding, "find_in", quoting)
    monkeypatch.setattr(finding, "_LAW", [law()])
    with pytest.raises(Crashed) as told:
        finding._task(documents()[0], Facts())
    assert "Tremblay" not in str(told.value)
    assert told.value.__cause__ is None


PARENT = """
import os, sys, time
from pebble import ProcessPool
from redactor import finding
from redactor.policy.loader import bundled
from redactor.recognisers.personal import UNREAD
from redactor.sandbox import children
import datetime as dt

if __name__ == "__main__":
    law = finding.Law(bundled(), dt.date(2024, 1, 1))
    pool = ProcessPool(1, initializer=finding._begin, initargs=(law,), context=children())
    print(pool.submit(os.getpid, 60.0).result(), flush=True)
    time.sleep(60)
"""


def test_a_process_ends_with_its_parent() -> None:
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as parent:
        assert parent.stdout is not None
        child = Path("/proc") / parent.stdout.readline().strip()
        assert child.name
        parent.send_signal(signal.SIGKILL)
    for _ in range(400):
        if not child.exists():
            break
        time.sleep(0.05)
    assert not child.exists()
