"""Spans and boxes obey their algebra; unknown is never a truth value; text never shows in a repr."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.model import UNKNOWN, Box, Document, DocumentId, Facts, Person, PersonId, Span, subtract, union_of

spans = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
many = st.lists(spans, max_size=8)


def points(found: tuple[Span, ...] | list[Span]) -> set[int]:
    return {i for one in found for i in range(one.start, one.end)}


@given(many)
def test_a_union_holds_the_same_code_points_once(found: list[Span]) -> None:
    joined = union_of(found)
    assert points(joined) == points(found)
    assert all(a.end < b.start for a, b in pairwise(joined))


@given(many, many)
def test_subtracting_takes_exactly_the_holes(found: list[Span], holes: list[Span]) -> None:
    assert points(subtract(found, holes)) == points(found) - points(holes)


@given(spans, spans)
def test_overlap_and_cover_agree_with_the_points(a: Span, b: Span) -> None:
    assert a.overlaps(b) == bool(points([a]) & points([b]))
    assert a.covers(b) == (points([b]) <= points([a]))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_a_span_that_holds_nothing_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="bad span"):
        Span(start, end)


def test_a_box_inside_out_is_refused() -> None:
    with pytest.raises(ValueError, match="a box needs"):
        Box(2, 0, 1, 1)


def test_unknown_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError):
        bool(UNKNOWN)


def test_text_stays_out_of_repr() -> None:
    secret = "Zyxw Secretowski"
    shown = repr(Document(DocumentId("d1"), "00", secret, (), ())) + repr(Person(PersonId("p1"), secret))
    shown += repr(Facts(body=secret, supplied_by=secret))
    assert "Secretowski" not in shown
