"""Named features of the places where a person is named: the words around, the labels of its cell, the kind of document.

`role_ranker` weighs them; the words of the clues in `roles` are one kind of feature among others.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from redactor.model import UNKNOWN
from redactor.people import cues
from redactor.recognisers.lexicon import words
from redactor.text.honorifics import HONORIFICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.people.mentions import Cluster, Naming
    from redactor.people.reader import Reader
    from redactor.recognisers.scene import Cell, Lot, Scene

_WORD = re.compile(r"[a-z][a-z'\-]{0,24}|\d+|[:;,.()@|«»\"$–—]|~+")
_SIDE = 7  # words on each side that count
_REACH = 120  # code points on each side
_LISTS = ("functions", "senior", "elected", "private", "occupations")
_LEAST = 3  # letters of a word that stands for itself when it is not next to the name


def of_person(cluster: Cluster) -> Iterator[str]:
    """Features of a person by name, wherever the person is named."""
    parts = cluster.parts
    yield "bias"
    yield "name:full" if parts.is_full else "name:family" if parts.family else "name:given"
    yield f"times:{min(len(cluster.namings), 3)}"


def of_naming(reader: Reader, naming: Naming) -> Iterator[str]:
    """Features of one place where a person is named."""
    scene = reader.scene
    start, end = scene.view.at(naming.span.start), scene.view.at(naming.span.end)
    lot = scene.lot_at(start)
    if lot is None:
        return
    yield from _document(reader)
    yield f"zone:{lot.zone.value}"
    if lot.depth:
        yield "quoted"
    before, after = _sides(reader, lot, start, end)
    yield from _words(before[::-1], "b")
    yield from _words(after, "a")
    yield from _labels(scene, lot, start)
    yield from _told(reader, lot, end)


def _document(reader: Reader) -> Iterator[str]:
    facts = reader.facts
    for name, value in (("kind", facts.kind), ("author", facts.author), ("lang", facts.lang)):
        if value is not UNKNOWN:
            yield f"{name}:{value}"


def _sides(reader: Reader, lot: Lot, start: int, end: int) -> tuple[list[str], list[str]]:
    """The words before and after in the same cell or sentence; where a side holds none, those of the line beside."""
    scene = reader.scene
    cell = _piece(scene, lot, start)
    before = _WORD.findall(reader.blanked[max(cell.start, start - _REACH) : start])
    after = _WORD.findall(reader.blanked[end : min(cell.end, end + _REACH)])
    if not before and not lot.cells:
        before = [*_WORD.findall(scene.line_above(lot)), "\n"]
    if not after and not lot.cells and lot.index + 1 < len(scene.lots):
        below = scene.lots[lot.index + 1]
        after = ["\n", *_WORD.findall(reader.blanked[below.start : min(below.end, below.start + _REACH)])]
    return before[-_SIDE:], after[:_SIDE]


def _piece(scene: Scene, lot: Lot, start: int) -> Cell:
    segment = scene.segment_at(start)
    if lot.cells and segment is not None:
        return segment
    inside = [one for one in scene.sentences[lot.index] if one.start <= start < one.end]
    return inside[0] if inside else scene.sentences[lot.index][0]


def _words(near: list[str], side: str) -> Iterator[str]:
    """The words of one side, the nearest first: as themselves, by their place, and by the lists that hold them."""
    if not near:
        yield f"{side}:none"
        return
    skipped = [word for word in near if word not in HONORIFICS and word != "."]
    yield f"{side}1:{_known(skipped[0]) if skipped else 'none'}"
    for title in near[:2]:
        if title in HONORIFICS:
            yield f"{side}:title:{title}"
    for place, word in enumerate(skipped):
        if word.startswith("~"):
            yield f"{side}:person"
            continue
        if len(word) >= _LEAST:
            yield f"{side}:{word}"
        for name in _lists_of(word):
            yield f"{side}:{name}"
            if place < 3:
                yield f"{side}3:{name}"


def _known(word: str) -> str:
    return "person" if word.startswith("~") else "number" if word[0].isdigit() else word


@lru_cache(maxsize=20_000)
def _lists_of(word: str) -> tuple[str, ...]:
    """The lists of roles whose entries begin with the word."""
    found = tuple(name for name in _LISTS if cues.begins(name, word))
    return (*found, "person_noun") if word in words("person_nouns") else found


def _labels(scene: Scene, lot: Lot, start: int) -> Iterator[str]:
    if not lot.cells:
        return
    yield "cell"
    for word in _WORD.findall(scene.labels(lot, start)):
        if len(word) >= _LEAST:
            yield f"label:{word}"
            yield from (f"label:{name}" for name in _lists_of(word))
    for cell in lot.cells:
        if not cell.start <= start < cell.end and cell.end - cell.start < _REACH:
            first = _WORD.findall(scene.folded[cell.start : cell.end])[:2]
            yield from (f"row:{name}" for word in first for name in _lists_of(word))


def _told(reader: Reader, lot: Lot, end: int) -> Iterator[str]:
    """What private matter is told after the name in the same block."""
    for start, label in reader.told:
        if lot.start <= start < lot.end:
            yield "told:block"
            if 0 <= start - end < _REACH:
                yield f"told:{label}"
