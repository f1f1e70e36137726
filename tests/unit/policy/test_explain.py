"""An explanation in French or English: citation, state, evidence by place, conditions, what would change it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from redactor.model import Facts, Lang
from redactor.policy.conditions import VOCABULARY
from redactor.policy.explain import render
from redactor.policy.loader import bundled
from redactor.text.plain import document_of
from tests.unit.policy.builders import DAY, proposed

if TYPE_CHECKING:
    from redactor.policy.pack import RulesInForce

TEXT = "Hier. ⟦AVIS|Nous recommandons zyzomys⟧. ⟦PI.name of=a|Réal Otis⟧ attend."
PLAIN = "Hier. Nous recommandons zyzomys. Réal Otis attend."
NOTE = Facts(kind="note", author="staff", date=dt.date(2021, 5, 6), decision="pending", request_date=DAY)


@pytest.fixture(scope="module")
def rules() -> RulesInForce:
    return bundled().at(DAY)


def told(rules: RulesInForce, lang: Lang, facts: Facts = NOTE, page: int | None = None) -> str:
    return render(document_of(PLAIN), proposed(TEXT, rules, facts=facts), rules=rules, lang=lang, page=page)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            Lang.FR,
            [
                "art. 37, al. 1",
                "2 proposition(s) : art. 37 masqué × 1, art. 53 masqué × 1",
                "page 1, ligne(s) 1 · art. 37",
                "masqué ; facultatif : une personne décide ; indice fort",
                "date du document : 2021-05-06",
                "moins de 10 ans avant le jour de la demande",
                "toutes les conditions sont remplies",
                "si date du document : 2014-11-12 ou avant → lisible",
                "art. 53",
                "obligatoire : doit refuser",
            ],
        ),
        (
            Lang.EN,
            [
                "s. 37, par. 1",
                "2 proposal(s) : s. 37 masked × 1, s. 53 masked × 1",
                "page 1, line(s) 1 · s. 37",
                "masked ; discretionary: a person decides ; strong evidence",
                "date of the document : 2021-05-06",
                "less than 10 years before the day of the request",
                "every condition is met",
                "if date of the document : 2014-11-12 or earlier → readable",
                "s. 53",
                "mandatory: must refuse",
            ],
        ),
    ],
)
def test_both_languages(lang: Lang, words: list[str], rules: RulesInForce) -> None:
    text = told(rules, lang)
    assert [word for word in words if word not in text] == []


def test_questions_with_their_effects(rules: RulesInForce) -> None:
    text = told(rules, Lang.FR, Facts(kind="note", author="staff", request_date=DAY))
    assert (
        "À demander : Quelle est la date du document (de l'avis ou de l'analyse)?\n"
        "    - 2014-11-12 ou avant → lisible\n    - après le 2014-11-12 → masqué art. 37"
    ) in text


def test_a_ground_that_falls_may_leave_another(rules: RulesInForce) -> None:
    both = "⟦AVIS|⟦ANALYSE|Nous recommandons zyzomys⟧⟧."
    made = render(document_of("Nous recommandons zyzomys."), proposed(both, rules, facts=NOTE), rules=rules)
    assert "si date de la décision : 2024-11-12 ou avant → lisible ; masqué art. 37 pour l'avis" in made
    english = render(
        document_of("Nous recommandons zyzomys."), proposed(both, rules, facts=NOTE), rules=rules, lang=Lang.EN
    )
    assert "readable ; masked s. 37 for the advice" in english


def test_what_a_person_may_give(rules: RulesInForce) -> None:
    assert "si consentement : la personne concernée → lisible" in told(rules, Lang.FR)
    office = Facts(kind="memo", author="minister_office", date=dt.date(2021, 5, 6), request_date=DAY)
    assert "si renonciation : art. 34 → lisible" in told(rules, Lang.FR, office)


def test_no_word_of_the_document(rules: RulesInForce) -> None:
    for lang in (Lang.FR, Lang.EN):
        assert not {"zyzomys", "Otis", "Hier"} & set(told(rules, lang).replace("[", " ").replace("]", " ").split())


def test_one_page(rules: RulesInForce) -> None:
    assert told(rules, Lang.FR, page=1) == told(rules, Lang.FR)
    assert told(rules, Lang.FR, page=2) == "Aucune proposition."
    assert told(rules, Lang.EN, page=2) == "No proposal."


def test_a_lapsed_ground_says_why(rules: RulesInForce) -> None:
    old = Facts(kind="note", author="staff", date=dt.date(2010, 5, 6), decision="pending", request_date=DAY)
    assert "Parce que : le délai est passé" in told(rules, Lang.FR, old)
    assert "Because : the time limit has passed" in told(rules, Lang.EN, old)


def test_a_whole_document(rules: RulesInForce) -> None:
    office = Facts(kind="memo", author="minister_office", date=dt.date(2021, 5, 6), request_date=DAY)
    assert "document entier · art. 34" in told(rules, Lang.FR, office)


def test_every_code_of_the_engine_has_words(rules: RulesInForce) -> None:
    """No raw code of a step, a state or a fact reaches the reader."""
    for facts in (NOTE, Facts(), Facts(author="minister_office", kind="draft", published=True, request_date=DAY)):
        text = told(rules, Lang.FR, facts)
        assert not [code for code in ("holds:", "lapsed:", "document.", "passage.", "request.", "-> ") if code in text]


def test_every_fact_and_value_has_words() -> None:
    pack = bundled().head
    closed = {
        str(one).lower() if isinstance(one, bool) else one for values in VOCABULARY.values() for one in values or ()
    }
    assert sorted(str(one) for one in closed if one not in pack.values) == []
    asked = {fact for rule in bundled().sources for fact in rule.rule.applies_when}
    assert sorted(asked - set(pack.names)) == []


def test_values_are_told_in_words(rules: RulesInForce) -> None:
    assert "auteur des propos : personnel (il faut : personnel, membre de l'organisme) – rempli" in told(rules, Lang.FR)
    assert "whose words : staff (wanted : staff, member of the body) – met" in told(rules, Lang.EN)
