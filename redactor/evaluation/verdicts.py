"""Verdicts and provisions of a run against the annotated ones, and what each rule masked rightly."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.evaluation.interval import Share, share
from redactor.evaluation.notation import PROVISION
from redactor.evaluation.scoring import WHOLLY, WITHHELD, lies_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.evaluation.gold import GoldWord
    from redactor.evaluation.runreport import Claim
    from redactor.evaluation.scoring import ScoredDocument

SAME_AS_53 = frozenset({"54", "56", "59"})  # personal information: corpus guide, "where annotators differed"
HOW_NOT_WHY = frozenset({"14", "47"})  # say how access is given or refused, not on what ground


@dataclass(frozen=True, slots=True)
class Documents:
    """Shares over whole documents; `flags_a_page` counts what a person is asked to look at."""

    verdicts_right: Share
    provisions_right: Share
    refused_withheld: Share
    released_untouched: Share
    wrongly_withheld: Share
    pages: int
    flags: int
    missing: tuple[str, ...]
    leaks_beside_pages: int
    raster_pages: int

    @property
    def flags_a_page(self) -> float | None:
        """Two decimals; None without pages."""
        return round(self.flags / self.pages, 2) if self.pages else None


def judge_documents(documents: Sequence[ScoredDocument]) -> Documents:
    """Verdicts, provisions and flags of all documents of a run."""
    told = [one for one in documents if one.report]
    parts = [one for one in documents if not one.to_refuse]
    return Documents(
        verdicts_right=share(verdict_is_right(one) for one in told),
        provisions_right=share(provisions_are_right(one) for one in told),
        refused_withheld=share(one.share_masked >= WITHHELD for one in documents if one.to_refuse),
        released_untouched=share(one.share_masked == 0 for one in parts if one.gold.document.verdict == "release"),
        wrongly_withheld=share(one.share_masked >= WHOLLY for one in parts),
        pages=sum(len(one.gold.pages) for one in documents),
        flags=sum(len(one.report.flags) for one in told if one.report),
        missing=tuple(one.gold.document.name for one in documents if one.missing),
        leaks_beside_pages=sum(one.leaks_beside for one in documents),
        raster_pages=sum(one.raster_pages for one in documents),
    )


def verdict_is_right(document: ScoredDocument) -> bool:
    """True when the run's verdict is one of those annotated."""
    return document.report is not None and document.report.verdict in document.gold.document.verdicts


def provisions_are_right(document: ScoredDocument) -> bool:
    """True when the run cites exactly the annotated grounds, 53 standing for all of personal information."""
    if document.report is None:
        return False
    return grounds(document.report.provisions) == grounds(document.gold.document.provisions)


def grounds(provisions: Sequence[str]) -> frozenset[str]:
    """Sections that tell a ground, those of personal information taken as one."""
    return frozenset("53" if one in SAME_AS_53 else one for one in provisions) - HOW_NOT_WHY


@dataclass(frozen=True, slots=True)
class RuleScore:
    """What one rule masked (or one label: `label PI.sin`).

    `recall`: words of its matter that it masked, among all of that matter. `precision`: words that may or must be
    withheld for such a matter, among all that it masked.
    """

    rule: str
    recall: Share
    precision: Share


def judge_rules(documents: Sequence[ScoredDocument]) -> tuple[RuleScore, ...]:
    """One score a label and one a rule, from the boxes of the run's report; the matter of a rule is its families."""
    masks: dict[str, list[tuple[ScoredDocument, Claim]]] = defaultdict(list)
    for document in documents:
        for claim in document.report.masks if document.report else ():
            masks[claim.rule].append((document, claim))
            masks[f"label {claim.label}"].append((document, claim))
    return tuple(_rule_score(rule, masks[rule], documents) for rule in sorted(masks))


def _rule_score(
    rule: str, claims: list[tuple[ScoredDocument, Claim]], documents: Sequence[ScoredDocument]
) -> RuleScore:
    hit = _words_under(claims)
    label = claims[0][1].label if rule.startswith("label ") else claims[0][1].label.partition(".")[0]
    matter = sum(has_matter(one.word, label) for document in documents for one in document.words)
    personal = label.startswith("PI")
    return RuleScore(
        rule=rule,
        recall=Share(sum(has_matter(word, label) for word in hit), matter),
        precision=share(word.is_personal if personal else word.is_passage for word in hit),
    )


def _words_under(claims: list[tuple[ScoredDocument, Claim]]) -> list[GoldWord]:
    by_document: dict[str, tuple[ScoredDocument, list[Claim]]] = {}
    for document, claim in claims:
        by_document.setdefault(document.gold.document.name, (document, []))[1].append(claim)
    return [
        one.word
        for document, several in by_document.values()
        for one in document.words
        if lies_in(one.word, tuple(several))
    ]


def has_matter(word: GoldWord, label: str) -> bool:
    """True when the gold word carries this label: `PI.sin` exactly, `PI` or a passage's label by family."""
    family, _, subtype = label.partition(".")
    if family == "PI" and subtype:
        return label in word.subtypes
    return family in PROVISION and family in word.labels and (word.is_personal or word.is_passage)
