"""What the words of a clause weigh: a number for each frequent word, and one for the beginnings of words.

The numbers (`data/words.json`) come from the vectors of a language model and from annotated clauses, by
`redactor.evaluation.training`: a word that nobody annotated weighs like those that stand in the same company.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.text.phrases import Token

BEGINNING: Final = 5  # letters: enough to keep a family of words together (`recom`, `prefe`)
NUMBER: Final = "#"  # stands for any word with a digit
SIGNS: Final = frozenset('?!:;()«»"%$')  # signs that count as words


@dataclass(frozen=True, slots=True)
class Table:
    """Weights of words and of beginnings; 0 for any other."""

    words: Mapping[str, float] = field(default_factory=dict, repr=False)
    beginnings: Mapping[str, float] = field(default_factory=dict, repr=False)

    def of(self, word: str) -> float:
        """Weight of one word."""
        return self.words.get(word, 0.0) + self.beginnings.get(beginning(word), 0.0)

    def sum_of(self, words: Sequence[str]) -> float:
        """Weight of the words of a clause together, whose share shrinks as there are more."""
        return sum(self.of(word) for word in words) / math.sqrt(len(words)) if words else 0.0


def words_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The words of a clause as the table knows them."""
    return tuple(known for token in tokens if (known := _known(token.word)))


def beginning(word: str) -> str:
    """The first letters of a word."""
    return word[:BEGINNING]


def _known(word: str) -> str:
    if any(char.isdigit() for char in word):
        return NUMBER
    return word if word[0].isalpha() or word in SIGNS else ""
