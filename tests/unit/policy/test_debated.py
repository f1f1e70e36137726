"""The day that ends a limit is argued over: both are computed, and a difference is told, never decided."""

from __future__ import annotations

import datetime as dt

import pytest

from redactor.model import Facts
from redactor.policy.loader import bundled
from tests.unit.policy.builders import DAY, proposed

RULES = bundled().at(DAY)  # a request of 2024-11-12, to be answered by 2024-12-02


def ruling(text: str, *, date: str, decision_date: str | None = None) -> tuple[str, bool]:
    facts = Facts(
        kind="note",
        author="staff",
        date=dt.date.fromisoformat(date),
        decision="made" if decision_date else "pending",
        decision_date=dt.date.fromisoformat(decision_date or "2000-01-01"),
        request_date=DAY,
    )
    (one,) = proposed(text, RULES, facts=facts)
    return one.state.value, "debated" in one.trace.because


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2014-11-12", ("kept", False)),  # over on both days
        ("2014-11-13", ("masked", True)),  # runs on the day of the request, over before the answer
        ("2014-12-02", ("masked", True)),  # over on the day of the answer
        ("2014-12-03", ("masked", False)),  # runs on both days
    ],
)
def test_ten_years_of_advice(date: str, expected: tuple[str, bool]) -> None:
    assert ruling("⟦AVIS|nous recommandons d'attendre⟧", date=date) == expected


@pytest.mark.parametrize(
    ("decision_date", "expected"),
    [
        ("2024-11-12", ("kept", False)),  # decided on the day of the request
        ("2024-11-13", ("masked", True)),  # decided between the request and the answer
        ("2024-12-02", ("masked", True)),
        ("2024-12-03", ("masked", False)),
        (None, ("masked", False)),
    ],
)
def test_a_decision_between_the_two(decision_date: str | None, expected: tuple[str, bool]) -> None:
    assert ruling("⟦ANALYSE|le scénario B coûte moins⟧", date="2023-05-06", decision_date=decision_date) == expected
