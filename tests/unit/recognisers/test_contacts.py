"""Telephones with extension, e-mail and IP addresses."""

from __future__ import annotations

import pytest

from redactor.recognisers import contacts
from tests.unit.recognisers.kit import assert_recognised

TABLE = [
    "Tél. : ⟦PI.phone|418 555-0123⟧",
    "⟦PI.phone|418 555-0123, poste 2345⟧",
    "⟦PI.phone|(418) 555-0123 ext. 12⟧",
    "⟦PI.phone|1 800 555-0123⟧",
    "⟦PI.phone|+1-418-555-0123⟧",
    "⟦PI.phone|418.555.0123⟧",
    "⟦PI.phone|418\u00a0555\u20110123⟧",  # blank and hyphen that do not break
    "⟦PI.phone|4l8 555-O1O1⟧",  # scanning
    "Cellulaire ⟦PI.phone|4185550123⟧",
    "Montant de ⟦PUBLIC|4 185 550 123⟧ $",
    "Dossier ⟦PUBLIC|2024-118-630⟧",
    "Tél. : ⟦PI.phone|555-0123⟧",
    "⟦PI.phone|poste 4410⟧",
    "Un poste en 2024 : ⟦PUBLIC|poste de cadre⟧",
    "Écrire à ⟦PI.email|jo.lavoie@exemple.example⟧.",
    "<⟦PI.email|a_b+c@courriel.exemple.example⟧>",
    "⟦PI.email|jo.lavoie [at] exemple.example⟧",
    "Connexion de ⟦PI.ip|203.0.113.9⟧",
    "⟦PI.ip|2001:db8:4f::9a1⟧",
    "La version ⟦PUBLIC|4.10.2.1⟧",
    "À ⟦PUBLIC|10:45:30⟧",
    "Adresse ⟦PUBLIC|300.0.113.9⟧",
]


@pytest.mark.parametrize("text", TABLE)
def test_contacts(text: str) -> None:
    assert_recognised(text, contacts.find)
