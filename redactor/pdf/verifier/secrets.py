"""Looks for identifying values in text and in bytes, whatever their case, accents, separators and encoding."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST = 4  # letters or digits: a shorter value is met by chance, and no identifier is that short
SHORTEST_IN_BYTES = 5  # the same for bytes that are no text
ENCODINGS = ("utf-8", "cp1252", "utf-16-be", "utf-16-le", "mac-roman")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text brought to its letters and digits: no case, accent or separator. `index` leads back to the source."""

    text: str = field(repr=False)
    index: tuple[int, ...] = field(repr=False)
    starts: frozenset[int] = field(repr=False)  # positions that begin a word of the source
    ends: frozenset[int] = field(repr=False)  # positions that end one


def folded(text: str) -> Folded:
    """`text` folded."""
    letters: list[str] = []
    index: list[int] = []
    starts: set[int] = set()
    ends: set[int] = set()
    inside = False
    for at, char in enumerate(text):
        kept = _letters(char)
        if kept and not inside:
            starts.add(len(letters))
        if not kept and inside and not _is_mark(char):
            ends.add(len(letters) - 1)
        inside = bool(kept) or (inside and _is_mark(char))
        letters += kept
        index += [at] * len(kept)
    if inside:
        ends.add(len(letters) - 1)
    return Folded("".join(letters), tuple(index), frozenset(starts), frozenset(ends))


def _letters(char: str) -> list[str]:
    if char.isascii():
        return [char.lower()] if char.isalnum() else []
    plain = unicodedata.normalize("NFKD", char).casefold()
    return [letter for letter in plain if letter.isalnum()]


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Cf"}


def places_of(value: str, page: Folded, *, shortest: int = SHORTEST, inside: bool = False) -> Iterator[range]:
    """Ranges of the source text of `page` in which `value` stands as whole words, or `inside` words too."""
    wanted = folded(value).text
    if len(wanted) < shortest:
        return
    at = page.text.find(wanted)
    while at >= 0:
        last = at + len(wanted) - 1
        if inside or (at in page.starts and last in page.ends):
            yield range(page.index[at], page.index[last] + 1)
        at = page.text.find(wanted, at + 1)


def needles_of(values: Sequence[str]) -> frozenset[bytes]:
    """Byte patterns of `values`, lower case, in every encoding looked for, also as hexadecimal text."""
    return frozenset(needle for value in values for needle in _needles(value))


def _needles(value: str) -> Iterator[bytes]:
    forms = {value.casefold().strip(), folded(value).text}
    for form in forms:
        if sum(char.isalnum() for char in form) < SHORTEST_IN_BYTES:
            continue
        for encoding in ENCODINGS:
            raw = form.encode(encoding, errors="ignore")
            yield raw.lower()
            yield raw.hex().encode()
        yield form[::-1].encode()


def is_in(data: bytes, needles: frozenset[bytes]) -> bool:
    """True when one of `needles` stands in `data`, in either case of ASCII letters."""
    hay = data.lower()
    return any(needle in hay for needle in needles)
