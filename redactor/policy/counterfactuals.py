"""What would change the answer: for each fact a proposal rests on, the other values that bring another outcome.

Each line reads `fact = values -> outcome`; `explain` puts it in words. No word of a document enters it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from redactor.model import Effect, Role, State
from redactor.policy.case import GROUNDS
from redactor.policy.conditions import shown, value_of
from redactor.policy.evaluation import day_of
from redactor.policy.limits import anniversary
from redactor.policy.outcomes import answers_to, days_around, grouped, kind_of, outcome_of, with_answer
from redactor.policy.questions import finding_of, places_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Finding, Proposal
    from redactor.policy.case import Case
    from redactor.policy.conditions import Subject
    from redactor.policy.pack import InForce

_TOLD_OF = frozenset({*GROUNDS, Effect.PUBLIC})


def with_counterfactuals(proposals: Sequence[Proposal], case: Case) -> tuple[Proposal, ...]:
    """`proposals`, each with what would change it."""
    places = places_of(case)
    known: dict[object, tuple[str, ...]] = {}
    left: list[Proposal] = []
    for one in proposals:
        finding = finding_of(one, places, case)
        key = (one.rule, one.state, *kind_of(finding, case), *_beside(finding, case))
        rule = case.rules.get(one.rule)
        if rule is not None and one.effect in _TOLD_OF and key not in known:
            known[key] = tuple(dict.fromkeys(_lines(one, rule, finding, case)))
        left.append(replace(one, trace=replace(one.trace, counterfactuals=known.get(key, ()))))
    return tuple(left)


def _beside(finding: Finding | None, case: Case) -> tuple[str, ...]:
    return tuple(sorted({one.label for one in _others(finding, case)}))


def _others(finding: Finding | None, case: Case) -> tuple[Finding, ...]:
    """Findings of another kind on the same words: a ground that falls may leave another standing."""
    if finding is None or finding.family == "PI":
        return ()
    return tuple(
        one for one in case.around(finding.span) if one.family not in {finding.family, "PI"} and one is not finding
    )


def _lines(proposal: Proposal, rule: InForce, finding: Finding | None, case: Case) -> Iterator[str]:
    subject = case.subject(finding)
    now = outcome_of(subject, finding, case)
    yield from _by_limit(rule, subject, finding, case, now)
    yield from _by_end(rule, subject, finding, case, now)
    dated = {
        rule.version.limit.after if rule.version.limit else None,
        rule.version.ends.at if rule.version.ends else None,
    }
    for fact in dict.fromkeys(one.fact for one in proposal.trace.conditions if one.fact not in dated):
        yield from _by_fact(fact, subject, finding, case, now)
    if rule.rule.effect is Effect.WITHHOLD and finding is not None and finding.family == "PI":
        yield from _by_role(subject, finding, case, now)
    if proposal.state in {State.MASKED, State.ASK}:
        yield from _by_permission(rule)


def _by_limit(rule: InForce, subject: Subject, finding: Finding | None, case: Case, now: str) -> Iterator[str]:
    limit = rule.version.limit
    if limit is None:
        return
    for told, value in days_around(limit.after, subject, (rule,)):
        answered = with_answer(subject, limit.after, value)
        if answered is not None and (outcome := _outcome(answered, finding, case)) != now:
            yield f"{limit.after} = {told} -> {outcome}"
    start = day_of(limit.after, subject)
    if isinstance(start, dt.date):
        end = anniversary(start, limit.years)
        answered = with_answer(subject, limit.until, end)
        if answered is not None and (outcome := _outcome(answered, finding, case)) != now:
            yield f"{limit.until} = ≥ {end.isoformat()} -> {outcome}"


def _by_end(rule: InForce, subject: Subject, finding: Finding | None, case: Case, now: str) -> Iterator[str]:
    """Both answers to "is it over": the day alone changes nothing while nothing has ended."""
    ends = rule.version.ends
    if ends is None:
        return
    until = day_of(ends.until, subject)
    over: Subject | None = with_answer(subject, ends.at, until) if isinstance(until, dt.date) else None
    for fact, wanted in sorted(ends.when.items()):
        values = wanted if isinstance(wanted, tuple) else ()
        over = with_answer(over, fact, values[0]) if over is not None and values else over
    if over is not None and (outcome := _outcome(over, finding, case)) != now:
        yield f"{ends.at} = ≤ {shown(until)} -> {outcome}"
    for fact in sorted(ends.when):
        yield from _by_fact(fact, subject, finding, case, now)


def _by_fact(fact: str, subject: Subject, finding: Finding | None, case: Case, now: str) -> Iterator[str]:
    current = shown(value_of(fact, subject))
    tried = [(told, with_answer(subject, fact, value)) for told, value in answers_to(fact, subject, finding, case)]
    effects = [(told, _outcome(other, finding, case)) for told, other in tried if other is not None and told != current]
    for told, outcome in grouped(effects):
        if outcome != now:
            yield f"{fact} = {told} -> {outcome}"


def _by_role(subject: Subject, finding: Finding, case: Case, now: str) -> Iterator[str]:
    yield from _by_fact("person.role", subject, finding, case, now)
    if subject.person is not None and subject.person.role is Role.REQUESTER:
        other = replace(subject, facts=replace(subject.facts, requester="other"))
        if (outcome := outcome_of(other, finding, case)) != now:
            yield f"request.requester = other -> {outcome}"


def _by_permission(rule: InForce) -> Iterator[str]:
    if rule.rule.consent is not None:
        yield f"consent = {rule.rule.consent} -> kept"
    if rule.rule.to is not None:
        yield f"waiver = {rule.section} -> kept"


def _outcome(subject: Subject, finding: Finding | None, case: Case) -> str:
    """The outcome on these words, with what another kind of finding on the same words would still withhold."""
    own = outcome_of(subject, finding, case)
    beside = [
        f"{outcome} ({one.label})"
        for one in _others(finding, case)
        if (outcome := outcome_of(_moved(subject, one), one, case)) != State.KEPT.value
    ]
    return "; ".join(dict.fromkeys([own, *beside]))


def _moved(subject: Subject, finding: Finding) -> Subject:
    """The same facts, asked about another finding on the same words."""
    return replace(subject, finding=finding)
