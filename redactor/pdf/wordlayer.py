"""The invisible words of a picture page: those that survive and can be seen, each at its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.model import Box
from redactor.pdf.glyphs import CORE_MIDDLE
from redactor.pdf.scrub.document import Overlay
from redactor.pdf.scrub.numbers import joined
from redactor.pdf.scrub.ownfont import LAYER_FONT, LAYER_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redactor.pdf.geometry import BoxIndex, Frame
    from redactor.pdf.glyphs import Glyph
    from redactor.pdf.scrub.tags import PageTags

WORD_GAP = 0.15  # of the type size: a wider blank between two glyphs parts two words
LIGATURE = 4  # letters of one glyph: "ffi" has 3
TOP = 0.8  # of the type size: so far above its base line a word is looked for under a mask; tails below do not count
PRIVATE = range(0xE000, 0xF900)  # private use: no text anybody could search


@dataclass(frozen=True, slots=True)
class Word:
    """A word in flat coordinates: base line from `x0` to `x1` at `y`."""

    text: str = field(repr=False)
    x0: float
    x1: float
    y: float
    size: float


def words_of(glyphs: Iterable[Glyph]) -> tuple[Word, ...]:
    """Words of upright glyphs in drawing order; slanted text is left out."""
    words: list[Word] = []
    last: Glyph | None = None
    for glyph in _believable(tuple(glyphs)):
        text = chr(glyph.code)
        if not _is_letter(glyph, text):
            last = None
        elif last is not None and _joins(last, glyph):
            head = words[-1]
            words[-1] = Word(head.text + text, head.x0, max(head.x1, glyph.ink.x1), head.y, head.size)
            last = glyph
        else:
            words.append(Word(text, glyph.ink.x0, glyph.ink.x1, glyph.origin[1], glyph.size))
            last = glyph
    return tuple(words)


def _believable(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """`glyphs` without those that claim to stand for a whole text: a ligature has at most `LIGATURE` letters."""
    at = 0
    while at < len(glyphs):
        end = at + 1
        while end < len(glyphs) and glyphs[end].follows:
            end += 1
        if end - at <= LIGATURE:
            yield from glyphs[at:end]
        at = end


def _is_letter(glyph: Glyph, text: str) -> bool:
    return (
        glyph.upright
        and not text.isspace()
        and text.isprintable()
        and 32 < glyph.code < 0xFFFD
        and glyph.code not in PRIVATE
    )


def _joins(last: Glyph, glyph: Glyph) -> bool:
    gap = glyph.ink.x0 - last.ink.x1
    return last.origin[1] == glyph.origin[1] and -glyph.size < gap < WORD_GAP * glyph.size and last.size == glyph.size


def layer(words: Sequence[Word], *, frame: Frame, masks: BoxIndex, tags: PageTags) -> Overlay | None:
    """The overlay that holds `words`, without those that touch one of `masks` (flat); None when no word is left."""
    kept = [word for word in words if not _touches(word, masks)]
    if not kept:
        return None
    letters = frozenset("".join(word.text for word in kept))
    parts = [part for word in kept for part in (tags.open(_element(word, frame, tags)), _line(word, frame))]
    return Overlay(b"".join((b"3 Tr\n", *parts, tags.close())), layer=letters)


def _element(word: Word, frame: Frame, tags: PageTags) -> int:
    return tags.at(((word.x0 + word.x1) / 2, frame.height - word.y + CORE_MIDDLE * word.size))


def _touches(word: Word, masks: BoxIndex) -> bool:
    cell = Box(word.x0, word.y - TOP * word.size, max(word.x1, word.x0 + 0.01), word.y)
    return masks.touches(cell)


def _line(word: Word, frame: Frame) -> bytes:
    natural = len(word.text) * LAYER_WIDTH / 1000 * word.size
    stretch = 100 * max(word.x1 - word.x0, 0.1) / natural
    codes = b"".join(ord(letter).to_bytes(2, "big") for letter in word.text)
    return b"BT /%s %s Tf %s Tz 1 0 0 1 %s Tm <%s> Tj ET\n" % (
        LAYER_FONT.encode(), joined([word.size]), joined([stretch]), joined([word.x0, frame.height - word.y]),
        codes.hex().encode(),
    )  # fmt: skip
