"""Traits of a piece of text: words that weigh, advise, blame or plainly report, with their places.

Knows language alone, from `data/traits.yaml`; what a trait is worth is for `passage_rules`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from redactor.model import CueList, Lang, Span
from redactor.strict_yaml import load_stream
from redactor.text.phrases import Phrases, compile_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redactor.text.phrases import Token

READ: Final = (Lang.FR, Lang.EN)
_ENTRY: Final = re.compile(r'"([^"]+)"|(\S+)')
_FEMININE: Final = (  # ending -> feminine, masculine plural, feminine plural (Grevisse, Le bon usage, § 540)
    ("eux", ("euse", "eux", "euses")),
    ("if", ("ive", "ifs", "ives")),
    ("eur", ("euse", "eurs", "euses")),
    ("el", ("elle", "els", "elles")),
    ("al", ("ale", "aux", "ales")),
    ("er", ("ere", "ers", "eres")),
    ("en", ("enne", "ens", "ennes")),
    ("é", ("ee", "es", "ees")),
    ("e", ("e", "es", "es")),
    ("s", ("se", "s", "ses")),
)


def traits_of(tokens: Sequence[Token], *, lang: Lang) -> Mapping[str, tuple[Span, ...]]:
    """Places of each trait in the tokens, by trait; a text in another language has none."""
    found: dict[str, list[Span]] = defaultdict(list)
    if lang in READ:
        for hit in _compiled(lang).find(tokens):
            found[hit.role].append(hit.span)
    return {name: tuple(spans) for name, spans in found.items()}


@lru_cache(maxsize=2)
def _compiled(lang: Lang) -> Phrases:
    tables = load_stream(files("redactor.text").joinpath("data/traits.yaml").read_text(encoding="utf-8"))[0].value
    classes = tuple(CueList(lang, name, tuple(_entries(told, lang))) for name, told in tables["classes"][lang].items())
    lists = tuple(CueList(lang, name, tuple(_entries(told, lang))) for name, told in tables[lang].items())
    return compile_phrases(lists, classes=classes, lang=lang)


def _entries(told: str, lang: Lang) -> Iterator[str]:
    for phrase, word in _ENTRY.findall(told):
        entry = phrase or word
        yield entry.rstrip("+")
        if entry.endswith("+"):
            yield from _inflected(entry[:-1], lang)


def _inflected(word: str, lang: Lang) -> tuple[str, ...]:
    if lang is Lang.EN:
        return (word + "s",)
    for ending, others in _FEMININE:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            return tuple(stem + other for other in others)
    return (word + "e", word + "s", word + "es")
