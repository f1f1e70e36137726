"""The index finds exactly what a look at everything finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redactor.model import Span
from redactor.policy.overlaps import LONG, Overlaps

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 200), st.integers(1, 40))
LONG_ONES = st.builds(lambda start: Span(start, start + LONG + 1), st.integers(0, 200))


@given(st.lists(st.one_of(SPANS, LONG_ONES), max_size=30), SPANS)
def test_the_same_as_looking_at_everything(spans: list[Span], asked: Span) -> None:
    index = Overlaps((span, at) for at, span in enumerate(spans))
    assert sorted(index.over(asked)) == [at for at, span in enumerate(spans) if span.overlaps(asked)]


def test_nothing_indexed() -> None:
    assert Overlaps[int](()).over(Span(0, 1)) == ()
