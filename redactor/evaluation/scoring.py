"""One document judged: each gold word against the released file and against what the run flagged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.evaluation.gold import Expect, Gold, GoldWord
from redactor.evaluation.masked import Fate, judged
from redactor.evaluation.reading import beside_pages, read_pages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from redactor.evaluation.reading import ReadPage
    from redactor.evaluation.runreport import Claim, DocumentReport

WITHHELD = 0.80  # share of words masked from which a document to be refused counts as withheld
WHOLLY = 0.95  # the same, for a document that was to be released
SHORTEST_VALUE = 5  # characters: a shorter value found in metadata is chance


@dataclass(frozen=True, slots=True)
class ScoredWord:
    """A gold word and what became of it; `flagged`: readable, but shown to a person."""

    word: GoldWord
    fate: Fate
    flagged: bool = False

    @property
    def masked(self) -> bool:
        """True when nobody can read it in what was released."""
        return self.fate is Fate.MASKED

    @property
    def missed(self) -> bool:
        """True when it had to, or could, be withheld and was not."""
        return self.word.expect is not Expect.KEEP and not self.masked


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """A judged document. `words` leave punctuation out; `leaks_beside` counts values in metadata or annotations."""

    gold: Gold
    words: tuple[ScoredWord, ...] = field(repr=False)
    missing: bool
    pages_differ: bool = False
    raster_pages: int = 0
    leaks_beside: int = 0
    report: DocumentReport | None = None

    @property
    def share_masked(self) -> float:
        """Of all words, from 0 to 1."""
        return sum(one.masked for one in self.words) / max(1, len(self.words))

    @property
    def to_refuse(self) -> bool:
        """True when the whole document should have been withheld: its words are judged apart."""
        return self.gold.document.verdict == "refuse"

    @property
    def rightly_absent(self) -> bool:
        """True when withholding it whole is one of two right answers, and it was withheld."""
        return self.missing and not self.to_refuse and "refuse" in self.gold.document.verdicts


def score(gold: Gold, *, released: Path | None, report: DocumentReport | None = None) -> ScoredDocument:
    """The document judged; `released` None means that nothing of it left."""
    if released is None:
        return ScoredDocument(gold, _absent(gold), missing=True, report=report)
    data = released.read_bytes()
    pages = read_pages(data)
    return ScoredDocument(
        gold=gold,
        words=_judge(gold, pages, report),
        missing=False,
        pages_differ=len(pages) != len(gold.pages),
        raster_pages=sum(page.textless for page in pages[: len(gold.pages)]),
        leaks_beside=_leaks(gold, beside_pages(data)),
        report=report,
    )


def _absent(gold: Gold) -> tuple[ScoredWord, ...]:
    """No file: right where all had to be withheld; elsewhere words are lost and secrets count as shown."""
    right = gold.document.verdict == "refuse"
    words = (word for page in gold.pages for word in page if word.counts)
    return tuple(ScoredWord(word, Fate.MASKED if right or word.expect is Expect.KEEP else Fate.KEPT) for word in words)


def _judge(gold: Gold, pages: tuple[ReadPage, ...], report: DocumentReport | None) -> tuple[ScoredWord, ...]:
    flags = report.flags if report else ()
    scored: list[ScoredWord] = []
    for number, words in enumerate(gold.pages):
        page = judged(pages[number]) if number < len(pages) else None
        for word in words:
            if word.counts:
                fate = page.fate(word) if page else Fate.MASKED
                scored.append(ScoredWord(word, fate, flagged=lies_in(word, flags)))
    return tuple(scored)


def lies_in(word: GoldWord, claims: tuple[Claim, ...]) -> bool:
    """True when the centre of the word lies in a box of one of the claims."""
    x0, y0, x1, y1 = word.box
    return any(claim.covers(word.page, (x0 + x1) / 2, (y0 + y1) / 2) for claim in claims)


def _leaks(gold: Gold, beside: str) -> int:
    values = {span.text for span in gold.spans if span.label == "PI" and len(span.text) >= SHORTEST_VALUE}
    return sum(value in beside for value in values)


def by_kind(documents: tuple[ScoredDocument, ...]) -> Mapping[str, tuple[ScoredDocument, ...]]:
    """The documents by language and by kind, as the front matter tells them."""
    groups: dict[str, list[ScoredDocument]] = {}
    for one in documents:
        meta = one.gold.document.meta
        for name in (f"lang {meta.get('lang')}", f"kind {meta.get('kind')}"):
            groups.setdefault(name, []).append(one)
    return {name: tuple(groups[name]) for name in sorted(groups)}
