"""Documents that the public has, and blank forms."""

from __future__ import annotations

import pytest

from redactor.model import Strength
from redactor.passage_rules.publicity import is_blank_form, is_public
from redactor.text.plain import document_of
from tests.unit.passage_rules.pack import found_in

ADVICE = "Nous recommandons de remplacer le pont."


@pytest.mark.parametrize(
    "title",
    ["# Rapport annuel – document publié le 3 mai 2021", "# Décision publique", "# Minutes of the council meeting"],
)
def test_what_a_public_document_advises_is_a_flag(title: str) -> None:
    findings = found_in(f"{title}\n{ADVICE}")
    assert [one.strength for one in findings if one.label == "AVIS"] == [Strength.WEAK]


@pytest.mark.parametrize(
    "text",
    [
        "# Note au sous-ministre\nLe guide a été publié en mai.",
        "# Conseil d'administration\nSéance du 3 mai.",
        "# Note\n" + "\n".join(f"Ligne {number}." for number in range(8)) + "\n# Document public",
        "# Note\n" + "mot " * 40 + "document public",
    ],
)
def test_other_titles_say_nothing_of_the_whole(text: str) -> None:
    assert not is_public(document_of(text))


def test_a_form_that_nobody_filled_in() -> None:
    assert is_blank_form(document_of("\n".join(f"Champ {number} : ________" for number in range(6))))
    assert not is_blank_form(document_of("Nom : Ana\nSignature : ________"))
