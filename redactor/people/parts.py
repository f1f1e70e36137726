"""The parts of a name as written: given names, initials, family name; and when two writings can be one person's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from redactor.recognisers.lexicon import is_given_name, is_surname
from redactor.recognisers.view import fold
from redactor.text.honorifics import HONORIFICS, PARTICLES

_WORD = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.){0,4}|[^\W\d_]+(?:['\-][^\W\d_]+)*\.?")
_TITLE = re.compile(rf"^(?:(?:{'|'.join(sorted(HONORIFICS, key=len, reverse=True))})\.?[ ]+(?:et mme[ ]+)?)+")


@dataclass(frozen=True, slots=True)
class Parts:
    """A name folded: `given` may be initials ("j.-f."); either part may be empty."""

    given: str = field(repr=False)
    family: str = field(repr=False)

    @property
    def is_full(self) -> bool:
        """True when a whole given name and a family name are known."""
        return bool(self.family) and len(_letters(self.given)) > 2 and "." not in self.given

    @property
    def has_initials(self) -> bool:
        """True for initials and a family name."""
        return bool(self.family) and bool(self.given) and not self.is_full


def parts_of(name: str, *, titled: bool = False) -> Parts:
    """Parts of a name as it stands in a text; `titled` when a title stands before it."""
    folded = _TITLE.sub("", fold(name).replace("\n", " ").strip())
    if "," in folded:
        before, _, given = folded.partition(",")
        return Parts(_first(given), " ".join(_words(before)))
    words = _words(folded)
    if len(words) == 1:
        return _lone(words[0], titled=titled)
    family = [word for word in words[1:] if not (word.endswith(".") and len(word) <= 3)]
    if words[0] in PARTICLES:
        return Parts("", " ".join(words))
    return Parts(words[0], " ".join(family) or words[-1].rstrip("."))


def _lone(word: str, *, titled: bool) -> Parts:
    if not titled and is_given_name(word) and not is_surname(word):
        return Parts(word, "")
    return Parts("", word)


def _first(given: str) -> str:
    words = _words(given)
    return "".join(words) if words and words[0].endswith(".") else (words[0] if words else "")


def _words(text: str) -> list[str]:
    return [match.group() for match in _WORD.finditer(text)]


def _letters(word: str) -> str:
    return "".join(letter for letter in word if letter.isalpha())


def initials_of(given: str) -> str:
    """Initials of a given name: "j-f" of "jean-francois", of "j.-f." and of "j. f."."""
    return "".join(part[0] for part in re.split(r"[\-. ]+", given) if part)


def initials_alone(name: str) -> str:
    """The letters of a name of which only initials are written ("W. P.-O.": "wpo"); nothing for any other name."""
    pieces = re.findall(r"[^\W\d_]+", fold(name))
    alone = len(pieces) > 1 and "." in name and all(len(piece) == 1 for piece in pieces)
    return "".join(pieces) if alone else ""


def gives_match(one: str, other: str) -> bool:
    """True when two given names can be one person's: equal, shortened, initials, or one letter apart."""
    if not one or not other or one == other:
        return True
    short, long = sorted((one, other), key=lambda name: ("." not in name, len(name)))
    if "." in short or len(_letters(short)) <= 2:
        mine, theirs = initials_of(short), initials_of(long)
        return theirs.startswith(mine) or mine.startswith(theirs) or long.startswith(short.rstrip("."))
    return (len(short) >= 3 and long.startswith(short)) or (len(short) >= 4 and is_one_letter_apart(short, long))


def families_match(one: str, other: str) -> bool:
    """True when two family names are equal, one letter apart, or one is a whole word of the other."""
    if one == other:
        return True
    if " " in one or " " in other:
        short, long = sorted((one, other), key=len)
        return short in long.split(" ")
    return len(one) >= 6 and len(other) >= 6 and is_one_letter_apart(one, other)


def is_one_letter_apart(one: str, other: str) -> bool:
    """True when one change, one letter more, or two letters swapped make the words equal."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        swapped = one[at + 2 :] == other[at + 2 :] and one[at : at + 2] == other[at : at + 2][::-1]
        return one[at + 1 :] == other[at + 1 :] or swapped
    short, long = sorted((one, other), key=len)
    return short[at:] == long[at + 1 :]
