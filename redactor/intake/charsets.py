"""Turns bytes of unknown encoding into text: marks first, then strict UTF-8, then what Windows wrote in Québec.

The last steps never fail: a wrong guess shows wrong accents and loses nothing.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
NULS = 0.3  # share of NUL bytes at even or odd places of UTF-16 text that is mostly Latin
CONTROLS = 0.02  # share of control characters above which bytes are data, not text
DELIMITERS = ("\t", ";", ",", "|")
SAMPLE_LINES = 200  # lines from which the shape of a table is told
REGULAR = 0.9  # share of lines that must have as many delimiters as most have
_BLANKS = frozenset("\t\n\r\x0b\x0c\x1b\x1a")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read. `is_sure` is False where the stated or guessed encoding may be wrong."""

    text: str = field(repr=False)
    charset: str
    is_sure: bool = True


def decoded(data: bytes, *, stated: str | None = None, cut: bool = False) -> Decoded | None:
    """The text of `data`, lines ended by a line feed; None for bytes that are no text. `cut`: the end is missing."""
    for mark, charset in BOMS:
        if data.startswith(mark):
            return _made(data[len(mark) :].decode(charset, "ignore" if cut else "replace"), charset)
    wide = _utf16(data)
    if wide is not None:
        return _made(data.decode(wide, "ignore" if cut else "replace"), wide)
    if b"\x00" in data:
        return None
    for charset in filter(None, (stated, "utf-8")):
        try:
            decoder = codecs.getincrementaldecoder(charset)("strict")
            return _made(decoder.decode(data, final=not cut), charset)
        except (LookupError, ValueError, TypeError, AttributeError):
            continue
    return _made(_windows(data), "cp1252", is_sure=stated is None)


def _windows(data: bytes) -> str:
    """Windows-1252, its five empty places filled as Latin-1 has them."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _made(text: str, charset: str, *, is_sure: bool = True) -> Decoded | None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = sum(1 for char in text[:65536] if char < " " and char not in _BLANKS)
    if odd > CONTROLS * max(len(text[:65536]), 1):
        return None
    return Decoded(unicodedata.normalize("NFC", text), charset, is_sure)


def _utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, told by where its NUL bytes stand."""
    head = data[:4096]
    half = max(len(head) // 2, 1)
    if head[1::2].count(0) > NULS * half and head[::2].count(0) < 0.02 * half:
        return "utf-16-le"
    if head[::2].count(0) > NULS * half and head[1::2].count(0) < 0.02 * half:
        return "utf-16-be"
    return None


def delimiter_of(text: str) -> str | None:
    """What parts the columns of a table written as text; None for prose."""
    lines = [line for line in text.split("\n")[:SAMPLE_LINES] if line.strip()]
    if len(lines) < 2:
        return None
    for mark in DELIMITERS:
        counts = Counter(_outside_quotes(line).count(mark) for line in lines)
        usual, often = counts.most_common(1)[0]
        if usual >= 1 and often >= REGULAR * len(lines) and not _is_prose(lines, mark, usual):
            return mark
    return None


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]{0,5000}"', '""', line)


def _is_prose(lines: list[str], mark: str, usual: int) -> bool:
    """True for sentences that happen to hold as many commas: a blank follows each, and there are few lines."""
    spaced = sum(line.count(f"{mark} ") for line in lines)
    return mark in ",;" and (spaced > 0.5 * sum(line.count(mark) for line in lines) or (usual == 1 and len(lines) < 3))
