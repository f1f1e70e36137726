"""Limits to the day, both sides of the anniversary, 29 February included."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.model import UNKNOWN, Status
from redactor.policy.limits import anniversary, due, is_over, later, latest_start_over
from redactor.policy.schema import Clock

DATES = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
YEARS = st.integers(1, 150)


@pytest.mark.parametrize(
    ("start", "years", "until", "status"),
    [
        ("2014-11-13", 10, "2024-11-12", Status.FAILED),  # last day
        ("2014-11-12", 10, "2024-11-12", Status.MET),  # the anniversary itself
        ("2019-11-13", 5, "2024-11-12", Status.FAILED),
        ("2019-11-12", 5, "2024-11-12", Status.MET),
        ("1999-11-13", 25, "2024-11-12", Status.FAILED),
        ("1999-11-12", 25, "2024-11-12", Status.MET),
        ("2012-02-29", 10, "2022-02-28", Status.FAILED),  # no 29 February that year
        ("2012-02-29", 10, "2022-03-01", Status.MET),
        ("2012-02-29", 4, "2016-02-28", Status.FAILED),  # there is one: it counts
        ("2012-02-29", 4, "2016-02-29", Status.MET),
        ("2012-02-28", 10, "2022-02-28", Status.MET),
    ],
)
def test_both_sides(start: str, years: int, until: str, status: Status) -> None:
    assert is_over(dt.date.fromisoformat(start), years, dt.date.fromisoformat(until)) is status


def test_an_unknown_day_leaves_it_unknown() -> None:
    day = dt.date(2024, 11, 12)
    assert is_over(UNKNOWN, 10, day) is Status.UNKNOWN
    assert is_over(day, 10, UNKNOWN) is Status.UNKNOWN
    assert later(UNKNOWN, 20) is UNKNOWN


@given(DATES, YEARS)
def test_an_anniversary_is_over_and_its_eve_is_not(start: dt.date, years: int) -> None:
    day = anniversary(start, years)
    assert is_over(start, years, day) is Status.MET
    assert is_over(start, years, day - dt.timedelta(days=1)) is Status.FAILED


@given(DATES, YEARS)
def test_the_latest_start_is_exact(until: dt.date, years: int) -> None:
    start = latest_start_over(until, years)
    assert is_over(start, years, until) is Status.MET
    assert is_over(start + dt.timedelta(days=1), years, until) is Status.FAILED


def test_the_calendar_ends() -> None:
    assert anniversary(dt.date(9999, 1, 1), 10) == dt.date.max


def test_a_delay_counts_calendar_days() -> None:
    clock = Clock.model_validate(
        {
            "name": "answer",
            "days": 20,
            "after": "request.date",
            "extension": {"days": 10, "notice_within": 20},
            "on_expiry": {"fr": "x", "en": "x"},
        }
    )
    received = dt.date(2024, 10, 2)
    assert due(clock, received) == dt.date(2024, 10, 22)
    assert due(clock, received, extended=True) == dt.date(2024, 11, 1)
