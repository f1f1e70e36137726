"""Tells French from English, and both from what no model here reads, by function words.

Works on a block: a bilingual document changes language from one to the next.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from redactor.model import Lang
from redactor.strict_yaml import load_stream
from redactor.text.normalise import fold

_FRENCH_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)'(?=[a-z])")
_WORD = re.compile(r"[a-z]+")
_LEAST_HITS = 2  # different function words before a language is told
_FOREIGN_SHARE = 0.5  # share of letters outside Latin script that makes a text foreign
_PROSE_WORDS = 8  # words below which another language is not told: names and titles look like many


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    source = files("redactor.text").joinpath("data/function_words.yaml").read_text(encoding="utf-8")
    tables: dict[str, list[str]] = load_stream(source)[0].value
    return {lang: frozenset(words) for lang, words in tables.items()}


def language_of(text: str, *, default: Lang = Lang.FR) -> Lang:
    """Language of `text`; `default` where it holds too little to tell, such as a name or a number."""
    folded = fold(text)
    if _is_foreign_script(folded):
        return Lang.OTHER
    words = _WORD.findall(folded)
    hits = {lang: [word for word in words if word in known] for lang, known in _function_words().items()}
    french = len(hits["fr"]) + len(_FRENCH_ELIDED.findall(folded))
    english, others = len(hits["en"]), len(hits["other"])
    if others > max(french, english) and len(set(hits["other"])) >= _LEAST_HITS and len(words) >= _PROSE_WORDS:
        return Lang.OTHER
    told = Lang.FR if french > english else Lang.EN
    if french == english or len(set(hits[told])) < _LEAST_HITS > len(_FRENCH_ELIDED.findall(folded)):
        return default
    return told


def has_function_words(text: str) -> bool:
    """True when some word of `text` is a function word of a known language: it is no noise of letters."""
    known = frozenset[str]().union(*_function_words().values())
    return any(len(word) > 1 and word in known for word in _WORD.findall(fold(text)))


def _is_foreign_script(folded: str) -> bool:
    letters = [char for char in folded if char.isalpha()]
    foreign = sum(1 for char in letters if char > "\u024f" and not "\u1e00" <= char <= "\u1eff")
    return foreign > _FOREIGN_SHARE * len(letters) if letters else False
