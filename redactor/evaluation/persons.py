"""Persons of a document: the PI names that are one person's, and whether every mention of each is masked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.evaluation.interval import Share, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.evaluation.scoring import ScoredDocument, ScoredWord

TITLES = frozenset({"mm", "mme", "mmes", "mlle", "mr", "mrs", "ms", "me", "dr", "dre", "madame", "monsieur"})
INITIAL = 1  # letters of a word of a name that is only an initial


@dataclass(frozen=True, slots=True)
class ScoredPerson:
    """A person named in one document and all words of the mentions."""

    words: tuple[ScoredWord, ...]

    @property
    def wholly_masked(self) -> bool:
        """True when no word of any mention can be read."""
        return all(one.masked for one in self.words)

    @property
    def exposed(self) -> bool:
        """True when a word of a mention is neither masked nor shown to a person."""
        return any(not one.masked and not one.flagged for one in self.words)


def persons_of(document: ScoredDocument) -> tuple[ScoredPerson, ...]:
    """The persons whose names are PI. Two names are one person's when the words of one are all in the other."""
    groups: list[tuple[set[str], list[str]]] = []
    names = [span for span in document.gold.spans if (span.label, span.subtype) == ("PI", "name")]
    for span in sorted(names, key=lambda span: -len(words_of(span.text))):
        words = words_of(span.text)
        home = next((group for group in groups if words and words <= group[0]), None)
        if home:
            home[1].append(span.id)
        else:
            groups.append((words, [span.id]))
    found = (_words(document, frozenset(ids)) for _, ids in groups)
    return tuple(ScoredPerson(words) for words in found if words)


def plain(name: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


def words_of(name: str) -> set[str]:
    """The words of a name, folded, titles and initials left out."""
    return {word for word in re.findall(r"[^\W\d_]+", plain(name)) if len(word) > INITIAL} - TITLES


def _words(document: ScoredDocument, ids: frozenset[str]) -> tuple[ScoredWord, ...]:
    return tuple(one for one in document.words if ids.intersection(one.word.spans))


def persons_masked(documents: Sequence[ScoredDocument]) -> Share:
    """Persons of whom no mention can be read, among all persons whose names are PI."""
    return share(person.wholly_masked for document in documents for person in persons_of(document))


def documents_exposing(documents: Sequence[ScoredDocument]) -> Share:
    """Documents with a person of whom a mention is neither masked nor flagged, among all documents."""
    return share(any(person.exposed for person in persons_of(document)) for document in documents)
