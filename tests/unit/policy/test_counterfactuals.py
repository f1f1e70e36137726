"""What would change an answer: the limit, the end, the facts, the role, a permission; and what would then remain."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from redactor.model import Facts
from redactor.policy.loader import bundled
from tests.unit.policy.builders import DAY, proposed

if TYPE_CHECKING:
    from redactor.policy.pack import RulesInForce

NOTE = Facts(
    kind="note", author="staff", date=dt.date(2021, 5, 6), decision="pending", body_kind="ministry", request_date=DAY
)
DECIDED = Facts(
    kind="note", author="staff", date=dt.date(2021, 5, 6), decision="made", decision_date=dt.date(2021, 6, 23),
    request_date=DAY,
)  # fmt: skip


@pytest.fixture(scope="module")
def rules() -> RulesInForce:
    return bundled().at(DAY)


def lines(text: str, rules: RulesInForce, facts: Facts, section: str, **roles: str) -> tuple[str, ...]:
    found = proposed(text, rules, facts=facts, roles=roles)
    return next(one.trace.counterfactuals for one in found if one.provision == section)


def test_the_decision_ends_39_and_37_remains(rules: RulesInForce) -> None:
    told = lines("⟦ANALYSE|⟦AVIS|le scénario B coûte moins et nous le recommandons⟧⟧", rules, NOTE, "39")
    assert "document.decision_date = ≤ 2024-11-12 -> kept; masked 37 (AVIS)" in told


def test_the_limit_on_both_of_its_days(rules: RulesInForce) -> None:
    told = lines("⟦AVIS|nous recommandons d'attendre⟧", rules, NOTE, "37")
    assert "document.date = ≤ 2014-11-12 -> kept" in told
    assert "request.date = ≥ 2031-05-06 -> kept" in told


def test_what_lapsed_says_what_would_revive_it(rules: RulesInForce) -> None:
    told = lines("⟦ANALYSE|le scénario B coûte moins⟧", rules, DECIDED, "39")
    assert "document.decision = pending -> masked 39" in told


def test_whose_words_they_are(rules: RulesInForce) -> None:
    told = lines("⟦AVIS|nous recommandons d'attendre⟧", rules, NOTE, "37")
    assert any(one.startswith("passage.speaker =") and "citizen" in one and one.endswith("kept") for one in told)


def test_a_role_that_would_make_it_public_and_a_consent(rules: RulesInForce) -> None:
    told = lines("⟦PI.name of=a|Réal Otis⟧", rules, NOTE, "53", a="private")
    assert any(one.startswith("person.role =") and "public_staff" in one and one.endswith("public 57") for one in told)
    assert "consent = person -> kept" in told


def test_a_waiver(rules: RulesInForce) -> None:
    office = Facts(author="minister_office", kind="memo", date=dt.date(2021, 5, 6), request_date=DAY)
    assert "waiver = 34 -> kept" in lines("Attendre.", rules, office, "34")


def test_every_line_names_a_fact_and_an_outcome(rules: RulesInForce) -> None:
    for facts in (NOTE, DECIDED, Facts(request_date=DAY), Facts()):
        for one in proposed("⟦AVIS|⟦ANALYSE|attendre ⟦PI.name of=a|Otis⟧⟧⟧ ⟦NOTE|non⟧", rules, facts=facts):
            for line in one.trace.counterfactuals:
                fact, arrow, outcome = line.partition(" -> ")
                assert arrow, line
                assert " = " in fact, line
                assert outcome.split(" ")[0] in {"kept", "kept;", "masked", "ask", "flag", "public"}, line
