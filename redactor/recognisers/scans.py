"""What character recognition misread, put right in the reading copy: digits for letters, letters for digits, rn for m.

Only in a text that shows several such faults: a code of letters and digits is none. Every letter keeps its place in
the document; a repaired m stands for the two letters that were read.
"""

from __future__ import annotations

import re
from array import array

from redactor.recognisers.lexicon import words

_WORD = re.compile(r"[^\W_]{2,60}")
# No word of French or English begins with rn, or holds a nought or a one among small letters.
_FAULT = re.compile(
    r"(?<![^\W_])(?:rn[a-zà-ÿ]{2,}|[^\W\d_]{1,20}[a-zà-ÿ][01][a-zà-ÿ]{1,20}|[A-ZÀ-Ý]{2,20}l[A-ZÀ-Ý]{2,20})(?![^\W_])"
)
_FAULTS = 2  # faults that make a text a scan
_NUMBER = re.compile(r"[0-9lOoI]*[0-9][0-9lOoI]*")
_FIGURES = str.maketrans("lOoI", "1001")
_RN = re.compile(r"rn")


def is_scan(text: str) -> bool:
    """True for a text with several words that only character recognition writes."""
    return sum(1 for _ in zip(range(_FAULTS), _FAULT.finditer(text), strict=False)) == _FAULTS


def figures_put_right(text: str) -> str:
    """`text` with digits and letters put right inside words and numbers, of equal length."""
    return _WORD.sub(lambda match: _word(match.group()), text)


def _word(word: str) -> str:
    if _NUMBER.fullmatch(word):
        return word.translate(_FIGURES)
    if word in {"ll", "1l", "l1"}:
        return "Il"
    letters = sum(letter.isalpha() for letter in word)
    if letters < 3 or letters <= 2 * (len(word) - letters):
        return word
    if word.isupper() or sum(letter.isupper() for letter in word) > letters / 2:
        return word.replace("0", "O").replace("1", "I").replace("l", "I")
    if any(letter.islower() for letter in word[1:]):
        word = ("O" if word[0] == "0" else "l" if word[0] == "1" else word[0]) + word[1:].replace("0", "o").replace(
            "1", "l"
        )
    return "I" + word[1:] if re.match(r"l[bcdfgjkmnpqrstvz]", word) else word


def joined(text: str, places: array[int]) -> tuple[str, array[int], array[int]]:
    """`text` with rn read as m where no word has rn; with where each letter begins and ends in the document."""
    letters: list[str] = []
    starts, ends = array("l"), array("l")
    doubled = {
        match.start()
        for word in _WORD.finditer(text)
        if not _has_rn(word.group())
        for match in _RN.finditer(text, *word.span())
    }
    at = 0
    while at < len(text):
        width = 2 if at in doubled else 1
        letters.append("m" if width == 2 else text[at])
        starts.append(places[at])
        ends.append(places[at + width - 1] + 1)
        at += width
    return "".join(letters), starts, ends


def _has_rn(word: str) -> bool:
    """True for a word that is rightly written with rn: "tournoi", "gouvernement", "journal"."""
    folded = word.lower()
    return any(stem in folded for stem in words("rn_stems")) and not folded.startswith("rn")
