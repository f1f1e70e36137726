"""Words of a cell or block with their shape, and the runs of words that may be a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from redactor.recognisers.view import fold
from redactor.text.honorifics import PARTICLES, is_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.recognisers.scene import Scene

_WORD = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.){0,4}(?![^\W\d_])|[^\W\d_]{1,60}(?:['\-][^\W\d_]{1,60}){0,6}")
_ELISION = re.compile(
    r"(?:[dlnsjmtc]|qu|jusqu|lorsqu|puisqu|presqu)'(?=[A-ZÀ-Ý])|(?:[DLNSJMTC]|Qu|Jusqu|Lorsqu|Puisqu)'(?=[a-zà-ÿ])"
)
_INITIALS = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.){0,4}$")
_SHORTENED = frozenset(
    ["th", "ch", "chr", "ph", "fr", "jos", "wm", "geo", "st", "ste", "jr", "alb", "ed", "ad", "ern", "alex", "gab"]
)  # given names cut short by a point
MAX_NAME_WORDS = 7  # words: "Mme Marie-Ève de la Bruère St-Hilaire Ouellet" has six


class Kind(StrEnum):
    """Shape of a word."""

    CAPITAL = "capital"  # Tremblay, L'Heureux, McPherson
    UPPER = "upper"  # TREMBLAY
    INITIAL = "initial"  # J.  J.-F.
    PARTICLE = "particle"  # de, van, El
    TITLE = "title"  # M., Mme, Dr
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the view."""

    start: int
    end: int
    kind: Kind
    word: str = field(repr=False)


def tokens_in(scene: Scene, start: int, end: int) -> tuple[Token, ...]:
    """The words of [start, end), an elided article set apart."""
    return tuple(_token(match, scene.text) for match in _WORD.finditer(scene.text, start, end))


def runs(tokens: tuple[Token, ...], text: str) -> Iterator[tuple[Token, ...]]:
    """The longest stretches of words that may name a person, separated by single blanks only."""
    run: list[Token] = []
    for token in tokens:
        if run and not _joined(run[-1], token, text):
            yield from _trimmed(run)
            run = []
        if token.kind is not Kind.OTHER and (run or token.kind is not Kind.PARTICLE or token.word[0].isupper()):
            run.append(token)
        elif token.kind is Kind.OTHER:
            yield from _trimmed(run)
            run = []
    yield from _trimmed(run)


def _trimmed(run: list[Token]) -> Iterator[tuple[Token, ...]]:
    while run and run[-1].kind is Kind.PARTICLE:
        run = run[:-1]
    if run:
        yield tuple(run)


def _joined(left: Token, right: Token, text: str) -> bool:
    gap = text[left.end : right.start]
    if left.kind is Kind.TITLE:
        return gap in {" ", ". ", "  ", "\n"}
    if gap == ". " and fold(left.word) in _SHORTENED:
        return True
    return gap in {" ", "  "} or (gap == "" and left.kind in {Kind.INITIAL, Kind.PARTICLE})


def _token(match: re.Match[str], text: str) -> Token:
    word = match.group()
    elided = _ELISION.match(word)
    start = match.start() + (elided.end() if elided else 0)
    word = text[start : match.end()]
    return Token(start, match.end(), _kind(word), word)


def _kind(word: str) -> Kind:
    folded = fold(word)
    if is_title(word):
        return Kind.TITLE
    if _INITIALS.match(word):
        return Kind.INITIAL if word[0].isupper() else Kind.OTHER
    if folded in PARTICLES and (word.islower() or len(word) <= 3):
        return Kind.PARTICLE
    if len(word) > 1 and word.isupper():
        return Kind.UPPER
    if word[0].isupper() or re.match(r"[a-z]{1,2}['\-][A-ZÀ-Ý]", word):
        return Kind.CAPITAL
    return Kind.OTHER
