"""Shares and their intervals, against values of the published formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.evaluation.interval import Share, share


@pytest.mark.parametrize(
    ("hits", "n", "percent", "low", "high"),
    [
        (0, 10, 0.0, 0.0, 27.8),
        (5, 10, 50.0, 23.7, 76.3),
        (10, 10, 100.0, 72.2, 100.0),
        (81, 263, 30.8, 25.5, 36.6),  # Newcombe 1998, table I
        (15, 148, 10.14, 6.2, 16.0),
    ],
)
def test_wilson(hits: int, n: int, percent: float, low: float, high: float) -> None:
    found = Share(hits, n)
    assert found.percent == pytest.approx(percent, abs=0.01)
    assert found.interval == (low, high)


def test_nothing_counted_is_no_figure() -> None:
    assert share([]).percent is None
    assert share([]).interval is None


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_in_its_interval(pair: tuple[int, int]) -> None:
    found = Share(*pair)
    assert found.interval is not None
    assert found.percent is not None
    low, high = found.interval
    assert 0.0 <= low <= found.percent + 0.05
    assert found.percent - 0.05 <= high <= 100.0
