"""Civic addresses in the shapes of Québec, whole: number, way, unit, city, postal code."""

from __future__ import annotations

import pytest

from redactor.recognisers import addresses
from tests.unit.recognisers.kit import assert_recognised

TABLE = [
    "⟦PI.address|123, rue Saint-Jean, app. 4, Québec (Québec)  G1R 1A1⟧",
    "⟦PI.address|123 rue Saint-Jean⟧ est vide.",
    "au ⟦PI.address|1170, route 263, Saint-Ferréol (Québec)  G6P 9Z3⟧",
    "du ⟦PI.address|412, rang de la Petite-Prairie, Saint-Adalbert (Québec) G0R 9Z9⟧",
    "⟦PI.address|1244, 8e Avenue, app. 3, Québec (Québec)  G1J 9Z8⟧",
    "⟦PI.address|201-880, avenue Murray, Québec⟧",
    "⟦PI.address|14A, 3e Rang Est⟧",
    "⟦PI.address|12 1/2, rue Wolfe⟧".replace(" 1/2", "½"),
    "⟦PI.address|88, chemin du Quai⟧",
    "⟦PI.address|C. P. 210, Sept-Îles (Québec) G4R 9Z9⟧",
    "⟦PI.address|31 Speid Street, Sherbrooke, Québec  J1M 9Z4⟧",
    "⟦PI.address|9 Mill Street, Apt. 2, Otter Bend, Québec  J0X 9Z2⟧",
    "⟦PI.address|225, Grande Allée Est, Québec⟧",
    "⟦PI.address|77, chemin des Pins\nWendake (Québec) G0A 9Z1⟧",  # over two lines
    "⟦PI.address|77, chemin des Pins, Wendake (Québec)  GOA 9Z1⟧",  # scanning: O for 0
    "Code postal : ⟦PI.address|G1R 9Z1⟧",
    "Code postal : ⟦PI.address|G1R9Z1⟧",
    "⟦PI.address|Résidence du Parc, app. 611⟧",
    "au ⟦PI.address|12, route 132 Est, app. 14, Chambly H1W 9X1⟧",
    "⟦PI.address|5535, rue de l'Église, Baie-Comeau⟧",
    "Boîte ⟦PUBLIC|6, cote 7170-03⟧",
    "Le ⟦PUBLIC|15 mars⟧ 2024",
    "La ⟦PUBLIC|rue Jean-Talon⟧ est fermée.",
    "L'article ⟦PUBLIC|57⟧ de la loi",
    "La route ⟦PUBLIC|138⟧ est fermée.",
]


@pytest.mark.parametrize("text", TABLE)
def test_addresses(text: str) -> None:
    assert_recognised(text, addresses.find)
