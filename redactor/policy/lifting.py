"""What sets a ground aside: consents, waivers, public character, safety, publication. Each lifts what it names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from redactor.model import UNKNOWN, Effect, Power, Proposal, Span, State, Status, Strength, subtract
from redactor.policy.case import GROUNDS
from redactor.policy.citations import Citation
from redactor.policy.evaluation import Evaluation, Holds, evaluate
from redactor.policy.grounds import merge, proposal_id, trace_of
from redactor.policy.overlaps import Overlaps
from redactor.policy.touching import touches
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redactor.model import Finding, Permission, PersonId
    from redactor.policy.case import Case
    from redactor.policy.pack import InForce

_HIDING = frozenset({State.MASKED, State.ASK, State.FLAG})


def lift(proposals: tuple[Proposal, ...], case: Case) -> tuple[Proposal, ...]:
    """`proposals` after everything that lifts, with the proposals of the rules that did."""
    left = tuple(_permitted(one, case) for one in proposals)
    left = _made_public(left, case)
    left = _overridden(left, case)
    return merge([*_routed(left, case)])


def _kept(proposal: Proposal, why: str) -> Proposal:
    return replace(proposal, state=State.KEPT, trace=replace(proposal.trace, because=(*proposal.trace.because, why)))


def _noted(proposal: Proposal, why: str) -> Proposal:
    return replace(proposal, trace=replace(proposal.trace, because=(*proposal.trace.because, why)))


def _permitted(proposal: Proposal, case: Case) -> Proposal:
    rule = case.rules.get(proposal.rule)
    if rule is None or proposal.state not in _HIDING:
        return proposal
    if rule.rule.consent == "person" and _has_consent(proposal, rule, case):
        return _kept(proposal, "consent")
    if rule.rule.consent == "third_party" and _third_party_consents(rule, case):
        return _kept(proposal, "consent:third_party")
    if rule.rule.to is not None and any(_names(one, rule) for one in case.waivers):
        return _kept(proposal, f"waiver:{rule.rule.to}")
    return proposal


def _names(permission: Permission, rule: InForce) -> bool:
    """True when the permission cites the rule's place in the Act, or a section that speaks of such consents."""
    try:
        cited = Citation.parse(permission.provision)
    except ValueError:
        return False
    return cited.covers(rule.citation) or cited.section in rule.rule.consent_cites


def _has_consent(proposal: Proposal, rule: InForce, case: Case) -> bool:
    if proposal.person is None:
        return False
    return any(_names(one, rule) and person_named(one.party, case) == proposal.person for one in case.consents)


def _third_party_consents(rule: InForce, case: Case) -> bool:
    supplier = case.facts.supplied_by
    return supplier is not None and any(
        _names(one, rule) and _plain(one.party) == _plain(supplier) for one in case.consents
    )


def person_named(name: str, case: Case) -> PersonId | None:
    """The one person of that name; None when nobody bears it, or two do: a homonym consents for nobody else."""
    found = [one.id for one in case.persons.values() if _plain(one.name) == _plain(name)]
    return found[0] if len(found) == 1 else None


_TITLES = ("m", "mme", "mlle", "mr", "mrs", "ms", "monsieur", "madame", "dr", "dre", "me")


def _plain(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, titles or order: `ROY, Line` is `Mme Line Roy`."""
    words = "".join(char if char.isalnum() else " " for char in fold(name)).split()
    return tuple(sorted(word for word in words if word not in _TITLES))


def _made_public(proposals: tuple[Proposal, ...], case: Case) -> tuple[Proposal, ...]:
    findings = _findings_by_place(case)
    left: list[Proposal] = []
    for proposal in proposals:
        finding = findings.get((proposal.spans, proposal.person, proposal.element))
        left.extend(_public(proposal, finding, case) if finding and proposal.state in _HIDING else [proposal])
    return tuple(left)


def _findings_by_place(case: Case) -> dict[tuple[tuple[Span, ...], object, object], Finding]:
    return {((one.span,), one.person, one.element): one for one in case.analysed.findings}


def _public(proposal: Proposal, finding: Finding, case: Case) -> list[Proposal]:
    for rule in case.rules.with_effect(Effect.PUBLIC):
        if (rule.rule.manual is not None and not _is_chosen(rule, proposal, case)) or not _touches(rule, proposal):
            continue
        answer = evaluate(rule, case.subject(finding))
        if answer.holds in {Holds.NO, Holds.LAPSED}:
            continue
        if answer.holds is Holds.EXCEPTED:
            return [_noted(proposal, f"exception:{rule.id}#{_exception_id(answer)}")]
        if answer.holds is Holds.YES and _strength(rule, finding, case).masks:
            shown = State.FLAG if rule.rule.flag else State.KEPT
            kept = _says_public(rule, answer, proposal, finding, case, state=shown)
            return [kept]
        if _is_likely(answer):
            return [proposal, _says_public(rule, answer, proposal, finding, case, state=State.FLAG)]
    return [proposal]


def _is_likely(answer: Evaluation) -> bool:
    """True when what the person is, or the request, already points to it: nobody is asked about each unknown name."""
    return all(
        one.status is Status.MET for one in answer.conditions if one.fact in {"person.role", "request.requester"}
    )


def _is_chosen(rule: InForce, proposal: Proposal, case: Case) -> bool:
    """True when an officer said so of these very words."""
    return any(one.rule == rule.id and (one.span,) == proposal.spans for one in case.chosen)


def _exception_id(answer: Evaluation) -> str:
    return answer.exception.id if answer.exception else ""


def _strength(rule: InForce, finding: Finding, case: Case) -> Strength:
    """The weaker of the finding and of what makes it public: a role that is only guessed makes nothing public."""
    person = case.persons.get(finding.person) if finding.person else None
    if "person.role" in rule.rule.applies_when and person is not None and not person.role_strength.masks:
        return Strength.WEAK
    return Strength.STRONG


def _says_public(
    rule: InForce, answer: Evaluation, proposal: Proposal, finding: Finding, case: Case, *, state: State
) -> Proposal:
    label = rule.rule.label or "PUBLIC"
    trace = trace_of(rule, answer, finding)
    what = "cancels" if state is State.KEPT or rule.rule.flag else "may-cancel"
    because = (*trace.because, f"{what}:{proposal.rule}")
    return replace(
        proposal,
        id=proposal_id(case, rule, proposal.spans, label),
        label=label,
        rule=rule.id,
        provision=rule.section,
        effect=Effect.PUBLIC,
        power=None,
        strength=_strength(rule, finding, case),
        state=state,
        trace=replace(trace, because=because),
    )


def _touches(rule: InForce, one: Proposal) -> bool:
    return touches(rule.rule.cancels, label=one.label, section=one.provision, power=one.power, effect=one.effect)


def _overridden(proposals: tuple[Proposal, ...], case: Case) -> tuple[Proposal, ...]:
    left = proposals
    for rule in case.rules.with_effect(Effect.OVERRIDE):
        left = _override(left, rule, case)
    return left


def _override(proposals: tuple[Proposal, ...], rule: InForce, case: Case) -> tuple[Proposal, ...]:
    """What the cues suggest is asked; what a person confirmed cancels, on the words of the finding's own passage."""
    given_way = [one for one in proposals if one.state in _HIDING and one.effect in GROUNDS and _touches(rule, one)]
    under = Overlaps((span, one) for one in given_way for span in one.spans)
    says: list[Proposal] = []
    released: dict[str, list[Span]] = defaultdict(list)
    for finding in case.analysed.findings:
        if finding.source != rule.id and finding.label != rule.rule.label:
            continue
        span = _passage_of(finding.span, case)
        hit = under.over(span)
        if hit:
            one, lifts = _says_override(rule, finding, span, hit, case)
            says.append(one)
            for proposal in hit if lifts else ():
                released[proposal.id].append(span)
    left = tuple(_uncovered(one, released[one.id], rule) if one.id in released else one for one in proposals)
    return (*left, *says)


def _says_override(
    rule: InForce, finding: Finding, span: Span, hit: tuple[Proposal, ...], case: Case
) -> tuple[Proposal, bool]:
    """The proposal of the override itself, and whether it lifts."""
    own = proposal_id(case, rule, (span,), rule.rule.label or "")
    answer = evaluate(rule, replace(case.subject(finding), confirmed=own in case.confirmed or UNKNOWN))
    lifts = answer.holds is Holds.YES
    trace = trace_of(rule, answer, finding)
    steps = dict.fromkeys(f"{'cancels' if lifts else 'may-cancel'}:{one.rule}" for one in hit)
    says = replace(
        hit[0], id=own, spans=(span,), label=rule.rule.label or "", rule=rule.id, provision=rule.section,
        effect=Effect.OVERRIDE, power=None, strength=finding.strength, state=State.KEPT if lifts else State.FLAG,
        trace=replace(trace, because=(*trace.because, *steps)), person=None, element=None,
    )  # fmt: skip
    return says, lifts


def _uncovered(proposal: Proposal, spans: list[Span], rule: InForce) -> Proposal:
    """The proposal without the words that must be released; kept when nothing else is left of it."""
    rest = subtract(proposal.spans, spans)
    why = f"cancelled-by:{rule.id}"
    return replace(_noted(proposal, why), spans=rest) if rest else _kept(proposal, why)


def _passage_of(span: Span, case: Case) -> Span:
    touching = case.passages.over(span)
    return Span(min([span.start, *(s.start for s in touching)]), max([span.end, *(s.end for s in touching)]))


def _routed(proposals: Iterable[Proposal], case: Case) -> tuple[Proposal, ...]:
    left = tuple(proposals)
    for rule in case.rules.with_effect(Effect.ROUTE):
        answer = evaluate(rule, case.subject())
        if rule.rule.manual is not None or answer.holds is not Holds.YES:
            continue
        left = tuple(
            _kept(one, f"cancelled-by:{rule.id}") if one.state in _HIDING and _touches(rule, one) else one
            for one in left
        )
        left = (*left, _says_route(rule, answer, case))
    return left


def _says_route(rule: InForce, answer: Evaluation, case: Case) -> Proposal:
    span = Span(0, len(case.analysed.document.text))
    label = rule.rule.label or "PUBLIC"
    return Proposal(
        proposal_id(case, rule, (span,), label), case.analysed.document.id, (span,), label, rule.id, rule.section,
        Effect.ROUTE, None if rule.rule.power is None else Power(rule.rule.power), Strength.PROVEN, State.FLAG,
        trace_of(rule, answer),
    )  # fmt: skip
