"""From the documents of one request to what the law says of them: read, find, join, propose, settle, judge.

Nothing is written here. A document that cannot be read or analysed ends as its error; the others go on.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from redactor import events
from redactor.errors import NotAnalysed, RedactorError
from redactor.events import Event
from redactor.intake.load import fingerprint, load, load_again
from redactor.intake.prepare import Opener, prepare
from redactor.joining import Judgements, join_found, rules_for
from redactor.model import Analysed, DocumentId, Facts, Speaker, Unknown
from redactor.passage_rules import find as find_passages
from redactor.passage_rules import shipped
from redactor.pdf import reader
from redactor.pdf.targets import find_targets
from redactor.people.join import join
from redactor.recognisers.personal import UNREAD, find_personal
from redactor.review import Settled
from redactor.scanning import read_again, unreadable
from redactor.text.passages import split

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from redactor.intake.files import Batch, Input
    from redactor.intake.prepare import Keeper
    from redactor.model import Document, Lexicon, Person, Proposal, Redaction, Role
    from redactor.pdf.targets import Target
    from redactor.policy.pack import Pack
    from redactor.policy.verdict import Verdict
    from redactor.review import Decision
    from redactor.sandbox import Sandbox
    from redactor.scanning import PageRead


S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tools:
    """What a run needs besides its files. `today` stands in for a request date that nobody gave."""

    pack: Pack
    sandbox: Sandbox
    workers: int
    today: dt.date
    progress: Callable[[int], None] = field(default=lambda _pages: None)

    def each(self, task: Callable[[S], T], items: Sequence[S]) -> tuple[T, ...]:
        """`task` of every item, several at a time, in order. An interruption ends the children at once."""
        threads = ThreadPoolExecutor(self.workers)
        try:
            return tuple(threads.map(task, items))
        except BaseException:
            self.sandbox.stop()
            raise
        finally:
            threads.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document after analysis: all of it, or the error that stopped it."""

    input: Input
    id: DocumentId
    sha256: str | None = None  # of the file as it came
    pdf_sha256: str | None = None  # of its pages, the same for a PDF
    document: Document | None = None
    scans: Mapping[int, PageRead] = field(default_factory=dict)  # how well each scanned page was read, from 0
    analysed: Analysed | None = None
    proposals: tuple[Proposal, ...] = ()  # before decisions
    settled: Settled | None = None
    verdict: Verdict | None = None
    redactions: tuple[Redaction, ...] | None = None  # exactly these, where a person listed them
    failure: RedactorError | None = None
    timings_ms: Mapping[str, int] = field(default_factory=dict)


def prepared(batch: Batch, tools: Tools, keeper: Keeper) -> Batch:
    """The batch with the documents that its files hold, as PDF; what is no PDF lies in `keeper`."""
    return prepare(batch, Opener(tools.sandbox.call, tools.each, keeper))


def target(batch: Batch, tools: Tools, *, targets: Sequence[Target]) -> tuple[Outcome, ...]:
    """The one document of `batch` with exactly `targets` to mask: nothing is searched, nothing is proposed."""
    return tuple(_targeted(one, targets, tools) for one in read_all(batch, tools))


def _targeted(outcome: Outcome, targets: Sequence[Target], tools: Tools) -> Outcome:
    """A page without text is no obstacle here: the person has seen it."""
    if outcome.document is None:
        return outcome
    try:
        data = load_again(outcome.input.path, sha256=outcome.pdf_sha256 or "")
        found = tools.sandbox.call(find_targets, data, targets=tuple(targets))
    except RedactorError as error:
        return replace(outcome, failure=error)
    return replace(outcome, settled=Settled((), ()), redactions=found, failure=None)


def analyse(
    batch: Batch, tools: Tools, keeper: Keeper, *, decisions: Mapping[str, Sequence[Decision]]
) -> tuple[Outcome, ...]:
    """The outcome of every document of one request, in the order of its inputs; scans, once read, lie in `keeper`."""
    outcomes = tools.each(lambda one: _with_scans(one, tools, keeper), read_all(batch, tools))
    found = [_find(one, tools) for one in outcomes]
    return join_found(found, batch.request, tools, Judgements.of(decisions)).outcomes


def read_all(batch: Batch, tools: Tools) -> tuple[Outcome, ...]:
    """The documents of a request, each read in a child of its own, several at a time."""
    return tools.each(lambda pair: _read(*pair, tools), list(enumerate(batch.inputs, 1)))


def _read(number: int, source: Input, tools: Tools) -> Outcome:
    outcome = Outcome(source, DocumentId(f"d{number}"))
    started = time.monotonic()
    try:
        if source.failure is not None:
            outcome = replace(outcome, sha256=source.sha256)
            raise source.failure
        data = load(source.path)
        digest = fingerprint(data)
        outcome = replace(outcome, sha256=source.sha256 or digest, pdf_sha256=digest)
        document = tools.sandbox.call(reader.read, data, document_id=outcome.id)
    except RedactorError as error:
        events.record(Event.SET_ASIDE, document=outcome.id, code=error.code)
        return replace(outcome, failure=error)
    took = _ms(started)
    tools.progress(len(document.pages))
    events.record(Event.READ, document=outcome.id, pages=len(document.pages), ms=took)
    return replace(outcome, document=document, failure=unreadable(document), timings_ms={"read": took})


def _with_scans(outcome: Outcome, tools: Tools, keeper: Keeper) -> Outcome:
    """The same document with the words of its scanned pages, where tesseract is there and sure of them."""
    document, source = outcome.document, outcome.input
    if document is None or outcome.failure is None:
        return outcome
    started = time.monotonic()
    try:
        data = load_again(source.path, sha256=outcome.pdf_sha256 or "")
        document, read = read_again(document, data, call=tools.sandbox.call)
        source = replace(source, path=keeper.put(f"{outcome.id}.scan", read.data))
    except RedactorError as error:
        return replace(outcome, failure=error)
    timings = {**outcome.timings_ms, "ocr": _ms(started)}
    return replace(
        outcome, input=source, pdf_sha256=fingerprint(read.data), document=document, scans=read.pages,
        failure=unreadable(document), timings_ms=timings,
    )  # fmt: skip


def find_alone(
    document: Document,
    *,
    facts: Facts,
    lexicons: Sequence[Lexicon],
    people: Sequence[tuple[str, Role]],
    personal: bool,
) -> tuple[Analysed, tuple[Person, ...]]:
    """The analysis of a document that stands alone, for rule examples; `personal` adds the costly recognisers."""
    passages = split(document)
    author = None if isinstance(facts.author, Unknown) else Speaker(facts.author)
    found = find_passages(document, passages, lexicons=lexicons, author=author)
    told = find_personal(document, passages) if personal else ()
    joined = join([Analysed(document, passages, (*told, *found))], facts={document.id: facts}, declared=people)
    return joined.documents[0], joined.persons


def _find(outcome: Outcome, tools: Tools) -> tuple[Outcome, Analysed | None]:
    document = outcome.document
    if document is None or outcome.failure is not None:
        return outcome, None
    started = time.monotonic()
    try:
        analysed = with_advice(find_in(document), facts=outcome.input.facts, tools=tools)
    except RedactorError as error:
        return replace(outcome, failure=error), None
    took = _ms(started)
    events.record(Event.ANALYSED, document=outcome.id, findings=len(analysed.findings), ms=took)
    return replace(outcome, timings_ms={**outcome.timings_ms, "find": took}), analysed


def find_in(document: Document) -> Analysed:
    """Passages and personal information of a document: all that needs no facts. Raises NotAnalysed."""
    passages = split(document)
    findings = find_personal(document, passages)
    if any(one.label == UNREAD for one in findings):
        raise NotAnalysed(document=document.id)
    return Analysed(document, passages, tuple(findings))


def with_advice(analysed: Analysed, *, facts: Facts, tools: Tools) -> Analysed:
    """The same with the passages that the rules of the day look for, which depend on who wrote the document."""
    author = None if isinstance(facts.author, Unknown) else Speaker(facts.author)
    lexicons = rules_for(facts, tools).lexicons()
    found = find_passages(analysed.document, analysed.passages, lexicons=lexicons, author=author, ranker=shipped())
    return replace(analysed, findings=(*analysed.findings, *found))


def _ms(started: float) -> int:
    return round(1000 * (time.monotonic() - started))
