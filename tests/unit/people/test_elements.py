"""Element by element: what of an official is at work, and what is at home."""

from __future__ import annotations

import pytest

from redactor.model import Element, Role, Strength
from tests.unit.people.kit import person, request, told

OFFICIAL = "Mme Julie Gendron, conseillère en transport, "


@pytest.mark.parametrize(
    ("text", "words", "element"),
    [
        (OFFICIAL + "418 555-0123, poste 12", "418 555-0123, poste 12", Element.WORK_PHONE),
        (OFFICIAL + "téléphone au domicile : 418 555-0123", "418 555-0123", Element.OTHER),
        (OFFICIAL + "cellulaire personnel 418 555-0123", "418 555-0123", Element.OTHER),
        (
            OFFICIAL + "700, boulevard Lebourgneuf, 2e étage",
            "700, boulevard Lebourgneuf, 2e étage",
            Element.WORK_ADDRESS,
        ),
        (OFFICIAL + "demeure au 12, rue des Ormes, app. 4", "12, rue des Ormes, app. 4", Element.OTHER),
        (OFFICIAL + "gagne 74 118 $ par année.", "gagne 74 118 $ par année", Element.ACTUAL_SALARY),
        ("La plaignante, Mme Julie Gendron, 418 555-0123", "418 555-0123", Element.OTHER),
    ],
)
def test_element(text: str, words: str, element: Element) -> None:
    assert told(request(text), words).element is element


def test_a_work_address_of_electronic_mail_is_a_flag() -> None:
    finding = told(request(OFFICIAL + "julie.gendron@mtq.gouv.qc.ca"), "julie.gendron@mtq.gouv.qc.ca")
    assert (finding.element, finding.strength) == (Element.WORK_EMAIL, Strength.WEAK)


def test_a_private_address_of_electronic_mail_is_masked() -> None:
    finding = told(request("Mme Julie Gendron, jgendron@poste.example, écrit."), "jgendron@poste.example")
    assert (finding.element, finding.strength) == (Element.OTHER, Strength.PROVEN)


@pytest.mark.parametrize(
    "text",
    [
        "Renseignements : ministère des Transports, 418 555-0123",
        "Écrire à plaintes@mtq.gouv.qc.ca",
        "Ministère des Transports\n700, boulevard Lebourgneuf, Québec",
        "La rencontre aura lieu au 55, rue Principale, salle 4.",
    ],
)
def test_what_concerns_no_person_is_left_out(text: str) -> None:
    assert not request(text).documents[0].findings


def test_the_name_of_an_official_stays_out_of_the_clause() -> None:
    people = request("La conseillère, Mme Julie Gendron, est absente.\n\nLe billet médical de Mme Gendron est joint.")
    spans = [
        f.span.of(people.documents[0].document.text) for f in people.documents[0].findings if f.label == "PI.health"
    ]
    assert spans
    assert not any("Gendron" in words for words in spans)


def test_what_is_told_of_a_private_person_is_firm_and_of_an_official_is_not_claimed() -> None:
    private = request("La plaignante, Mme Julie Gendron, vit dans un chalet.")
    assert told(private, "vit dans un chalet").strength is Strength.STRONG
    official = request("La ministre, Mme Julie Gendron, vit dans un chalet.")
    assert not [one for one in official.documents[0].findings if one.label == "PI.other"]


GRANTS = (
    "| No | Personne | Projet | Montant | Issue |\n"
    "| 01 | Béatrix Oyono-Lessard | murale | 12 000 $ | accordée |\n"
    "| 06 | Lubomir Gagnon-Steele | contes | 6 000 $ | accordée |\n"
)


def test_an_address_below_a_table_is_not_that_of_whoever_its_last_row_names() -> None:
    people = request(GRANTS + "\nNo 01 : domicile 5, ruelle du Fanal, Port-Alexandrin")
    assert person(people, "Gagnon").role is Role.BENEFICIARY
    assert told(people, "5, ruelle du Fanal, Port-Alexandrin").person is None


def test_an_address_on_the_lines_of_a_beneficiary_is_that_persons() -> None:
    people = request("Mme Julie Gendron\n12, rue des Ormes, Matane", declared=[("Julie Gendron", Role.BENEFICIARY)])
    assert told(people, "12, rue des Ormes, Matane").person == person(people, "Gendron").id
