"""Folding never moves an offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.text.normalise import fold


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_folding_goes_code_point_by_code_point(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÉLÈVE À L’ÉCOLE", "eleve a l'ecole"),
        ("« Où ? »", '" ou ? "'),
        ("A‐23.1 – 2019—2021", "a-23.1 - 2019-2021"),
        ("14\u00a0000\u202f$", "14 000 $"),
        ("cœur", "cœur"),
        ("ligne\nsuivante\tcellule", "ligne\nsuivante cellule"),
        ("İstanbul ẞ ß", "istanbul s s"),
    ],
)
def test_what_differs_in_form_alone_is_alike(text: str, folded: str) -> None:
    assert fold(text) == folded
