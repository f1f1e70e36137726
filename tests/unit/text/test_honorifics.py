"""Titles go with the name they stand before, and never alone."""

from __future__ import annotations

import pytest

from redactor.model import Span
from redactor.text.honorifics import with_titles, without_titles

NAME = "Quetzal"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Mme Quetzal est venue.", "Mme Quetzal"),
        ("selon M. Quetzal", "M. Quetzal"),
        ("M. et Mme Quetzal sont venus", "M. et Mme Quetzal"),
        ("Mr. and Mrs. Quetzal came", "Mr. and Mrs. Quetzal"),
        ("avec la Dre\u00a0Quetzal", "Dre\u00a0Quetzal"),
        ("Famille Quetzal", "Famille Quetzal"),
        ("chez Quetzal", "Quetzal"),
        ("Il me Quetzal", "Quetzal"),  # "me" in small letters is no lawyer
        ("l'arrêt Untel et M. Quetzal", "M. Quetzal"),
        ("Quetzal", "Quetzal"),
    ],
)
def test_titles_go_with_their_name(text: str, taken: str) -> None:
    start = text.index(NAME)
    assert with_titles(text, Span(start, start + len(NAME))).of(text) == taken


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Mme Odile Quetzal", "Odile Quetzal"),
        ("M. et Mme Odile Quetzal", "Odile Quetzal"),
        ("Odile Quetzal", "Odile Quetzal"),
        ("Mr. Quetzal", "Quetzal"),
    ],
)
def test_a_name_is_compared_without_its_titles(words: str, name: str) -> None:
    assert without_titles(words) == name
