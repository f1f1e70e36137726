"""A reading copy of a document's text: plain blanks, hyphens and quotes, no invisible characters, Latin look-alikes.

It keeps case and accents; `folded` has neither. Both have the same length, and every offset leads back to the document.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

from redactor.model import Span
from redactor.recognisers import scans

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011\u2012\u2212\ufe63\uff0d"
_QUOTES = "\u2018\u2019\u201b\u02bc\u2032\u00b4`"
_ATS = {"\uff20": "@", "\ufe6b": "@", "\uff0e": ".", "\ufe52": "."}
# Letters of other scripts that look like a Latin one (Unicode confusables, the single-letter pairs).
_LOOKALIKES = str.maketrans("АВСЕНІЈКМОРЅТХУаcеіјорѕхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABCEHIJKMOPSTXYaceijopsxyABEZHIKMNOPTYXo")
_PLAIN: dict[int, str | int] = {
    **dict.fromkeys(map(ord, _BLANKS), " "),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **dict.fromkeys(map(ord, _QUOTES), "'"),
    **{ord(key): value for key, value in _ATS.items()},
    **_LOOKALIKES,
    **{ord(letter): " " for letter in "\x0b\x0c\r\x85"},
}
# Zero-width and direction marks, soft hyphen, controls: a reader of the page sees none of them.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\x00-\x08\x0e-\x1f\x7f]"
)
_COMBINING = re.compile("[\u0300-\u036f]")


class _Folding(dict[int, str]):
    """Translation table filled on demand: lower case, no accent, never another length."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code).lower())[0]
        self[code] = letter
        return letter


class _Digits(dict[int, str]):
    """Translation table filled on demand: any decimal digit becomes its ASCII form."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = str(unicodedata.decimal(letter)) if code > 127 and letter.isdecimal() else letter
        self[code] = plain
        return plain


@dataclass(frozen=True, slots=True)
class View:
    """`text` for reading, `folded` for cues; `origin` leads each code point back (None: same offsets)."""

    text: str = field(repr=False)
    folded: str = field(repr=False)
    origin: array[int] | None = field(default=None, repr=False)
    ends: array[int] | None = field(default=None, repr=False)  # where a code point ends that stands for several

    def span(self, start: int, end: int) -> Span:
        """The document's span of [start, end): it holds the unseen characters inside."""
        if self.origin is None:
            return Span(start, end)
        last = self.origin[end - 1] + 1 if self.ends is None else self.ends[end - 1]
        return Span(self.origin[start], last)

    def at(self, offset: int) -> int:
        """Where the document's `offset` stands here; of an unseen character, where the next one stands."""
        return offset if self.origin is None else bisect_left(self.origin, offset)


def view_of(text: str) -> View:
    """View of a text of any kind, in time linear in its length."""
    plain = text.translate(_PLAIN).translate(_Digits())
    kept, origin = _without_unseen(plain) if _UNSEEN.search(plain) or _COMBINING.search(plain) else (plain, None)
    if not scans.is_scan(kept):
        return View(kept, fold(kept), origin)
    places = array("l", range(len(kept))) if origin is None else origin
    read, starts, ends = scans.joined(scans.figures_put_right(kept), places)
    return View(read, fold(read), starts, ends)


def fold(text: str) -> str:
    """`text` in lower case without accents, of equal length."""
    return text.translate(_Folding())


def _without_unseen(text: str) -> tuple[str, array[int]]:
    letters: list[str] = []
    origin: array[int] = array("l")
    for offset, letter in enumerate(text):
        if _UNSEEN.match(letter):
            continue
        if letters and _COMBINING.match(letter):
            composed = unicodedata.normalize("NFC", letters[-1] + letter)
            letters[-1] = composed if len(composed) == 1 else letters[-1]
            continue
        letters.append(letter)
        origin.append(offset)
    return "".join(letters), origin
