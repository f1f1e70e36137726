"""Cuts text into sentences, in French and English, with the abbreviations of administrative writing.

Every visible character falls in exactly one sentence. Offsets are those of the text given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.model import Span
from redactor.text.normalise import fold
from redactor.text.structure import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABBREVIATIONS = frozenset(words_of("abbreviations"))
_EITHER = frozenset(words_of("either"))
_OPENERS = frozenset(words_of("openers"))
_END = re.compile(r"[.!?…]{1,6}(?:\s?[»”\"')\]]){0,3}(?=\s)")
_OPENS = re.compile(r"\s+(?=[«“\"'(\[–—-]?\s?[^\W_a-zà-öø-ÿ])")
_TOKEN_LENGTH = 24  # code points; a longer word is no abbreviation
_TOKEN = re.compile(rf"[^\s('«“\"\[/]{{1,{_TOKEN_LENGTH}}}$")
_NEXT_WORD = re.compile(r"\s*[«“\"(\[]?\s?([^\W\d_]+'?)")


def sentences_of(text: str, span: Span) -> tuple[Span, ...]:
    """Sentences of `span`, trimmed; nothing where it holds blanks alone."""
    found = [_trimmed(text, start, end) for start, end in _cuts(text, span)]
    return tuple(sentence for sentence in found if sentence is not None)


def _cuts(text: str, span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if _ends_sentence(text, span, start, match):
            yield start, match.end()
            start = match.end()
    yield start, span.end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    left = start + len(words) - len(words.lstrip())
    right = end - len(words) + len(words.rstrip())
    return Span(left, right) if left < right else None


def _ends_sentence(text: str, span: Span, start: int, match: re.Match[str]) -> bool:
    opens = _OPENS.match(text, match.end(), min(span.end, match.end() + 40))
    if opens is None:
        return False
    if match.group() != ".":
        return True
    token = _TOKEN.search(text[max(start, match.start() - _TOKEN_LENGTH) : match.start()])
    if token is None:
        return True
    return _is_full_stop(token.group(), text, start, match)


def _is_full_stop(token: str, text: str, start: int, match: re.Match[str]) -> bool:
    """True unless the point belongs to the token before it: an abbreviation, an initial, the number of an item."""
    word = fold(token).rsplit("'", 1)[-1]
    if word in _EITHER:
        following = _NEXT_WORD.match(text, match.end())
        return following is not None and fold(following.group(1)) in _OPENERS
    is_first = match.start() - start < 2 * _TOKEN_LENGTH and text[start : match.start()].strip() == token
    if is_first and (word.isdigit() or len(word) == 1):
        return False
    if len(token) == 1 and token.isalpha():
        return not token.isupper() and word not in _ABBREVIATIONS
    return word not in _ABBREVIATIONS and not _is_initials(token)


def _is_initials(token: str) -> bool:
    """`J.-F`, `J.P`: capitals with points between."""
    parts = re.split(r"[.-]+", token)
    return len(parts) > 1 and all(len(part) == 1 and part.isupper() for part in parts)
