"""Is a gold word masked on a page of the redacted file? Text first; pixels where a page has no text at all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from redactor.evaluation.gold import Expect, GoldWord
from redactor.evaluation.reading import SCALE, Glyph, Pixels, ReadPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEFT = 0.34  # a word is masked when less than this share of its characters is left at its place
SHIFT = 15.0  # points a readable word may move along its line and still count as kept
FLAT = 0.93  # share of pixels of one shade above which a box shows no writing
SHADE = 24  # grey levels taken for one shade
BAND = 20.0  # points: height of the bands in which glyphs are filed
SLACK_X, SLACK_Y = 0.3, 1.0  # points a glyph's centre may lie outside its word's box
LABEL = re.compile(r"(?:arts?|ss?)\.\d{1,4}(?:\.\d{1,3})?(?:(?:,|et|and|-)\d{1,4}(?:\.\d{1,3})?){0,40}")

Bands = dict[int, list[Glyph]]


class Fate(StrEnum):
    """What became of a word. `COVERED`: drawn over, yet still extractable."""

    KEPT = "kept"
    MASKED = "masked"
    COVERED = "covered"


def bands_of(glyphs: Sequence[Glyph]) -> Bands:
    """Glyphs filed by the band of the page they stand in."""
    bands: Bands = defaultdict(list)
    for glyph in glyphs:
        bands[int(glyph.y // BAND)].append(glyph)
    return bands


def without_labels(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without the labels that a redactor prints on its boxes (`art. 37`, `s. 37, 53`)."""
    text = "".join(glyph.char[:1] for glyph in glyphs)
    drop = {k for found in LABEL.finditer(text) for k in range(*found.span())}
    return [glyph for k, glyph in enumerate(glyphs) if k not in drop]


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A page of the redacted file, ready to be asked about words: glyphs of both libraries, with and without labels."""

    read: ReadPage
    bands: tuple[Bands, ...] = field(repr=False)
    unlabelled: tuple[Bands, ...] = field(repr=False)

    def fate(self, word: GoldWord) -> Fate:
        """What became of the word. A word to be kept that moved a little along its line counts as kept."""
        if self.read.textless:
            return Fate.MASKED if is_flat(word, self.read.pixels) else Fate.KEPT
        keep = word.expect is Expect.KEEP
        if share_left(word, self.bands if keep else self.unlabelled) < LEFT:
            return Fate.KEPT if keep and has_moved(word, self.bands) else Fate.MASKED
        return Fate.COVERED if not keep and is_flat(word, self.read.pixels) else Fate.KEPT


def judged(page: ReadPage) -> JudgedPage:
    """A page ready to be asked about words."""
    both = (page.mupdf, page.pdfium)
    return JudgedPage(
        page,
        tuple(bands_of(glyphs) for glyphs in both),
        tuple(bands_of(without_labels(glyphs)) for glyphs in both),
    )


def near(word: GoldWord, bands: Bands, *, reach: float) -> Iterator[Glyph]:
    """Glyphs whose centre lies in the word's box, made `reach` points wider on both sides."""
    x0, y0, x1, y1 = word.box
    for band in range(int((y0 - SLACK_Y) // BAND), int((y1 + SLACK_Y) // BAND) + 1):
        for glyph in bands.get(band, ()):
            if x0 - reach <= glyph.x <= x1 + reach and y0 - SLACK_Y <= glyph.y <= y1 + SLACK_Y:
                yield glyph


def share_left(word: GoldWord, pages: Sequence[Bands]) -> float:
    """Largest share of the word's characters that a library still extracts at its place."""
    wanted = Counter("".join(word.text.split()))
    shares = []
    for bands in pages:
        there = Counter(glyph.char for glyph in near(word, bands, reach=SLACK_X))
        shares.append((wanted & there).total() / max(1, wanted.total()))
    return max(shares)


def has_moved(word: GoldWord, pages: Sequence[Bands]) -> bool:
    """True when the word still stands on its line within SHIFT points of its place: the line was set again."""
    wanted = "".join(word.text.split())
    for bands in pages:
        line = sorted((glyph.x, glyph.char) for glyph in near(word, bands, reach=SHIFT))
        if wanted in "".join(char for _, char in line):
            return True
    return False


def is_flat(word: GoldWord, pixels: Pixels) -> bool:
    """True when the word's box shows no writing: one colour, or one colour with a border."""
    x0, y0, x1, y1 = (round(value * SCALE) for value in word.box)
    trim = (y1 - y0) // 4
    left, right = max(0, x0 + 1), min(pixels.width, x1 - 1)
    rows = range(max(0, y0 + trim), min(pixels.height, y1 - trim))
    shades = Counter(
        value // SHADE for y in rows for value in pixels.data[y * pixels.stride + left : y * pixels.stride + right]
    )
    return not shades or shades.most_common(1)[0][1] / shades.total() > FLAT
