"""Roles where a function, a label or a matter stands beside a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redactor.model import Role
from redactor.people.roles import OFFICIAL
from tests.unit.people.kit import request

if TYPE_CHECKING:
    from redactor.people.join import People


def is_readable(people: People, name: str) -> bool:
    """True when the person is firmly an official."""
    person = next(one for one in people.persons if name in one.name)
    return person.role in OFFICIAL and person.role_strength.masks


PRIVATE = [
    ("Plaignante : Mme Solange Trudel, concierge, école des Trois-Anses.", "Trudel"),
    ("Sera accompagné de Florian Roy, directeur. Un groupe mené par Mme Céleste Ruel, évincée, manifestera.", "Ruel"),
    ("Le mis en cause, M. Gratien Lheureux, est chef de secteur.", "Lheureux"),
    ("The operator, Mr. Silas Roy, has been treated for depression since May.", "Roy"),
]


@pytest.mark.parametrize(("text", "name"), PRIVATE)
def test_who_is_named_for_a_private_matter_stays_hidden(text: str, name: str) -> None:
    assert not is_readable(request(text), name)


PUBLIC = [
    ("Rapport préparé par Mme Odette Larouche, conseillère en transport.", "Larouche"),
    ("Le Service des travaux publics, que dirige M. Ambroise Girard, tient un calendrier.", "Girard"),
    ("Inspection faite par Jean-Éloi Marcotte le 22 avril.", "Marcotte"),
]


@pytest.mark.parametrize(("text", "name"), PUBLIC)
def test_who_acts_for_the_body_is_readable(text: str, name: str) -> None:
    assert is_readable(request(text), name)


def test_the_home_of_a_private_person_far_below_an_official_is_not_the_officials() -> None:
    text = (
        "Secrétaire : Ghislain Pomerleau, urbaniste.\n\n# Dérogation mineure – 118, montée des Carouges\n\n"
        "Le demandeur souhaite régulariser un garage bâti trop près de la limite du terrain voisin, à l'arrière."
    )
    found = request(text).documents[0]
    address = next(one for one in found.findings if one.label == "PI.address")
    assert address.person is None


def test_a_mail_of_a_firm_tells_no_private_person_where_the_row_tells_a_function() -> None:
    text = "| Nom | Titre | Courriel |\n| Shu-Fen Bellemare | urbaniste | sbellemare@v3r.example |"
    person = request(text).persons[0]
    assert person.role is Role.PUBLIC_STAFF
