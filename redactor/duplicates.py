"""Finds documents of a request that say the same: same bytes, same text, an earlier draft, a message quoted in another.

Texts are compared by runs of folded words; nothing of them is kept. What to do of a pair is left to a person.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Any, assert_never

import numpy as np

from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from redactor.model import Document

RUN = 5  # words of a run: shorter ones are shared by all letters of an office
HASHES = 128  # permutations of MinHash; the error of an estimate is about 1/sqrt(128), 9 points
BAND = 4  # hashes of a band: 32 bands find pairs alike by a half and more nearly always
NEAR = 0.6  # share of runs in common (Jaccard) from which two texts are drafts of one another
INSIDE = 0.85  # share of the runs of the shorter text that stand in the longer one
LEAST_WORDS = 20  # words under which a likeness tells nothing
RARE = 60  # documents that may share a run before it counts as printed matter
WORDS = re.compile(r"\w+")
PRIME = (1 << 31) - 1  # of the permutations; the largest that keeps products within 64 bits


class Likeness(StrEnum):
    """How two documents are alike."""

    EXACT = "exact"
    SAME_TEXT = "same_text"
    DRAFT = "draft"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Text:
    """A document to compare; `document` is None for one that could not be read."""

    file: str = field(repr=False)
    sha256: str | None
    document: Document | None


@dataclass(frozen=True, slots=True)
class Twin:
    """Another document that is like this one; `score` is a share of runs of words, from 0 to 1."""

    file: str = field(repr=False)
    likeness: Likeness
    score: float
    holds: bool = False  # of QUOTED: this one holds the other

    def as_json(self) -> dict[str, Any]:
        """The entry of `duplicates` in the report."""
        french, english = self._reasons()
        return {
            "file": self.file, "kind": self.likeness.value, "score": round(self.score, 2),
            "raison": french, "reason": english,
        }  # fmt: skip

    def _reasons(self) -> tuple[str, str]:
        share = round(100 * self.score)
        match self.likeness:
            case Likeness.EXACT:
                return "le même fichier, octet pour octet", "the same file, byte for byte"
            case Likeness.SAME_TEXT:
                return "le même texte dans un autre fichier", "the same text in another file"
            case Likeness.DRAFT:
                return f"une autre version : {share} % du texte en commun", f"another version: {share} % in common"
            case Likeness.QUOTED if self.holds:
                return f"ce document contient l'autre ({share} %)", f"this document holds the other ({share} %)"
            case Likeness.QUOTED:
                return f"contenu dans l'autre ({share} %)", f"held in the other ({share} %)"
            case _:
                assert_never(self.likeness)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What of a text is compared."""

    file: str = field(repr=False)
    sha256: str | None
    words: str = field(repr=False)  # a digest
    runs: NDArray[np.uint64] = field(repr=False)  # sorted, each once


def found(texts: Sequence[Text]) -> dict[str, tuple[Twin, ...]]:
    """The twins of each document that has some, by its `file`, the likest first."""
    shapes = [_shape(one) for one in texts]
    twins: dict[str, list[Twin]] = defaultdict(list)
    for first, second in sorted(_candidates(shapes)):
        for file, twin in _compared(shapes[first], shapes[second]):
            twins[file].append(twin)
    return {file: tuple(sorted(some, key=lambda one: (-one.score, one.file))) for file, some in twins.items()}


def _shape(text: Text) -> _Shape:
    words = WORDS.findall(fold(text.document.text)) if text.document is not None else []
    if len(words) < LEAST_WORDS:
        return _Shape(text.file, text.sha256, _digest(words) if words else "", np.empty(0, dtype=np.uint64))
    runs = {
        int.from_bytes(hashlib.blake2b(" ".join(words[at : at + RUN]).encode(), digest_size=8).digest(), "big")
        for at in range(len(words) - RUN + 1)
    }
    return _Shape(text.file, text.sha256, _digest(words), np.array(sorted(runs), dtype=np.uint64))


def _digest(words: Sequence[str]) -> str:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()


def _candidates(shapes: Sequence[_Shape]) -> set[tuple[int, int]]:
    """Pairs that may be alike: same bytes, same words, a band of MinHash or some runs in common."""
    pairs: set[tuple[int, int]] = set()
    pairs |= _with_first((shape.sha256, number) for number, shape in enumerate(shapes) if shape.sha256)
    pairs |= _with_first((shape.words, number) for number, shape in enumerate(shapes) if shape.words)
    bands = ((band, number) for number, shape in enumerate(shapes) for band in _bands(shape.runs))
    pairs |= _pairs(bands)
    return pairs | _pairs(_anchors(shapes))


def _pairs(keyed: Iterable[tuple[object, int]]) -> set[tuple[int, int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for key, number in keyed:
        groups[key].append(number)
    return {pair for group in groups.values() if len(group) <= RARE for pair in combinations(sorted(set(group)), 2)}


def _with_first(keyed: Iterable[tuple[object, int]]) -> set[tuple[int, int]]:
    """Copies are told of the first of them only: a thousand copies have half a million pairs."""
    first: dict[object, int] = {}
    return {(first[key], number) for key, number in keyed if first.setdefault(key, number) != number}


def _bands(runs: NDArray[np.uint64]) -> list[tuple[int, bytes]]:
    if not len(runs):
        return []
    chance = np.random.default_rng(20241002)  # any fixed seed: the same permutations for every text
    a = chance.integers(1, PRIME, HASHES, dtype=np.uint64)
    b = chance.integers(0, PRIME, HASHES, dtype=np.uint64)
    least = np.full(HASHES, PRIME, dtype=np.uint64)
    for begin in range(0, len(runs), 4096):
        some = runs[begin : begin + 4096, None] % np.uint64(PRIME)
        least = np.minimum(least, ((some * a + b) % np.uint64(PRIME)).min(axis=0))
    return [(at, least[at : at + BAND].tobytes()) for at in range(0, HASHES, BAND)]


def _anchors(shapes: Sequence[_Shape]) -> Iterable[tuple[object, int]]:
    """A sixteenth of the runs, the same in every text: a quoted message shares some with what quotes it."""
    for number, shape in enumerate(shapes):
        for run in shape.runs[shape.runs % np.uint64(16) == 0].tolist():
            yield run, number


def _compared(first: _Shape, second: _Shape) -> list[tuple[str, Twin]]:
    if first.sha256 is not None and first.sha256 == second.sha256:
        return _both(first, second, Likeness.EXACT, 1.0)
    if first.words and first.words == second.words:
        return _both(first, second, Likeness.SAME_TEXT, 1.0)
    if not len(first.runs) or not len(second.runs):
        return []
    common = len(np.intersect1d(first.runs, second.runs, assume_unique=True))
    alike = common / (len(first.runs) + len(second.runs) - common)
    if alike >= NEAR:
        return _both(first, second, Likeness.DRAFT, alike)
    short, long = sorted((first, second), key=lambda one: len(one.runs))
    inside = common / len(short.runs)
    if inside < INSIDE:
        return []
    return [
        (short.file, Twin(long.file, Likeness.QUOTED, inside)),
        (long.file, Twin(short.file, Likeness.QUOTED, inside, holds=True)),
    ]


def _both(first: _Shape, second: _Shape, likeness: Likeness, score: float) -> list[tuple[str, Twin]]:
    return [(first.file, Twin(second.file, likeness, score)), (second.file, Twin(first.file, likeness, score))]
