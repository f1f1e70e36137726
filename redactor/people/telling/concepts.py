"""Words that tell of a person's life, by family (health, family, money, work ...), and words that speak of no person.

The families stand in `data/concepts.txt`. What a family is worth, and whether a person stands near, is left to others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from redactor.recognisers.lexicon import sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PERSONAL_LABELS: Final[Mapping[str, str]] = {  # family -> label of what it tells
    "health": "PI.health",
    "family": "PI.family",
    "money": "PI.salary",
    "sanction": "PI.discipline",
    "justice": "PI.discipline",
    "appraisal": "PI.evaluation",
    "origin": "PI.origin",
    "immigration": "PI.immigration",
}
NOT: Final = "not_"  # begins the families that speak of no person
LITTLE: Final = "_little"  # ends the families whose words weigh little alone
_WORD: Final = re.compile(r"[a-z0-9]+")
_SHORTEST: Final = 2  # letters of the least stem
_LONGEST: Final = 16  # letters of the longest
_ENDINGS: Final = ("", "s", "e", "es")  # of a word written without a star


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word with its place."""

    start: int
    end: int
    letters: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Concept:
    """A word or phrase of a family, with its place."""

    family: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    family: str
    parts: tuple[str, ...]  # a part that ends in "*" takes any ending


def concepts_in(folded: str, start: int, end: int) -> tuple[Concept, ...]:
    """The concepts of `folded[start:end]`, a text in lower case without accents, in order."""
    words = [Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(folded, start, end)]
    found = {concept for at in range(len(words)) for concept in _at(words, at)}
    return tuple(sorted(found, key=lambda one: (one.start, one.family, one.end)))


def _at(words: Sequence[Word], at: int) -> Iterator[Concept]:
    letters = words[at].letters
    exact, stems = _index()
    keys = [exact.get(letters, ())]
    keys += [stems.get(letters[:size], ()) for size in range(_SHORTEST, min(_LONGEST, len(letters)) + 1)]
    for entries in keys:
        for entry in entries:
            last = at + len(entry.parts) - 1
            if last < len(words) and all(
                _fits(part, word.letters) for part, word in zip(entry.parts, words[at:], strict=False)
            ):
                yield Concept(entry.family, words[at].start, words[last].end)


def _fits(part: str, letters: str) -> bool:
    if part.endswith("*"):
        return letters.startswith(part[:-1])
    return letters.startswith(part) and letters[len(part) :] in _ENDINGS


@lru_cache(maxsize=1)
def _index() -> tuple[Mapping[str, tuple[_Entry, ...]], Mapping[str, tuple[_Entry, ...]]]:
    """Entries by their first word written out, and by the stem of their first word."""
    exact: dict[str, tuple[_Entry, ...]] = {}
    stems: dict[str, tuple[_Entry, ...]] = {}
    for entry in _entries():
        first = entry.parts[0]
        if first.endswith("*"):
            stems[first[:-1]] = (*stems.get(first[:-1], ()), entry)
            continue
        for ending in _ENDINGS:
            exact[first + ending] = (*exact.get(first + ending, ()), entry)
    return exact, stems


def _entries() -> Iterator[_Entry]:
    text = files("redactor.people.telling").joinpath("data", "concepts.txt").read_text(encoding="utf-8")
    for family, lines in sections(text).items():
        for word in {word for line in lines for word in line.split()}:
            parts = tuple(part for part in re.split(r"[_'-]+", word) if part)
            yield _Entry(family, parts)


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """The names of all families, in the order of the file."""
    return tuple(dict.fromkeys(entry.family for entry in _entries()))
