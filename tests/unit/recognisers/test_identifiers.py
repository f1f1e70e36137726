"""Identifiers: found by shape and words, never rejected on a doubtful check digit, not confused with file numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.recognisers import identifiers
from tests.unit.recognisers.kit import assert_recognised, scene

TABLE = [
    # social insurance number
    "NAS : ⟦PI.sin|046 454 286⟧",  # right check digit
    "NAS : ⟦PI.sin|046 454 287⟧",  # wrong digit, but the words say NAS
    "Numéro d'assurance sociale ⟦PI.sin|046-454-286⟧.",
    "Her SIN is ⟦PI.sin|046454286⟧.",
    "Le ⟦PI.sin|046 454 286⟧ (NAS) figure au dossier.",
    "Le numéro ⟦PI.sin|046 454 286⟧ a été noté.",  # right digit, no word
    "Le numéro ⟦PUBLIC|046 454 287⟧ a été noté.",  # wrong digit, no word
    "Dossier ⟦PUBLIC|046-454-286⟧",  # a file number of the same shape
    "Contrat n° ⟦PUBLIC|046 454 286⟧",
    "The number ⟦PUBLIC|046 454 286⟧ is our file reference, not her SIN.",
    "NEQ ⟦PUBLIC|1146454286⟧",
    "NAS : ⟦PI.sin|O46 454 28b⟧".replace("b", "6"),  # scanning read O for 0
    "NAS : ⟦PI.sin|046 4S4 286⟧",  # scanning read S for 5
    "NAS : ⟦PI.sin|046\u00a0454\u202f286⟧",  # blanks that do not break
    "NAS : ⟦PI.sin|046\n454 286⟧",  # over a line end
    "NAS : ⟦PI.sin|0\u200b46 454 2\u200d86⟧",  # unseen characters inside
    "| Nom | NAS |\n| Aubut | ⟦PI.sin|046 454 286⟧ |",
    # health insurance number and student code
    "NAM : ⟦PI.ramq|TREJ 8512 1234⟧",
    "Carte d'assurance maladie ⟦PI.ramq|TREJ85621234⟧",
    "Code permanent ⟦PI.student_code|TREJ 1212 8503⟧",
    "Code permanent : ⟦PI.student_code|TREJ12128503⟧",
    "L'usagère ⟦PI.ramq|GAGL 9058 1412⟧ attend.",
    "Modèle ⟦PUBLIC|ABCD 9999 9999⟧",  # no date in it
    # licence, passport, client number
    "Permis de conduire ⟦PI.licence|T2364-140797-08⟧",
    "Conducteur ⟦PI.licence|T236414079708⟧",
    "Passeport ⟦PI.other|AB123456⟧",
    "Passport no. ⟦PI.other|A123456BC⟧",
    "Vol ⟦PUBLIC|AB123456⟧",
    "IUC : ⟦PI.immigration|11-2345-6789⟧",
    "UCI ⟦PI.immigration|1234-5678⟧",
    # bank
    "Compte : ⟦PI.bank|institution 999, transit 10042, compte 2205581⟧",
    "Dépôt direct : ⟦PI.bank|999-00733-2200194⟧",
    "Folio ⟦PI.bank|7730016⟧",
    "Budget du programme : ⟦PUBLIC|7730016⟧",
    # card
    "Carte ⟦PI.card|4111 1111 1111 1111⟧, exp. ⟦PI.card|09/27⟧",
    "Visa ⟦PI.card|4111111111111111⟧",
    "Carte Visa ⟦PI.card|4111 1111 1111 1112⟧",  # wrong digit, but the words say card
    "Amex ⟦PI.card|3782 822463 10005⟧",
    "Référence ⟦PUBLIC|4111 1111 1111 1112⟧",
    # plate and employee number
    "La plaque ⟦PI.plate|K47 HTX⟧",
    "Voiture immatriculée ⟦PI.plate|FPX 4182⟧",
    "Une voiture (⟦PI.plate|Z62 BCD⟧) et un camion (⟦PI.plate|L19 MNP⟧).",
    "Le local ⟦PUBLIC|B12 ABC⟧",
    "Matricule : ⟦PI.employee_no|R-118-4402⟧",
    "Employé (matricule ⟦PI.employee_no|00418827⟧)",
    "| Nom | Matricule |\n| Aubut | ⟦PI.employee_no|00418827⟧ |",
    "Carte Mastercard ⟦PI.card|2223 0031 2200 3222⟧",
    "Employee number: ⟦PI.employee_no|20-3317⟧",
    "Décret ⟦PUBLIC|1234-2024⟧ du 5 juin, chapitre ⟦PUBLIC|A-2.1⟧",
]


@pytest.mark.parametrize("text", TABLE)
def test_identifiers(text: str) -> None:
    assert_recognised(text, identifiers.find)


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    if text.strip():
        seen = scene(text)
        assert all(0 <= hit.start < hit.end <= len(seen.text) for hit in identifiers.find(seen))
