"""Whom a piece of text may tell of, and how it is tied to that person: a name, a pronoun, a noun, a row, a form."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from redactor.model import Role
from redactor.recognisers.lexicon import words as listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Facts, Person, PersonId
    from redactor.people.telling.pieces import Piece
    from redactor.recognisers.scene import Scene

REACH: Final = 450  # code points back to the person that a pronoun stands for
BESIDE: Final = 3  # code points between a name and what follows it directly
PRIVATE: Final = frozenset({Role.PRIVATE, Role.REQUESTER})
STAFF: Final = frozenset({Role.PUBLIC_STAFF, Role.SENIOR_MANAGEMENT, Role.ELECTED})
LETTERS: Final = frozenset({"letter", "email", "form", "decision"})  # kinds of document that speak to somebody
OUTSIDE: Final = frozenset({"citizen", "third_party"})  # authors who write of themselves
PRONOUN: Final = re.compile(
    r"(?<![\w'-])(?:il|elle|ils|elles|lui|celui-ci|celle-ci|ce dernier|cette derniere|he|she|him|hers?|his)(?![\w-])"
)
POSSESSIVE: Final = re.compile(r"(?<![\w'-])(?:son|sa|ses|leur|leurs|his|her|their)(?![\w-])")
FIRST: Final = re.compile(r"(?<![\w'-])(?:je|j'|moi|m'|mon|ma|mes|me|i|my|i'm|i've)(?![\w-])|(?<![\w-])[jm]'(?=\w)")
SECOND: Final = re.compile(r"(?<![\w'-])(?:vous|votre|vos|you|your)(?![\w-])")
KIN: Final = re.compile(
    r"(?<![\w-])(?:mari|femme|epoux|epouse|conjointe?|ex-conjointe?|fils|filles?|enfants?|freres?|soeurs?|pere|mere|parents"
    r"|oncle|tante|grand-mere|grand-pere|husband|wife|spouse|sons?|daughters?|child|children|brother|sister|father|mother)(?![\w-])"
)


class Tie(StrEnum):
    """How a piece is tied to the person it is nearest to."""

    NEXT = "next"  # right after the name
    SENTENCE = "sentence"  # the name stands before it in its sentence
    ROW = "row"  # the name stands in another cell of its row
    PRONOUN = "pronoun"  # a pronoun, and a name shortly before
    NOUN = "noun"  # "la plaignante"
    SELF = "self"  # "je", by somebody outside the body
    ADDRESSEE = "addressee"  # "vous", in a letter to a person
    READER = "reader"  # "vous", in a letter to somebody whose role is not known
    FILE = "file"  # the document is the file of one person
    BLOCK = "block"  # a name stands before it in its block
    LATER = "later"  # a name follows in its sentence
    NEAR = "near"  # a name stands shortly before
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Named:
    """A place in the view where a person is named."""

    start: int
    end: int
    person: PersonId | None
    role: str  # `private`, `maybe_private`, `staff`, `maybe_staff`, `other`, `unknown`


@dataclass(frozen=True, slots=True)
class Bond:
    """The tie of a piece and the person at its other end, where one is named."""

    tie: Tie
    role: str
    person: PersonId | None = None
    distance: int = 0  # code points from the name


@dataclass(frozen=True)
class Company:
    """The people named in a document, in order, and what the document is to them."""

    scene: Scene = field(repr=False)
    facts: Facts
    named: tuple[Named, ...]
    subject: int | None = None  # where the name stands of the one whose file it is
    addressee: int | None = None  # where the name stands of the one to whom a personal letter is written

    @cached_property
    def starts(self) -> list[int]:
        """Where the names begin."""
        return [one.start for one in self.named]

    def last_before(self, offset: int, floor: int) -> Named | None:
        """The last name that begins in [floor, offset)."""
        place = bisect_left(self.starts, offset) - 1
        return self.named[place] if place >= 0 and self.starts[place] >= floor else None

    def first_after(self, offset: int, limit: int) -> Named | None:
        """The first name that begins in [offset, limit)."""
        place = bisect_left(self.starts, offset)
        return self.named[place] if place < len(self.named) and self.starts[place] < limit else None

    def at(self, offset: int | None) -> Named | None:
        """The name that begins at `offset`."""
        return self._by_start.get(offset) if offset is not None else None

    @cached_property
    def _by_start(self) -> dict[int, Named]:
        return {one.start: one for one in self.named}


def role_key(person: Person | None) -> str:
    """The role of a person in one word, and whether it is only guessed."""
    if person is None or person.role is None:
        return "unknown"
    guessed = "" if person.role_strength.masks else "maybe_"
    if person.role in PRIVATE:
        return guessed + "private"
    return guessed + "staff" if person.role in STAFF else "other"


@lru_cache(maxsize=1)
def person_noun() -> re.Pattern[str]:
    """One person without a name: "la plaignante", "l'élève", "the tenant", "a resident"."""
    nouns = "|".join(sorted(map(re.escape, listed("person_nouns")), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w'-])(?:(?:la|le|the|ce|cette|cet|this|une?|an?)[ ](?:jeune |autre |young )?|l')(?:{nouns})(?![\w-])"
    )


def bond_of(company: Company, piece: Piece) -> Bond:
    """The closest tie of a piece."""
    words = company.scene.folded[piece.start : piece.end]
    before = company.last_before(piece.start, piece.sentence.start)
    if before is not None:
        tie = Tie.NEXT if piece.start - before.end <= BESIDE else Tie.SENTENCE
        return _bond(tie, before, piece)
    if piece.lot.cells and (in_row := _in_row(company, piece)) is not None:
        return _bond(Tie.ROW, in_row, piece)
    return _without_name(company, piece, words)


def _bond(tie: Tie, named: Named, piece: Piece) -> Bond:
    return Bond(tie, named.role, named.person, max(0, piece.start - named.end))


def _in_row(company: Company, piece: Piece) -> Named | None:
    """The person of the row: the first named in it."""
    return company.first_after(piece.lot.start, piece.lot.end)


def _without_name(company: Company, piece: Piece, words: str) -> Bond:
    near = company.last_before(piece.start, piece.start - REACH)
    spoken = _spoken(company, words)
    if spoken is not None:
        return spoken
    if near is not None and (PRONOUN.search(words) or POSSESSIVE.search(words)):
        return _bond(Tie.PRONOUN, near, piece)
    if (one := company.at(company.subject)) is not None:
        return Bond(Tie.FILE, "private", one.person)
    if person_noun().search(words):
        return Bond(Tie.NOUN, near.role if near else "unknown", near.person if near else None)
    return _loose(company, piece, near)


def _spoken(company: Company, words: str) -> Bond | None:
    """The tie of who speaks of himself, or is spoken to."""
    is_outside = str(company.facts.author) in OUTSIDE
    if is_outside:
        return Bond(Tie.SELF, "private") if FIRST.search(words) else None
    if not SECOND.search(words):
        return None
    if (one := company.at(company.addressee)) is not None:
        return Bond(Tie.ADDRESSEE, "private", one.person)
    return Bond(Tie.READER, "unknown") if str(company.facts.kind) in LETTERS else None


def _loose(company: Company, piece: Piece, near: Named | None) -> Bond:
    after = company.first_after(piece.end, piece.sentence.end)
    if near is not None and near.start >= piece.lot.start:
        return _bond(Tie.BLOCK, near, piece)
    if after is not None:
        return Bond(Tie.LATER, after.role, after.person)
    return _bond(Tie.NEAR, near, piece) if near is not None else Bond(Tie.NONE, "unknown")


def roles_near(company: Company, piece: Piece) -> Sequence[str]:
    """Roles of the persons named in the reach before a piece and in its sentence."""
    first = bisect_left(company.starts, piece.start - REACH)
    last = bisect_left(company.starts, piece.sentence.end)
    return [one.role for one in company.named[first:last]]
