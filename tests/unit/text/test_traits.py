"""Words that weigh, advise or plainly report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.model import Lang
from redactor.text.phrases import tokens_of
from redactor.text.traits import traits_of


def words_of(text: str, lang: Lang) -> dict[str, list[str]]:
    found = traits_of(tokens_of(text), lang=lang)
    return {name: [span.of(text) for span in spans] for name, spans in found.items()}


@pytest.mark.parametrize(
    ("text", "lang", "trait", "words"),
    [
        ("Ce prix serait exagéré.", Lang.FR, "bad", ["exagéré"]),
        ("Ces demandes sont exagérées.", Lang.FR, "bad", ["exagérées"]),
        ("Des mesures coûteuses et abusives.", Lang.FR, "bad", ["coûteuses", "abusives"]),
        ("Une équipe solide.", Lang.FR, "good", ["solide"]),
        ("Attendons le budget.", Lang.FR, "imperative", ["Attendons"]),
        ("À notre avis, rien ne presse.", Lang.FR, "stance", ["À notre avis", "notre avis"]),
        ("Le règlement exige un permis.", Lang.FR, "requires", ["exige"]),
        ("Scrap the hourly rate.", Lang.EN, "imperative", ["Scrap"]),
        ("That would be a poor idea.", Lang.EN, "idiom", ["poor idea"]),
        ("The union asked for a freeze.", Lang.EN, "third", ["union"]),
    ],
)
def test_a_trait_is_found_in_its_forms(text: str, lang: Lang, trait: str, words: list[str]) -> None:
    assert words_of(text, lang)[trait] == words


def test_a_language_that_is_not_read_has_no_trait() -> None:
    assert words_of("Este precio es exagerado", Lang.OTHER) == {}


@given(st.text(max_size=200))
def test_places_are_those_of_the_text(text: str) -> None:
    for spans in traits_of(tokens_of(text), lang=Lang.FR).values():
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
