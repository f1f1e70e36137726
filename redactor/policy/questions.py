"""Which missing facts to ask for, in both languages, and what each answer would do. Nothing else is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from redactor.model import Effect, Question, State, Status
from redactor.policy.case import GROUNDS
from redactor.policy.outcomes import answers_to, grouped, kind_of, outcome_of, with_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redactor.model import Finding, Proposal, Span
    from redactor.policy.case import Case

_ASKED_OF = frozenset({*GROUNDS, Effect.PUBLIC})


def with_questions(proposals: Sequence[Proposal], case: Case) -> tuple[Proposal, ...]:
    """`proposals`, each that rests on a missing fact with the questions that would settle it."""
    findings = finding_at(case)
    known: dict[object, tuple[Question, ...]] = {}
    return tuple(_with_questions(one, findings, known, case) if rests_on_unknown(one) else one for one in proposals)


def finding_at(case: Case) -> Mapping[tuple[Span, str | None], Finding]:
    """Findings by place and person: how a proposal is traced back to what it was made from."""
    return {(one.span, one.person): one for one in case.analysed.findings}


def rests_on_unknown(proposal: Proposal) -> bool:
    """True when a missing fact keeps the proposal from being settled."""
    if not any(one.status is Status.UNKNOWN for one in proposal.trace.conditions):
        return False
    if proposal.effect is Effect.OVERRIDE:
        return proposal.state is State.FLAG
    return proposal.effect in _ASKED_OF and proposal.state in {State.ASK, State.MASKED}


def _with_questions(
    proposal: Proposal,
    findings: Mapping[tuple[Span, str | None], Finding],
    known: dict[object, tuple[Question, ...]],
    case: Case,
) -> Proposal:
    finding = findings.get((proposal.spans[0], proposal.person))
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
    for fact in dict.fromkeys(one.fact for one in proposal.trace.conditions if one.status is Status.UNKNOWN):
        asked = case.rules.pack.questions.get(fact)
        tried = [(told, with_answer(subject, fact, value)) for told, value in answers_to(fact, subject, finding, case)]
        effects = [(told, outcome_of(answered, finding, case)) for told, answered in tried if answered is not None]
        if asked is not None and (not effects or any(outcome != now for _, outcome in effects)):
            yield Question(fact, asked.fr, asked.en, grouped(effects))


def _confirmation(proposal: Proposal, case: Case) -> Iterator[Question]:
    """The blocking question of an override: yes releases what it names, no leaves it masked."""
    asked = case.rules.pack.questions.get("ground.confirmed")
    if asked is not None:
        yes, no = f"public {proposal.provision}", State.MASKED.value
        yield Question("ground.confirmed", asked.fr, asked.en, (("true", yes), ("false", no)))
