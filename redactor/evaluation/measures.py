"""The figures: what share of what, each with its count. Definitions are the docstrings of the fields' makers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.evaluation.interval import Share, share
from redactor.evaluation.notation import PASSAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redactor.evaluation.gold import GoldWord
    from redactor.evaluation.scoring import ScoredDocument, ScoredWord

FOUND = 0.80  # share of a passage's words masked from which the passage counts as found
DIRECT_KINDS = (
    "name address phone email dob sin ramq licence student_code employee_no bank card signature ip plate"  # values
)
DIRECT = frozenset(f"PI.{kind}" for kind in DIRECT_KINDS.split())
SMALL = (  # articles, pronouns and auxiliaries at the edge of a clause: not scored
    "le la les l un une des du de d à au aux et ou en dans par pour sur que qu qui se s est a ont il elle son sa ses "
    "mon ma ce n ne pas y the a an of to in and or is was has had her his my i he she it on for at by with that which "
    "who be been will depuis the"
)
SMALL_WORDS = frozenset(SMALL.split())


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares over words, values and passages of documents that are to leave, whole or in part."""

    masked: Share
    pi_recall: Share
    pi_direct_recall: Share
    pi_descriptive_recall: Share
    pi_precision: Share
    pi_value_recall: Share
    public_masked: Share
    fait_masked: Share
    passage_recall: Share
    passage_word_recall: Share
    passage_precision: Share
    keep_masked: Share
    misses_flagged: Share
    pi_recall_by_subtype: Mapping[str, Share]
    pi_values_by_subtype: Mapping[str, Share]
    passage_recall_by_label: Mapping[str, Share]
    covered_but_extractable: int


def measure(documents: Sequence[ScoredDocument]) -> Measures:
    """The figures of some documents taken together.

    `pi_precision`: of the masked words outside passages, those that are PI. `passage_precision`: of the masked words
    outside PI, those in a passage to withhold. `misses_flagged`: of the words to withhold that stayed readable, those
    a flag shows to a person.
    """
    words = [one for document in documents for one in document.words]
    values = [(label, masked) for document in documents for label, _, masked in span_shares(document)]
    return Measures(
        masked=masked_share(words),
        pi_recall=masked_share(one for one in words if one.word.is_personal),
        pi_direct_recall=masked_share(one for one in words if is_direct(one.word)),
        pi_descriptive_recall=masked_share(one for one in words if is_descriptive(one.word)),
        pi_precision=share(one.word.is_personal for one in words if one.masked and not one.word.is_passage),
        pi_value_recall=share(masked == 1.0 for label, masked in values if label == "PI"),
        public_masked=masked_share(one for one in words if is_kept(one.word) and "PUBLIC" in one.word.labels),
        fait_masked=masked_share(one for one in words if is_kept(one.word) and "FAIT" in one.word.labels),
        passage_recall=share(masked >= FOUND for label, masked in values if label in {"AVIS", "ANALYSE"}),
        passage_word_recall=masked_share(one for one in words if one.word.is_passage and not one.word.is_personal),
        passage_precision=share(one.word.is_passage for one in words if one.masked and not one.word.is_personal),
        keep_masked=masked_share(one for one in words if is_kept(one.word)),
        misses_flagged=share(one.flagged for one in words if one.missed),
        pi_recall_by_subtype=by_subtype(words),
        pi_values_by_subtype=values_by_subtype(documents),
        passage_recall_by_label={
            label: share(masked >= FOUND for other, masked in values if other == label)
            for label in PASSAGES
            if any(other == label for other, _ in values)
        },
        covered_but_extractable=sum(one.fate == "covered" for one in words),
    )


def masked_share(words: Iterator[ScoredWord] | Sequence[ScoredWord]) -> Share:
    """How many of `words` are masked."""
    return share(one.masked for one in words)


def is_direct(word: GoldWord) -> bool:
    """A value: name, address, number, date of birth."""
    return word.is_personal and bool(DIRECT & word.subtypes)


def is_descriptive(word: GoldWord) -> bool:
    """A word of a clause that tells something of a person, small words left out."""
    return word.is_personal and not is_direct(word) and word.text.lower().strip(".,;:()«»") not in SMALL_WORDS


def is_kept(word: GoldWord) -> bool:
    """A word to be released."""
    return not word.is_personal and not word.is_passage


def by_subtype(words: Sequence[ScoredWord]) -> Mapping[str, Share]:
    """Recall of the words of each PI subtype."""
    found: dict[str, list[ScoredWord]] = defaultdict(list)
    for one in words:
        for subtype in one.word.subtypes if one.word.is_personal else ():
            if subtype.startswith("PI."):
                found[subtype[3:]].append(one)
    return {name: masked_share(found[name]) for name in sorted(found)}


def values_by_subtype(documents: Sequence[ScoredDocument]) -> Mapping[str, Share]:
    """Share of the marks of each PI subtype that are masked to the last word."""
    found: dict[str, list[bool]] = defaultdict(list)
    for document in documents:
        for label, subtype, masked in span_shares(document):
            if label == "PI":
                found[subtype or "-"].append(masked == 1.0)
    return {name: share(found[name]) for name in sorted(found)}


def span_shares(document: ScoredDocument) -> Iterator[tuple[str, str | None, float]]:
    """Label and subtype of each PI mark and of each passage to withhold, and the share of its words masked."""
    inside: dict[str, list[ScoredWord]] = defaultdict(list)
    for one in document.words:
        for span in one.word.spans:
            inside[span].append(one)
    for mark in document.gold.spans:
        words = [one for one in inside[mark.id] if mark.label == "PI" or one.word.expect != "keep"]
        if words and (mark.label == "PI" or mark.label in PASSAGES):
            yield mark.label, mark.subtype, sum(one.masked for one in words) / len(words)
