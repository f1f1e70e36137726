"""Who is who: the role that the words around a name tell, and how well."""

from __future__ import annotations

import pytest

from redactor.model import Role, Strength
from tests.unit.people.kit import person, request

STAFF, SENIOR, ELECTED = Role.PUBLIC_STAFF, Role.SENIOR_MANAGEMENT, Role.ELECTED
TABLE = [
    ("Mme Julie Gendron, conseillère en transport, a signé.", STAFF),
    ("La technicienne, Mme Julie Gendron, a répondu.", STAFF),
    ("Préparé par : Julie Gendron", STAFF),
    ("Julie Gendron\nAnalyste principale", STAFF),
    ("De : Gendron, Julie <julie.gendron@mtq.gouv.qc.ca>", STAFF),
    ("Présents : Mme Julie Gendron, M. Paul Aubut", STAFF),
    ("Il est résolu, sur la proposition de Mme Julie Gendron, d'adopter le budget.", STAFF),
    ("| Nom | Fonction | Téléphone au travail |\n| Gendron, Julie | agente | 418 555-0123 |", STAFF),
    ("Mme Julie Gendron, sous-ministre adjointe, approuve.", SENIOR),
    ("La directrice générale est Mme Julie Gendron.", SENIOR),
    ("La mairesse Julie Gendron s'oppose.", ELECTED),
    ("La députée de Taschereau, Mme Julie Gendron, écrit.", ELECTED),
    ("La subvention de 5 000 $ a été accordée à Mme Julie Gendron.", Role.BENEFICIARY),
    ("| Bénéficiaire | Projet | Aide |\n| Julie Gendron | Refuge | 12 000 $ |", Role.BENEFICIARY),
    ("Le contrat a été conclu avec Mme Julie Gendron.", Role.CONTRACTOR),
    ("Mme Julie Gendron, titulaire du permis de pêche n° 12, exploite la rivière.", Role.PERMIT_HOLDER),
    ("La plaignante, Mme Julie Gendron, attend.", Role.PRIVATE),
    ("La plainte de Mme Julie Gendron est fondée.", Role.PRIVATE),
    ("Mme Julie Gendron, 84 ans, refuse de partir.", Role.PRIVATE),
    ("Mme Julie Gendron, née le 4 mai 1980, est absente.", Role.PRIVATE),
    ("| Nom | Naissance |\n| Gendron, Julie | 1980-05-04 |", Role.PRIVATE),
    ("Le dossier de Mme Julie Gendron, enquêtrice (matricule 20-3317), est ouvert.", Role.PRIVATE),
    ("De : Julie Gendron <jgendron@poste.example>", Role.PRIVATE),
    ("In the chair: Ms. Julie Gendron. Members: Mr. Paul Aubut, Ms. Ann Lee.", STAFF),
    ("Members: Mr. Paul Aubut, Ms. Ann Lee, Ms. Julie Gendron.", STAFF),
    ("Contentieux (Me Julie Gendron) : a confirmé la date.", STAFF),
    ("Les préceptrices sont au nombre de trois : Rita Roy, Ann Lee et Julie Gendron de jour.", STAFF),
    ("| Matière | Enseignant | Note |\n| Anglais | Julie Gendron | 71 |", STAFF),
    ("| Nom | Grade | Arrivée |\n| Gendron, Julie | lieutenante | 8 h |", STAFF),
    ("Merci à Mme Ann Lee, orthopédagogue, qui remplace Mme Julie Gendron.", STAFF),
    ("| Nom | Traitement |\n| Julie Gendron | 71 000 $ |\n| Julie Gendron, vice-présidente | 188 412 $ |", SENIOR),
    ("Mandat confié le 5 mai par la Direction à Me Julie Gendron, enquêtrice externe.", Role.CONTRACTOR),
    ("Mme Ann Lee allègue que Mme Julie Gendron, chef d'équipe, l'a insultée.", Role.PRIVATE),
    ("Mme Julie Gendron, répartitrice de nuit, se plaint de son chef.", Role.PRIVATE),
    ("Mme Julie Gendron (mère, garde exclusive) est la répondante.", Role.PRIVATE),
]


@pytest.mark.parametrize(("text", "role"), TABLE)
def test_role(text: str, role: Role) -> None:
    found = person(request(text), "Gendron")
    assert (found.role, found.role_strength) == (role, Strength.STRONG)


@pytest.mark.parametrize("text", ["Mme Julie Gendron aime ce projet.", "Voir Julie Gendron."])
def test_nothing_tells_a_role(text: str) -> None:
    assert person(request(text), "Gendron").role is None


def test_a_function_in_a_third_partys_letter_is_only_a_hint() -> None:
    people = request("Julie Gendron, coordonnatrice", author="third_party")
    assert person(people, "Gendron").role_strength is Strength.WEAK


def test_the_team_of_a_consultant_is_private() -> None:
    people = request("Équipe de réalisation : Julie Gendron, architecte; Paul Aubut, analyste", author="consultant")
    assert {one.role for one in people.persons} == {Role.PRIVATE}


def test_an_address_of_the_body_itself_tells_staff() -> None:
    text = "Mme Julie Gendron, julie.gendron@portdelest.example"
    assert person(request(text, body="Société du Port de l'Est, portdelest"), "Gendron").role is STAFF


def test_the_one_to_whom_a_personal_letter_is_written_is_private_whatever_the_function() -> None:
    text = "PERSONNEL ET CONFIDENTIEL\n\nMadame Julie Gendron\nPréposée aux bénéficiaires\n\nMadame,"
    people = request(text, kind="letter")
    assert person(people, "Gendron").role is Role.PRIVATE
    assert person(request(text, kind="note"), "Gendron").role is Role.PUBLIC_STAFF


def test_those_met_at_an_inspection_are_not_staff_of_the_body() -> None:
    text = "RAPPORT D'INSPECTION\n\nL'éducatrice, Mme Julie Gendron, était là. L'inspectrice, Mme Ann Lee, a signé."
    people = request(text, kind="report")
    assert person(people, "Gendron").role_strength is Strength.WEAK
    assert person(people, "Lee").role is Role.PUBLIC_STAFF


def test_somebody_who_once_held_a_function_holds_none() -> None:
    found = person(request("M. Paul Aubut, ancien contremaître de la tannerie, se souvient."), "Aubut")
    assert found.role_strength is Strength.WEAK


def test_participants_of_whom_a_table_asks_their_illness_are_no_members() -> None:
    text = "Présences\n\n| Nom | Âge | Allergies |\n| Gendron, Julie | 58 | arachides |"
    assert person(request(text), "Gendron").role is Role.PRIVATE
