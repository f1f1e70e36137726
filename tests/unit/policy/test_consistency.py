"""One request, two treatments of one thing: shown with both places, cleared by a recorded reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from redactor.model import DocumentId, Facts, State
from redactor.policy.consistency import Kind, Settled, inconsistencies
from redactor.policy.engine import propose
from redactor.policy.loader import bundled
from redactor.policy.marks import parse
from redactor.policy.natures import analysed_of, persons_of
from tests.unit.policy.builders import DAY

if TYPE_CHECKING:
    from redactor.policy.pack import RulesInForce

FACTS = Facts(kind="note", author="staff", date=dt.date(2021, 5, 6), body_kind="ministry", request_date=DAY)
ADVICE = "⟦AVIS|Nous recommandons de remplacer le pont de la rivière⟧."


@pytest.fixture(scope="module")
def rules() -> RulesInForce:
    return bundled().at(DAY)


def settled(name: str, text: str, rules: RulesInForce, *, facts: Facts = FACTS, **roles: str) -> Settled:
    marked = parse(text)
    analysed = analysed_of(marked, document_id=DocumentId(name))
    return Settled(analysed, facts, propose(analysed, facts=facts, persons=persons_of(marked, roles), rules=rules))


def released(one: Settled) -> Settled:
    return replace(one, proposals=tuple(replace(p, state=State.KEPT) for p in one.proposals))


def test_the_same_sentence_hidden_and_readable(rules: RulesInForce) -> None:
    one, two = settled("d1", ADVICE, rules), released(settled("d2", ADVICE, rules))
    (found,) = inconsistencies([one, two])
    assert (found.kind, found.hidden.document, found.readable.document) == (Kind.SENTENCE, "d1", "d2")
    assert found.provision == "37"


def test_a_sentence_that_nobody_flagged_is_seen(rules: RulesInForce) -> None:
    plain = ADVICE.replace("⟦AVIS|", "").replace("⟧", "")
    (found,) = inconsistencies([settled("d1", ADVICE, rules), settled("d2", plain, rules)])
    assert found.readable.document == "d2"


def test_case_accents_and_blanks_do_not_hide_it(rules: RulesInForce) -> None:
    shouted = "NOUS RECOMMANDONS  DE REMPLACER LE PONT DE LA RIVIERE."
    assert len(inconsistencies([settled("d1", ADVICE, rules), settled("d2", shouted, rules)])) == 1


def test_what_is_told_of_nobody_in_particular_is_not_compared(rules: RulesInForce) -> None:
    phone = "⟦PI.phone|418 555-0143⟧"
    assert inconsistencies([settled("d1", phone, rules), released(settled("d2", phone, rules))]) == ()


def test_other_facts_are_another_matter(rules: RulesInForce) -> None:
    old = settled("d2", ADVICE, rules, facts=replace(FACTS, date=dt.date(2010, 1, 1)))
    assert inconsistencies([settled("d1", ADVICE, rules), old]) == ()


def test_short_sentences_recur_by_chance(rules: RulesInForce) -> None:
    one, two = settled("d1", "⟦AVIS|Il faut attendre⟧.", rules), settled("d2", "Il faut attendre.", rules)
    assert inconsistencies([one, two]) == ()


def test_the_same_person_and_element(rules: RulesInForce) -> None:
    one = settled("d1", "⟦PI.name of=a|Réal Otis⟧ a écrit.", rules, a="private")
    two = released(settled("d2", "⟦PI.name of=a|Réal Otis⟧ a appelé.", rules, a="private"))
    (found,) = inconsistencies([one, two])
    assert found.kind is Kind.PERSON


def test_another_element_or_another_person_is_no_inconsistency(rules: RulesInForce) -> None:
    function = settled("d1", "⟦PI.name of=a|Line Roy⟧, agente.", rules, a="public_staff")
    health = settled("d2", "⟦PI.health of=a element=other|Line Roy⟧", rules, a="public_staff")
    namesake = settled("d3", "⟦PI.name of=b|Line Roy⟧ a écrit.", rules, b="private")
    assert inconsistencies([function, health, namesake]) == ()


def test_a_recorded_reason_clears_it(rules: RulesInForce) -> None:
    pair = [settled("d1", ADVICE, rules), released(settled("d2", ADVICE, rules))]
    (found,) = inconsistencies(pair)
    assert inconsistencies(pair, cleared={found.id}) == ()
    assert inconsistencies(pair, cleared={"another"}) == (found,)


def test_inside_one_document_too(rules: RulesInForce) -> None:
    text = ADVICE + "\n" + ADVICE.replace("AVIS|", "AVIS strength=WEAK|")
    (found,) = inconsistencies([settled("d1", text, rules)])
    assert found.hidden.span != found.readable.span
