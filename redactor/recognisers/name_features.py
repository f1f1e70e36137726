"""Named features of a run of capitalised words: what its words resemble, what models say, what stands around it.

`name_ranker` weighs them; nothing here decides.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from redactor.recognisers import vetoes
from redactor.recognisers.lexicon import is_everyday_word, is_given_name, is_never_a_name, is_surname, sections, words
from redactor.recognisers.likeness import likeness
from redactor.recognisers.tokens import Kind, Token
from redactor.recognisers.view import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from redactor.recognisers.name_rules import Candidate

_LEVELS = ((0.9, "sure"), (0.7, "likely"), (0.35, "open"), (0.12, "low"))  # of likeness; below all: "none"
_MANY = 4  # words
_WORD_BEFORE = re.compile(r"([\w\-]{1,40}'?)[ ,]{0,2}$")
_WORD_AFTER = re.compile(r"[ ,(]{0,3}([\w\-]{1,40}'?)")
_SIGNS = {".": "stop", "!": "stop", "?": "stop", ":": "colon", "|": "cell", ",": "comma", ";": "comma", "(": "paren",
          ")": "paren", "«": "quote", '"': "quote", "»": "quote", "-": "dash", "–": "dash", "—": "dash", "/": "slash",
          "'": "apostrophe", "\n": "stop", "•": "dash", "&": "and"}  # fmt: skip
_REACH = 45  # code points on each side


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, frozenset[str]]:
    text = files("redactor.recognisers").joinpath("data", "name_words.txt").read_text(encoding="utf-8")
    return {name: frozenset(" ".join(lines).split()) for name, lines in sections(text).items()}


def features(one: Candidate) -> dict[str, float]:
    """Features of a candidate by name, each 1."""
    found = {"bias", *_shape(one), *_likeness(one), *_models(one), *_place(one), *_around(one)}
    return dict.fromkeys(found, 1.0)


def _shape(one: Candidate) -> Iterator[str]:
    count = len(one.words)
    yield f"words:{min(count, _MANY)}"
    if all(word.kind is Kind.UPPER for word in one.words):
        yield f"upper:{min(count, 2)}"
    elif any(word.kind is Kind.UPPER for word in one.words):
        yield "upper:some"
    if one.has_initial:
        yield "initial:first"
    elif any(word.kind is Kind.INITIAL for word in one.words):
        yield "initial:inside"
    if any(re.search(r"[A-ZÀ-Ý][\w']+-[A-ZÀ-Ý]", word.word) for word in one.words):
        yield "compound"
    if len(one.tokens) > count:
        yield "particle"


def level(token: Token) -> str:
    """How much a word is a name: known by a list, else by its likeness; "unknown" where no vector tells."""
    if token.kind is Kind.INITIAL:
        return "initial"
    given, family = is_given_name(token.word), is_surname(token.word)
    if given or family:
        return (
            "everyday"
            if is_everyday_word(token.word)
            else "both"
            if given and family
            else "given"
            if given
            else "family"
        )
    share = likeness(token.word)
    if share is None:
        return "unknown"
    return next((name for least, name in _LEVELS if share >= least), "none")


def _likeness(one: Candidate) -> Iterator[str]:
    levels = [level(word) for word in one.words]
    if one.is_single:
        yield f"only:{levels[0]}"
    else:
        yield f"first:{levels[0]}"
        yield f"last:{levels[-1]}"
        yield f"pair:{_coarse(levels[0])}+{_coarse(levels[-1])}"
    if any(is_never_a_name(word.word) for word in one.words):
        yield "never"
    small = one.place.scene.small_words
    plain = [fold(word.word) in small for word in one.words]
    if plain[0]:
        yield "plain:first"
    if all(plain):
        yield "plain:all"


def _coarse(name: str) -> str:
    if name in {"given", "family", "both", "sure", "initial"}:
        return "name"
    return "maybe" if name in {"likely", "open", "unknown", "everyday"} else "word"


def _models(one: Candidate) -> Iterator[str]:
    kinds = {e.kind for e in one.place.entities if e.start < one.end and one.start < e.end}
    if not kinds:
        yield "model:none"
    for kind in kinds:
        yield f"model:{kind}"
    if any(e.kind == "PER" and (e.start, e.end) == (one.start, one.end) for e in one.place.entities):
        yield "model:exactly"


def _place(one: Candidate) -> Iterator[str]:
    place = one.place
    yield f"zone:{place.lot.zone.value}"
    if one.is_in_heading:
        yield "heading"
    if place.lot.cells:
        yield "cell"
        if place.is_name_column(one.start):
            yield f"column:{'single' if one.is_single else 'several'}"
    if one.is_labelled:
        yield f"labelled:{'single' if one.is_single else 'several'}"
    if one.stands_alone:
        yield f"alone:{'single' if one.is_single else 'several'}"
    if fold(" ".join(token.word for token in one.tokens)) in words("places"):
        yield "town"
    if vetoes.bears_a_name(place.scene, one.start, place.cell.start):
        yield "borne"


def _around(one: Candidate) -> Iterator[str]:
    scene = one.place.scene
    before = scene.before(one.title.start if one.title else one.start, _REACH)
    after = scene.after(one.end, _REACH)
    size = "single" if one.is_single else "several"
    yield from (f"before:{name}" for name in _before(before))
    for name in _after(after):
        yield f"after:{name}"
        yield f"after:{name}:{size}"


def _before(text: str) -> Iterator[str]:
    stripped = text.rstrip(" ")
    if not stripped:
        yield "start"
        return
    sign = _SIGNS.get(stripped[-1])
    if sign:
        yield sign
    word = _WORD_BEFORE.search(text.rstrip(' («"-–—:'))
    if word:
        yield from _group(word[1], near=not sign)


def _after(text: str) -> Iterator[str]:
    stripped = text.lstrip(" ")
    if not stripped:
        yield "end"
        return
    sign = _SIGNS.get(stripped[0])
    if sign:
        yield sign
    if re.match(r"[ ]?[,(][ ]?\d{1,2}(?: ans|\)|,|$| years| months| mois)", text):
        yield "age"
    if re.match(r"'s\b", text):
        yield "genitive"
    word = _WORD_AFTER.match(text)
    if word:
        yield from _group(word[1], near=not sign)


def _group(word: str, *, near: bool) -> Iterator[str]:
    """The groups a word is in; small links stand for themselves."""
    tag = "" if near else "beyond:"
    known = _groups()
    if word in known["links"] and near:
        yield f"word:{word}"
    for name in ("verbs", "kin", "courtesy", "bodies"):
        if word in known[name]:
            yield f"{tag}{name}"
    if word in words("person_nouns") or word.removesuffix("s") in words("person_nouns"):
        yield f"{tag}person"
    if word[0].isdigit():
        yield f"{tag}number"
