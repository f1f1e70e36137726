"""Words that tell of a life are known by their family, in both languages, and hostile words cost no time."""

from __future__ import annotations

import pytest

from redactor.people.telling.concepts import LITTLE, NOT, concepts_in, families


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("elle souffre d'une hernie discale", "health"),
        ("he takes blood thinners", "health"),
        ("sa belle-soeur est veuve", "family"),
        ("he owes two months of rent arrears", "money"),
        ("suspendue trois jours sans solde", "sanction"),
        ("reconnu coupable de voies de fait", "justice"),
        ("son rendement de l'annee est inferieur aux attentes", "appraisal"),
        ("she came as a refugee", "immigration"),
        ("originaire d'haiti, musulmane pratiquante", "origin"),
        ("il couche dans un refuge", "housing"),
    ],
)
def test_a_word_of_a_life_is_found_under_its_family(words: str, family: str) -> None:
    found = concepts_in(words, 0, len(words))
    assert family in {one.family for one in found}
    assert all(words[one.start : one.end].strip() for one in found)


@pytest.mark.parametrize("words", ["le ruisseau deborde en avril", "deux copies du plan sont jointes"])
def test_plain_words_are_of_no_personal_family(words: str) -> None:
    told = {one.family for one in concepts_in(words, 0, len(words))}
    assert not {name for name in told if not name.startswith(NOT) and not name.endswith(LITTLE)}


def test_the_file_holds_families_of_persons_and_families_of_none() -> None:
    names = families()
    assert {"health", "family", "money", "work", "sanction", "appraisal", "justice", "origin"} <= set(names)
    assert any(name.startswith(NOT) for name in names)


def test_a_word_without_end_is_read_once() -> None:
    assert concepts_in("x" * 300_000, 0, 300_000) == ()
