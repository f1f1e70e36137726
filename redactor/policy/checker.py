"""Refuses a pack that a lawyer could not trust: shape, periods, references, and a proof by examples of every rule.

Each example must come out as its marks say; each exception and both sides of each limit must be shown; each cue must
be needed by an example, and each list of opening cues must have a tempting neighbour that stays readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.errors import BadPack, RedactorError
from redactor.model import Unknown
from redactor.policy import cue_proofs
from redactor.policy.cases import differences, read_cases
from redactor.policy.faults import fault
from redactor.policy.limits import anniversary
from redactor.policy.loader import read_pack
from redactor.policy.pack import RulesInForce, all_rules
from redactor.policy.reach import reached, wanted
from redactor.policy.schema import TextStatus
from redactor.policy.stated import stated
from redactor.policy.trial import Trial, run

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from redactor.policy.pack import Pack, Source
    from redactor.policy.schema import Example, Rule
    from redactor.policy.trial import Finder


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts that are printed: what the pack holds, and how much of it was run."""

    rules: int = 0
    manual: int = 0
    versions: int = 0
    cues: int = 0
    cues_with_twin: int = 0
    examples: int = 0
    run: int = 0
    unverified: int = 0
    cases: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(*(getattr(self, one) + getattr(other, one) for one in self.__slots__))


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker found: `problems` refuse the pack, `warnings` do not."""

    pack: str | None
    problems: tuple[BadPack, ...]
    warnings: tuple[str, ...]
    coverage: Coverage

    @property
    def accepted(self) -> bool:
        """True when nothing refuses the pack."""
        return not self.problems

    def lines(self) -> tuple[str, ...]:
        """The report as it is printed: each fault by file, line, key and problem, what to do about them, counts."""
        told = [
            f"{one.facts.get('file')}:{one.facts.get('line')}: {one.facts.get('key', '')}: {one.facts.get('problem')}"
            for one in self.problems
        ]
        advice = dict.fromkeys(f"-> {one.conseil} / {one.advice}" for one in self.problems)
        count = ", ".join(f"{name} {getattr(self.coverage, name)}" for name in Coverage.__slots__)
        return (*told, *advice, *self.warnings, f"{self.pack}: {count}")


def check_pack(folder: Traversable | Path, *, find: Finder | None = None, today: dt.date | None = None) -> Report:
    """Everything wrong with the pack in `folder`. Without `find`, examples that need the finders are only read."""
    pack, problems = read_pack(folder)
    if pack is None or problems:
        return Report(pack.id if pack else None, problems, (), Coverage())
    rules = all_rules(pack)
    found: list[BadPack] = []
    total = Coverage()
    for source in pack.sources:
        faults, coverage = _check(source, rules, find)
        found.extend(faults)
        total += coverage
    case_faults, cases = _cases(folder, rules)
    found.extend(case_faults)
    total += Coverage(cases=cases)
    return Report(pack.id, tuple(found), tuple(_warnings(pack, today)), total)


def _cases(folder: Traversable | Path, rules: RulesInForce) -> tuple[list[BadPack], int]:
    """Whole cases that come out otherwise than they say, and outcomes that no case reaches."""
    try:
        files = read_cases(folder)
    except BadPack as problem:
        return [problem], 0
    found = [
        BadPack(file=f"cases/{name}", line=1, key=case.id, problem=problem)
        for name, file in files
        for case in file.cases
        for problem in differences(case, file, rules)
    ]
    if files and not found:
        shown = reached(files, rules)
        found += [
            BadPack(file="cases", line=1, key=one.rule, problem=f"no case reaches: {one.condition} {one.status}")
            for one in wanted(rules)
            if one not in shown
        ]
    return found, sum(len(file.cases) for _, file in files)


def _warnings(pack: Pack, today: dt.date | None) -> Iterator[str]:
    for source in pack.sources:
        version = source.rule.versions[-1]
        if version.read is not None and today is not None and anniversary(version.read, 1) <= today:
            yield f"{source.file}: warning: its text was read more than twelve months ago"


def _check(source: Source, rules: RulesInForce, find: Finder | None) -> tuple[list[BadPack], Coverage]:
    rule = source.rule
    faults: list[BadPack] = []
    trials: list[tuple[Example, Trial]] = []
    for index, example in enumerate(rule.examples):
        try:
            trial = run(example, rule, rules=rules, find=find)
        except RedactorError as error:
            known = error.facts if isinstance(error, BadPack) else {}
            problem = str(known.get("problem", error.code))
            faults.append(fault(source, ("examples", index), key=str(known.get("key", "text")), problem=problem))
            continue
        if trial is not None:
            trials.append((example, trial))
            faults.extend(fault(source, ("examples", index), key="text", problem=one) for one in trial.wrong)
    needs_finder = any(example.given is None for example in rule.examples)
    if find is not None or not needs_finder:
        faults.extend(_proofs(source, trials))
    cue_faults, twins = cue_proofs.faults(source, rules, find, trials) if find is not None else ((), 0)
    return [*faults, *cue_faults], Coverage(
        rules=1,
        manual=int(rule.manual is not None),
        versions=len(rule.versions),
        cues=sum(len(phrases) for roles in rule.cues.values() for phrases in roles.values()),
        cues_with_twin=twins,
        examples=len(rule.examples),
        run=len(trials),
        unverified=sum(version.text is TextStatus.UNVERIFIED for version in rule.versions),
    )


def _proofs(source: Source, trials: Sequence[tuple[Example, Trial]]) -> Iterator[BadPack]:
    """What the examples leave unshown: an exception, a side of a limit."""
    rule = source.rule
    reached = {why for _, trial in trials for one in trial.proposals for why in one.trace.because}
    for index, exception in enumerate(rule.exceptions):
        if not {f"exception:{exception.id}", f"exception:{rule.id}#{exception.id}"} & reached:
            yield fault(source, ("exceptions", index), key="id", problem="no example reaches this exception")
    if rule.manual is None and rule.versions[-1].limit is not None:
        sides = {side for example, trial in trials if (side := _side(example, trial, rule)) is not None}
        for side in ("last day", "anniversary"):
            if side not in sides:
                yield fault(source, ("versions",), key="limit", problem=f"no example shows the {side} of the limit")


def _side(example: Example, trial: Trial, rule: Rule) -> str | None:
    limit, said = rule.versions[-1].limit, stated({**rule.defaults, **example.with_})
    start, until = said.facts.date, said.facts.request_date
    if limit is None or isinstance(start, Unknown) or isinstance(until, Unknown):
        return None
    days = (anniversary(start, limit.years) - until).days
    lapsed = any("lapsed:limit" in one.trace.because for one in trial.proposals if one.rule == rule.id)
    return {(1, False): "last day", (0, True): "anniversary"}.get((days, lapsed))
