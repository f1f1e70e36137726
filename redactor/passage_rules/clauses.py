"""Cuts a passage into the pieces that can be withheld apart: what a semicolon parts, and what is quoted.

Sentences, items and cells are cut by `text.passages`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redactor.model import BlockKind, Span, subtract

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Block

_WORDS: Final = re.compile(r"\w+")
ITEM: Final = re.compile(
    r"\s{0,9}(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|\s{0,9}[•▪◦*o–-]\s"
)  # an item the reader took for a paragraph
NUMBER: Final = re.compile(r"\s{0,9}\d{1,2}[.)]\s+(?=\S)")
_QUOTE: Final = re.compile(r"«[^»]{1,20000}(?:»|$)|“[^”]{1,20000}(?:”|$)|\"[^\"]{1,20000}(?:\"|$)")
_PAST: Final = re.compile(
    r"\b(?:a|ont|avait|avaient)\s(?:\w{1,20}\s){0,2}\w{2,20}(?:é|ée|és|ées|is|it|u|ue|us)\b"
    r"|\b(?!fait|lait|parfait|souhait|plait|sait|attrait|retrait|extrait|portrait)\w{2,20}(?<!r)(?:ait|aient)\b"
    r"|\b(?:was|were|has|have|had)\s(?:\w{1,20}\s)?\w{2,20}(?:ed|en)\b"
)
_TITLE: Final = re.compile(r"\b(?:M|MM|Mme|Mmes|Me|Dr|Dre|Mr|Mrs|Ms)\.?\s[A-ZÀ-Ý]")
_HELPERS: Final = re.compile(
    r"(?:\b(?:a|ont|est|sont|se|s'|s’|n'|n’|ne|y|has|is|of the|d'|d’|dit|plutôt)\s{0,2}){0,5}$"
)
_EDGE: Final = " \t\n\r\u00a0\u202f;,.:"
NEAR: Final = 20  # code points from a cue to the reporting verb that it holds: `est d'avis`
OPENING_WORDS: Final = 10  # words in which the main verb of a sentence mostly stands
LABEL_WORDS: Final = 12  # words; more is a sentence
WINDOW: Final = 200  # code points looked at on both sides of a semicolon
LONGEST_CLAUSE: Final = 3000  # code points; what costs more than the length of a clause is bounded by it
LEAST_WORDS: Final = 4  # words; a shorter piece stays with its neighbour
LONG_QUOTE: Final = 6  # words; a shorter quote is a phrase of the one who writes


def clauses_of(text: str, span: Span, *, whole: bool = False) -> tuple[Span, ...]:
    """Pieces of a passage parted by semicolons outside quotes, without the signs at their edges; one if `whole`."""
    quoted = [Span(span.start + found.start(), span.start + found.end()) for found in _QUOTE.finditer(span.of(text))]
    outside = () if whole else subtract([span], quoted)
    cuts = [at for part in outside for at in range(part.start, part.end) if text[at] == ";"]
    pieces: list[Span] = []
    start = span.start
    for cut in [*cuts, span.end]:
        before, after = text[max(start, cut - WINDOW) : cut], text[cut : min(span.end, cut + WINDOW)]
        if _words(before) >= LEAST_WORDS and _words(after) not in range(1, LEAST_WORDS):
            pieces.append(Span(start, cut))
            start = cut + 1
    if start < span.end:
        pieces.append(Span(start, span.end))
    parts = [part for piece in pieces for part in _bounded(text, piece)]
    return tuple(trimmed for part in parts if (trimmed := trim(text, part)) is not None)


def _bounded(text: str, piece: Span) -> list[Span]:
    """`piece`, cut at blanks where it is longer than any sentence."""
    parts: list[Span] = []
    start = piece.start
    while piece.end - start > LONGEST_CLAUSE:
        blank = text.rfind(" ", start + 1, start + LONGEST_CLAUSE)
        end = blank if blank > start else start + LONGEST_CLAUSE
        parts.append(Span(start, end))
        start = end
    return [*parts, Span(start, piece.end)]


def quotes_of(text: str, span: Span) -> tuple[Span, ...]:
    """Long quotes inside a span, quotation marks included."""
    found = (Span(span.start + quote.start(), span.start + quote.end()) for quote in _QUOTE.finditer(span.of(text)))
    return tuple(quote for quote in found if _words(quote.of(text)) >= LONG_QUOTE)


def opens_items(text: str, span: Span) -> bool:
    """True for a sentence that announces what follows: it ends with a colon."""
    return text[span.start : span.end].rstrip().endswith(":")


def label_of(text: str, clause: Span) -> Span | None:
    """The short label before a colon, when something follows: `Recommandation : accorder l'aide`."""
    colon = text.find(":", clause.start, min(clause.end, clause.start + 120))
    if (
        colon <= clause.start
        or is_past(text[clause.start : colon])
        or _words(text[clause.start : colon]) > LABEL_WORDS
        or _words(text[colon : clause.end]) < 1
    ):
        return None
    return Span(clause.start, colon)


def is_bare_line(text: str, span: Span, block: Block) -> bool:
    """True for a line that is neither a sentence, nor an item, nor a cell: a signature, a title."""
    written = span.of(text).rstrip()
    return block.kind is BlockKind.PARAGRAPH and ITEM.match(written) is None and written[-1:] not in set('.;!?»"”')


def is_past(text: str) -> bool:
    """True for a sentence told in a past tense from its first words: `ont été mis`, `a rappelé`, `was approved`."""
    return _PAST.search(" ".join(text.split()[:OPENING_WORDS])) is not None


def trim(text: str, span: Span) -> Span | None:
    """`span` without blanks, signs and the number of an item at its edges; None when nothing else is in it."""
    number = NUMBER.match(span.of(text))
    start, end = span.start + (number.end() if number else 0), span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end) if start < end else None


def _words(text: str) -> int:
    return len(_WORDS.findall(text))


_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}[.)]|[a-z]\))[ \t]+(?=\S)")  # of a section or an item


def own_words(text: str, clause: Span, *, verb: Span | None, cues: Sequence[Span], label: Span | None) -> Span:
    """`clause` without what only says who speaks: from the reporting verb on, or from after the colon or `label`.

    The number of a section or an item is nobody's words.
    A person named with a title stays readable; a unit (`la Direction recommande`) belongs to the sentence.
    """
    if label is not None:
        return trim(text, Span(label.end, clause.end)) or clause
    if number := _NUMBER.match(text, clause.start, clause.end):
        clause = Span(number.end(), clause.end)
    first = min([cue.start for cue in cues] + ([verb.start] if verb else []), default=clause.start)
    colon = text.find(":", clause.start, first)
    if colon >= 0 and _words(text[colon:first]) <= 2:
        return trim(text, Span(colon + 1, clause.end)) or clause
    before = text[clause.start : first]
    if verb is not None and verb.start - first < NEAR and _TITLE.search(before):
        helpers = _HELPERS.search(before)
        return Span(first - len(helpers[0]) if helpers else first, clause.end)
    return clause
