"""Half-open periods: the first day counts, the last does not; a gap or an overlap is a fault."""

from __future__ import annotations

import datetime as dt

import pytest

from redactor.policy.schema import Version
from redactor.policy.versions import faults, in_force

YEAR_2000, YEAR_2010 = dt.date(2000, 1, 1), dt.date(2010, 1, 1)


def version(begun: dt.date | None, until: dt.date | None) -> Version:
    return Version.model_validate(
        {
            "from": begun,
            "until": until,
            "cite": {"act": "Loi", "section": "37"},
            "text": "unverified",
            "source": "an invented law",
        }
    )


OLD, NEW = version(None, YEAR_2010), version(YEAR_2010, None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(1900, 1, 1), OLD),
        (dt.date(2009, 12, 31), OLD),  # the day before the change
        (YEAR_2010, NEW),  # the day of the change
        (dt.date(2100, 1, 1), NEW),
    ],
)
def test_the_version_of_a_day(day: dt.date, expected: Version) -> None:
    assert in_force((OLD, NEW), day) is expected


def test_no_version_before_the_first_or_after_the_last() -> None:
    only = version(YEAR_2000, YEAR_2010)
    assert in_force((only,), dt.date(1999, 12, 31)) is None
    assert in_force((only,), YEAR_2010) is None


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (((None, YEAR_2010), (YEAR_2010, None)), ()),
        (((None, YEAR_2000), (YEAR_2010, None)), ((1, "leaves a gap after the version before it"),)),
        (((None, YEAR_2010), (YEAR_2000, None)), ((1, "overlaps the version before it"),)),
        (((None, None), (YEAR_2010, None)), ((1, "overlaps the version before it"),)),
        (((None, YEAR_2010), (None, None)), ((1, "overlaps the version before it"),)),
        (((YEAR_2010, YEAR_2010),), ((0, "empty period"),)),
    ],
)
def test_gaps_and_overlaps(
    periods: tuple[tuple[dt.date | None, dt.date | None], ...], expected: tuple[tuple[int, str], ...]
) -> None:
    assert faults([version(*one) for one in periods]) == expected
