"""One rule asked about one subject: does it hold, has it lapsed, is it excepted, or is a fact missing?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from redactor.model import Condition, Status, Unknown
from redactor.policy.conditions import Subject, all_of, conditions_on, shown, value_of
from redactor.policy.limits import is_over

if TYPE_CHECKING:
    import datetime as dt

    from redactor.policy.pack import InForce
    from redactor.policy.schema import Ends, Limit, RuleException


class Holds(StrEnum):
    """How a rule comes out for a subject."""

    YES = "yes"
    EXCEPTED = "excepted"
    LAPSED = "lapsed"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer with everything it rests on. `debated`: the limit runs out between request and answer."""

    holds: Holds
    conditions: tuple[Condition, ...]
    exception: RuleException | None = None
    lapse: str | None = None  # what ended it: "limit" or "end"
    debated: bool = False


def evaluate(rule: InForce, subject: Subject) -> Evaluation:
    """How `rule` comes out for `subject`."""
    applies = conditions_on(rule.rule.applies_when, subject)
    if all_of(one.status for one in applies) is Status.FAILED:
        return Evaluation(Holds.NO, applies)
    ended = _ended(rule, subject)
    conditions = (*applies, *(one for _, one in ended))
    for what, condition in ended:  # the condition reads "not over": FAILED means it is
        if condition.status is Status.FAILED:
            return Evaluation(Holds.LAPSED, conditions, lapse=what)
    exceptions, taken, doubtful = _exceptions(rule, subject)
    conditions = (*conditions, *exceptions)
    if taken is not None:
        return Evaluation(Holds.EXCEPTED, conditions, taken)
    known = all_of(one.status for one in (*applies, *(condition for _, condition in ended)))
    holds = Holds.UNKNOWN if doubtful or known is Status.UNKNOWN else Holds.YES
    return Evaluation(holds, conditions, debated=_debated(rule, subject))


def day_of(fact: str, subject: Subject) -> dt.date | Unknown:
    """A fact that is a date. Raises TypeError on another: the pack's shape was not checked."""
    value = value_of(fact, subject)
    if isinstance(value, (bool, str)):
        raise TypeError(f"{fact} is not a date")
    return value


def _ended(rule: InForce, subject: Subject) -> tuple[tuple[str, Condition], ...]:
    found: list[tuple[str, Condition]] = []
    if limit := rule.version.limit:
        found.append(("limit", _limit_condition(limit, subject)))
    if ends := rule.version.ends:
        found.append(("end", _end_condition(ends, subject, until=ends.until)))
    return tuple(found)


_REVERSED = {Status.MET: Status.FAILED, Status.FAILED: Status.MET, Status.UNKNOWN: Status.UNKNOWN}


def _limit_condition(limit: Limit, subject: Subject) -> Condition:
    start = day_of(limit.after, subject)
    until = day_of(limit.until, subject)
    over = is_over(start, limit.years, until)
    fact = limit.until if isinstance(until, Unknown) and not isinstance(start, Unknown) else limit.after
    return Condition(fact, f"limit {limit.years} {limit.until}", shown(start), _REVERSED[over])


def _end_condition(ends: Ends, subject: Subject, *, until: str) -> Condition:
    begun = all_of(one.status for one in conditions_on(ends.when, subject))
    end, day = day_of(ends.at, subject), day_of(until, subject)
    wanted = f"end {until}"
    if begun is Status.FAILED:
        return Condition(ends.at, wanted, "none", Status.MET)
    if isinstance(end, Unknown) or isinstance(day, Unknown):
        return Condition(_missing(ends, subject), wanted, "unknown", Status.UNKNOWN)
    if end > day:
        return Condition(ends.at, wanted, shown(end), Status.MET)
    return Condition(ends.at, wanted, shown(end), Status.FAILED if begun is Status.MET else Status.UNKNOWN)


def _missing(ends: Ends, subject: Subject) -> str:
    """The fact to ask for first: whether it ended, then when."""
    for fact in sorted(ends.when):
        if isinstance(value_of(fact, subject), Unknown):
            return fact
    return ends.at if isinstance(value_of(ends.at, subject), Unknown) else ends.until


def _debated(rule: InForce, subject: Subject) -> bool:
    """True when the ground stands on the one day that may count and not on the other."""
    limit, ends = rule.version.limit, rule.version.ends
    if limit is not None and limit.also is not None:
        start = day_of(limit.after, subject)
        if len({is_over(start, limit.years, day_of(fact, subject)) for fact in (limit.until, limit.also)}) > 1:
            return True
    if ends is None or ends.also is None:
        return False
    first, second = (_end_condition(ends, subject, until=fact).status for fact in (ends.until, ends.also))
    return first is not second


def _exceptions(rule: InForce, subject: Subject) -> tuple[tuple[Condition, ...], RuleException | None, bool]:
    """Conditions looked at, the exception that holds, and whether one may hold."""
    statuses = {one.id: all_of(c.status for c in conditions_on(one.when, subject)) for one in rule.rule.exceptions}
    looked: list[Condition] = []
    doubtful = False
    for exception in rule.rule.exceptions:
        status = _unless(exception, statuses)
        if status is Status.FAILED or (status is Status.UNKNOWN and exception.only_when_stated):
            continue
        looked.extend(conditions_on(exception.when, subject))
        if status is Status.MET:
            return tuple(looked), exception, False
        doubtful = True
    return tuple(looked), None, doubtful


def _unless(exception: RuleException, statuses: dict[str, Status]) -> Status:
    blocked = all_of(_REVERSED[statuses[one]] for one in exception.unless)
    return all_of((statuses[exception.id], blocked))
