"""Section 14: what is left once the masks are known, never counting headers, headings or quoted law."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from redactor.model import Facts, Span, Zone
from redactor.policy.loader import bundled
from redactor.policy.marks import parse
from redactor.policy.natures import analysed_of
from redactor.policy.verdict import judge
from tests.unit.policy.builders import DAY

if TYPE_CHECKING:
    from redactor.model import Analysed
    from redactor.policy.pack import RulesInForce
    from redactor.policy.verdict import Verdict

FACTS = Facts(kind="note", author="staff", date=dt.date(2021, 5, 6), request_date=DAY)
FACT = "Le pont compte quatre travées métalliques anciennes.\n"
THREE = "Trois mots pleins.\n"
ADVICE = "⟦AVIS|Nous recommandons vivement de remplacer rapidement cette structure⟧.\n"


@pytest.fixture(scope="module")
def rules() -> RulesInForce:
    return bundled().at(DAY)


def ruling(text: str, rules: RulesInForce, *, zones: dict[int, Zone] | None = None) -> Verdict:
    marked = parse(text)
    analysed = _zoned(analysed_of(marked), zones or {})
    withheld = [mark.span for mark in marked.marks]
    return judge(analysed, withheld=withheld, facts=FACTS, rules=rules)


def _zoned(analysed: Analysed, zones: dict[int, Zone]) -> Analysed:
    passages = tuple(replace(one, zone=zones.get(one.block, one.zone)) for one in analysed.passages)
    return replace(analysed, passages=passages)


def withheld(words: int) -> str:
    """A masked line of so many content words."""
    return f"⟦AVIS|{' '.join(['attendre'] * words)}⟧.\n"


TABLE = [
    # text, outcome, needs a person
    (FACT * 3, "release", False),
    (FACT * 4 + ADVICE, "partial", False),
    (FACT * 3 + ADVICE, "partial", False),  # three sentences left are enough
    (FACT * 2 + ADVICE, "partial", True),
    (FACT + ADVICE * 2, "partial", True),  # one sentence left: a person looks
    (THREE * 3 + withheld(21), "partial", False),  # 9 words of 30 left: 30 %
    (THREE * 3 + withheld(22), "partial", True),  # under it
    (THREE + withheld(27), "partial", True),  # 3 words of 30 left: 10 %
    (THREE + withheld(28), "refuse", False),  # under it, and fewer than three sentences
    (THREE * 3 + withheld(82), "partial", True),  # under it, and three sentences
    (ADVICE * 3, "refuse", False),
    (ADVICE * 3 + "Voir annexe.\n", "refuse", False),  # two words are no sentence
]


@pytest.mark.parametrize(("text", "outcome", "doubtful"), TABLE)
def test_bands(text: str, outcome: str, doubtful: bool, rules: RulesInForce) -> None:
    verdict = ruling(text, rules)
    assert (verdict.outcome, verdict.needs_person) == (outcome, doubtful)
    assert verdict.provision == (None if outcome == "release" else "14")


@pytest.mark.parametrize("zone", [Zone.STATUTE, Zone.LETTERHEAD, Zone.RUNNING, Zone.FORM, Zone.NOTICE, Zone.HEADING])
def test_what_carries_no_substance_is_not_counted(zone: Zone, rules: RulesInForce) -> None:
    """Six readable lines of law or letterhead do not save a note of which everything else is withheld."""
    verdict = ruling(FACT * 6 + ADVICE * 3, rules, zones=dict.fromkeys(range(6), zone))
    assert verdict.outcome == "refuse"
    assert verdict.figures.words_left == 0


def test_figures_count_words_sentences_paragraphs(rules: RulesInForce) -> None:
    figures = ruling(FACT * 2 + ADVICE, rules).figures
    assert (figures.sentences, figures.sentences_left) == (3, 2)
    assert figures.words_left < figures.words
    assert 0 < figures.share < 1


def test_a_word_cut_by_a_mask_is_not_left(rules: RulesInForce) -> None:
    marked = parse("remplacement")
    verdict = judge(analysed_of(marked), withheld=[Span(0, 3)], facts=FACTS, rules=rules)
    assert verdict.figures.words_left == 0


def test_a_document_without_substance_goes_to_a_person(rules: RulesInForce) -> None:
    verdict = ruling("⟦AVIS|oui⟧", rules, zones={0: Zone.FORM})
    assert (verdict.outcome, verdict.needs_person) == ("partial", True)
