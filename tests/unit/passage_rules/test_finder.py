"""What is advice, what is analysis, and what only looks like either."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.model import Lang, Passage, Span, Strength, Zone
from redactor.passage_rules import find
from redactor.text.plain import document_of
from tests.marks import assert_marks
from tests.unit.passage_rules.pack import finder, found_in, lexicons

FAMILIES = ("AVIS", "ANALYSE")


@pytest.mark.parametrize(
    "text",
    [
        "Le pont date de 1964. ⟦AVIS|Nous recommandons de le remplacer⟧.",
        "⟦AVIS|Le statu quo n'est pas viable⟧.",
        "⟦AVIS|Mieux vaudrait attendre le budget⟧.",
        "⟦AVIS|Feu vert sous réserve de l'accord de la Ville⟧.",
        "⟦AVIS|Il serait prématuré d'en faire l'annonce⟧.",
        "⟦AVIS|Perso, je dirais non⟧.",
        "⟦AVIS|Rien ne presse⟧.",
        "⟦AVIS|La Direction n'a pas d'objection à la cession⟧.",
        "⟦AVIS|Une telle hausse serait mal reçue⟧.",
        "⟦AVIS|The Minister would be well advised to wait⟧.",
        "⟦AVIS|We see little merit in a second study⟧.",
        "⟦AVIS|On balance, a lease is the sensible middle ground⟧.",
    ],
)
def test_advice_with_and_without_the_usual_verbs(text: str) -> None:
    assert_marks(text, finder, labels=FAMILIES)


@pytest.mark.parametrize(
    "text",
    [
        "⟦FAIT|Un avis public a paru le 3 mai dans le journal⟧.",
        "⟦FAIT|Un avis de convocation a été transmis pour 8 h⟧.",
        "⟦FAIT|Un avis d'ébullition est en vigueur dans trois municipalités⟧.",
        "⟦FAIT|Un appel à propositions a été lancé en juin⟧.",
        "⟦FAIT|M. Roy propose l'adoption de l'ordre du jour⟧.",
        "⟦FAIT|Il est résolu d'adopter le procès-verbal⟧.",
        "⟦FAIT|Il faut noter que le bail prend fin en mai⟧.",
        "⟦FAIT|Le lac devrait atteindre sa cote maximale mardi⟧.",
        "⟦FAIT|L'extrait du registre est joint, avec un portrait de la région⟧.",
        "⟦FAIT|Le rapport de 2016 recommandait une unité adaptée⟧.",
        "⟦FAIT|Le budget est de 42 M$, dont 31 M$ engagés au 30 septembre⟧.",
        "⟦FAIT|L'analyse du béton a révélé une teneur de 0,4 %⟧.",
        "⟦FAIT|The notice of meeting was sent on August 6⟧.",
        "⟦FAIT|The work should be completed in May⟧.",
        "⟦FAIT|The centre employs 312 people and was built in 1971⟧.",
    ],
)
def test_what_only_looks_like_advice(text: str) -> None:
    assert_marks(text, finder, labels=FAMILIES)


@pytest.mark.parametrize(
    "text",
    [
        # a fact and an advice in one sentence
        "Le plafond actuel est de 262 000 $; ⟦AVIS|nous déconseillons de s'engager sur une date⟧.",
        # the official's name and title stay readable
        "La directrice régionale, Mme Blandine Otis, ⟦AVIS|suggère de rencontrer d'abord la Ville⟧.",
        "L'aménagiste a été joint : ⟦AVIS|selon lui, une citation suffirait⟧.",
        # the line that announces the items is not advice, the items are
        "Il est recommandé :\n- ⟦AVIS|d'approuver le remplacement du pont⟧;\n- ⟦AVIS|d'offrir une acquisition⟧.",
        "Recommandation : ⟦AVIS|accorder 35 000 $⟧.",
        "## Recommandation\n⟦AVIS|Ouvrir un comptoir pour deux ans⟧.\n\nPréparé par la Direction des services.",
    ],
)
def test_no_more_than_the_words_that_advise(text: str) -> None:
    assert_marks(text, finder, labels=FAMILIES)


@pytest.mark.parametrize(
    "text",
    [
        "## Analyse\n⟦ANALYSE|L'option 2 coûterait 3 M$⟧. Le pont a été construit en 1964.",
        "## Options\n- Option A : ⟦ANALYSE|simple, mais lente⟧\n\n## Dates\n- Mai 2024",
        "## Pour\n- ⟦ANALYSE|Proximité de la clientèle⟧\n## Contre\n- ⟦ANALYSE|Loyer au-dessus du marché⟧",
        "⟦ANALYSE|Si la tendance se maintient, la caisse est vide en mai⟧.",
        "⟦ANALYSE|Enforcement of the rule would fall on six towns that share two inspectors⟧.",
        # one sentence without a cue between two that weigh
        "## Analyse\n⟦ANALYSE|Le tri coûterait 3 M$⟧. ⟦ANALYSE|Sept points de service se situent sous le seuil⟧.",
    ],
)
def test_analysis_weighs_options(text: str) -> None:
    assert_marks(text, finder, labels=FAMILIES)


@pytest.mark.parametrize(
    "text",
    [
        "| Critère | Option A | Option B |\n| Délai | ⟦ANALYSE|9 mois⟧ | ⟦ANALYSE|24 mois⟧ |",
        "| Projet | Montant | Commentaire |\n| Jardin | 40 $ | ⟦AVIS|Budget bien monté⟧ |",
        "| Risque | Probabilité |\n| Départ du personnel | ⟦ANALYSE|Élevée⟧ |",
        "| Service | Prix (2021) | Prix (2024) |\n| ⟦FAIT|Aide au bain⟧ | ⟦FAIT|24 $⟧ | ⟦FAIT|33 $⟧ |",
        "| Étape | Date |\n| ⟦FAIT|Avis au locateur⟧ | ⟦FAIT|31 mars 2024⟧ |",
    ],
)
def test_only_the_columns_that_weigh_or_judge(text: str) -> None:
    assert_marks(text, finder, labels=FAMILIES)


@pytest.mark.parametrize("zone", [Zone.STATUTE, Zone.FORM, Zone.NOTICE, Zone.ATTENDANCE, Zone.LETTERHEAD, Zone.RUNNING])
def test_some_zones_never_hold_advice(zone: Zone) -> None:
    text = "Le ministre devrait refuser la demande."
    passage = Passage(Span(0, len(text)), 0, zone, Lang.FR)
    assert find(document_of(text), (passage,), lexicons=lexicons(), author=None) == ()


def test_the_words_of_a_statute_stay_readable() -> None:
    text = (
        "chapitre A-2.1\n\n37. Un organisme public peut refuser de communiquer un avis ou une recommandation faits "
        "depuis moins de dix ans, par un de ses membres.\n\n1982, c. 30, a. 37."
    )
    assert [one for one in found_in(text) if one.strength.masks] == []


def test_a_weak_word_without_its_heading_is_a_flag() -> None:
    (flag,) = [one for one in found_in("Le lot nord doit suivre.") if one.label == "AVIS"]
    assert flag.strength is Strength.WEAK


def test_evidence_lies_in_the_document_and_names_the_rule() -> None:
    text = "## Constats\nLe lot nord doit suivre."
    (finding,) = found_in(text)
    assert finding.source == "qc-a2.1/s037/opinion-staff"
    assert [span.of(text) for span in finding.evidence] == ["doit", "Constats"]


def test_nothing_is_found_without_rules_or_without_passages() -> None:
    document = document_of("Nous recommandons un report.")
    assert find(document, (), lexicons=lexicons(), author=None) == ()
    assert find(document, (Passage(Span(0, 28), 0),), lexicons=(), author=None) == ()


def test_a_passage_in_an_unread_language_is_searched_in_both() -> None:
    text = "Nous recommandons un report."
    passage = Passage(Span(0, len(text)), 0, Zone.BODY, Lang.OTHER)
    (finding,) = find(document_of(text), (passage,), lexicons=lexicons(), author=None)
    assert finding.label == "AVIS"


HOSTILE = [
    "il est ",
    "a" * 5000,
    "«",
    "[",
    "| ",
    "; ",
    "option a ",
    "devrait ",
    "nous nous ",
    "\u200b",
    "# ",
    ": ",
    "De : ",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_long_hostile_text_ends_and_stays_inside(piece: str) -> None:
    text = "Nous recommandons. " + piece * (60_000 // len(piece))
    for finding in found_in(text):
        assert finding.span.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*HOSTILE, "Nous recommandons un report.", "\n", "Le comité juge que ", "\tx"]), max_size=12
    )
)
def test_any_mixture_gives_findings_inside_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    if text.strip():
        assert all(one.span.end <= len(text) for one in found_in(text))
