"""The same thing treated in two ways inside one request: by person and element, by sentence and facts.

A request alone is looked at, never two. What differs in law (another element, another fact) is no inconsistency; what
remains is shown with both places and blocks the release until a person records a reason.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from redactor.model import Element, Proposal, Span
from redactor.policy.case import GROUNDS, hides
from redactor.policy.overlaps import Overlaps
from redactor.text.honorifics import without_titles
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from redactor.model import Analysed, Document, DocumentId, Facts

PERSONAL = "PI."  # labels of what tells something of a person
LEAST_WORDS_OF_NAME = 2  # CONTRACTS, "Same value, same person": a surname alone identifies nobody for sure
LEAST_LETTERS_OF_NAME = 3  # letters of its longest word: initials alone identify nobody for sure
LEAST_CHARACTERS_OF_VALUE = 8  # letters and digits: a telephone number has ten, "14 ans" five
LEAST_WORDS = 6  # words of a sentence that is compared: shorter ones recur by chance ("Voir l'annexe 2.")


class Kind(StrEnum):
    """What is the same in both places."""

    PERSON = "person"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Settled:
    """One document of the request with its facts and its proposals after decisions."""

    analysed: Analysed
    facts: Facts
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one of the two stands."""

    document: DocumentId
    span: Span


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """The same thing hidden here and readable there. `id` is stable: a recorded reason names it."""

    id: str
    kind: Kind
    hidden: Place
    readable: Place
    provision: str


@dataclass(frozen=True, slots=True)
class _Seen:
    place: Place
    sha256: str
    hides: bool
    provision: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recurring:
    """A place of something that a request may treat in two ways. `by` are the proposals that could hide it."""

    kind: Kind
    group: str  # the same for what must be treated alike
    place: Place
    by: tuple[str, ...]


def recurring(documents: Sequence[Settled]) -> tuple[Recurring, ...]:
    """Every place of what stands in more than one, whatever was decided, in the order in which they are compared."""
    found: dict[tuple[Kind, object], list[_Seen]] = defaultdict(list)
    for kind, pairs in ((Kind.PERSON, _persons(documents)), (Kind.SENTENCE, _sentences(documents))):
        for key, seen in pairs:
            found[kind, key].append(seen)
    groups = [(kind, group) for (kind, _), group in found.items() if len(group) > 1]
    return tuple(
        Recurring(kind, str(number), seen.place, seen.by)
        for number, (kind, group) in enumerate(groups)
        for seen in group
    )


def inconsistencies(documents: Sequence[Settled], *, cleared: Collection[str] = ()) -> tuple[Inconsistency, ...]:
    """What a request treats in two ways, without those whose id has a recorded reason; sorted by place."""
    found = [
        *_compared(_persons(documents), Kind.PERSON),
        *_compared(_sentences(documents), Kind.SENTENCE),
    ]
    left = {one.id: one for one in found if one.id not in cleared}
    return tuple(sorted(left.values(), key=lambda one: (one.hidden.document, one.hidden.span, one.id)))


def _persons(documents: Sequence[Settled]) -> Iterator[tuple[object, _Seen]]:
    """Every value told of a person, under person, element and the words themselves."""
    for one in documents:
        text = one.analysed.document.text
        for span, proposals in _by_span(
            p for p in one.proposals if p.person is not None and p.label.startswith(PERSONAL)
        ):
            first = proposals[0]
            words = fold(without_titles(span.of(text))).split()
            if not _identifies(words, is_name=first.element is Element.NAME):
                continue
            key = (first.person, first.element, " ".join(words))
            yield key, _seen(one.analysed.document, span, proposals)


def _identifies(words: Sequence[str], *, is_name: bool) -> bool:
    """True for a full name or a long value: an age or a surname alone recurs by chance."""
    if is_name:
        spelt = [run for word in words for run in re.findall(r"[^\W\d_]+", word)]
        return len(words) >= LEAST_WORDS_OF_NAME and max(map(len, spelt), default=0) >= LEAST_LETTERS_OF_NAME
    return sum(char.isalnum() for word in words for char in word) >= LEAST_CHARACTERS_OF_VALUE


def _sentences(documents: Sequence[Settled]) -> Iterator[tuple[object, _Seen]]:
    """Every sentence that some ground was asked about, wherever it recurs under the same facts."""
    known = {_words(s, one.analysed.document.text) for one in documents for s, _ in _matters(one)}
    for one in documents:
        document = one.analysed.document
        matters = Overlaps((span, p) for span, proposals in _matters(one) for p in proposals)
        for passage in one.analysed.passages:
            words = _words(passage.span, document.text)
            if words not in known or len(words) < LEAST_WORDS:
                continue
            yield (words, one.facts), _seen(document, passage.span, matters.over(passage.span))


def _matters(one: Settled) -> list[tuple[Span, list[Proposal]]]:
    return _by_span(p for p in one.proposals if p.person is None and p.effect in GROUNDS)


def _words(span: Span, text: str) -> tuple[str, ...]:
    return tuple("".join(char if char.isalnum() else " " for char in fold(span.of(text))).split())


def _by_span(proposals: Iterable[Proposal]) -> list[tuple[Span, list[Proposal]]]:
    found: dict[Span, list[Proposal]] = defaultdict(list)
    for one in proposals:
        for span in one.spans:
            found[span].append(one)
    return list(found.items())


def _seen(document: Document, span: Span, proposals: Sequence[Proposal]) -> _Seen:
    hiding = [one for one in proposals if hides(one)]
    by = tuple(dict.fromkeys(one.id for one in proposals if one.effect in GROUNDS))
    return _Seen(Place(document.id, span), document.sha256, bool(hiding), hiding[0].provision if hiding else "", by)


def _compared(pairs: Iterable[tuple[object, _Seen]], kind: Kind) -> Iterator[Inconsistency]:
    groups: dict[object, list[_Seen]] = defaultdict(list)
    for key, seen in pairs:
        groups[key].append(seen)
    for group in groups.values():
        hidden = next((one for one in group if one.hides), None)
        for one in group:
            if hidden is not None and not one.hides:
                yield Inconsistency(_id(kind, hidden, one), kind, hidden.place, one.place, hidden.provision)


def _id(kind: Kind, hidden: _Seen, readable: _Seen) -> str:
    return id_of(kind, (hidden.sha256, hidden.place.span), (readable.sha256, readable.place.span))


def id_of(kind: Kind, hidden: tuple[str, Span], readable: tuple[str, Span]) -> str:
    """Made of files and places, never of words: the same in the next run, whatever files were added to the request."""
    places = [f"{sha256}:{span.start}-{span.end}" for sha256, span in (hidden, readable)]
    return "i" + hashlib.sha256(f"{kind}|{'|'.join(places)}".encode()).hexdigest()[:12]
