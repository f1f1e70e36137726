"""What a document says in itself: passages, personal information, advice; one after the other or several at once.

Many pages are treated in processes that stay, each with language models of its own, so that the process of the run
holds none. They get what the reader made of a file, never the file; a document that ends or delays its process is left
to a person, and the others go on.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from pebble import ProcessPool

from redactor.errors import NotAnalysed
from redactor.joining import rules_for
from redactor.model import Analysed, Document, Facts, speaker_of
from redactor.passage_rules import find as find_passages
from redactor.passage_rules import shipped
from redactor.recognisers.personal import UNREAD, find_personal
from redactor.sandbox import answer_of, children, end_with_parent, without_words
from redactor.text.passages import split

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from redactor.joining import Dated
    from redactor.outcome import Tools
    from redactor.policy.pack import Pack

Answer: TypeAlias = "Callable[[], Analysed]"  # waits; raises a RedactorError

SEVERAL = 300  # pages from which models of their own, ten seconds a process when all start at once, are won back
START_SECONDS, PAGE_SECONDS = 300.0, 20.0  # a process has for its models and for each page: a hundred times the usual


@dataclass(frozen=True, slots=True)
class Law:
    """A pack and the day that stands in for a request date that nobody gave."""

    pack: Pack
    today: dt.date


def find_in(document: Document) -> Analysed:
    """Passages and personal information of a document: all that needs no facts. Raises NotAnalysed."""
    passages = split(document)
    findings = find_personal(document, passages)
    if any(one.label == UNREAD for one in findings):
        raise NotAnalysed(document=document.id)
    return Analysed(document, passages, tuple(findings))


def with_advice(analysed: Analysed, *, facts: Facts, law: Dated) -> Analysed:
    """The same with the passages that the rules of the day look for, which depend on who wrote the document."""
    author = speaker_of(facts)
    lexicons = rules_for(facts, law).lexicons()
    found = find_passages(analysed.document, analysed.passages, lexicons=lexicons, author=author, ranker=shipped())
    return replace(analysed, findings=(*analysed.findings, *found))


def find_all_in(document: Document, *, facts: Facts, law: Dated) -> Analysed:
    """Both, without the text that the caller has. Raises NotAnalysed."""
    analysed = with_advice(find_in(document), facts=facts, law=law)
    return replace(analysed, document=replace(document, text="", blocks=(), layout=None))


class Finder:
    """Finds in one document after the other, when the answer is asked for."""

    ahead = 0  # documents that may be asked for before the first answer is taken

    def __init__(self, law: Law) -> None:
        self._law = law

    def ask(self, document: Document, facts: Facts) -> Answer:
        """What finds in the document."""
        return partial(find_all_in, document, facts=facts, law=self._law)


class Finders(Finder):
    """Finds in several documents at once."""

    def __init__(self, law: Law, pool: ProcessPool, *, workers: int) -> None:
        super().__init__(law)
        self._pool, self.ahead = pool, 2 * workers

    def ask(self, document: Document, facts: Facts) -> Answer:
        """What waits for a process to have found in the document."""
        seconds = START_SECONDS + PAGE_SECONDS * len(document.pages)
        return partial(answer_of, self._pool.submit(_task, seconds, document, facts), seconds=seconds)


@contextmanager
def finder(tools: Tools, *, documents: int, pages: int) -> Iterator[Finder]:
    """What finds in so many documents: in processes of their own where that is worth it. They end with it."""
    law, workers = Law(tools.pack, tools.today), max(1, min(tools.workers, documents))
    if pages < SEVERAL:
        yield Finder(law)
        return
    pool = ProcessPool(workers, initializer=_begin, initargs=(law,), context=children())
    try:
        yield Finders(law, pool, workers=workers)
    finally:
        pool.stop()
        pool.join()


_LAW: list[Law] = []  # of the process, given once: the pack is 300 KiB


def _begin(law: Law) -> None:
    """Runs in a process before its first task."""
    end_with_parent()
    _LAW[:] = [law]


def _task(document: Document, facts: Facts) -> Analysed:
    """Runs in the process."""
    return without_words(partial(find_all_in, document, facts=facts, law=_LAW[0]))
