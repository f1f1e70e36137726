"""One document put to the rules: what the engine's steps share. No step changes it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redactor.model import UNKNOWN, Effect, Finding, Role, Span, State, Strength, Unknown
from redactor.policy.conditions import Subject
from redactor.policy.overlaps import Overlaps
from redactor.policy.schema import Unit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from redactor.model import Analysed, Facts, Permission, Person, PersonId, Proposal, Zone
    from redactor.policy.pack import InForce, RulesInForce

GROUNDS = (Effect.WITHHOLD, Effect.OUTSIDE, Effect.ESCALATE)
ANSWER_CLOCK = "answer"  # name, in the pack, of the clock by which a request is answered


@dataclass(frozen=True, slots=True)
class Chosen:
    """A ground that an officer chose for some words; `start` is the day its limit runs from, where it has one."""

    rule: str
    span: Span
    start: dt.date | Unknown = UNKNOWN


@dataclass(frozen=True, slots=True)
class Case:
    """A document, its facts, the people of its request, the rules in force and the permissions on record."""

    analysed: Analysed = field(repr=False)
    facts: Facts
    persons: Mapping[PersonId, Person] = field(repr=False)
    rules: RulesInForce = field(repr=False)
    consents: tuple[Permission, ...] = ()
    waivers: tuple[Permission, ...] = ()
    confirmed: frozenset[str] = frozenset()
    grounds: tuple[InForce, ...] = field(default=(), repr=False)  # rules that withhold, put outside or escalate
    of_requester: Overlaps[bool] = field(default=Overlaps(()), repr=False)  # where the person who asks is told of
    findings: Overlaps[Finding] = field(default=Overlaps(()), repr=False)
    passages: Overlaps[Span] = field(default=Overlaps(()), repr=False)
    chosen: tuple[Chosen, ...] = ()

    @property
    def answer_days(self) -> int:
        """Days the pack gives to answer a request; 0 when it has no such clock."""
        clocks = (clock for rule in self.rules.with_effect(Effect.CLOCK) for clock in rule.rule.clocks)
        return next((clock.days for clock in clocks if clock.name == ANSWER_CLOCK), 0)

    def subject(self, finding: Finding | None = None) -> Subject:
        """What the conditions of a rule are asked about."""
        if finding is None:
            return Subject(self.facts, self.answer_days)
        person = self.persons.get(finding.person) if finding.person else None
        zone, about = self.zone_of(finding.span), self.about_requester(finding.span)
        start = next(
            (one.start for one in self.chosen if (one.rule, one.span) == (finding.source, finding.span)), UNKNOWN
        )
        return Subject(self.facts, self.answer_days, finding, person, zone, about, start)

    def zone_of(self, span: Span) -> Zone | None:
        """Zone of the passage in which the span begins; None outside any."""
        passages = self.analysed.passages
        index = bisect_right(passages, span.start, key=lambda one: one.span.start) - 1
        return passages[index].zone if index >= 0 and span.overlaps(passages[index].span) else None

    def around(self, span: Span) -> tuple[Finding, ...]:
        """Findings that share words with the span."""
        return self.findings.over(span)

    def about_requester(self, span: Span) -> bool | Unknown:
        """True when something found in the span concerns the requester; unknown otherwise: words may do so unseen."""
        return True if self.of_requester.over(span) else UNKNOWN


def case_of(
    analysed: Analysed,
    *,
    facts: Facts,
    persons: Sequence[Person],
    rules: RulesInForce,
    permissions: tuple[Sequence[Permission], Sequence[Permission]] = ((), ()),
    confirmed: Collection[str] = (),
    chosen: Sequence[Chosen] = (),
) -> Case:
    """The case of one document; `permissions` are consents, then waivers. What an officer chose counts as found."""
    analysed = replace(analysed, findings=(*analysed.findings, *_findings_of(chosen, rules)))
    known = {one.id: one for one in persons}
    asking = {one.id for one in persons if one.role is Role.REQUESTER}
    consents, waivers = permissions
    return Case(
        analysed,
        facts,
        known,
        rules,
        tuple(consents),
        tuple(waivers),
        frozenset(confirmed),
        tuple(rule for effect in GROUNDS for rule in rules.with_effect(effect)),
        Overlaps((span, True) for span in _places_of(asking, analysed, persons)),
        Overlaps((one.span, one) for one in analysed.findings),
        Overlaps((one.span, one.span) for one in analysed.passages),
        tuple(chosen),
    )


def _places_of(people: Collection[PersonId], analysed: Analysed, persons: Sequence[Person]) -> tuple[Span, ...]:
    """Where the document tells of these people: what was found of them, and wherever they are named."""
    told = [one.span for one in analysed.findings if one.person in people]
    here = analysed.document.id
    named = [m.span for one in persons if one.id in people for m in one.mentions if m.document == here]
    return tuple(sorted({*told, *named}))


def _findings_of(chosen: Sequence[Chosen], rules: RulesInForce) -> Iterator[Finding]:
    for one in chosen:
        rule = rules.get(one.rule)
        if rule is not None and rule.rule.effect in GROUNDS:
            yield Finding(one.span, rule.rule.label or "", Strength.PROVEN, one.rule)


def asked_of(finding: Finding | None, case: Case) -> tuple[InForce, ...]:
    """The grounds that are asked about a finding; without one, those that facts alone open."""
    if finding is None:
        return tuple(rule for rule in case.grounds if is_factual(rule))
    maker = case.rules.get(finding.source)
    own = maker.id if maker is not None and (maker.rule.cues or maker.rule.manual) else None
    return tuple(rule for rule in case.grounds if _opens(rule, finding, own))


def _opens(rule: InForce, finding: Finding, maker: str | None) -> bool:
    """Its own cues made the finding, or the cues it borrows; nobody's did, and it acts on such labels."""
    if maker is not None or rule.rule.manual is not None:
        return maker is not None and maker in {rule.id, rule.rule.cues_from}
    return rule.family == finding.family and not is_factual(rule)


def hides(proposal: Proposal) -> bool:
    """True when its words are masked until somebody decides otherwise."""
    return proposal.state in {State.MASKED, State.ASK} and proposal.effect in GROUNDS


def is_factual(rule: InForce) -> bool:
    """True for a rule that facts alone open: it takes the whole document and looks for no words."""
    spec = rule.rule
    return spec.unit is Unit.DOCUMENT and not spec.cues and not spec.cues_from and spec.manual is None
