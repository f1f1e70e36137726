"""Citations compared as citations, whatever the language and the way they are written."""

from __future__ import annotations

import pytest

from redactor.model import Lang
from redactor.policy.citations import Citation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("53", Citation("53")),
        ("s. 53", Citation("53")),
        ("art. 59.1", Citation("59.1")),
        ("article 37, al. 2", Citation("37", 2)),
        ("s. 37 (2)", Citation("37", 2)),
        ("section 37, par. 1", Citation("37", 1)),
        ("art. 57, al. 1, par. 3", Citation("57", 1, 3)),
        ("S. 57 (1)(3)", Citation("57", 1, 3)),
        ("art. 57, 4°", Citation("57", None, 4)),
    ],
)
def test_parsed(text: str, expected: Citation) -> None:
    assert Citation.parse(text) == expected


@pytest.mark.parametrize("text", ["", "x", "art.", "37 bis", "1234", "art. 37, al. deux", "53; 54"])
def test_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a citation"):
        Citation.parse(text)


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        ("s. 53", "s. 53(1)", True),
        ("s. 53", "art. 53", True),
        ("s. 53(1)", "s. 53", False),
        ("s. 37(1)", "art. 37, al. 1", True),
        ("s. 37(1)", "s. 37(2)", False),
        ("s. 5", "s. 53", False),
        ("s. 59", "s. 59.1", False),  # another section, not a part of it
    ],
)
def test_covers(wide: str, narrow: str, covers: bool) -> None:
    assert Citation.parse(wide).covers(Citation.parse(narrow)) is covers


@pytest.mark.parametrize("text", ["art. 37", "art. 37, al. 2", "art. 57, al. 1, par. 3"])
def test_there_and_back(text: str) -> None:
    assert Citation.parse(text).text(Lang.FR) == text
    assert Citation.parse(Citation.parse(text).text(Lang.EN)) == Citation.parse(text)
