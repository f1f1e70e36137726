"""Findings and facts to proposals of the grounds that withhold, put outside or escalate. Lifting comes after."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, assert_never

from redactor.errors import UnknownLabel
from redactor.model import Effect, Lang, Power, Proposal, Span, State, Status, Strength, Trace
from redactor.policy.case import GROUNDS, asked_of
from redactor.policy.evaluation import Evaluation, Holds, evaluate
from redactor.policy.schema import Unit

if TYPE_CHECKING:
    from redactor.model import Finding
    from redactor.policy.case import Case
    from redactor.policy.pack import InForce

_ORDER = {Strength.PROVEN: 0, Strength.STRONG: 1, Strength.WEAK: 2}


def grounds_of(case: Case) -> tuple[Proposal, ...]:
    """One proposal for each ground that holds or may hold; for a finding without any, one telling why.

    Raises UnknownLabel on a finding of a family that no rule knows.
    """
    found = [one for rule in asked_of(None, case) if (one := _whole(rule, case)) is not None]
    known = case.rules.families
    for finding in case.analysed.findings:
        if finding.family not in known:
            raise UnknownLabel(document=case.analysed.document.id, label=finding.family)
        found.extend(_of_finding(finding, case))
    return merge(found)


def _whole(rule: InForce, case: Case) -> Proposal | None:
    """Facts alone open a rule only when one of them is known to hold and none fails."""
    answer = evaluate(rule, case.subject())
    if not any(one.status is Status.MET for one in answer.conditions) or answer.holds is Holds.NO:
        return None
    return _proposal(rule, answer, case, strength=Strength.PROVEN)


def _of_finding(finding: Finding, case: Case) -> list[Proposal]:
    subject = case.subject(finding)
    answers = [(rule, evaluate(rule, subject)) for rule in asked_of(finding, case)]
    chosen = stands(answers, finding) or closest(answers)
    return [_proposal(rule, answer, case, strength=finding.strength, finding=finding) for rule, answer in chosen]


def stands(answers: list[tuple[InForce, Evaluation]], finding: Finding) -> list[tuple[InForce, Evaluation]]:
    """The rules that hold; with them what is mandatory and may hold, and, where none holds, one that may."""
    holding = [one for one in answers if one[1].holds is Holds.YES]
    doubtful = [one for one in answers if one[1].holds is Holds.UNKNOWN]
    mandatory = [one for one in doubtful if one[0].rule.power is Power.MANDATORY]
    if holding or mandatory:
        return [*holding, *mandatory]
    own = [one for one in doubtful if one[0].id == finding.source or one[0].rule.cues]
    return (own or doubtful)[:1]


def closest(answers: list[tuple[InForce, Evaluation]]) -> list[tuple[InForce, Evaluation]]:
    """Of rules that do not hold, the one nearest to it: excepted, lapsed, then the fewest conditions failed."""
    order = {Holds.EXCEPTED: 0, Holds.LAPSED: 1, Holds.NO: 2, Holds.YES: 3, Holds.UNKNOWN: 3}

    def distance(one: tuple[InForce, Evaluation]) -> tuple[int, int, str]:
        failed = sum(condition.status is Status.FAILED for condition in one[1].conditions)
        return order[one[1].holds], failed, one[0].id

    return sorted(answers, key=distance)[:1]


def _proposal(
    rule: InForce, answer: Evaluation, case: Case, *, strength: Strength, finding: Finding | None = None
) -> Proposal:
    everything = Span(0, len(case.analysed.document.text))
    span = finding.span if finding is not None and rule.rule.unit is not Unit.DOCUMENT else everything
    effect, power = _effect_of(rule, answer)
    label = _label_of(rule, answer, finding)
    return Proposal(
        proposal_id(case, rule, (span,), label),
        case.analysed.document.id,
        (span,),
        label,
        rule.id,
        rule.section,
        effect,
        power,
        strength,
        state_of(rule, answer, strength),
        trace_of(rule, answer, finding),
        finding.person if finding else None,
        finding.element if finding else None,
    )


def _effect_of(rule: InForce, answer: Evaluation) -> tuple[Effect, Power | None]:
    changed = answer.exception
    if changed is not None and changed.effect is not None:
        return changed.effect, changed.power
    return rule.rule.effect, rule.rule.power


def _label_of(rule: InForce, answer: Evaluation, finding: Finding | None) -> str:
    if answer.exception is not None and answer.exception.label is not None:
        return answer.exception.label
    own = rule.rule.label or ""
    return finding.label if finding is not None and "." not in own and finding.family == own else own


def state_of(rule: InForce, answer: Evaluation, strength: Strength) -> State:
    """The table "What is masked where" for one ground, before anything is lifted."""
    match answer.holds:
        case Holds.NO | Holds.LAPSED:
            return State.KEPT
        case Holds.EXCEPTED:
            changed = answer.exception.effect if answer.exception else None
            masks = changed in GROUNDS
            return State.KEPT if not masks else State.MASKED if strength.masks else State.FLAG
        case Holds.YES:
            return State.MASKED if strength.masks else State.FLAG
        case Holds.UNKNOWN:
            asks = rule.rule.if_unknown == "ask"
            return State.FLAG if not strength.masks else State.ASK if asks else State.MASKED
        case _:
            assert_never(answer.holds)


def trace_of(rule: InForce, answer: Evaluation, finding: Finding | None = None) -> Trace:
    """Why the rule came out as it did, without counterfactuals and questions, which need the whole case."""
    begun = rule.version.from_
    because = [f"{answer.holds.value}:{answer.lapse}" if answer.lapse else f"holds:{answer.holds.value}"]
    if answer.exception is not None:
        because.append(f"exception:{answer.exception.id}")
    if answer.debated:
        because.append("debated")
    return Trace(
        rule.id,
        begun.isoformat() if begun else None,
        citation_text(rule),
        answer.conditions,
        finding.evidence if finding else (),
        tuple(because),
    )


def citation_text(rule: InForce) -> str:
    """`RLRQ, c. A-2.1, art. 37, al. 1`: the act, then the place in it."""
    return f"{rule.version.cite.act}, {rule.citation.text(Lang.FR)}"


def proposal_id(case: Case, rule: InForce, spans: tuple[Span, ...], label: str) -> str:
    """Stable for the same document, spans and rule. It is made of places, never of words."""
    places = ",".join(f"{span.start}-{span.end}" for span in spans)
    key = f"{case.analysed.document.sha256}|{rule.id}|{label}|{places}"
    return "p" + hashlib.sha256(key.encode()).hexdigest()[:12]


def merge(proposals: list[Proposal]) -> tuple[Proposal, ...]:
    """One proposal for each id, the strongest finding's, in the order of the text, then of provision and rule."""
    best: dict[str, Proposal] = {}
    for one in proposals:
        if one.id not in best or _ORDER[one.strength] < _ORDER[best[one.id].strength]:
            best[one.id] = one
    return tuple(sorted(best.values(), key=lambda one: (one.spans, one.rule, one.label)))
