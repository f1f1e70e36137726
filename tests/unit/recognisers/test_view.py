"""The reading copy keeps offsets, whatever stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.recognisers.view import fold, view_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("046\u00a0454\u202f286", "046 454 286"),
        ("418\u2011555", "418-555"),
        ("0\u200b46", "046"),
        ("e\u0301te\u0301", "été"),
        ("Gаgnon", "Gagnon"),  # Cyrillic a
        ("٠٤٦", "046"),  # Arabic digits
        ("\u202e046\u202c", "046"),
        ("L\u2019Heureux", "L'Heureux"),
    ],
)
def test_what_is_read(text: str, read: str) -> None:
    assert view_of(text).text == read


@given(st.text(min_size=1))
def test_offsets_lead_back(text: str) -> None:
    view = view_of(text)
    assert len(view.folded) == len(view.text)
    for place in range(len(view.text)):
        span = view.span(place, place + 1)
        assert 0 <= span.start < span.end <= len(text)
        assert view.at(span.start) == place


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
