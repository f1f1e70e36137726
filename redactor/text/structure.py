"""The words by which documents announce their parts, read from `data/structure.yaml`: one table for each language.

Words of structure only; the cues of the law live in the policy pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from redactor.strict_yaml import load_stream
from redactor.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Structure:
    """Structural vocabulary of one language, folded; longest first. They open a line unless said otherwise."""

    email_labels: tuple[str, ...]  # before a colon
    title_labels: tuple[str, ...]  # before a colon or in a first cell, in the title block of a note or letter
    copies: tuple[str, ...]  # before a colon, under a signature
    titles: tuple[str, ...]  # open the title of a document
    attendance: tuple[str, ...]
    closings: tuple[str, ...]  # before a signature
    signing: tuple[str, ...]  # before a colon, over or beside a signature
    notices: tuple[str, ...]  # anywhere in the block
    forwarded: tuple[str, ...]  # announce an earlier message
    wrote: tuple[str, ...]  # end the line that announces an earlier message
    senders: tuple[str, ...]  # before a colon: who sent the message, and when
    salutations: tuple[str, ...]
    statute_openers: tuple[str, ...]
    article: tuple[str, ...]  # before the number of an article
    form_orders: tuple[str, ...]  # open a sentence
    form_notes: tuple[str, ...]  # before a colon
    form_answers: tuple[str, ...]  # the whole line, beside a box
    handwriting: tuple[str, ...]  # anywhere in brackets: written on the document afterwards
    months: tuple[str, ...]
    roles: tuple[str, ...]  # anywhere in a line under a signature
    dangling: tuple[str, ...]  # words after which no line is over
    abbreviations: tuple[str, ...]  # without their last point: no sentence ends there
    either: tuple[str, ...]  # shortened words that end a sentence when one of `openers` follows
    openers: tuple[str, ...]
    hyphen_before: tuple[str, ...]  # stand before a hyphen of their own
    hyphen_after: tuple[str, ...]  # stand after a hyphen of their own
    public_titles: tuple[str, ...]  # anywhere in the title block of a document that the public has
    said_columns: tuple[str, ...]  # name a column that reports what those named in the rows say


@lru_cache(maxsize=1)
def languages() -> tuple[Structure, ...]:
    """The tables of all languages. Raises TypeError on a missing or an unknown key, as a shipped file must not have."""
    source = files("redactor.text").joinpath("data/structure.yaml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, list[str]]] = load_stream(source)[0].value
    return tuple(Structure(**{key: _folded(words) for key, words in table.items()}) for table in tables.values())


def words_of(*keys: str) -> tuple[str, ...]:
    """Words of all languages under some keys, longest first: a document may mix languages."""
    found = {word for table in languages() for key in keys for word in getattr(table, key)}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted((fold(word) for word in words), key=len, reverse=True))
