"""Names that no list holds: what they resemble, what stands around them, and what the weights make of both."""

from __future__ import annotations

import pytest

from redactor.recognisers.likeness import likeness
from redactor.recognisers.weighing import Weights, shipped
from tests.unit.recognisers.kit import personal


def names(text: str) -> list[str]:
    """The words of the names firmly claimed."""
    return [words for label, words in personal(text) if label == "PI.name"]


@pytest.mark.parametrize("word", ["Stéphanos", "Tarnowski", "Candace", "TREMBLAY", "Thibodeau-Crow"])
def test_names_resemble_names(word: str) -> None:
    assert (likeness(word) or 0) > 0.8


@pytest.mark.parametrize("word", ["Poissonnerie", "Trottoir", "Kangiqsujuaq", "Principal"])
def test_other_words_do_not(word: str) -> None:
    assert (likeness(word) or 0) < 0.2


def test_a_word_without_a_vector_tells_nothing() -> None:
    assert likeness("Zzqxwv") is None


NAMED = [
    ("Mon voisin, Stéphanos, refuse de baisser la musique.", "Stéphanos"),
    ("Soraya et Amin Rahimzadeh étaient présents.", "Soraya et Amin Rahimzadeh"),
    ("C'est Léopold Cwik. C-W-I-K. J'appelle pour ma mère.", "C-W-I-K"),
    ("La succession Rosa Bellavance attend une réponse.", "Rosa Bellavance"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_name_is_found_without_a_title(text: str, name: str) -> None:
    assert name in names(text)


NOT_NAMED = [
    "| Nom, prénom | NAS |\n| Tremblay, Julie | 046 454 286 |",
    "Mesdames et messieurs, bonsoir. Prenez-en soin. Merci.",
    "Le Trottoir Nord reste fermé. La Rampe Sud aussi.",
]


@pytest.mark.parametrize("text", NOT_NAMED)
def test_other_capitals_are_no_names(text: str) -> None:
    assert not {"NAS", "Prenez", "Prenez-en", "Trottoir Nord", "Rampe Sud"} & set(names(text))


def test_a_title_before_a_name_is_cut_from_it() -> None:
    assert "Anselm Osborne" in names("Captain Anselm Osborne says he is the best.")


def test_a_share_is_one_half_without_a_known_feature() -> None:
    assert Weights({"a": 3.0}, {}).share({"b": 1.0}) == 0.5


@pytest.mark.parametrize(
    ("package", "name"), [("redactor.recognisers", "name_weights"), ("redactor.people", "role_weights")]
)
def test_weights_are_shipped_with_their_limits(package: str, name: str) -> None:
    told = shipped(package, name)
    assert told.weights["bias"] != 0.0
    assert all(0 < limit < 1 for limit in told.limits.values())
