"""From what was found in each document alone to what the law says of the whole request: join, propose, settle, judge.

`analysis` brings the documents in; here they are looked at together. Pure: nothing is read or written.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias

from redactor import events, same_values
from redactor.errors import RedactorError
from redactor.events import Event
from redactor.keeping import IN_MEMORY, Mapped
from redactor.model import Unknown
from redactor.people.join import join
from redactor.policy import engine, verdict
from redactor.policy.verdict import PARTIAL, REFUSE
from redactor.review import Outcome as Decided
from redactor.review import hides, makes_readable, settle
from redactor.text.honorifics import with_titles

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Mapping, Sequence

    from redactor.intake.request import Request
    from redactor.keeping import Holder
    from redactor.model import Analysed, Facts, Person, Proposal
    from redactor.outcome import Outcome, Tools
    from redactor.policy.pack import Pack, RulesInForce
    from redactor.policy.verdict import Verdict
    from redactor.review import Decision, Settled


@dataclass(frozen=True, slots=True)
class Judgements:
    """What persons decided, as the engine asks for it: overrides they confirmed, decisions that fit some proposals."""

    confirmed: Callable[[Outcome], Collection[str]]
    decided: Callable[[Outcome, Sequence[Proposal]], Sequence[Decision]]

    @classmethod
    def of(cls, decisions: Mapping[str, Sequence[Decision]]) -> Judgements:
        """Those of a decisions file, by fingerprint: each must fit. A keep decision on an override confirms it."""

        def own(one: Outcome) -> Sequence[Decision]:
            return decisions.get(one.sha256 or "", ())

        return cls(
            lambda one: {d.proposal for d in own(one) if d.proposal is not None and d.outcome is Decided.KEEP},
            lambda one, _: own(one),
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """The documents of a request after all of them were looked at together, in the order they came in."""

    outcomes: Sequence[Outcome]
    persons: tuple[Person, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Asked:
    request: Request
    tools: Tools
    judgements: Judgements
    persons: tuple[Person, ...] = field(repr=False)


Found: TypeAlias = "tuple[Outcome, Analysed | None]"
Proposed: TypeAlias = "tuple[Proposal, ...] | RedactorError"


def join_found(
    found: Sequence[Found], request: Request, tools: Tools, judgements: Judgements, *, shelf: Holder = IN_MEMORY
) -> Joined:
    """People, proposals and verdicts over all documents of a request, from what was found in each alone.

    `found` is gone through several times, a document after the other; what is made of each lies on `shelf`.
    """
    places = [at for at, (_, analysed) in enumerate(found) if analysed is not None]
    people = join(
        Mapped(lambda at: _present(found[at][1]), places),
        facts={one.id: one.input.facts for one, _ in found},
        declared=[(one.name, one.role) for one in request.people],
        shelf=shelf,
    )
    asked = _Asked(request, tools, judgements, people.persons)
    documents = Mapped(_with_titles, people.documents)
    readable = Mapped(lambda at: found[at][0], places)
    first = shelf.hold(_proposed(one, analysed, asked) for one, analysed in zip(readable, documents, strict=True))
    values = _values_of(first, documents)
    number = {place: at for at, place in enumerate(places)}
    return Joined(
        shelf.hold(
            _settled(one, documents[number[at]], first[number[at]], values, asked) if at in number else one
            for at, (one, _) in enumerate(found)
        ),
        people.persons,
    )


def _present(analysed: Analysed | None) -> Analysed:
    if analysed is None:
        raise LookupError("a document that was not analysed")
    return analysed


class Dated(Protocol):
    """A pack, and the day that stands in for a request date that nobody gave."""

    @property
    def pack(self) -> Pack:
        """The rules, of all days."""

    @property
    def today(self) -> dt.date:
        """The day of the run."""


def rules_for(facts: Facts, law: Dated) -> RulesInForce:
    """The pack as it stood on the day of the request; today's where nobody gave the day."""
    day = facts.request_date
    return law.pack.at(law.today if isinstance(day, Unknown) else day)


def _with_titles(analysed: Analysed) -> Analysed:
    """The same findings; a name is taken with its titles, which would tell something of who is hidden."""
    text = analysed.document.text
    findings = tuple(
        replace(one, span=with_titles(text, one.span)) if one.label == same_values.NAME else one
        for one in analysed.findings
    )
    return replace(analysed, findings=findings)


def _settled(
    one: Outcome, analysed: Analysed, proposals: Proposed, values: frozenset[same_values.Value], asked: _Asked
) -> Outcome:
    """One document after the places where a value withheld elsewhere stands were claimed too."""
    if not isinstance(proposals, RedactorError):
        known = [span for p in proposals if hides(p) or makes_readable(p) for span in p.spans]
        if extra := same_values.repeated(analysed.document, values, known=known):
            analysed = replace(analysed, findings=(*analysed.findings, *extra))
            proposals = _proposed(one, analysed, asked)
    return _judged(one, analysed, proposals, asked)


def _proposed(one: Outcome, analysed: Analysed, asked: _Asked) -> Proposed:
    """Proposals of one document. An error of the pack ends the document."""
    facts, request = one.input.facts, asked.request
    try:
        return engine.propose(
            analysed, facts=facts, persons=asked.persons, rules=rules_for(facts, asked.tools),
            consents=request.consents, waivers=request.waivers, confirmed=asked.judgements.confirmed(one),
        )  # fmt: skip
    except RedactorError as error:
        return error


def _values_of(proposals: Sequence[Proposed], documents: Sequence[Analysed]) -> frozenset[same_values.Value]:
    """Identifying values that are masked anywhere in the request."""
    found: set[same_values.Value] = set()
    for analysed, made in zip(documents, proposals, strict=True):
        if not isinstance(made, RedactorError):
            found |= same_values.values_of(analysed.document, made)
    return frozenset(found)


def _judged(
    outcome: Outcome, analysed: Analysed, proposals: tuple[Proposal, ...] | RedactorError, asked: _Asked
) -> Outcome:
    if isinstance(proposals, RedactorError):
        return replace(outcome, failure=proposals)
    document, facts = analysed.document, outcome.input.facts
    settled = settle(document, proposals, asked.judgements.decided(outcome, proposals))
    rules = rules_for(facts, asked.tools)
    judged = verdict.judge(
        analysed, withheld=settled.masked_spans, proposals=settled.proposals, facts=facts, rules=rules
    )
    judged = _as_decided(judged, settled)
    events.record(Event.PROPOSED, document=outcome.id, proposals=len(settled.proposals), masks=len(settled.masks))
    return replace(outcome, document=document, analysed=analysed, proposals=proposals, settled=settled, verdict=judged)


def _as_decided(judged: Verdict, settled: Settled) -> Verdict:
    """The verdict, or what a person decided of the whole document."""
    whole = [one for one in settled.decisions if one.is_of_whole]
    if not whole:
        return judged
    if whole[-1].outcome is Decided.WITHHOLD:
        return replace(judged, outcome=REFUSE, needs_person=False, provision=whole[-1].provision)
    return replace(judged, outcome=PARTIAL if judged.outcome == REFUSE else judged.outcome, needs_person=False)
