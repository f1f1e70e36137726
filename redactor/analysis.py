"""From the documents of one request to what the law says of them: read, find, join, propose, settle, judge.

Nothing is written here. A document that cannot be read or analysed ends as its error; the others go on.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from redactor import events
from redactor.errors import RedactorError
from redactor.events import Event
from redactor.finding import finder
from redactor.gathering import Gathering, step_key
from redactor.intake.load import fingerprint, load_again
from redactor.intake.opening import open_file
from redactor.intake.prepare import Opener, prepare
from redactor.joining import Judgements, join_found
from redactor.keeping import Mapped
from redactor.model import Analysed, Facts, Unknown, speaker_of
from redactor.outcome import Outcome, Phase, Tools
from redactor.passage_rules import find as find_passages
from redactor.pdf.targets import find_targets
from redactor.people.join import join
from redactor.recognisers.personal import find_personal
from redactor.review import Settled
from redactor.text.passages import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from redactor.finding import Answer, Finder
    from redactor.gathering import Keeper
    from redactor.intake.files import Batch
    from redactor.model import Document, Lexicon, Person, Role
    from redactor.pdf.targets import Target
    from redactor.review import Decision


def prepared(batch: Batch, tools: Tools, keeper: Keeper) -> Batch:
    """The batch with the documents that its files hold, as PDF; what is no PDF lies in `keeper`."""
    return prepare(batch, Opener(_remembering(tools, keeper), tools.each, keeper))


def _remembering(tools: Tools, keeper: Keeper) -> Callable[..., Any]:
    """The call of the sandbox; what a file was opened to is taken from an earlier run where there is one."""

    def call(task: Callable[..., Any], data: bytes, /, **options: Any) -> Any:
        if task is not open_file:
            return tools.sandbox.call(task, data, **options)
        step = f"opened-{step_key(fingerprint(data), options['choice'], options['lang'], options['soffice'])}"
        found = keeper.known(step)
        if found is None:
            found = tools.sandbox.call(task, data, **options)
            keeper.keep(step, found)
        return found

    return call


def target(batch: Batch, tools: Tools, keeper: Keeper, *, targets: Sequence[Target]) -> tuple[Outcome, ...]:
    """The one document of `batch` with exactly `targets` to mask: nothing is searched, nothing is proposed."""
    read = Gathering(tools, keeper, keeper.shelf()).read_all(batch, scans=False)
    return tuple(_targeted(one, targets, tools) for one in read)


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
) -> Sequence[Outcome]:
    """The outcome of every document of one request, in the order of its inputs; each is read from disk when asked for.

    Scans, once read, lie in `keeper`.
    """
    shelf = keeper.shelf()
    outcomes = Gathering(tools, keeper, shelf).read_all(batch, scans=True)
    found = shelf.hold(_found(outcomes, tools, keeper))
    return join_found(found, batch.request, tools, Judgements.of(decisions), shelf=shelf).outcomes


@dataclass(frozen=True, slots=True)
class _Asked:
    """A document that is searched; `answer` is None where there is nothing to search.

    `step` names what is kept of it, empty where that is done.
    """

    outcome: Outcome
    answer: Answer | None
    step: str


def _found(outcomes: Sequence[Outcome], tools: Tools, keeper: Keeper) -> Iterator[tuple[Outcome, Analysed | None]]:
    """In the order of `outcomes`, while later ones are searched already."""
    pages = sum(Mapped(_pages, outcomes))
    tools.progress.begin(Phase.FIND, pages)
    with finder(tools, documents=len(outcomes), pages=pages) as find:
        waiting = deque[_Asked]()
        for one in outcomes:
            waiting.append(_asked(one, find, tools, keeper))
            if len(waiting) > find.ahead:
                yield _told(waiting.popleft(), tools, keeper)
        while waiting:
            yield _told(waiting.popleft(), tools, keeper)


def _told(asked: _Asked, tools: Tools, keeper: Keeper) -> tuple[Outcome, Analysed | None]:
    """What was found in it; whoever watches the run is told."""
    found = _answered(asked, keeper)
    if found[0].failure is not None and asked.outcome.failure is None:
        tools.progress.failed()
    tools.progress.done(_pages(asked.outcome))
    return found


def _pages(outcome: Outcome) -> int:
    return len(outcome.document.pages) if outcome.document is not None else 0


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
    author = speaker_of(facts)
    found = find_passages(document, passages, lexicons=lexicons, author=author)
    told = find_personal(document, passages) if personal else ()
    joined = join([Analysed(document, passages, (*told, *found))], facts={document.id: facts}, declared=people)
    return joined.documents[0], joined.persons


def _asked(outcome: Outcome, find: Finder, tools: Tools, keeper: Keeper) -> _Asked:
    document, facts = outcome.document, outcome.input.facts
    if document is None or outcome.failure is not None:
        return _Asked(outcome, None, "")
    key = step_key(outcome.pdf_sha256, sorted(outcome.scans), outcome.lost, facts, tools.pack.mark, _day(facts, tools))
    step = f"found-{key}"
    known = keeper.known(step)
    if isinstance(known, Analysed):
        return _Asked(outcome, lambda: known, "")
    return _Asked(outcome, find.ask(document, facts), step)


def _answered(asked: _Asked, keeper: Keeper) -> tuple[Outcome, Analysed | None]:
    outcome, document = asked.outcome, asked.outcome.document
    if asked.answer is None or document is None:
        return outcome, None
    started = time.monotonic()
    try:
        analysed = asked.answer()
        if asked.step:
            keeper.keep(asked.step, analysed)
    except RedactorError as error:
        return replace(outcome, failure=error), None
    took = _ms(started)
    events.record(Event.ANALYSED, document=outcome.id, findings=len(analysed.findings), ms=took)
    analysed = replace(analysed, document=document)
    return replace(outcome, timings_ms={**outcome.timings_ms, "find": took}), analysed


def _day(facts: Facts, tools: Tools) -> object:
    return tools.today if isinstance(facts.request_date, Unknown) else facts.request_date


def _ms(started: float) -> int:
    return round(1000 * (time.monotonic() - started))
