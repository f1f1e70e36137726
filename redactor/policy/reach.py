"""Which condition of which rule comes out how in some case: what no case reaches, nobody has thought through."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from redactor.model import Effect, Status
from redactor.policy.case import asked_of, case_of
from redactor.policy.cases import read_cases, rule_on
from redactor.policy.evaluation import Holds, evaluate
from redactor.policy.loader import bundled
from redactor.policy.natures import chosen_of, persons_of
from redactor.policy.pack import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.policy.case import Case as Put
    from redactor.policy.cases import Case, CaseFile, Ruled
    from redactor.policy.evaluation import Evaluation
    from redactor.policy.pack import InForce, RulesInForce

INTRODUCTION = """# Every condition, every way it comes out, and a case that shows it

A rule that an officer chooses by hand is shown once chosen, with its limit where it has one. The cases are in
`policies/qc-a2.1/cases/`; the page is printed by `python -m redactor.policy.reach`, and a test compares.

"""
LIMIT, END, CHOSEN = "limit", "end", "chosen by hand"
# Facts that the request file always states, if only by their default: they are never unknown.
STATED = frozenset({"request.requester", "document.published", "document.supplied", "document.in_scope"})
_ABOUT = "passage.about_requester"  # known only when it is true


@dataclass(frozen=True, slots=True, order=True)
class Outcome:
    """One condition of one rule coming out one way."""

    rule: str
    condition: str
    status: str


def wanted(rules: RulesInForce) -> tuple[Outcome, ...]:
    """Every outcome that some case must reach."""
    found: list[Outcome] = []
    for rule in rules.rules:
        if rule.rule.manual is not None:
            found.append(Outcome(rule.id, CHOSEN, Status.MET.value))
        found.extend(Outcome(rule.id, fact, status) for fact in rule.rule.applies_when for status in _statuses(fact))
        if rule.version.limit:
            found.extend(Outcome(rule.id, LIMIT, one) for one in ("runs", "over", "unknown"))
        if rule.version.ends:
            found.extend(Outcome(rule.id, END, one) for one in ("not yet", "over", "unknown"))
        found.extend(Outcome(rule.id, f"exception {one.id}", "taken") for one in rule.rule.exceptions)
    return tuple(sorted(found))


def _statuses(fact: str) -> tuple[str, ...]:
    if fact in STATED:
        return (Status.MET.value, Status.FAILED.value)
    if fact in {_ABOUT, "ground.confirmed"}:
        return (Status.MET.value, Status.UNKNOWN.value)
    return (Status.MET.value, Status.FAILED.value, Status.UNKNOWN.value)


def reached(files: Sequence[tuple[str, CaseFile]], rules: RulesInForce) -> dict[Outcome, str]:
    """The outcomes that cases reach, each with the id of the first that does."""
    found: dict[Outcome, str] = {}
    for _, file in files:
        for case in file.cases:
            for outcome in _of_case(case, file, rules):
                found.setdefault(outcome, case.id)
    return found


def _of_case(case: Case, file: CaseFile, rules: RulesInForce) -> Iterator[Outcome]:
    for ruled in rule_on(case, file, rules, explained=False):
        put = _put(ruled, rules)
        for rule in asked_of(None, put):
            yield from _of_answer(rule, evaluate(rule, put.subject()))
        for rule in rules.with_effect(Effect.ROUTE):
            yield from _of_answer(rule, evaluate(rule, put.subject()))
        for finding in put.analysed.findings:
            for rule in (*asked_of(finding, put), *_lifting(finding.label, finding.family, rules)):
                yield from _of_answer(rule, evaluate(rule, put.subject(finding)))
        yield from _proposed(ruled, rules)


def _put(ruled: Ruled, rules: RulesInForce) -> Put:
    persons = persons_of(ruled.marked, ruled.said.roles, weak=ruled.said.guessed)
    analysed, chosen = ruled.settled.analysed, chosen_of(ruled.marked)
    return case_of(analysed, facts=ruled.said.facts, persons=persons, rules=rules, chosen=chosen)


def _lifting(label: str, family: str, rules: RulesInForce) -> Iterator[InForce]:
    for rule in (*rules.with_effect(Effect.PUBLIC), *rules.with_effect(Effect.OVERRIDE)):
        own = (rule.rule.label,) if rule.rule.effect is Effect.OVERRIDE else rule.rule.cancels.labels
        if label in own or family in own:
            yield rule


def _proposed(ruled: Ruled, rules: RulesInForce) -> Iterator[Outcome]:
    """What stands in a proposal and not in the facts: a ground that was chosen, an override that was confirmed."""
    for one in ruled.settled.proposals:
        rule = rules.get(one.rule)
        if rule is not None and rule.rule.manual is not None:
            yield Outcome(rule.id, CHOSEN, Status.MET.value)
        if rule is not None and one.effect is Effect.OVERRIDE:
            for condition in one.trace.conditions:
                yield Outcome(rule.id, condition.fact, condition.status.value)


def _of_answer(rule: InForce, answer: Evaluation) -> Iterator[Outcome]:
    for condition in answer.conditions:
        if condition.fact in rule.rule.applies_when:
            yield Outcome(rule.id, condition.fact, condition.status.value)
    if answer.holds is Holds.NO:
        return
    limit, ends = rule.version.limit, rule.version.ends
    if limit is not None:
        yield Outcome(rule.id, LIMIT, _ended(answer, LIMIT, {limit.after, limit.until}, "runs"))
    if ends is not None:
        yield Outcome(rule.id, END, _ended(answer, END, {ends.at, *ends.when}, "not yet"))
    if answer.exception is not None:
        yield Outcome(rule.id, f"exception {answer.exception.id}", "taken")


def _ended(answer: Evaluation, what: str, facts: set[str], alive: str) -> str:
    if answer.lapse == what:
        return "over"
    unknown = any(one.fact in facts and one.status is Status.UNKNOWN for one in answer.conditions)
    return "unknown" if unknown and answer.lapse is None else alive


def table(rules: RulesInForce, found: dict[Outcome, str]) -> str:
    """The outcomes as a table in Markdown: rule, condition, how it comes out, and a case that shows it."""
    head = "| rule | condition | comes out | case |\n|---|---|---|---|\n"
    rows = [f"| {one.rule} | {one.condition} | {one.status} | {found.get(one, 'none')} |" for one in wanted(rules)]
    return head + "\n".join(rows) + "\n"


def main() -> None:
    """Prints docs/law-cases.md for the bundled pack."""
    rules = all_rules(bundled())
    found = reached(read_cases(files("policies") / "qc-a2.1"), rules)
    sys.stdout.write(INTRODUCTION + table(rules, found))


if __name__ == "__main__":
    main()
