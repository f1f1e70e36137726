"""Folds text for comparison without moving any offset: one code point in, one code point out.

What a page shows is normalised by the reader; matching phrases is left to `phrases`.
"""

from __future__ import annotations

import unicodedata

_PLAIN = {
    "‘": "'",
    "’": "'",
    "‛": "'",
    "′": "'",
    "ʼ": "'",
    "´": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "″": '"',
    "«": '"',
    "»": '"',
    "‹": "'",
    "›": "'",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "−": "-",
    "\t": " ",
    "\r": " ",
    "\x0b": " ",
    "\x0c": " ",
    "\u200b": " ",
    "\u200c": " ",
    "\u200d": " ",
    "\u2060": " ",
    "\ufeff": " ",
    "\xad": "-",
    "ß": "s",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    "·": ".",
    "…": ".",
}


def _plain(char: str) -> str:
    """Lower case of one code point without its accent; itself where that would take more or less than one."""
    if char in _PLAIN:
        return _PLAIN[char]
    if unicodedata.category(char) == "Zs":
        return " "
    base = unicodedata.normalize("NFD", char)[0]
    lower = base.lower()
    return _PLAIN.get(lower, lower) if len(lower) == 1 else char


class _Folding(dict[int, str]):
    """Table for `str.translate`: code points of everyday text ready, any other reckoned when met."""

    def __missing__(self, code: int) -> str:
        return _plain(chr(code))


_FOLDING = _Folding(
    {code: _plain(chr(code)) for code in (*range(0x250), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070))}
)


def fold(text: str) -> str:
    """`text` in lower case, accents off, quotes, dashes and blanks made plain; of equal length, line feeds kept."""
    return text.translate(_FOLDING)
