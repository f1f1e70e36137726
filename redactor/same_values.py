"""Identifying values that are withheld, and where else they stand: the rule "Same value, same person".

An identifying value is an identifier or a private person's full name; a word of a clause is none. Values live only in
memory, for the proof of one request.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from redactor.model import Finding, Span, Strength
from redactor.review import hides
from redactor.text.honorifics import without_titles
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redactor.model import Document, Proposal

SOURCE = "redactor/same-value"
NAME = "PI.name"
IDENTIFIERS = frozenset(
    f"PI.{one}"
    for one in (
        "address",
        "phone",
        "email",
        "sin",
        "ramq",
        "licence",
        "student_code",
        "employee_no",
        "bank",
        "card",
        "ip",
        "plate",
    )
)
MIN_CHARACTERS = 5  # letters and digits: shorter values occur by chance
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]{0,3}"  # what may stand between the pieces of a value: blanks, hyphens, points


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One identifying value, folded and cut into its words or groups of digits."""

    label: str
    pieces: tuple[str, ...] = field(repr=False)

    def pattern(self) -> re.Pattern[str]:
        """Finds the value in folded text, however its pieces are separated."""
        return re.compile(rf"(?<!\w){_BETWEEN.join(re.escape(one) for one in self.pieces)}(?!\w)")


def values_of(document: Document, proposals: Iterable[Proposal]) -> frozenset[Value]:
    """Identifying values among what is masked in one document."""
    found = (_value(document.text, one.label, span) for one in proposals if hides(one) for span in one.spans)
    return frozenset(value for value in found if value is not None)


def _value(text: str, label: str, span: Span) -> Value | None:
    if label != NAME and label not in IDENTIFIERS:
        return None
    words = without_titles(span.of(text)) if label == NAME else span.of(text)
    pieces = tuple(_WORD.findall(fold(words)))
    if sum(map(len, pieces)) < MIN_CHARACTERS or (label == NAME and len(pieces) < 2):
        return None
    return Value(label, pieces)


def occurrences(document: Document, values: Iterable[Value]) -> Iterator[tuple[Value, Span]]:
    """Every place of `document` where one of `values` stands."""
    folded = fold(document.text)
    for value in sorted(values):
        yield from ((value, place) for place in _places(folded, value))


def _places(folded: str, value: Value) -> Iterator[Span]:
    """Where `value` stands: its first piece is sought as a plain string, a hundred times faster than its pattern."""
    at, pattern = folded.find(value.pieces[0]), None
    while at >= 0:
        pattern = pattern or value.pattern()
        match = pattern.match(folded, at)
        if match is not None:
            yield Span(match.start(), match.end())
        at = folded.find(value.pieces[0], match.end() if match is not None else at + 1)


def repeated(document: Document, values: Iterable[Value], *, known: Sequence[Span]) -> tuple[Finding, ...]:
    """A finding for each place of a withheld value that no rule masks or keeps so far.

    `known` are the spans of what is masked, and of what is readable because a rule or a person says so.
    """
    covered = Covered(known)
    return tuple(
        Finding(place, value.label, Strength.STRONG, SOURCE)
        for value, place in occurrences(document, values)
        if place not in covered
    )


def places_kept(document: Document, values: Iterable[Value], *, kept: Sequence[Span]) -> dict[Value, list[Span]]:
    """Of the values that stand where they may be read, those places: a keep decision or a public rule covers them."""
    covered = Covered(kept)
    found: dict[Value, list[Span]] = {}
    for value, place in occurrences(document, values):
        if place in covered:
            found.setdefault(value, []).append(place)
    return found


class Covered:
    """Asks of a place whether one of many spans covers it: a document of thousands of pages has tens of thousands."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [one.start for one in ordered]
        self._ends = list(accumulate((one.end for one in ordered), max))  # the furthest end so far

    def __contains__(self, place: Span) -> bool:
        at = bisect_right(self._starts, place.start) - 1
        return at >= 0 and self._ends[at] >= place.end
