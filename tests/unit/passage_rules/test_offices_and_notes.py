"""Passages of an office, notes in the margin, drafts."""

from __future__ import annotations

import pytest

from redactor.model import Speaker
from tests.marks import assert_marks
from tests.unit.passage_rules.pack import finder, found_in


@pytest.mark.parametrize(
    "text",
    [
        # the quote, over its sentences, not the sentence that tells of it
        "Le cabinet nous a joints. On y lit : ⟦CABINET|« Reportez l'annonce. Pas un mot par écrit là-dessus. »⟧",
        "L'attaché politique a ajouté que ⟦CABINET|« la ministre a promis de ne pas bouger »⟧.",
        "⟦FAIT|Le cabinet du ministre a été informé le 12 octobre⟧.",
        "⟦FAIT|Note à l'intention du ministre⟧.",
        "[En marge, à la main : ⟦NOTE|pas convaincu, rappeler vendredi⟧.]",
        "⟦FAIT|La décision est en marge du plan d'ensemble⟧.",
    ],
)
def test_office_and_margin(text: str) -> None:
    assert_marks(text, finder, labels=("CABINET", "NOTE"))


def test_a_document_of_an_office_is_its_words_throughout() -> None:
    text = "Le pont ouvre mardi. Ne pas répondre avant la partielle."
    found = [one.span.of(text) for one in found_in(text, author=Speaker.MINISTER_OFFICE) if one.label == "CABINET"]
    assert found == ["Le pont ouvre mardi", "Ne pas répondre avant la partielle"]


def test_a_title_that_says_draft_only_flags() -> None:
    found = [one for one in found_in("# Ébauche\n\nLe plan suit celui de mai.") if one.label == "NOTE"]
    assert found
    assert not any(one.strength.masks for one in found)
