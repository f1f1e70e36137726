"""Where a withheld value stands again, and which of its places may be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.model import DocumentId, Span
from redactor.same_values import Covered, Value, occurrences, places_kept
from redactor.text.plain import document_of

NAME = Value("PI.name", ("ludivine", "quetzal"))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ludivine Quetzal", [(0, 16)]),
        ("LUDIVINE  QUETZAL, Ludivine-Quetzal", [(0, 17), (19, 35)]),
        ("ludivine\nquetzal", [(0, 16)]),
        ("Ludivines Quetzal", []),
        ("XLudivine Quetzal", []),
        ("Ludivine Ludivine Quetzal", [(9, 25)]),
        ("Ludivine et Quetzal", []),
        ("Personne", []),
    ],
)
def test_a_value_is_found_however_its_pieces_are_separated(text: str, places: list[tuple[int, int]]) -> None:
    found = [(place.start, place.end) for _, place in occurrences(document_of(text), [NAME])]
    assert found == places


@given(st.text(alphabet="ab -é", max_size=40), st.lists(st.sampled_from(["a", "ab", "b"]), min_size=1, max_size=3))
def test_the_places_are_those_of_the_pattern(text: str, pieces: list[str]) -> None:
    value = Value("PI.name", tuple(pieces))
    document = document_of(f"x {text}", document_id=DocumentId("d1"))
    found = [place for _, place in occurrences(document, [value])]
    folded = document.text.replace("é", "e")
    assert found == [Span(one.start(), one.end()) for one in value.pattern().finditer(folded)]


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 8)).map(lambda one: Span(one[0], one[0] + one[1]))


@given(st.lists(SPANS, max_size=8), SPANS)
def test_a_place_is_covered_by_one_span_or_by_none(spans: list[Span], place: Span) -> None:
    assert (place in Covered(spans)) == any(one.covers(place) for one in spans)


def test_only_places_that_may_be_read_are_kept() -> None:
    document = document_of("Ludivine Quetzal, puis Ludivine Quetzal.")
    assert places_kept(document, [NAME], kept=[Span(20, 40)]) == {NAME: [Span(23, 39)]}
    assert places_kept(document, [NAME], kept=[]) == {}
