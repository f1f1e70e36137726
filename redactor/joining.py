"""From what was found in each document alone to what the law says of the whole request: join, propose, settle, judge.

`analysis` brings the documents in; here they are looked at together. Pure: nothing is read or written.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redactor import events, same_values
from redactor.errors import RedactorError
from redactor.events import Event
from redactor.model import Unknown
from redactor.people.join import join
from redactor.policy import engine, verdict
from redactor.review import Outcome as Decided
from redactor.review import hides, makes_readable, settle
from redactor.text.honorifics import with_titles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from redactor.analysis import Outcome, Tools
    from redactor.intake.request import Request
    from redactor.model import Analysed, DocumentId, Facts, Person, Proposal
    from redactor.policy.pack import RulesInForce
    from redactor.review import Decision


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

    outcomes: tuple[Outcome, ...]
    persons: tuple[Person, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Asked:
    request: Request
    tools: Tools
    judgements: Judgements


def join_found(
    found: Sequence[tuple[Outcome, Analysed | None]], request: Request, tools: Tools, judgements: Judgements
) -> Joined:
    """People, proposals and verdicts over all documents of a request, from what was found in each alone."""
    readable = [one for one, _ in found if one.failure is None]
    joined = join(
        [analysed for _, analysed in found if analysed is not None],
        facts={one.id: one.input.facts for one in readable},
        declared=[(one.name, one.role) for one in request.people],
    )
    documents = {one.document.id: _with_titles(one) for one in joined.documents}
    settled = _settle_all(readable, documents, joined.persons, _Asked(request, tools, judgements))
    return Joined(tuple(settled.get(one.id, one) for one, _ in found), joined.persons)


def rules_for(facts: Facts, tools: Tools) -> RulesInForce:
    """The pack as it stood on the day of the request; today's where nobody gave the day."""
    day = facts.request_date
    return tools.pack.at(tools.today if isinstance(day, Unknown) else day)


def _with_titles(analysed: Analysed) -> Analysed:
    """The same findings; a name is taken with its titles, which would tell something of who is hidden."""
    text = analysed.document.text
    findings = tuple(
        replace(one, span=with_titles(text, one.span)) if one.label == same_values.NAME else one
        for one in analysed.findings
    )
    return replace(analysed, findings=findings)


def _settle_all(
    outcomes: Sequence[Outcome], documents: Mapping[DocumentId, Analysed], persons: Sequence[Person], asked: _Asked
) -> dict[DocumentId, Outcome]:
    """Proposals of every document, after the places where a value withheld elsewhere stands were claimed too."""
    first = {one.id: _proposed(one, documents[one.id], persons, asked) for one in outcomes}
    values = _values_of(first, documents)
    settled: dict[DocumentId, Outcome] = {}
    for one in outcomes:
        analysed, proposals = documents[one.id], first[one.id]
        if not isinstance(proposals, RedactorError):
            known = [span for p in proposals if hides(p) or makes_readable(p) for span in p.spans]
            if extra := same_values.repeated(analysed.document, values, known=known):
                analysed = replace(analysed, findings=(*analysed.findings, *extra))
                proposals = _proposed(one, analysed, persons, asked)
        settled[one.id] = _judged(one, analysed, proposals, asked)
    return settled


def _proposed(
    one: Outcome, analysed: Analysed, persons: Sequence[Person], asked: _Asked
) -> tuple[Proposal, ...] | RedactorError:
    """Proposals of one document. An error of the pack ends the document."""
    facts, request = one.input.facts, asked.request
    try:
        return engine.propose(
            analysed, facts=facts, persons=persons, rules=rules_for(facts, asked.tools), consents=request.consents,
            waivers=request.waivers, confirmed=asked.judgements.confirmed(one),
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
    events.record(Event.PROPOSED, document=outcome.id, proposals=len(settled.proposals), masks=len(settled.masks))
    return replace(outcome, document=document, analysed=analysed, proposals=proposals, settled=settled, verdict=judged)
