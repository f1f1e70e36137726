"""What the weights lift, put down and leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.model import Finding, Speaker
from redactor.passage_rules import find, shipped
from redactor.passage_rules.features import clauses_in, near_of
from redactor.passage_rules.finder import open_passages
from redactor.passage_rules.places import surroundings_of
from redactor.passage_rules.ranker import Limits, Ranker, Weights, share
from redactor.text.passages import split
from redactor.text.plain import document_of
from tests.unit.passage_rules.pack import lexicons

NOTHING = Weights({}, {"bias": -9.0}, {})
ALL = Weights({}, {"bias": 9.0, "t:bad": 1.0}, {"bias": -9.0})
LIMITS = Limits(lift=0.5, alone=0.6, single=0.6, flag=0.3, veto=0.2, bare=0.3, explicit=0.1, spoken=0.1, analysis=0.5)


def found(text: str, ranker: Ranker | None) -> list[Finding]:
    document = document_of(text)
    findings = find(document, split(document), lexicons=lexicons(), author=Speaker.STAFF, ranker=ranker)
    return [one for one in findings if one.label in {"AVIS", "ANALYSE"}]


def masked(text: str, ranker: Ranker | None) -> list[str]:
    return [one.span.of(text) for one in found(text, ranker) if one.strength.masks]


@pytest.mark.parametrize(
    "text",
    [
        "## ANALYSE\nEn avril dernier, le ministre a lancé le cadre de référence, qui compte douze dimensions.",
        "## ANALYSE\nLe programme a été créé en 2009 et dessert 41 municipalités.",
        "## Analysis\nThe program was created in 2009 and it served 41 towns in May 2023.",
        "## Recommandation\nLe comité a été formé le 3 mai 2021 par décret.",
    ],
)
def test_a_heading_alone_does_not_withhold_a_plain_fact(text: str) -> None:
    assert masked(text, shipped()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nous recommandons de remplacer le pont.",
        "Le statu quo n'est pas viable.",
        "Feu vert sous réserve de l'accord de la Ville.",
        "We recommend a new bridge.",
    ],
)
def test_explicit_advice_stays_advice(text: str) -> None:
    assert masked(text, shipped())


@pytest.mark.parametrize(
    "text",
    [
        "## Mon avis\nUne telle dépense me paraîtrait exagérée, et mal placée. Le moment serait bien mal choisi.",
        "## Our read\nThat would be a poor idea, and far too costly. We would rather hold off until the fall.",
    ],
)
def test_advice_without_a_cue_of_the_rules_is_lifted(text: str) -> None:
    assert len(" ".join(masked(text, shipped()))) > len(text) / 2


def test_words_that_weigh_are_the_evidence() -> None:
    text = "Le mur semble abusif."
    (finding,) = found(text, Ranker(ALL, LIMITS))
    assert finding.strength.masks
    assert "abusif" in {span.of(text) for span in finding.evidence}


def test_no_clause_without_a_word_that_weighs_is_lifted() -> None:
    assert found("Le mur mesure trois pieds.", Ranker(ALL, LIMITS)) == []


def test_what_a_rule_takes_for_a_decision_is_not_lifted() -> None:
    assert masked("Le comité a approuvé un plan abusif.", Ranker(ALL, LIMITS)) == []


def test_a_cue_in_a_plain_fact_becomes_a_flag() -> None:
    text = "Nous recommandons de remplacer le pont."
    (finding,) = found(text, Ranker(NOTHING, LIMITS))
    assert not finding.strength.masks


def test_a_score_in_a_column_that_judges_needs_no_word() -> None:
    text = "| Projet | Commentaire | Note |\n| Jardin | Beau projet | 8 |\n| Parc | Faible | 4 |"
    assert "8" in masked(text, Ranker(NOTHING, LIMITS))


def test_the_same_text_comes_out_the_same() -> None:
    text = "## Avis\nLe prix serait exagéré. Le pont date de 1964."
    assert found(text, shipped()) == found(text, shipped())


def test_neighbours_count_those_beside_and_not_the_clause_itself() -> None:
    document = document_of("Un mot ici. Deux mots là. Trois mots.")
    passages = split(document)
    around = surroundings_of(document, passages, lexicons=lexicons())
    clauses = clauses_in(around, open_passages(around, passages))
    first, _, last = near_of(clauses, [1.0, 0.5, 0.0])
    assert (first["near:block"], first["near:after"]) == (0.25, 0.5)
    assert "near:before" not in first
    assert (last["near:block"], last["near:before"]) == (0.75, 0.5)


def test_features_without_a_weight_count_nothing() -> None:
    assert share({"a": 2.0}, {"b": 5.0}) == share({}, {}) == 1 / 2


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_weighed(text: str) -> None:
    if text.strip() and document_of(text).blocks:
        assert all(0 <= one.span.start < one.span.end <= len(text) for one in found(text, shipped()))
