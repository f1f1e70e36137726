"""Cuts sentences and cells into pieces: between commas, links, brackets and the values that stand in them.

A piece is what is weighed and, alone or with its neighbours, what is hidden. It says what stands at its left.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.recognisers.scene import Cell, Lot, Scene

_CUT: Final = re.compile(
    r"(?P<bracket>[ ]?[(\[][ ]?)|(?P<close>[)\]])|(?P<colon>[ ]?:(?=[ ])|[ ]?:$)|(?P<stop>[;.!?](?=[ ]|$)|\|)"
    r"|(?P<quote>[«»“”\"])|(?P<dash>[ ][–—-](?=[ ]))|(?P<comma>,(?=[ ]))"
    r"|[ ](?=(?:(?P<which>qui|who|whom|dont)|(?P<that>que|qu'\w+|that)|(?P<plus>et|and|puis|then|ou|or)"
    r"|(?P<but>mais|but|car|because|parce|alors que|tandis|while|lorsqu\w*|quand|when|since|depuis que|donc|so)"
    r")(?:[ ]|'))"
)
_LETTERS: Final = re.compile(r"[^\W_]")
VALUE: Final = "value"  # what stands at the left of a piece that follows a name or a number
START: Final = "start"


@dataclass(frozen=True, slots=True)
class Value:
    """A name or number in the view: a piece never reaches over it."""

    start: int
    end: int
    is_name: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """[start, end) of the view, in its block and sentence; `left` is what stands before it (`comma`, `which`, ...)."""

    start: int
    end: int
    lot: Lot
    sentence: Cell
    column: int  # of its cell in a table row; 0 elsewhere
    left: str


def pieces_of(scene: Scene, values: Sequence[Value]) -> tuple[Piece, ...]:
    """All pieces that hold a letter or digit, in reading order; `values` in order, without overlap."""
    starts = [value.start for value in values]
    return tuple(
        piece
        for lot in scene.lots
        for sentence in scene.sentences[lot.index]
        for piece in _of_sentence(scene, lot, sentence, values[slice(*_range(starts, sentence))])
    )


def _range(starts: Sequence[int], sentence: Cell) -> tuple[int, int]:
    return max(0, bisect_left(starts, sentence.start) - 1), bisect_left(starts, sentence.end)


def _of_sentence(scene: Scene, lot: Lot, sentence: Cell, values: Sequence[Value]) -> Iterator[Piece]:
    column = next((at for at, cell in enumerate(lot.cells) if cell.start <= sentence.start < cell.end), 0)
    at, left = sentence.start, START
    for start, end, what in [*_cuts(scene, sentence, values), (sentence.end, sentence.end, "")]:
        if start > at and _LETTERS.search(scene.text, at, start):
            yield Piece(at, start, lot, sentence, column, left)
            left = what
        elif what:
            left = what if left in {START, VALUE} or what in {VALUE, "bracket"} else left
        at = max(at, end)


def _cuts(scene: Scene, sentence: Cell, values: Sequence[Value]) -> list[tuple[int, int, str]]:
    """Places where the sentence is cut, in order, each with what stands there; none inside a value."""
    inside = [value for value in values if value.start < sentence.end and value.end > sentence.start]
    starts = [value.start for value in inside]
    found = [(one.start, min(one.end, sentence.end), VALUE) for one in inside]
    for match in _CUT.finditer(scene.folded, sentence.start, sentence.end):
        last = bisect_right(starts, match.start()) - 1
        if last < 0 or inside[last].end <= match.start():
            found.append((match.start(), match.end(), match.lastgroup or ""))
    return sorted(found)
