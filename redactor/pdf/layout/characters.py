"""Normalises what the glyphs of a font say into plain text, code point by code point, with offsets back to glyphs.

Joining lines and undoing hyphens is left to `writing`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# One code point for one: blanks of every width, the two hyphens that differ from U+002D only in where they break.
_ONE_TO_ONE = {ord(c): " " for c in "\t\n\x0b\x0c\r\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"}
_ONE_TO_ONE |= {ord(c): " " for c in "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"}
_ONE_TO_ONE |= {ord("\u2010"): "-", ord("\u2011"): "-", 0xF0B7: "•", 0xF0A7: "▪", 0xF06E: "■", 0xF0D8: "➢"}
# Codes of the Wingdings font, alone or in the private area where word processors put them: boxes and ticks.
_PICTOGRAMS = {0x6F: "☐", 0x71: "☐", 0xA8: "☐", 0x72: "☐", 0x78: "☒", 0xFD: "☒", 0xFE: "☑", 0xFC: "✓", 0x20: " "}
_ONE_TO_ONE |= {0xF000 + code: sign for code, sign in _PICTOGRAMS.items()}
# Compatibility forms that say the same without being decomposed: the text must read as the page does.
_KEPT = frozenset("…½¼¾⅓⅔⅛⅜⅝⅞™℠´¨¸¯˘˙˚˛˝µΩℓ№")
# Anything that may vanish, grow or join its neighbour; the common French and English code points are outside.
_ODD = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\xaa\xb2\xb3\xb9\xba\u0132\u0133\u013f\u0140\u0149\u01c4-\u01cc\u01f1-\u01f3\u02b0-\u02b8"
    "\u0300-\u036f\u0600-\u0605\u061c\u06dd\u070f\u0900-\u1bff\u1d00-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u20ab"
    "\u20ad-\u2121\u2123-\u218f\u2400-\u24ff\u2c7c\u2c7d\u3000-\ud7ff\uf900-\ufaff\ufb00-\uffff\U00010000-\U0010ffff]"
)
_BLANKS = re.compile("  +")


class Normal(NamedTuple):
    """Normalised words. `first` and `last` give the glyphs of each code point; None when one answers to one."""

    text: str
    first: list[int] | None
    last: list[int] | None


def normalise(raw: str) -> Normal:
    """The words that `raw` shows, one glyph a code point of `raw`; blanks collapsed, invisible marks dropped."""
    text = raw.translate(_ONE_TO_ONE)
    if not _ODD.search(text) and not _BLANKS.search(text):
        return Normal(text, None, None)
    return _by_code_point(text)


def _by_code_point(text: str) -> Normal:
    out: list[str] = []
    first: list[int] = []
    last: list[int] = []
    for glyph, char in enumerate(text):
        joined = _joined(out[-1], char) if out else None
        if joined is not None:
            out[-1], last[-1] = joined, glyph
            continue
        for shown in _shown(char):
            out.append(shown)
            first.append(glyph)
            last.append(glyph)
    return Normal("".join(out), first, last)


def _joined(before: str, char: str) -> str | None:
    """`before` and `char` as one code point: a letter with its accent, or two blanks; else None."""
    if char == " " and before == " ":
        return " "
    if unicodedata.combining(char):
        composed = unicodedata.normalize("NFC", before + char)
        return composed if len(composed) == 1 else None
    return None


@lru_cache(maxsize=4096)
def _shown(char: str) -> str:
    """What the reader sees of one code point: nothing for controls and marks of direction, letters for a ligature."""
    if unicodedata.category(char) in {"Cc", "Cf", "Cs"}:
        return ""
    if char in _KEPT:
        return char
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", char))


def pictogram(char: str) -> str:
    """What a glyph of a font of pictograms shows: a box, a tick, or a bullet for all others."""
    return _PICTOGRAMS.get(ord(char) & 0xFF if 0xF000 <= ord(char) <= 0xF0FF else ord(char), "•")


def is_unmapped(char: str) -> bool:
    """True for a code point that a font without a map of its own leaves: it tells no letter."""
    if char == "\ufffd" or (char < " " and char not in "\t\n\r"):
        return True
    return 0xE000 <= ord(char) <= 0xF8FF and not 0xF020 <= ord(char) <= 0xF0FF
