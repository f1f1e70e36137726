"""Whom a piece may tell of: the name before it, a pronoun, a row, the writer, the reader; else nobody."""

from __future__ import annotations

import pytest

from redactor.model import Facts, Finding, PersonId, Role, Span, Strength
from redactor.people.elements import Sheet
from redactor.people.telling.ground import ground_of
from redactor.people.telling.pieces import pieces_of
from redactor.people.telling.ties import Bond, Tie, bond_of
from tests.unit.people.telling.test_pieces import scene

NAME = "Ida Noël"


def bonds(text: str, *, author: str = "staff", kind: str = "note") -> dict[str, Bond]:
    """The bond of every piece, by its words, when the only name is a person's whose role nothing tells."""
    seen = scene(text)
    at = text.find(NAME)
    names = [] if at < 0 else [Finding(Span(at, at + len(NAME)), "PI.name", Strength.STRONG, "x", (), PersonId("p1"))]
    ground = ground_of(Sheet(seen, Facts(author=author, kind=kind)), names, ())
    return {
        seen.text[one.start : one.end].strip(): bond_of(ground.company, one) for one in pieces_of(seen, ground.values)
    }


@pytest.mark.parametrize(
    ("text", "piece", "tie"),
    [
        ("Mme Ida Noël boit depuis mars.", "boit depuis mars", Tie.NEXT),
        ("Mme Ida Noël boit, dort peu.", "dort peu", Tie.SENTENCE),
        ("Mme Ida Noël écrit. Elle boit.", "Elle boit", Tie.PRONOUN),
        ("Mme Ida Noël écrit. La plaignante boit.", "La plaignante boit", Tie.NOUN),
        ("Mme Ida Noël écrit. Aucun reçu.", "Aucun reçu", Tie.BLOCK),
        ("Après un deuil, Mme Ida Noël écrit.", "Après un deuil", Tie.LATER),
        ("Le pont rouille.", "Le pont rouille", Tie.NONE),
    ],
)
def test_the_closest_tie_holds(text: str, piece: str, tie: Tie) -> None:
    assert bonds(text)[piece].tie is tie


def test_who_writes_of_himself_is_private_and_an_official_is_not() -> None:
    assert bonds("Je dors mal.", author="citizen")["Je dors mal"] == Bond(Tie.SELF, "private")
    assert bonds("Je dors mal.", author="staff")["Je dors mal"].tie is Tie.NONE


def test_you_is_somebody_in_a_letter_alone() -> None:
    assert bonds("Vous dormez mal.", kind="letter")["Vous dormez mal"].tie is Tie.READER
    assert bonds("Vous dormez mal.", kind="report")["Vous dormez mal"].tie is Tie.NONE


def test_roles_are_private_official_or_unknown() -> None:
    assert bonds("Mme Ida Noël boit.")["boit"].role == "unknown"
    assert Role.PRIVATE.value == "private"
