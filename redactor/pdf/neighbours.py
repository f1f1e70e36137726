"""What the words beside a mask still tell of a masked name: its place in a sorted list, the sex of its bearer.

Counts only, for the residual risk of the report. Nothing is masked here: the words belong to others, or to nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import BlockKind
from redactor.text.honorifics import HONORIFICS
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redactor.model import Block, Document, Span

LEAST_ENTRIES = 4  # entries of a list from which on their order is no chance: 4 fall in order once in 24
BEFORE, AFTER = 24, 120  # code points beside a mask in which titles and agreements are looked for
MARGIN = 4  # code points of a bullet before the name that begins an entry
TITLE = re.compile(r"(?<!\w)([^\W\d_]{1,14})\.?[ \u00a0]{1,2}\Z")
IMPERSONAL = r"(?!\s(?:faut|fallait|faudra|y|est possible|s.agit|importe|appert|convient|semble|is|was|may|will))"
PRONOUN = re.compile(rf"\A[^\n]{{0,100}}?(?<!\w)(?:elle|il{IMPERSONAL}|she|he|her|his|hers|him)(?!\w)", re.IGNORECASE)
AGREEMENT = re.compile(
    r"\A[^.;:!?\n]{0,60}?(?<!\w)(?:"
    r"née?|veuf|veuve|épouse|époux|mère|père|fille|fils|sœur|frère|citoyen|citoyenne|employée?|retraitée?|"
    r"directeur|directrice|conseiller|conseillère|infirmier|infirmière|technicien|technicienne|présidente?|"
    r"enseignante?|plaignante?|requérante?|étudiante?|ouvrier|ouvrière|travailleur|travailleuse|"
    r"wife|husband|mother|father|daughter|son|sister|brother|widow|widower|"
    r"(?:est|était|sera|soit|fut|été)\s(?:[^\W\d_]{2,20}\s)?[^\W\d_]{1,20}(?:ée?|ite?|ise?|euse|eux|ive|if|ente?)"
    r")(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """How many masked names stand in a sorted list, and how many beside a word that tells sex or rank."""

    sorted_lists: int = 0
    gendered: int = 0


def neighbours_of(document: Document, *, names: Sequence[Span], masked: Sequence[Span]) -> Neighbours:
    """What is told of the masked `names` by words that none of the `masked` spans covers."""
    readable = _blanked(document.text, masked)
    gendered = sum(1 for name in names if _tells_sex(readable, name))
    return Neighbours(_in_sorted_lists(document, readable, names), gendered)


def _blanked(text: str, masked: Iterable[Span]) -> str:
    """`text` with every masked code point as a line feed, which no pattern passes."""
    parts = list(text)
    for span in masked:
        parts[span.start : span.end] = "\n" * len(span)
    return "".join(parts)


def _tells_sex(readable: str, name: Span) -> bool:
    before = TITLE.search(readable[max(0, name.start - BEFORE) : name.start])
    if before is not None and before[1][0].isupper() and fold(before[1]) in HONORIFICS:
        return True
    after = readable[name.end : name.end + AFTER]
    return AGREEMENT.match(after) is not None or PRONOUN.match(after) is not None


def _in_sorted_lists(document: Document, readable: str, names: Sequence[Span]) -> int:
    """Masked names that begin an entry of a list whose readable entries stand in the order of the alphabet."""
    starts = sorted(name.start for name in names)
    return sum(
        sum(1 for start in starts if any(entry.start <= start < entry.start + MARGIN for entry in entries))
        for entries in _lists(document.blocks)
        if _is_sorted([key for entry in entries if (key := _key(readable, entry))])
    )


def _is_sorted(told: Sequence[str]) -> bool:
    """True for enough words in order, the title of a column aside."""
    rows = (told, told[1:])
    return any(len(row) >= LEAST_ENTRIES and row[0] != row[-1] and list(row) == sorted(row) for row in rows)


def _lists(blocks: Sequence[Block]) -> Iterator[list[Span]]:
    """The entries of each list, and of each column of each table."""
    run: list[Block] = []
    for block in (*blocks, None):
        if run and (block is None or block.kind is not run[-1].kind or len(block.cells) != len(run[-1].cells)):
            yield from _columns(run)
            run = []
        if block is not None and block.kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.PARAGRAPH}:
            run.append(block)


def _columns(run: Sequence[Block]) -> Iterator[list[Span]]:
    if run[0].cells:
        yield from ([block.cells[column] for block in run] for column in range(len(run[0].cells)))
    else:
        yield [block.span for block in run]


def _key(readable: str, entry: Span) -> str:
    """The first word of an entry, folded; empty when it is masked, or no word."""
    words = readable[entry.start : entry.end].lstrip("•-–—*·\u00a0 \t")
    match = re.match(r"[^\W\d_]{2,40}", words)
    return fold(match[0]) if match else ""
