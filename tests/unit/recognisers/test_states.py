"""How people live, beside their names: weak claims, for those who turn out to be private."""

from __future__ import annotations

import pytest

from redactor.model import Strength
from redactor.recognisers import states
from redactor.recognisers.hits import Hit
from tests.unit.recognisers.kit import scene

NAME = "Mme Julie Gendron"


def claims(text: str) -> list[str]:
    """Words claimed beside the name at the beginning of `text`."""
    seen = scene(text)
    name = Hit(4, len(NAME), "PI.name", Strength.STRONG, "test")
    found = list(states.find(seen, [name]))
    assert all(hit.strength is Strength.WEAK for hit in found)
    return [seen.text[hit.start : hit.end] for hit in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{NAME} vit dans un chalet.", "vit dans un chalet"),
        (f"{NAME}, propriétaire d'un dépanneur à Amqui, appelle.", "propriétaire d'un dépanneur à Amqui"),
        (f"{NAME} a deux chiens, mais le règlement est clair.", "a deux chiens"),
        (f"{NAME} vend des téléphones.", "vend des téléphones"),
    ],
)
def test_what_is_claimed(text: str, words: str) -> None:
    assert words in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{NAME} demande une copie.",
        f"{NAME} a été avisée par lettre.",
        f"{NAME} et son avocat sont là.",
        f"{NAME}.",
    ],
)
def test_what_people_do_with_a_file_is_not(text: str) -> None:
    assert claims(text) == []
