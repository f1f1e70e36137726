"""From the documents of one request to what the law says of them: read, find, join, propose, settle, judge.

Nothing is written here. A document that cannot be read or analysed ends as its error; the others go on.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from redactor import events, same_values
from redactor.errors import NeedsOcr, NotAnalysed, RedactorError
from redactor.events import Event
from redactor.intake.load import fingerprint, load, load_again
from redactor.model import Analysed, DocumentId, Facts, Speaker, TextLayer, Unknown
from redactor.passage_rules import find as find_passages
from redactor.pdf import reader
from redactor.pdf.targets import find_targets
from redactor.people.join import join
from redactor.policy import engine, verdict
from redactor.recognisers.personal import UNREAD, find_personal
from redactor.review import Outcome as Decided
from redactor.review import Settled, hides, makes_readable, settle
from redactor.text.honorifics import with_titles
from redactor.text.passages import split

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from redactor.intake.files import Batch, Input
    from redactor.model import Document, Finding, Lexicon, Passage, Person, Proposal, Redaction, Role
    from redactor.pdf.targets import Target
    from redactor.policy.pack import Pack, RulesInForce
    from redactor.policy.verdict import Verdict
    from redactor.review import Decision
    from redactor.sandbox import Sandbox


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
    sha256: str | None = None
    document: Document | None = None
    analysed: Analysed | None = None
    settled: Settled | None = None
    verdict: Verdict | None = None
    redactions: tuple[Redaction, ...] | None = None  # exactly these, where a person listed them
    failure: RedactorError | None = None
    timings_ms: Mapping[str, int] = field(default_factory=dict)


def target(batch: Batch, tools: Tools, *, targets: Sequence[Target]) -> tuple[Outcome, ...]:
    """The one document of `batch` with exactly `targets` to mask: nothing is searched, nothing is proposed."""
    return tuple(_targeted(one, targets, tools) for one in read_all(batch, tools))


def _targeted(outcome: Outcome, targets: Sequence[Target], tools: Tools) -> Outcome:
    """A page without text is no obstacle here: the person has seen it."""
    if outcome.document is None:
        return outcome
    try:
        data = load_again(outcome.input.path, sha256=outcome.sha256 or "")
        found = tools.sandbox.call(find_targets, data, targets=tuple(targets))
    except RedactorError as error:
        return replace(outcome, failure=error)
    return replace(outcome, settled=Settled((), ()), redactions=found, failure=None)


def analyse(batch: Batch, tools: Tools, *, decisions: Mapping[str, Sequence[Decision]]) -> tuple[Outcome, ...]:
    """The outcome of every document of one request, in the order of its inputs."""
    outcomes = read_all(batch, tools)
    found = [_find(one, tools) for one in outcomes]
    readable = [one for one, _ in found if one.failure is None]
    joined = join(
        [analysed for _, analysed in found if analysed is not None],
        facts={one.id: one.input.facts for one in readable},
        declared=[(one.name, one.role) for one in batch.request.people],
    )
    documents = {one.document.id: _with_titles(one) for one in joined.documents}
    settled = _settle_all(readable, documents, joined.persons, batch, tools, decisions)
    return tuple(settled.get(one.id, one) for one, _ in found)


def read_all(batch: Batch, tools: Tools) -> tuple[Outcome, ...]:
    """The documents of a request, each read in a child of its own, several at a time."""
    return tools.each(lambda pair: _read(*pair, tools), list(enumerate(batch.inputs, 1)))


def _read(number: int, source: Input, tools: Tools) -> Outcome:
    outcome = Outcome(source, DocumentId(f"d{number}"))
    started = time.monotonic()
    try:
        data = load(source.path)
        outcome = replace(outcome, sha256=fingerprint(data))
        document = tools.sandbox.call(reader.read, data, document_id=outcome.id)
    except RedactorError as error:
        events.record(Event.SET_ASIDE, document=outcome.id, code=error.code)
        return replace(outcome, failure=error)
    took = _ms(started)
    tools.progress(len(document.pages))
    events.record(Event.READ, document=outcome.id, pages=len(document.pages), ms=took)
    return replace(outcome, document=document, failure=_unreadable(document), timings_ms={"read": took})


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


def _unreadable(document: Document) -> RedactorError | None:
    """A page that shows something but holds no text to trust: nothing of the document may be released."""
    for page in document.pages:
        if page.text_layer in {TextLayer.MISSING, TextLayer.DOUBTFUL}:
            return NeedsOcr(page=page.index + 1)
    return None


def rules_for(facts: Facts, tools: Tools) -> RulesInForce:
    """The pack as it stood on the day of the request; today's where nobody gave the day."""
    day = facts.request_date
    return tools.pack.at(tools.today if isinstance(day, Unknown) else day)


def _find(outcome: Outcome, tools: Tools) -> tuple[Outcome, Analysed | None]:
    document = outcome.document
    if document is None or outcome.failure is not None:
        return outcome, None
    started = time.monotonic()
    passages = split(document)
    try:
        findings = (*find_personal(document, passages), *_advice(document, passages, outcome.input.facts, tools))
    except RedactorError as error:
        return replace(outcome, failure=error), None
    if any(one.label == UNREAD for one in findings):
        return replace(outcome, failure=NotAnalysed(document=outcome.id)), None
    took = _ms(started)
    events.record(Event.ANALYSED, document=outcome.id, findings=len(findings), ms=took)
    return replace(outcome, timings_ms={**outcome.timings_ms, "find": took}), Analysed(document, passages, findings)


def _advice(document: Document, passages: Sequence[Passage], facts: Facts, tools: Tools) -> tuple[Finding, ...]:
    author = None if isinstance(facts.author, Unknown) else Speaker(facts.author)
    return find_passages(document, passages, lexicons=rules_for(facts, tools).lexicons(), author=author)


def _with_titles(analysed: Analysed) -> Analysed:
    """The same findings; a name is taken with its titles, which would tell something of who is hidden."""
    text = analysed.document.text
    findings = tuple(
        replace(one, span=with_titles(text, one.span)) if one.label == same_values.NAME else one
        for one in analysed.findings
    )
    return replace(analysed, findings=findings)


def _settle_all(
    outcomes: Sequence[Outcome],
    documents: Mapping[DocumentId, Analysed],
    persons: Sequence[Person],
    batch: Batch,
    tools: Tools,
    decisions: Mapping[str, Sequence[Decision]],
) -> dict[DocumentId, Outcome]:
    """Proposals of every document, after the places where a value withheld elsewhere stands were claimed too."""
    first = {one.id: _proposed(one, documents[one.id], persons, batch, tools, decisions) for one in outcomes}
    values = _values_of(first, documents)
    settled: dict[DocumentId, Outcome] = {}
    for one in outcomes:
        analysed, proposals = documents[one.id], first[one.id]
        if not isinstance(proposals, RedactorError):
            known = [span for p in proposals if hides(p) or makes_readable(p) for span in p.spans]
            if extra := same_values.repeated(analysed.document, values, known=known):
                analysed = replace(analysed, findings=(*analysed.findings, *extra))
                proposals = _proposed(one, analysed, persons, batch, tools, decisions)
        settled[one.id] = _judged(one, analysed, proposals, tools, decisions)
    return settled


def _proposed(
    one: Outcome,
    analysed: Analysed,
    persons: Sequence[Person],
    batch: Batch,
    tools: Tools,
    decisions: Mapping[str, Sequence[Decision]],
) -> tuple[Proposal, ...] | RedactorError:
    """Proposals of one document; a keep decision on an override confirms it. An error of the pack ends the document."""
    own = decisions.get(one.sha256 or "", ())
    confirmed = {d.proposal for d in own if d.proposal is not None and d.outcome is Decided.KEEP}
    try:
        return engine.propose(
            analysed, facts=one.input.facts, persons=persons, rules=rules_for(one.input.facts, tools),
            consents=batch.request.consents, waivers=batch.request.waivers, confirmed=confirmed,
        )  # fmt: skip
    except RedactorError as error:
        return error


def _values_of(
    proposals: Mapping[DocumentId, tuple[Proposal, ...] | RedactorError], documents: Mapping[DocumentId, Analysed]
) -> frozenset[same_values.Value]:
    """Identifying values that are masked anywhere in the request."""
    found: set[same_values.Value] = set()
    for document, made in proposals.items():
        if not isinstance(made, RedactorError):
            found |= same_values.values_of(documents[document].document, made)
    return frozenset(found)


def _judged(
    outcome: Outcome,
    analysed: Analysed,
    proposals: tuple[Proposal, ...] | RedactorError,
    tools: Tools,
    decisions: Mapping[str, Sequence[Decision]],
) -> Outcome:
    if isinstance(proposals, RedactorError):
        return replace(outcome, failure=proposals)
    document, facts = analysed.document, outcome.input.facts
    settled = settle(document, proposals, decisions.get(outcome.sha256 or "", ()))
    judged = verdict.judge(
        analysed, withheld=settled.masked_spans, proposals=settled.proposals, facts=facts, rules=rules_for(facts, tools)
    )
    events.record(Event.PROPOSED, document=outcome.id, proposals=len(settled.proposals), masks=len(settled.masks))
    return replace(outcome, document=document, analysed=analysed, settled=settled, verdict=judged)


def _ms(started: float) -> int:
    return round(1000 * (time.monotonic() - started))
