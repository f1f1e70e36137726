"""Weighs each piece by its features and claims those that most likely tell something of a person who is tied to them.

The weights (`data/weights.json`) are made by `python -m redactor.evaluation.told_training`. A piece without a tie to a
person is never claimed; a clause that a rule claims and the weights speak against is put down to a flag.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from redactor.model import Element, Finding, Strength
from redactor.people.telling.concepts import LITTLE, NOT, PERSONAL_LABELS
from redactor.people.telling.features import Ground, Weighed, weighed_in
from redactor.people.telling.pieces import VALUE
from redactor.people.telling.ties import Tie
from redactor.recognisers import weighing
from redactor.recognisers.extents import unreported
from redactor.recognisers.hits import CLAUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.people.telling.concepts import Concept
    from redactor.people.telling.ties import Bond
    from redactor.recognisers.scene import Scene
    from redactor.recognisers.weighing import Weights

SOURCE: Final = "told"
OTHER: Final = "PI.other"
PAY: Final = "PI.salary"
MONEY: Final = "form:money"  # the feature of a piece that holds an amount
UNTIED: Final = frozenset({Tie.NONE})
BEHIND: Final = 12  # findings back in which a clause that holds a piece begins
GAP: Final = 4  # code points of punctuation between two pieces
DOUBTED: Final = "maybe_private"
OFFICIAL: Final = "staff"  # of whom only what weighs enough to be hidden is shown


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares of one: from `mask` a piece is claimed, from `join` beside a claimed one, from `flag` it raises a flag.

    A clause of a rule that holds nothing from `veto` on is put down to a flag.
    """

    mask: float
    join: float
    flag: float
    veto: float


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of the features by name, and the limits from which they count."""

    weights: Weights
    limits: Limits

    def complete(self, findings: Sequence[Finding], ground: Ground) -> tuple[Finding, ...]:
        """The findings with what the pieces tell of persons, and doubtful clauses of rules put down to flags."""
        weighed = weighed_in(ground)
        shares = [self.weights.share(one.values) for one in weighed]
        scene = ground.company.scene
        ordered = sorted(findings, key=lambda one: one.span)
        kept = [self._doubted(one, scene, weighed, shares) for one in ordered]
        claims = list(self._claims(scene, weighed, shares))
        return (*kept, *(one for one in claims if not _is_known(one, kept)))

    def _doubted(self, one: Finding, scene: Scene, weighed: Sequence[Weighed], shares: Sequence[float]) -> Finding:
        if one.label not in CLAUSES or not one.strength.masks:
            return one
        start, end = scene.view.at(one.span.start), scene.view.at(one.span.end)
        first = bisect_left(weighed, start, key=lambda each: each.piece.end)
        held = []
        for at in range(first, len(weighed)):
            if weighed[at].piece.start >= end:
                break
            held.append(shares[at])
        return replace(one, strength=Strength.WEAK) if held and max(held) < self.limits.veto else one

    def _claims(self, scene: Scene, weighed: Sequence[Weighed], shares: Sequence[float]) -> Iterator[Finding]:
        strong = self._strong(weighed, shares)
        for run in _runs(weighed, sorted(strong)):
            yield _finding(scene, run, Strength.STRONG)
        for at, one in enumerate(weighed):
            shown = shares[at] >= self.limits.flag and one.bond.role != OFFICIAL
            if shown and at not in strong and one.bond.tie not in UNTIED:
                yield _finding(scene, (one,), Strength.WEAK)

    def _strong(self, weighed: Sequence[Weighed], shares: Sequence[float]) -> set[int]:
        """Places of the pieces to claim: those that weigh enough, and lighter ones beside them in their sentence."""
        tied = [_masks(one.bond) for one in weighed]
        found = {at for at, share in enumerate(shares) if share >= self.limits.mask and tied[at]}
        for step in (1, -1):
            for at in range(len(weighed))[::step]:
                beside = at - step
                light = shares[at] >= self.limits.join and tied[at]
                if light and beside in found and weighed[beside].piece.sentence is weighed[at].piece.sentence:
                    found.add(at)
        return found


def _masks(bond: Bond) -> bool:
    """False for nobody, and for a sentence after a name that only may be a private person's: that is for a reader."""
    return bond.tie not in UNTIED and (bond.tie, bond.role) != (Tie.BLOCK, DOUBTED)


def _is_known(claim: Finding, findings: Sequence[Finding]) -> bool:
    """True when a rule already claims all of it at least as firmly."""
    last = bisect_right(findings, claim.span.start, key=lambda one: one.span.start)
    near = findings[max(0, last - BEHIND) : last]
    firm = (one for one in near if one.label in CLAUSES and (one.strength.masks or not claim.strength.masks))
    return any(one.span.covers(claim.span) for one in firm)


def _runs(weighed: Sequence[Weighed], places: Sequence[int]) -> Iterator[tuple[Weighed, ...]]:
    """Pieces that follow each other in a sentence, told of the same person, with no value between them."""
    run: list[int] = []
    for at in places:
        if run and not (at == run[-1] + 1 and _goes_on(weighed[run[-1]], weighed[at])):
            yield tuple(weighed[each] for each in run)
            run = []
        run.append(at)
    if run:
        yield tuple(weighed[each] for each in run)


def _goes_on(one: Weighed, other: Weighed) -> bool:
    same = one.piece.sentence is other.piece.sentence and one.bond.person == other.bond.person
    return same and other.piece.left != VALUE and other.piece.start - one.piece.end <= GAP


def _finding(scene: Scene, run: Sequence[Weighed], strength: Strength) -> Finding:
    concepts = [each for one in run for each in one.concepts]
    span = scene.view.span(*unreported(scene, run[0].piece.start, run[-1].piece.end))
    evidence = tuple(scene.view.span(each.start, each.end) for each in concepts if not each.family.startswith(NOT))
    paid = any(MONEY in one.values for one in run)
    return Finding(span, _label(concepts, paid=paid), strength, SOURCE, evidence, run[0].bond.person, Element.OTHER)


def _label(concepts: Sequence[Concept], *, paid: bool) -> str:
    """The label of the family that most of the words are of; where an amount of money is told, that of pay."""
    told = Counter(
        PERSONAL_LABELS[family]
        for family in (each.family.removesuffix(LITTLE) for each in concepts)
        if family in PERSONAL_LABELS
    )
    if paid:
        return PAY
    return max(sorted(told), key=lambda label: told[label]) if told else OTHER


@lru_cache(maxsize=1)
def shipped() -> Scorer:
    """The scorer with the weights that the product ships."""
    told = weighing.shipped("redactor.people.telling", "weights")
    return Scorer(told, Limits(**told.limits))
