"""What tells something about a person is claimed when the person is near, and not when the words tell of the world."""

from __future__ import annotations

import pytest

from tests.unit.recognisers.kit import personal

TOLD = [
    ("Mme Carole Tanguay a été hospitalisée en mars.", "PI.health", "hospitalisée en mars"),
    ("Je suis aveugle depuis trois ans.", "PI.health", "aveugle depuis trois ans"),
    ("M. Denis Roux souffre d'une tendinite.", "PI.health", "souffre d'une tendinite"),
    ("M. Denis Roux écrit. Il est en arrêt de travail depuis mai.", "PI.health", "en arrêt de travail depuis mai"),
    ("Mon mari est décédé d'un cancer en mars.", "PI.health", "décédé d'un cancer"),
    ("Ms. Joan Hill is being treated for depression, and she told us so.", "PI.health", "treated for depression"),
    ("Je vous écris au sujet de mon mari.", "PI.family", "mon mari"),
    ("Mme Rita Cyr est veuve depuis 2003.", "PI.family", "veuve depuis 2003"),
    ("M. Luc Pageau a reçu une réprimande écrite.", "PI.discipline", "réprimande écrite"),
    ("M. Luc Pageau dépasse les attentes.", "PI.evaluation", "dépasse les attentes"),
    ("Mme Rita Cyr gagne 27 400 $ par année.", "PI.salary", "gagne 27 400 $ par année"),
    ("M. Denis Roux, né à Oran, a signé.", "PI.origin", "né à Oran"),
    ("Elle habite là. Né le 4 mai 1980 à Abidjan.", "PI.origin", "Abidjan"),
    ("M. Juan Ortiz a un permis de travail fermé.", "PI.immigration", "permis de travail fermé"),
    ("M. Luc Pageau a un casier judiciaire.", "PI.other", "casier judiciaire"),
    ("Mme Rana Saleh porte le voile.", "PI.other", "porte le voile"),
    ("Mme Lise Auclair est la seule orthophoniste de Fermont.", "PI.other", "la seule orthophoniste de Fermont"),
]
NOT_TOLD = [
    "Le programme vise les personnes atteintes de cancer.",
    "La ministre, Mme Julie Hébert, a annoncé un plan en santé mentale.",
    "Selon M. Luc Pageau, le taux de diabète augmente.",
    "M. Denis Roux recommande de congédier le fournisseur.",
    "M. Paul Hébert a inspecté la fracture du pilier 4.",
    "Mme Rita Cyr propose la suspension des travaux.",
    "Le bureau de M. Paul Hébert traite les demandes de permis de travail.",
    "The director, Ms. Ann Cole, reviewed the disability insurance contract.",
    "Notre équipe a évalué les scénarios.",
]


@pytest.mark.parametrize(("text", "label", "words"), TOLD)
def test_the_clause_is_claimed(text: str, label: str, words: str) -> None:
    assert any(words in found for kind, found in personal(text) if kind == label)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_facts_about_the_world_are_not(text: str) -> None:
    assert not [found for kind, found in personal(text) if kind != "PI.name"]


def test_a_clause_leaves_out_the_name_before_it() -> None:
    assert ("PI.health", "souffre d'une tendinite") in personal("M. Denis Roux souffre d'une tendinite.")


def test_the_cells_of_a_row_about_a_person() -> None:
    table = "| Nom | Situation | Allocation |\n| Roy, Céline | mère de trois enfants | 475 $ |\n| Total | | 475 $ |"
    assert personal(table) == [
        ("PI.name", "Roy, Céline"),
        ("PI.family", "mère de trois enfants"),
        ("PI.salary", "475 $"),
    ]


def test_a_form_about_one_person() -> None:
    form = "| Champ | Réponse |\n| Nom | Cyr, Rita |\n| État civil | séparée |\n| Revenu | 24 916 $ |"
    assert personal(form)[1:] == [("PI.family", "séparée"), ("PI.salary", "24 916 $")]
