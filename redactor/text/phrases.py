"""Compiled cue phrases of rule files: where they occur in a text, with role, rule and span.

A phrase is words, matched without case or accents. `…` stands for up to four words of one sentence, `^` and `$` for
the two ends of the piece searched, `lemma:v` for any form of a verb, `present:v` for its forms outside the past,
`@name` for a named class. What a hit means is left to `passage_rules`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from redactor.errors import UsageError
from redactor.model import CueList, Lang, Span
from redactor.text import forms
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GAP_WORDS: Final = 4  # words that `…` may stand for; POLICY_RULES, "Writing YAML"
GAPS_A_PHRASE: Final = 2  # more would cost 5 to the power of their number at each word
LONGEST_WORD: Final = 40  # letters; no French or English word is longer, so nothing longer is looked up

_TOKEN: Final = re.compile(r"[^\W_]{1,60}(?:-[^\W_]{1,60}){0,4}'?|\S")
_STOPS: Final = frozenset(".;:!?|")
_ELISIONS: Final = {
    "d'": "de",
    "qu'": "que",
    "n'": "ne",
    "j'": "je",
    "s'": "se",
    "m'": "me",
    "c'": "ce",
    "l'": "l'",
    "t'": "te",
}
_BUILT_IN: Final = ("@conditional", "@infinitive", "@number")  # told by the shape of a word; the last in both languages
_START, _END, _GAP = "^", "$", "…"


class PhraseError(UsageError):
    """A cue of a rule file that cannot be compiled. Facts: `rule` or `role`, `place` (its number), never the phrase."""

    code = "usage.bad_phrase"
    advice = "Correct the cue: a gap stands between words, at most two of them, and every @class must be defined."
    conseil = "Corrigez l'indice : un vide se place entre des mots, deux au plus, et chaque @classe doit être définie."


class Token(NamedTuple):
    """A word, a number or a sign, canonical, with its range in the text."""

    word: str
    start: int
    end: int


class Hit(NamedTuple):
    """A cue found: its role and the range of the words that matched."""

    role: str
    span: Span


@dataclass(slots=True)
class _Node:
    """A step of the tree of phrases: keys of the next word, the roles of the phrases that end here."""

    following: dict[str, _Node] = field(default_factory=dict)
    gap: _Node | None = None
    roles: set[str] = field(default_factory=set)
    last_roles: set[str] = field(default_factory=set)  # of the phrases that must end the piece


@dataclass(frozen=True, slots=True)
class Phrases:
    """Cues of one language, ready to search. Time grows with the length of the text, whatever the text is."""

    root: _Node
    first_root: _Node  # of the phrases that must begin the piece
    keys: Mapping[str, tuple[str, ...]]  # word -> the classes and verbs it belongs to
    suffixes: tuple[tuple[str, str], ...] = ()  # ending -> class

    def find(self, tokens: Sequence[Token]) -> tuple[Hit, ...]:
        """Every hit in the piece, by place then role; of two hits of a role that begin together the longer."""
        best: dict[tuple[str, int], int] = {}
        known = {word: self._keys_of(word) for word in {token.word for token in tokens}}
        keys = [known[token.word] for token in tokens]
        for start in range(len(tokens)):
            roots = (self.root, self.first_root) if _only_signs(tokens, start) else (self.root,)
            for root in roots:
                for role, last in _walk(root, tokens, keys=keys, at=start):
                    place = (role, tokens[start].start)
                    best[place] = max(best.get(place, 0), tokens[last].end)
        return tuple(sorted((Hit(role, Span(start, end)) for (role, start), end in best.items()), key=lambda h: h.span))

    def _keys_of(self, word: str) -> tuple[str, ...]:
        if len(word) > LONGEST_WORD:
            return ()
        by_ending = [name for ending, name in self.suffixes if word.endswith(ending)]
        return (word, *self.keys.get(word, ()), *_shapes(word), *by_ending)


def tokens_of(text: str, *, span: Span | None = None) -> tuple[Token, ...]:
    """Words and signs of `text` (or a span of it): folded but for a last é, elisions undone; offsets are the text's."""
    piece = span or Span(0, len(text)) if text else None
    if piece is None:
        return ()
    written = piece.of(text)
    return tuple(
        Token(
            _canonical(match.group(), written[match.end() - 1]), piece.start + match.start(), piece.start + match.end()
        )
        for match in _TOKEN.finditer(fold(written))
    )


def _canonical(word: str, last: str) -> str:
    """`d'` is `de`, `minister's` is `minister`; a last é stays: `proposé` tells the past, `propose` the present."""
    if last in "éÉ":
        return word[:-1] + "é"
    return _ELISIONS.get(word) or (word[:-1] if word.endswith("'") and len(word) > 1 else word)


@lru_cache(maxsize=256)
def compile_phrases(cues: tuple[CueList, ...], *, classes: tuple[CueList, ...] = (), lang: Lang) -> Phrases:
    """Phrases of `lang`; a hit carries the name of its list. Raises PhraseError on a phrase that has no meaning."""
    class_keys, suffixes, known = _classes(classes, lang)
    keys = {word: set(names) for word, names in class_keys.items()}
    root, first_root = _Node(), _Node()
    for cue_list in cues:
        if cue_list.lang is lang:
            for place, phrase in enumerate(cue_list.phrases):
                elements = _elements(phrase, lang=lang, keys=keys)
                _refuse_nonsense(elements, known=known, role=cue_list.name, place=place)
                _plant(first_root if elements[0] == _START else root, elements, role=cue_list.name)
    found = {word: tuple(sorted(names)) for word, names in keys.items()}
    return Phrases(root, first_root, found, suffixes)


@lru_cache(maxsize=8)
def _classes(
    classes: tuple[CueList, ...], lang: Lang
) -> tuple[Mapping[str, frozenset[str]], tuple[tuple[str, str], ...], frozenset[str]]:
    """The words of the classes of a language, the endings that make a class, and the names of all classes."""
    keys: dict[str, set[str]] = {}
    suffixes: dict[str, str] = {}
    known = set(_BUILT_IN if lang is Lang.FR else _BUILT_IN[-1:])
    for word_class in classes:
        if word_class.lang is lang:
            known.add("@" + word_class.name)
            _learn_class(word_class, keys=keys, suffixes=suffixes)
    frozen = {word: frozenset(names) for word, names in keys.items()}
    return frozen, tuple(sorted(suffixes.items())), frozenset(known)


def _elements(phrase: str, *, lang: Lang, keys: dict[str, set[str]]) -> tuple[str, ...]:
    found: list[str] = []
    for written in phrase.replace("'@", "' @").replace("’@", "' @").split():
        piece = fold(written)
        if written in {_START, _END, _GAP}:
            found.append(written)
        elif piece.startswith(("lemma:", "present:")):
            _learn_verb(piece, lang=lang, key=piece, keys=keys)
            found.append(piece)
        elif piece.startswith("@"):
            found.append(piece)
        else:
            found.extend(token.word for token in tokens_of(written))
    return tuple(found)


def _refuse_nonsense(elements: tuple[str, ...], *, known: frozenset[str], role: str, place: int) -> None:
    words = [element for element in elements if element not in {_START, _END}]
    bad = not words or _GAP in {words[0], words[-1]} or words.count(_GAP) > GAPS_A_PHRASE
    if bad or any(word.startswith("@") and word not in known for word in words):
        raise PhraseError(role=role, place=place)


def _learn_class(word_class: CueList, *, keys: dict[str, set[str]], suffixes: dict[str, str]) -> None:
    name = "@" + word_class.name
    for word in word_class.phrases:
        if word.startswith(("lemma:", "present:")):
            _learn_verb(fold(word), lang=word_class.lang, key=name, keys=keys)
        elif word.startswith("*"):
            suffixes[fold(word[1:])] = name
        else:
            for token in tokens_of(word)[:1]:
                keys.setdefault(token.word, set()).add(name)


def _learn_verb(name: str, *, lang: Lang, key: str, keys: dict[str, set[str]]) -> None:
    kind, _, verb = name.partition(":")
    for form in forms.forms_of(verb, lang=lang, only_present=kind == "present"):
        keys.setdefault(form, set()).add(key)


def _plant(root: _Node, elements: Sequence[str], *, role: str) -> None:
    node = root
    for element in elements:
        if element == _GAP:
            node.gap = node.gap or _Node()
            node = node.gap
        elif element not in {_START, _END}:
            node = node.following.setdefault(element, _Node())
    (node.last_roles if elements[-1] == _END else node.roles).add(role)


def _walk(
    node: _Node, tokens: Sequence[Token], *, keys: Sequence[tuple[str, ...]], at: int
) -> Iterator[tuple[str, int]]:
    """Roles of the phrases that run from token `at`, each with the index of its last token."""
    if at >= len(tokens):
        return
    for key in keys[at]:
        following = node.following.get(key)
        if following is None:
            continue
        yield from ((role, at) for role in following.roles)
        if following.last_roles and _only_signs_after(tokens, at):
            yield from ((role, at) for role in following.last_roles)
        yield from _walk(following, tokens, keys=keys, at=at + 1)
        if following.gap is not None:
            for later in _after_gap(tokens, at + 1):
                yield from _walk(following.gap, tokens, keys=keys, at=later)


def _after_gap(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """Places where the word after a gap may stand: up to four words on, inside the sentence."""
    words = 0
    for place in range(at, min(len(tokens), at + 3 * GAP_WORDS)):
        yield place
        if tokens[place].word in _STOPS:
            return
        words += tokens[place].word[0].isalnum()
        if words > GAP_WORDS:
            return


def _only_signs(tokens: Sequence[Token], at: int) -> bool:
    return at < 4 and not any(token.word[0].isalnum() for token in tokens[:at])


def _only_signs_after(tokens: Sequence[Token], at: int) -> bool:
    return len(tokens) - at <= 4 and not any(token.word[0].isalnum() for token in tokens[at + 1 :])


@lru_cache(maxsize=65536)
def _shapes(word: str) -> tuple[str, ...]:
    """Classes told by the shape of a word alone."""
    if word[0].isdigit():
        return ("@number",)
    shapes = []
    if forms.is_conditional(word):
        shapes.append("@conditional")
    if forms.is_infinitive(word):
        shapes.append("@infinitive")
    return tuple(shapes)
