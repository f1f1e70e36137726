"""Mentions become persons over a request, by a link: a full name, the same document."""

from __future__ import annotations

from redactor.model import Element, Role, Strength
from tests.unit.people.kit import named, person, request, told


def test_every_later_mention_follows() -> None:
    people = request(
        "Mme Julie Gendron a porté plainte. Le voisin de Gendron nie. GENDRON, Julie a signé.\n\nJ. Gendron rappelle."
    )
    assert named(people, person(people, "Julie")) == ["Julie Gendron", "Gendron", "GENDRON, Julie", "J. Gendron"]


def test_a_given_name_follows_in_its_document() -> None:
    people = request("Je suis le père de Mathis Aubin. À l'école, Mathis pleure.")
    assert named(people, person(people, "Aubin")) == ["Mathis Aubin", "Mathis"]


def test_a_misspelt_family_name_follows() -> None:
    people = request("Mme Julie Gendron appelle. Mme Julie Gendrom rappelle.")
    assert len(people.persons) == 1


def test_two_persons_of_one_family_name_stay_two() -> None:
    people = request("Mme Julie Gendron et M. Paul Gendron sont là.")
    assert len(people.persons) == 2


def test_a_full_name_links_documents() -> None:
    people = request("Mme Julie Gendron porte plainte.", "Le dossier de Julie Gendron est clos.")
    assert len(people.persons) == 1
    assert [mention.document for mention in people.persons[0].mentions] == ["d1", "d2"]


def test_a_bare_family_name_in_another_document_is_only_a_flag() -> None:
    people = request("Mme Julie Gendron porte plainte.", "La réponse à Gendron est partie.")
    assert told(people, "Gendron", document=1).strength is Strength.WEAK


def test_a_family_name_that_bears_a_place_does_not_follow() -> None:
    people = request("Mme Julie Gendron porte plainte contre l'école Gendron, rue Gendron.")
    assert named(people, person(people, "Gendron")) == ["Julie Gendron"]


def test_a_shared_family_name_alone_is_only_a_flag() -> None:
    people = request("Mme Julie Gendron et M. Paul Gendron sont là. La lettre de Gendron manque.")
    assert told(people, "Gendron").strength is Strength.WEAK


def test_a_family_name_that_is_an_everyday_word_is_only_a_flag() -> None:
    people = request("Mme Julie Long porte plainte. Le trajet est long. Long est le nom.")
    assert told(people, "Long").strength is Strength.WEAK


def test_a_declared_role_holds_over_every_clue() -> None:
    text = "Mme Julie Gendron, directrice des communications, a signé."
    assert person(request(text), "Gendron").role is Role.SENIOR_MANAGEMENT
    told_so = person(request(text, declared=[("Julie Gendron", Role.CONTRACTOR)]), "Gendron")
    assert (told_so.role, told_so.role_strength) == (Role.CONTRACTOR, Strength.PROVEN)


def test_findings_carry_person_and_element() -> None:
    people = request("Mme Julie Gendron, née le 4 mai 1980, porte plainte.")
    finding = told(people, "4 mai 1980")
    assert finding.person == people.persons[0].id
    assert finding.element is Element.OTHER


def test_an_empty_request_has_nobody() -> None:
    people = request()
    assert people.persons == ()
    assert people.documents == ()


def test_nothing_of_a_person_is_shown_by_repr() -> None:
    people = request("Mme Julie Gendron porte plainte.")
    assert "Gendron" not in repr(people)
    assert "Gendron" not in repr(people.persons)
