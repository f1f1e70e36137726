"""What a right redaction keeps and withholds, word by word, with the place of each word on its page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from redactor.evaluation.notation import PASSAGES, Mark, MarkedText

if TYPE_CHECKING:
    from redactor.evaluation.corpus import CorpusDocument

Rectangle = tuple[float, float, float, float]


class Expect(StrEnum):
    """What the law asks of a word."""

    KEEP = "keep"
    MAY = "may"
    MUST = "must"


BY_LABEL = {"CABINET": Expect.MUST, "AVIS": Expect.MAY, "ANALYSE": Expect.MAY, "NOTE": Expect.MAY}


@dataclass(frozen=True, slots=True)
class GoldWord:
    """A word, or the part of one that stands under the same marks. Points from the top left; `spans` are mark ids."""

    text: str = field(repr=False)
    box: Rectangle
    page: int
    labels: frozenset[str] = frozenset()
    subtypes: frozenset[str] = frozenset()
    expect: Expect = Expect.KEEP
    spans: tuple[str, ...] = ()
    at: tuple[int, int] | None = None  # in the document's text; None in headers and footers

    @property
    def counts(self) -> bool:
        """False for punctuation alone: nobody is judged on it."""
        return bool(re.search(r"\w", self.text))

    @property
    def is_personal(self) -> bool:
        """True when a PI mark stands over the word."""
        return "PI" in self.labels

    @property
    def is_passage(self) -> bool:
        """True when the word may or must go because of the passage it stands in."""
        return self.expect is not Expect.KEEP and any(label in self.labels for label in PASSAGES)


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A mark with the id that its words carry, and the words."""

    id: str
    label: str
    subtype: str | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gold:
    """A rendered document: its words page by page, bullets and page numbers among them, and its marks."""

    document: CorpusDocument
    pages: tuple[tuple[GoldWord, ...], ...]
    spans: tuple[GoldSpan, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A marked text with the marks over each of its characters; `prefix` goes before the ids of its marks."""

    text: str = field(repr=False)
    marks: tuple[Mark, ...]
    over: tuple[frozenset[int], ...] = field(repr=False)
    prefix: str = ""
    in_body: bool = True

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """The word [start, end) cut wherever the marks over it change."""
        cuts = [k for k in range(start + 1, end) if self.over[k] != self.over[k - 1]]
        edges = [start, *cuts, end]
        return list(pairwise(edges))

    def word(self, start: int, end: int, *, box: Rectangle, page: int) -> GoldWord:
        """The gold word of one piece."""
        over = sorted(((self.marks[k].depth, k) for k in self.over[start]), reverse=True)
        chain = [self.marks[k] for _, k in over]
        x0, y0, x1, y1 = (round(value, 2) for value in box)
        return GoldWord(
            text=self.text[start:end],
            box=(x0, y0, x1, y1),
            page=page,
            labels=frozenset(mark.label for mark in chain),
            subtypes=frozenset(mark.kind for mark in chain if mark.subtype),
            expect=expectation(chain),
            spans=tuple(f"{self.prefix}{k}" for _, k in over),
            at=(start, end) if self.in_body else None,
        )

    def spans(self) -> tuple[GoldSpan, ...]:
        """The marks, with their ids and words."""
        return tuple(
            GoldSpan(f"{self.prefix}{k}", mark.label, mark.subtype, self.text[mark.start : mark.end])
            for k, mark in enumerate(self.marks)
        )


def expectation(chain: list[Mark]) -> Expect:
    """What the marks over a word, innermost first, ask of it: PI prevails, then the first that is not PUBLIC."""
    if any(mark.label == "PI" for mark in chain):
        return Expect.MUST
    first = next((mark.label for mark in chain if mark.label != "PUBLIC"), "")
    return BY_LABEL.get(first, Expect.KEEP)


def source_of(marked: MarkedText, *, prefix: str = "", in_body: bool = True) -> Source:
    """A marked text ready to be set on pages."""
    over: list[set[int]] = [set() for _ in range(len(marked.text) + 1)]
    for k, mark in enumerate(marked.marks):
        for at in range(mark.start, mark.end):
            over[at].add(k)
    return Source(marked.text, marked.marks, tuple(frozenset(each) for each in over), prefix, in_body)
