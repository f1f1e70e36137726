"""Folds decisions over proposals: what is masked, under which provisions, and what a person must still look at.

It knows no law: what a proposal does before a decision is its `state`. Decisions are added, never edited; the last
one on a proposal or span holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from redactor.errors import BadDecision
from redactor.model import Effect, PageBox, Power, Proposal, Redaction, RedactionKind, Span, State, subtract

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from redactor.model import Document

PERSONAL = "PI."  # labels of what tells something of a person
NEAR_BLANKS = 2  # code points: blanks between two masks that are masked with them, so that no lone gap stays


class Outcome(StrEnum):
    """What a person decided."""

    WITHHOLD = "withhold"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's decision on a proposal, a span, or a box of a page; on the whole document where none is named."""

    outcome: Outcome
    provision: str | None
    by: str = field(repr=False)
    at: dt.datetime
    reason: str = field(default="", repr=False)
    ground: str | None = None
    proposal: str | None = None
    span: Span | None = None
    box: PageBox | None = None

    @property
    def is_of_whole(self) -> bool:
        """True for a decision to withhold all of the document, or to release it in part though its substance goes."""
        return self.proposal is None and self.span is None and self.box is None


@dataclass(frozen=True, slots=True)
class Decider:
    """The named person who decides a whole run, with the reason for every discretionary mask."""

    name: str = field(repr=False)
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch of text to mask, with every provision that stands on it, mandatory ones first."""

    span: Span
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A document after decisions: proposals with the state they ended in, what is masked, what stays readable."""

    proposals: tuple[Proposal, ...]
    masks: tuple[Mask, ...]
    areas: tuple[tuple[PageBox, str], ...] = ()
    kept: tuple[Span, ...] = ()  # spans that a public rule or a keep decision leaves readable
    decisions: tuple[Decision, ...] = ()

    @property
    def provisions(self) -> tuple[str, ...]:
        """Sections relied on, sorted as numbers."""
        found = {one for mask in self.masks for one in mask.provisions} | {section for _, section in self.areas}
        return tuple(sorted(found, key=section_order))

    @property
    def masked_spans(self) -> tuple[Span, ...]:
        """Everything that is masked, without overlap."""
        return tuple(mask.span for mask in self.masks)


def section_order(section: str) -> tuple[float, str]:
    """Sorts "9" before "37" and "41.1" after "41"."""
    number = section.partition("_")[0]
    try:
        return (float(number), section)
    except ValueError:
        return (float("inf"), section)


def settle(document: Document, proposals: Sequence[Proposal], decisions: Sequence[Decision] = ()) -> Settled:
    """`proposals` after `decisions`. Raises BadDecision: one fits nothing, or lifts a mandatory mask without ground."""
    states = _decided(proposals, decisions)
    kept = tuple(one.span for one in decisions if one.span is not None and one.outcome is Outcome.KEEP)
    claims = [_Claim(span, one.provision, one.power is Power.MANDATORY)
              for one in states if hides(one) for span in _left(one, decisions)]  # fmt: skip
    claims += [_Claim(one.span, one.provision or "", True)
               for one in decisions if one.span is not None and one.outcome is Outcome.WITHHOLD]  # fmt: skip
    areas = tuple((one.box, one.provision or "") for one in decisions if one.box is not None)
    public = tuple(span for one in states if makes_readable(one) for span in one.spans)
    return Settled(tuple(states), _masks(document.text, claims), areas, (*kept, *public), tuple(decisions))


def makes_readable(proposal: Proposal) -> bool:
    """True when a rule or a person says that this very element of this very person may be read.

    Advice that is kept, or a document already published, says nothing of the persons named in it.
    """
    if proposal.effect is Effect.PUBLIC:
        return proposal.state in {State.KEPT, State.FLAG}
    return proposal.state is State.KEPT and proposal.label.startswith(PERSONAL)


def hides(proposal: Proposal) -> bool:
    """True when its words are masked: settled, or waiting for a fact."""
    return proposal.state in {State.MASKED, State.ASK} and proposal.effect in {
        Effect.WITHHOLD, Effect.OUTSIDE, Effect.ESCALATE,
    }  # fmt: skip


def redactions_of(document: Document, settled: Settled, *, prefix: str) -> tuple[Redaction, ...]:
    """What to burn. `prefix` is the word for a section in the document's language (`art.`, `s.`)."""
    texts = [Redaction(boxes, f"{prefix} {', '.join(mask.provisions)}")
             for mask in settled.masks if (boxes := document.boxes_of(mask.span))]  # fmt: skip
    areas = [Redaction((box,), f"{prefix} {section}", RedactionKind.AREA) for box, section in settled.areas]
    return (*texts, *areas)


@dataclass(frozen=True, slots=True)
class _Claim:
    span: Span
    provision: str
    mandatory: bool


def _decided(proposals: Sequence[Proposal], decisions: Sequence[Decision]) -> list[Proposal]:
    by_id = {one.id: one for one in proposals}
    for decision in decisions:
        if decision.proposal is not None:
            if decision.proposal not in by_id:
                raise BadDecision(proposal=decision.proposal)
            by_id[decision.proposal] = _apply(by_id[decision.proposal], decision)
    return [by_id[one.id] for one in proposals]


def _apply(proposal: Proposal, decision: Decision) -> Proposal:
    if decision.outcome is Outcome.WITHHOLD:
        return replace(proposal, state=State.MASKED)
    if proposal.power is Power.MANDATORY and hides(proposal) and not decision.ground:
        raise BadDecision(proposal=proposal.id, problem="mandatory mask lifted without a ground")
    return replace(proposal, state=State.KEPT)


def _left(proposal: Proposal, decisions: Sequence[Decision]) -> tuple[Span, ...]:
    """The proposal's spans without those that a keep decision on a span lifts for its provision."""
    lifted = [one for one in decisions if one.outcome is Outcome.KEEP and one.span is not None
              and one.provision in {None, proposal.provision}]  # fmt: skip
    holes = [one.span for one in lifted if one.span is not None and any(one.span.overlaps(s) for s in proposal.spans)]
    if holes and proposal.power is Power.MANDATORY and not all(one.ground for one in lifted):
        raise BadDecision(proposal=proposal.id, problem="mandatory mask lifted without a ground")
    return subtract(proposal.spans, holes)


def _masks(text: str, claims: Iterable[_Claim]) -> tuple[Mask, ...]:
    """Claims that overlap or touch become one mask with all their provisions."""
    groups: list[list[_Claim]] = []
    for claim in sorted(claims, key=lambda one: one.span):
        end = max((one.span.end for one in groups[-1]), default=-1) if groups else -1
        if groups and _joined(text, end, claim.span.start):
            groups[-1].append(claim)
        else:
            groups.append([claim])
    return tuple(_mask(group) for group in groups)


def _joined(text: str, end: int, start: int) -> bool:
    return start <= end or (start - end <= NEAR_BLANKS and set(text[end:start]) <= {" "})


def _mask(group: Sequence[_Claim]) -> Mask:
    order = sorted({(not one.mandatory, section_order(one.provision), one.provision) for one in group})
    provisions = tuple(dict.fromkeys(one for _, _, one in order))
    return Mask(Span(group[0].span.start, max(one.span.end for one in group)), provisions)
