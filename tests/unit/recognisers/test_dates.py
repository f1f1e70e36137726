"""Dates of birth and ages; other dates and durations are plain facts."""

from __future__ import annotations

import pytest

from redactor.recognisers import dates
from tests.unit.recognisers.kit import assert_recognised

TABLE = [
    "né le ⟦PI.dob|23 janvier 1944⟧",
    "née le ⟦PI.dob|1er mars 1980⟧",
    "Date de naissance : ⟦PI.dob|1979-08-08⟧",
    "né le ⟦PI.dob|11/05/1989⟧ à Oran",
    "born on ⟦PI.dob|February 17, 1992⟧",
    "née le ⟦PI.dob|vingt-trois janvier mil neuf cent quarante-quatre⟧",
    "| Nom | Naissance |\n| Aubut | ⟦PI.dob|1988-12-02⟧ |",
    "DDN ⟦PI.dob|1988/12/02⟧",
    "né en ⟦PI.dob|1951⟧",
    "Réunion du ⟦PUBLIC|23 janvier 2024⟧",
    "Le projet est né de la réunion du ⟦PUBLIC|23 janvier 2024⟧",
    "M. Aubut, ⟦PI.age|84 ans⟧, refuse.",
    "⟦PI.age|âgée de 78 ans⟧",
    "M. Boisvert, ⟦PI.age|79⟧, attend.",
    "She is ⟦PI.age|34 years old⟧.",
    "sa fille de ⟦PI.age|8 ans⟧",
    "| Nom | Âge |\n| Aubut | ⟦PI.age|34⟧ |",
    "depuis ⟦PUBLIC|10 ans⟧",
    "un bail de ⟦PUBLIC|5 ans⟧",
    "Sur ⟦PUBLIC|40 ans⟧, le coût baisse.",
    "| Système | Âge |\n| Interface | ⟦PUBLIC|38 ans⟧ |",
]


@pytest.mark.parametrize("text", TABLE)
def test_dates(text: str) -> None:
    assert_recognised(text, dates.find)
