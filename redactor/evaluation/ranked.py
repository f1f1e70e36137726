"""Clauses of annotated documents as the ranker sees them, with what the marks say each is: the matter of training.

Documents are rendered and read as any PDF would be, so that blocks and line ends are those of use.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from redactor.evaluation.renderer import render
from redactor.model import DocumentId
from redactor.passage_rules.features import Clause, clauses_in
from redactor.passage_rules.finder import open_passages
from redactor.passage_rules.places import surroundings_of
from redactor.pdf import reader
from redactor.text.passages import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redactor.evaluation.corpus import CorpusDocument
    from redactor.model import Document, Lexicon

MATTER: Final = ("AVIS", "ANALYSE")
SET_APART: Final = frozenset({"CABINET", "NOTE"})  # told by other means than sentences: no part in training
OTHERS: Final = frozenset({"third_party", "citizen", "minister_office", "mna"})  # authors whose advice is marked FAIT
LEAST_SHARE: Final = 0.4  # of the words of a clause under a mark from which the clause is of its kind
_WORD: Final = re.compile(r"\w+")
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A clause with its kind: a label of the guide or `none`. `weight` is 0 where the marks don't tell its nature."""

    document: str
    clause: Clause
    label: str
    weight: float
    words: int

    @property
    def matters(self) -> bool:
        """True for advice or analysis."""
        return self.label in MATTER


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated document as read from its PDF: `marks` of each word, by the place where the word begins."""

    source: CorpusDocument
    document: Document
    marks: Mapping[int, frozenset[int]] = field(default_factory=dict, repr=False)


def read(source: CorpusDocument) -> Read:
    """`source` set on pages and read again, its marks carried over word by word."""
    document = reader.read(render(source).pdf, document_id=DocumentId("d1"))
    over: list[set[int]] = [set() for _ in range(len(source.text) + 1)]
    for number, mark in enumerate(source.marks):
        for at in range(mark.start, mark.end):
            over[at].add(number)
    written = list(_WORD.finditer(source.text))
    found = list(_WORD.finditer(document.text))
    same = difflib.SequenceMatcher(None, [m.group() for m in written], [m.group() for m in found], autojunk=False)
    marks = {
        found[two + k].start(): frozenset(over[written[one + k].start()])
        for one, two, size in same.get_matching_blocks()
        for k in range(size)
    }
    return Read(source, document, marks)


def ranked(one: Read, lexicons: Sequence[Lexicon]) -> tuple[Ranked, ...]:
    """The clauses of a document, in reading order."""
    passages = split(one.document)
    around = surroundings_of(one.document, passages, lexicons=tuple(lexicons))
    clauses = clauses_in(around, open_passages(around, passages))
    return tuple(_ranked(one, clause) for clause in clauses)


def _ranked(one: Read, clause: Clause) -> Ranked:
    span = clause.span
    told = [m.start() + span.start for m in _WORD.finditer(span.of(one.document.text))]
    labels = Counter(_label(one, at) for at in told)
    label = next(
        (name for name in (*MATTER, "FAIT") if labels[name] >= LEAST_SHARE * len(told) > 0),
        labels.most_common(1)[0][0] if labels else "none",
    )
    weight = _weight(one.source, clause, label, has_letters=_LETTER.search(span.of(one.document.text)) is not None)
    return Ranked(one.source.name, clause, label, weight, len(told))


def _label(one: Read, at: int) -> str:
    chain = sorted((one.source.marks[k] for k in one.marks.get(at, ())), key=lambda mark: -mark.depth)
    named = (mark.label for mark in chain if mark.label not in {"PUBLIC", "PI"})
    return next(named, "none")


def _weight(source: CorpusDocument, clause: Clause, label: str, *, has_letters: bool) -> float:
    """0 for what a mark says after the law, not by its nature: lapsed advice, the words of others, decisions."""
    if label in SET_APART or not has_letters:
        return 0.0
    if label == "FAIT" and (_is_lapsed(source) or source.meta.get("author") in OTHERS or source.verdict == "release"):
        return 0.0
    is_open = source.meta.get("decision") != "made"
    return 1.0 if label != "FAIT" or is_open or not clause.evidence else 0.0


def _is_lapsed(source: CorpusDocument) -> bool:
    """True when the document is so old that its advice may be marked as fact: the marks alone don't say."""
    date, asked = source.day("date"), source.day("request_date")
    return date is None or asked is None or (asked - date) > dt.timedelta(days=4 * 365)


def all_ranked(sources: Sequence[CorpusDocument], lexicons: Sequence[Lexicon]) -> Iterator[Ranked]:
    """The clauses of all documents."""
    for source in sources:
        yield from ranked(read(source), lexicons)
