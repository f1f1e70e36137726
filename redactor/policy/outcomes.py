"""What a ground's words would come to if a fact were otherwise: shared by questions and counterfactuals."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from redactor.model import Effect, Person, PersonId, Role, Speaker, State, Strength
from redactor.policy.case import asked_of
from redactor.policy.conditions import VOCABULARY, Subject, shown
from redactor.policy.evaluation import Holds, day_of, evaluate
from redactor.policy.grounds import closest, stands, state_of
from redactor.policy.limits import later, latest_start_over
from redactor.policy.touching import touches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Finding
    from redactor.policy.case import Case
    from redactor.policy.pack import InForce

Answer = tuple[str, Any]  # as it is told, and the value to try


def outcome_of(subject: Subject, finding: Finding | None, case: Case) -> str:
    """What the rules together do to the words: `masked 37`, `ask 37`, `public 57`, `kept`."""
    answers = [(rule, evaluate(rule, subject)) for rule in asked_of(finding, case)]
    chosen = stands(answers, finding) if finding else answers
    strength = finding.strength if finding else Strength.PROVEN
    told = [_told(rule, state_of(rule, answer, strength), subject, finding, case)
            for rule, answer in chosen or closest(answers)]  # fmt: skip
    return ", ".join(dict.fromkeys(one for one in told if one)) or State.KEPT.value


def _told(rule: InForce, state: State, subject: Subject, finding: Finding | None, case: Case) -> str:
    if state is State.KEPT:
        return ""
    if finding is not None and (public := _public_rule(rule, subject, finding, case)):
        return f"public {public.section}"
    return f"{state.value} {rule.section}"


def _public_rule(rule: InForce, subject: Subject, finding: Finding, case: Case) -> InForce | None:
    for public in case.rules.with_effect(Effect.PUBLIC):
        touched = touches(
            public.rule.cancels,
            label=finding.label,
            section=rule.section,
            power=rule.rule.power,
            effect=rule.rule.effect,
        )
        if public.rule.manual is None and touched and evaluate(public, subject).holds is Holds.YES:
            return public
    return None


def answers_to(fact: str, subject: Subject, finding: Finding | None, case: Case) -> tuple[Answer, ...]:
    """The answers worth trying: every value of a closed fact; for a date, the days on both sides of each limit."""
    if fact not in case.rules.pack.questions:
        return ()
    if VOCABULARY[fact] is not None:
        return tuple((shown(value), value) for value in case.rules.pack.questions[fact].values)
    return tuple(days_around(fact, subject, asked_of(finding, case)))


def days_around(fact: str, subject: Subject, rules: Sequence[InForce]) -> Iterator[Answer]:
    """The last day that is over each limit or end of `rules`, and the day after the last of them."""
    edges: set[dt.date] = set()
    for rule in rules:
        limit, ends = rule.version.limit, rule.version.ends
        if limit and limit.after == fact and isinstance(until := day_of(limit.until, subject), dt.date):
            edges.add(latest_start_over(until, limit.years))
        if ends and ends.at == fact and isinstance(until := day_of(ends.until, subject), dt.date):
            edges.add(until)
    ordered = sorted(edges)
    for edge in ordered:
        yield f"≤ {edge.isoformat()}", edge
    if ordered:
        yield f"> {ordered[-1].isoformat()}", later(ordered[-1], 1)


def with_answer(subject: Subject, fact: str, value: Any) -> Subject | None:
    """The subject once the fact is known; None for a fact that no answer can set."""
    space, _, name = fact.partition(".")
    if space == "document":
        return replace(subject, facts=replace(subject.facts, **{name: value}))
    if fact == "request.date":
        return replace(subject, facts=replace(subject.facts, request_date=value))
    if fact == "passage.speaker":
        return _said_by(subject, value)
    if fact == "person.role":
        return replace(subject, person=Person(PersonId("asked"), "", Role(value), Strength.STRONG))
    own = {"ground.start": "start", "ground.confirmed": "confirmed", "passage.about_requester": "about_requester"}
    return replace(subject, **{own[fact]: value}) if fact in own else None


def _said_by(subject: Subject, value: str) -> Subject:
    finding = replace(subject.finding, speaker=Speaker(value)) if subject.finding else None
    return replace(subject, facts=replace(subject.facts, author=value), finding=finding)


def grouped(effects: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Answers that do the same, told together: (`staff, member`, `masked 37`)."""
    outcomes = dict.fromkeys(outcome for _, outcome in effects)
    return tuple((", ".join(told for told, one in effects if one == outcome), outcome) for outcome in outcomes)


def kind_of(finding: Finding | None, case: Case) -> tuple[object, ...]:
    """Findings alike in this way come out alike: what is said of them is worked out once."""
    if finding is None:
        return ()
    person = case.persons.get(finding.person) if finding.person else None
    role = person.role if person else None
    return (
        finding.label, finding.source, finding.speaker, finding.element, finding.strength, role,
        case.zone_of(finding.span), case.about_requester(finding.span) is True,
    )  # fmt: skip
