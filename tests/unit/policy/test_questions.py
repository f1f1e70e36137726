"""Questions: in both languages, with what each answer does, and only when an answer changes something."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from redactor.model import Facts
from tests.unit.policy.builders import ADVICE, DAY, proposed, small_pack

if TYPE_CHECKING:
    from pathlib import Path

    from redactor.policy.pack import RulesInForce

MAY_2021 = dt.date(2021, 5, 6)


@pytest.fixture
def rules(tmp_path: Path) -> RulesInForce:
    return small_pack(tmp_path).at(DAY)


def asked(facts: Facts, rules: RulesInForce) -> dict[str, tuple[tuple[str, str], ...]]:
    (one,) = proposed("⟦AVIS|attendre⟧", rules, facts=facts)
    return {question.fact: question.effects for question in one.trace.questions}


def test_a_closed_fact_is_asked_with_every_answer(rules: RulesInForce) -> None:
    effects = asked(Facts(date=MAY_2021, request_date=DAY), rules)
    assert effects == {"document.author": (("staff", "masked 37"), ("citizen", "kept"))}


def test_a_date_is_asked_on_both_sides_of_the_limit(rules: RulesInForce) -> None:
    effects = asked(Facts(author="staff", request_date=DAY), rules)
    assert effects == {"document.date": (("≤ 2014-11-12", "kept"), ("> 2014-11-12", "masked 37"))}


def test_both_languages(rules: RulesInForce) -> None:
    (one,) = proposed("⟦AVIS|attendre⟧", rules, facts=Facts(author="staff", request_date=DAY))
    (question,) = one.trace.questions
    assert (question.fr, question.en) == ("Quel jour?", "What day?")


def test_an_answer_that_changes_nothing_is_not_asked(tmp_path: Path) -> None:
    """Whatever the author, old advice is readable; whoever speaks, a known citizen is not staff."""
    rules = small_pack(tmp_path).at(DAY)
    assert asked(Facts(date=dt.date(2000, 1, 1), request_date=DAY), rules) == {}
    assert asked(Facts(author="citizen", request_date=DAY), rules) == {}


def test_nothing_is_asked_of_what_is_settled(rules: RulesInForce) -> None:
    assert asked(Facts(author="staff", date=MAY_2021, request_date=DAY), rules) == {}


def test_each_missing_fact_is_asked_once(rules: RulesInForce) -> None:
    assert set(asked(Facts(request_date=DAY), rules)) == {"document.author", "document.date"}


def test_a_fact_without_a_question_in_the_pack_stays_unasked(tmp_path: Path) -> None:
    rules = small_pack(tmp_path, s037_advice=ADVICE.replace("passage.speaker: [staff]", "document.kind: [note]")).at(
        DAY
    )
    (one,) = proposed("⟦AVIS|attendre⟧", rules)
    assert one.state.value == "ask"
    assert one.trace.questions == ()
