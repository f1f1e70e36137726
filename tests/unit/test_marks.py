"""The helper that compares findings with marks must itself be able to fail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from redactor.errors import BadMarks
from redactor.model import Finding, Span, Strength
from tests.marks import assert_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Document, Passage


def codes(document: Document, _: Sequence[Passage]) -> Iterator[Finding]:
    """A finder for the tests: every word of three capitals is a plate."""
    for match in re.finditer(r"\b[A-Z]{3}\b", document.text):
        yield Finding(Span(*match.span()), "PI.plate", Strength.STRONG, "test")


def test_what_is_marked_is_found() -> None:
    assert_marks("La voiture ⟦PI.plate|ABC⟧, le modèle ⟦PUBLIC|Abc⟧.", codes)


@pytest.mark.parametrize(
    "text",
    [
        "La voiture ABC et la ⟦PI.plate|DEF⟧.",  # found without a mark
        "La voiture ⟦PI.plate|abc⟧ et la ⟦PI.plate|DEF⟧.",  # marked and not found
        "La voiture ⟦PI.plate|la ABC⟧.",  # other words
        "La voiture ⟦PI.sin|ABC⟧.",  # another label
        "La voiture ⟦PI.plate strength=WEAK|ABC⟧.",  # a flag was wanted
        "La voiture ⟦PUBLIC|ABC⟧.",  # a decoy was taken
        "La voiture abc.",  # nothing is marked
    ],
)
def test_a_difference_fails(text: str) -> None:
    with pytest.raises(AssertionError):
        assert_marks(text, codes)


@pytest.mark.parametrize("text", ["La voiture ⟦PI.plate|ABC.", "La voiture ABC⟧.", "La voiture ⟦ABC⟧."])
def test_unbalanced_marks_are_refused(text: str) -> None:
    with pytest.raises(BadMarks):
        assert_marks(text, codes)
