"""Which missing facts to ask for, in both languages, and what each answer would do. Nothing else is asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from redactor.model import Effect, Question, State, Status
from redactor.policy.case import GROUNDS
from redactor.policy.outcomes import answers_to, grouped, kind_of, outcome_of, with_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Finding, Proposal, Span
    from redactor.policy.case import Case

_ASKED_OF = frozenset({*GROUNDS, Effect.PUBLIC})


def with_questions(proposals: Sequence[Proposal], case: Case) -> tuple[Proposal, ...]:
    """`proposals`, each that rests on a missing fact with the questions that would settle it."""
    places = places_of(case)
    known: dict[object, tuple[Question, ...]] = {}
    return tuple(_with_questions(one, places, known, case) if rests_on_unknown(one) else one for one in proposals)


Places = dict[tuple["Span", str | None], list["Finding"]]


def places_of(case: Case) -> Places:
    """Findings by place and person, so that a proposal can be traced back to what it was made from."""
    found: Places = defaultdict(list)
    for one in case.analysed.findings:
        found[one.span, one.person].append(one)
    return found


def finding_of(proposal: Proposal, places: Places, case: Case) -> Finding | None:
    """What the proposal was made from: of findings on the same words, the one its rule acts on."""
    found = places.get((proposal.spans[0], proposal.person), [])
    rule = case.rules.get(proposal.rule)
    own = [one for one in found if rule is not None and one.family == rule.family]
    return next(iter([*own, *found]), None)


def rests_on_unknown(proposal: Proposal) -> bool:
    """True when a missing fact keeps the proposal from being settled."""
    if not any(one.status is Status.UNKNOWN for one in proposal.trace.conditions):
        return False
    if proposal.effect is Effect.OVERRIDE:
        return proposal.state is State.FLAG
    return proposal.effect in _ASKED_OF and proposal.state in {State.ASK, State.MASKED}


def _with_questions(
    proposal: Proposal, places: Places, known: dict[object, tuple[Question, ...]], case: Case
) -> Proposal:
    finding = finding_of(proposal, places, case)
    key = (proposal.rule, *kind_of(finding, case))
    if key not in known:
        known[key] = tuple(_questions(proposal, finding, case))
    return replace(proposal, trace=replace(proposal.trace, questions=known[key]))


def _questions(proposal: Proposal, finding: Finding | None, case: Case) -> Iterator[Question]:
    subject = case.subject(finding)
    if proposal.effect is Effect.OVERRIDE:
        yield from _confirmation(proposal, case)
        return
    now = outcome_of(subject, finding, case)
    unknown = (one.fact for one in proposal.trace.conditions if one.status is Status.UNKNOWN)
    for fact in dict.fromkeys(_to_ask(one, finding) for one in unknown):
        asked = case.rules.pack.questions.get(fact)
        tried = [(told, with_answer(subject, fact, value)) for told, value in answers_to(fact, subject, finding, case)]
        effects = [(told, outcome_of(answered, finding, case)) for told, answered in tried if answered is not None]
        if asked is not None and (not effects or any(outcome != now for _, outcome in effects)):
            yield Question(fact, asked.fr, asked.en, grouped(effects))


def _to_ask(fact: str, finding: Finding | None) -> str:
    """Words that nobody else is said to speak are the author's: the author is what is asked."""
    mine = fact == "passage.speaker" and (finding is None or finding.speaker is None)
    return "document.author" if mine else fact


def _confirmation(proposal: Proposal, case: Case) -> Iterator[Question]:
    """The blocking question of an override: yes releases what it names, no leaves it masked."""
    asked = case.rules.pack.questions.get("ground.confirmed")
    if asked is not None:
        yes, no = f"public {proposal.provision}", State.MASKED.value
        yield Question("ground.confirmed", asked.fr, asked.en, (("true", yes), ("false", no)))
