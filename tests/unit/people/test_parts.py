"""Parts of a name, and when two writings can be one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.people.parts import (
    Parts,
    families_match,
    gives_match,
    initials_alone,
    is_one_letter_apart,
    parts_of,
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Julie Tremblay", Parts("julie", "tremblay")),
        ("TREMBLAY, Julie", Parts("julie", "tremblay")),
        ("Mme Julie Tremblay", Parts("julie", "tremblay")),
        ("J.-F. Tremblay", Parts("j.-f.", "tremblay")),
        ("Hernandez, J. P.", Parts("j.p.", "hernandez")),
        ("Élisabeth de la Durantaye", Parts("elisabeth", "de la durantaye")),
        ("Tremblay", Parts("", "tremblay")),
        ("Manon", Parts("manon", "")),
        ("L'Écuyer-Roy", Parts("", "l'ecuyer-roy")),
    ],
)
def test_parts(name: str, parts: Parts) -> None:
    assert parts_of(name) == parts


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("julie", "julie", True), ("julie", "", True), ("j.", "julie", True), ("j.-f.", "jean-francois", True),
        ("j.p.", "juan", True), ("pat", "patrick", True), ("stephane", "stephanne", True), ("julie", "julien", True),
        ("julie", "marie", False), ("j.-f.", "julie-anne", False), ("anne", "rose", False),
    ],
)  # fmt: skip
def test_given_names(one: str, other: str, match: bool) -> None:
    assert gives_match(one, other) is match
    assert gives_match(other, one) is match


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("tremblay", "tremblay", True), ("tremblay", "trembley", True), ("tremblay", "trembaly", True),
        ("boisvert", "boisvert-n'guessan", False), ("roy", "rioux", False), ("roy", "rey", False),
        ("tzul", "ixcoy tzul", True),
    ],
)  # fmt: skip
def test_family_names(one: str, other: str, match: bool) -> None:
    assert families_match(one, other) is match
    assert families_match(other, one) is match


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_letter_apart_has_no_order(one: str, other: str) -> None:
    assert is_one_letter_apart(one, other) is is_one_letter_apart(other, one)


@given(st.text("abcd", min_size=2, max_size=8), st.integers(0, 7), st.sampled_from("xyz"))
def test_one_changed_letter_is_seen(word: str, at: int, letter: str) -> None:
    at %= len(word)
    assert is_one_letter_apart(word, word[:at] + letter + word[at + 1 :])
    assert is_one_letter_apart(word, word[:at] + letter + word[at:])
    assert not is_one_letter_apart(word, word)


@pytest.mark.parametrize(
    ("name", "letters"), [("W. P.-O.", "wpo"), ("J. T.-B.", "jtb"), ("J. Roy", ""), ("W.", ""), ("AB", "")]
)
def test_initials_alone(name: str, letters: str) -> None:
    assert initials_alone(name) == letters
