"""Weighs each clause by its features: how likely it advises or analyses, or plainly tells. Opens nothing by itself.

Sums of weights (`data/weights.json`, made by `python -m redactor.evaluation.training`): one over the clause alone, one
that also knows how its neighbours came out, one that tells analysis from advice. A clause is lifted only together with
a cue, or with words that weigh (traits), which the finding shows; a cue in a clause that plainly tells a fact is put
down to a flag.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from redactor.model import Finding, Span, Strength
from redactor.passage_rules.claims import ADVICE, ANALYSIS, Claim
from redactor.passage_rules.cues import Found
from redactor.passage_rules.features import clauses_in, near_of
from redactor.passage_rules.lexical import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.model import Lexicon, Passage
    from redactor.passage_rules.features import Clause
    from redactor.passage_rules.places import Place, Surroundings

MATTERS: Final = frozenset({ADVICE, ANALYSIS})
WORDS: Final = "words"  # feature: what the words of the clause weigh together
SIGNS: Final = 2  # kinds of words that speak for a clause: each alone is also a word of plain reports
FARTHEST: Final = 30.0  # of a sum of weights; beyond it the share is 0 or 1 to every digit shown


@dataclass(frozen=True, slots=True)
class Score:
    """What the weights say of a clause: share of one that it is advice or analysis, and that it is rather analysis.

    `evidence` are the words and titles that speak for it, `signs` how many kinds of them there are.
    """

    matter: float
    analysis: float
    evidence: tuple[Span, ...] = ()
    signs: int = 0

    @property
    def family(self) -> str:
        """The likelier of the two matters."""
        return ADVICE if self.analysis < 1 / 2 else ANALYSIS


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares of one. From `lift` a weak cue with other words that weigh is strong; from `alone` words of two kinds
    without a cue are, from `single` those of one kind; from `flag` words raise a flag.

    Below `veto` a cue is put down to a flag, below `explicit` a cue of advice or under a heading of its matter, below
    `spoken` a cue of advice whose speaker is known to be the body's own, below `bare` what only a heading or a weak
    cue there claims. What an analysis surrounds needs `lift`. Below `analysis` a clause elsewhere is advice.
    """

    lift: float
    alone: float
    single: float
    flag: float
    veto: float
    bare: float
    explicit: float
    spoken: float
    analysis: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of each feature by name: of the clause alone, with its neighbours, and of analysis against advice."""

    clause: Mapping[str, float]
    beside: Mapping[str, float]
    analysis: Mapping[str, float]
    matter_words: Table = field(default_factory=Table)
    analysis_words: Table = field(default_factory=Table)


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights, and the limits from which they count."""

    weights: Weights
    limits: Limits

    def scores(self, around: Surroundings, passages: Sequence[Passage]) -> dict[Span, Score]:
        """Score of each clause of the passages."""
        clauses = clauses_in(around, passages)
        own = [with_words(clause, self.weights.matter_words) for clause in clauses]
        first = [share(self.weights.clause, values) for values in own]
        return {
            clause.span: self._score(clause, values | near)
            for clause, values, near in zip(clauses, own, near_of(clauses, first), strict=True)
        }

    def _score(self, clause: Clause, values: Mapping[str, float]) -> Score:
        signs = [name for name in clause.evidence if self.weights.beside.get(name, 0.0) > 0]
        strong = {span for name in signs for span in clause.evidence[name]}
        matter = share(self.weights.beside, values)
        analysis = share(self.weights.analysis, with_words(clause, self.weights.analysis_words))
        return Score(matter, analysis, tuple(sorted(strong)), signs=len(signs))

    def lifted(self, claim: Claim | None, score: Score | None, rules: Sequence[Lexicon]) -> Claim | None:
        """`claim` made stronger, or a claim of its own, where the score and some words speak for it."""
        if score is None:
            return claim
        limits = self.limits
        if claim is not None and claim.strength.masks:
            return replace(claim, strength=Strength.WEAK) if claim.is_bare and score.matter < limits.bare else claim
        if claim is not None:
            least = limits.lift if _has_other(score, claim.cues) else limits.single
            lifts = not claim.found.says_fact and score.matter >= least
            return replace(claim, strength=Strength.STRONG) if lifts else claim
        if not score.evidence or score.matter < limits.flag:
            return None
        rule = next((rule for rule in rules if rule.label_family == score.family), None)
        is_likely = score.matter >= (limits.alone if score.signs >= SIGNS else limits.single)
        strength = Strength.STRONG if is_likely else Strength.WEAK
        return Claim(rule, strength, Found(()), score.evidence) if rule is not None else None

    def named(self, claim: Claim, score: Score, rules: Sequence[Lexicon], *, place: Place) -> Claim:
        """`claim` as advice where it says analysis in a place that announces none, and the weights say advice."""
        announced = place.matters | place.opened | place.led | place.column
        if claim.lexicon.label_family != ANALYSIS or ANALYSIS in announced or score.analysis >= self.limits.analysis:
            return claim
        rule = next((rule for rule in rules if rule.label_family == ADVICE), None)
        return claim if rule is None else replace(claim, lexicon=rule)

    def vetoed(self, finding: Finding, scores: Mapping[Span, Score], *, least: float) -> Finding:
        """`finding`, put down to a flag where no clause that it holds comes to the share `least`."""
        if finding.label not in MATTERS or not finding.strength.masks:
            return finding
        held = [score.matter for span, score in scores.items() if span.overlaps(finding.span)]
        return replace(finding, strength=Strength.WEAK) if held and max(held) < least else finding


def _has_other(score: Score, cues: Sequence[Span]) -> bool:
    """True when some words speak for a clause besides its cues."""
    return any(not any(span.overlaps(cue) for cue in cues) for span in score.evidence)


def with_words(clause: Clause, table: Table) -> dict[str, float]:
    """The features of a clause, and what its words weigh."""
    return dict(clause.values) | {WORDS: table.sum_of(clause.words)}


def share(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """The logistic share of one of a weighed sum; features without a weight count nothing."""
    total = sum(weights[name] * value for name, value in values.items() if name in weights)
    return 1 / (1 + math.exp(-max(-FARTHEST, min(FARTHEST, total))))


@lru_cache(maxsize=1)
def shipped() -> Ranker:
    """The ranker with the weights that the product ships."""
    told = json.loads(files("redactor.passage_rules").joinpath("data/weights.json").read_text(encoding="utf-8"))
    tables = json.loads(files("redactor.passage_rules").joinpath("data/words.json").read_text(encoding="utf-8"))
    words = (Table(tables[name]["words"], tables[name]["beginnings"]) for name in ("matter", "analysis"))
    weights = Weights(told["clause"], told["beside"], told["analysis"], *words)
    return Ranker(weights, Limits(**told["limits"]))
