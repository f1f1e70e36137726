"""Addresses that the words around them tell."""

from __future__ import annotations

import pytest

from tests.unit.recognisers.kit import personal

TOLD = [
    ("Thelma Cruikshank\n\n14 Tamarack Hollow\n\nGlenbarrow, Quebec J9X 0T2", "14 Tamarack Hollow"),
    ("Elle est née à Québec et demeure au 8 Petit-Ruisseau avec sa sœur.", "8 Petit-Ruisseau"),
    ("The caller, Hattie Blacksmith, lives at House 88 with her aunt.", "House 88"),
    ("Mon voisin du 122 a vendu son chien.", "122"),
    ("Madame Roy réside à Windsor (Ontario) depuis mai.", "Windsor (Ontario)"),
    ("L'adresse? Quatre-vingt-douze, rue Wolfe, à Sorel-Tracy.", "Quatre-vingt-douze, rue Wolfe, à Sorel-Tracy"),
    ("Écrire à E. Rowsell, Harrington Harbour G0G 9Z9.", "Harrington Harbour G0G 9Z9"),
    ("Adresse : Unit 6, 90 Old Ferry Road", "Unit 6, 90 Old Ferry Road"),
    ("| Nom | No civique |\n| Gaëtane Houle | 15-A |\n| Paul Roy | 21 |", "15-A"),
    ("| Nom | Lot |\n| Julie Tremblay | 4 118 227 |", "4 118 227"),
]


@pytest.mark.parametrize(("text", "address"), TOLD)
def test_an_address_is_told_by_what_stands_around(text: str, address: str) -> None:
    assert any(address in words for label, words in personal(text) if label == "PI.address")


NOT_TOLD = [
    "Le tournoi reste au 8 mai, au stade.",
    "In a 2009 judgment the Court of Appeal advised caution.",
    "Adresse courriel : info@ville.example",
    "Les résidents du quartier comptent 207 logements.",
    "| Fournisseur | Lot |\n| Béton Nordik inc. | 4 118 227 |",
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_no_address_is_seen_in_other_words(text: str) -> None:
    assert "PI.address" not in {label for label, _ in personal(text)}
