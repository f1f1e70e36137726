"""What each rule claims of a clause, how strongly, and which claim holds.

A strong claim needs an explicit cue, a lead-in or a column of the matter; a weak cue needs the heading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redactor.model import Span, Strength
from redactor.passage_rules.clauses import is_past
from redactor.text.phrases import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redactor.model import Lang, Lexicon
    from redactor.passage_rules.cues import Found
    from redactor.passage_rules.places import Place, Surroundings

ADVICE: Final = "AVIS"
ANALYSIS: Final = "ANALYSE"
LEAST_WORDS: Final = 3  # words; less says nothing outside a table or an item


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule's claim of one clause. `cues` are its hits by place, opening ones first."""

    lexicon: Lexicon
    strength: Strength
    found: Found
    read: tuple[Span, ...] = ()  # words that weigh, where no cue of a rule does
    is_placed: bool = False  # its column or the line that opens its items claims it

    @property
    def cues(self) -> tuple[Span, ...]:
        """Spans of the cues that support the claim."""
        hits = self.found.opening or self.found.weak
        return tuple(hit.span for hit in hits)

    @property
    def is_bare(self) -> bool:
        """True when no cue opens the claim: its heading, or a weak cue there, makes it."""
        return not self.found.opening and not self.is_placed

    @property
    def only_announces(self) -> bool:
        """True when the clause is the line that opens the items: `Il est recommandé :`."""
        return bool(self.found.of({"lead_in"}))


def claims_of(
    around: Surroundings, clause: Span, *, lang: Lang, place: Place, rules: Sequence[Lexicon], is_line: bool
) -> Iterator[Claim]:
    """Claims of the rules on a clause. A clause that tells the past has no weak claim.

    An item that opens with a weak cue, an infinitive mostly, is an order. `is_line`: it is neither a full sentence
    nor an item, so a heading alone makes nothing of it.
    """
    tokens = tokens_of(around.document.text, span=clause)
    words = sum(token.word[0].isalnum() for token in tokens)
    past = is_past(clause.of(around.document.text))
    for rule in rules:
        found = around.library.search(rule, tokens, lang=lang)
        is_order = place.is_listed and any(hit.span.start == clause.start for hit in found.weak)
        family = rule.label_family
        strength = _strength(found, family, place=place, words=words, past=past, is_line=is_line, is_order=is_order)
        if strength is not None:
            yield Claim(rule, strength, found, is_placed=family in place.column | place.led)


def _strength(
    found: Found, family: str, *, place: Place, words: int, past: bool, is_line: bool, is_order: bool
) -> Strength | None:
    if family in place.column:
        return Strength.STRONG
    if words < LEAST_WORDS and family not in place.led and not (found.weak and family in place.matters):
        return None
    if found.says_fact:
        return Strength.WEAK if found.opening else None
    if found.opening or family in place.led or (family in place.opened and not past and not is_line):
        return Strength.STRONG
    if found.weak and not past:
        return Strength.STRONG if family in place.matters or (is_order and family == ADVICE) else Strength.WEAK
    return None


def best_of(claims: Iterable[Claim], *, place: Place) -> Claim | None:
    """One claim a clause: the stronger; of equals that of its column or item, explicit advice, then the heading."""
    held = list(claims)
    analysed = [hit.span for claim in held if claim.lexicon.label_family == ANALYSIS for hit in claim.found.opening]

    def rank(claim: Claim) -> tuple[bool, ...]:
        family = claim.lexicon.label_family
        explicit = any(not any(hit.span.overlaps(span) for span in analysed) for hit in claim.found.opening)
        return (
            not claim.strength.masks,
            family not in place.column | place.led,
            not (family == ADVICE and explicit),
            family not in place.matters,
            not claim.found.opening,
            family != ADVICE,
        )

    return min(held, key=rank, default=None)
