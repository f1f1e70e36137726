"""Cuts a page into pieces: runs of glyphs on one baseline without a wide gap, and the rules drawn on the page.

Coordinates of a piece are those of its own upright frame, so that text turned on its side is read like any other;
boxes of its glyphs stay those of the page as shown. What pieces mean together is left to the other modules.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from redactor.pdf.layout.characters import is_unmapped, normalise, pictogram
from redactor.pdf.layout.rules import rules_of, walls_of
from redactor.pdf.layout.turning import OBLIQUE, level_of, turn_of, turn_shown, turned
from redactor.text.language import has_function_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redactor.pdf.geometry import Frame
    from redactor.pdf.layout.rules import Rule

WIDE_GAP_EM = 1.6  # in sizes of type; a justified line seldom opens its blanks wider
_MOSTLY_HIDDEN = 0.5  # share of glyphs without ink: more is an OCR layer, which is all the text there is
_BOLD_FONT = re.compile("bold|black|heavy|demi", re.IGNORECASE)
_BOLD_FLAG = 16  # in the `flags` of MuPDF's spans
_REPRINT_EM = 0.25  # in sizes of type: the same words this near are printed twice for weight or shadow
_WORD = re.compile(r"\S+")
_UNREADABLE_RUN = 3  # glyphs without a letter in a row: a word or a number that cannot be searched
_VOWELS_OF_PROSE = 0.35  # share of the letters of a text that reads: French has 45 %, English 38 %
_PICTOGRAMS = re.compile("wingdings|webdings|dingbats", re.IGNORECASE)
_QUOTES = re.compile(r"(?:>\s?)+")
_VOWELS = frozenset("aeiouyAEIOUYàâäéèêëîïôöùûüÀÂÉÈÊËÎÏÔÖÙÛÜ")


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs of one baseline. `start` and `count` are glyphs of the page; `text` is normalised. Points."""

    page: int
    turn: int  # see `turning`
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    bold: bool
    start: int
    count: int
    lead: float  # width of the first word, quote signs apart
    parted: bool  # ends with a soft hyphen: its last word goes on
    text: str = field(repr=False)
    first: list[int] | None = field(repr=False, default=None)  # see `characters.Normal`
    last: list[int] | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class Legibility:
    """Counts of the glyphs of a page that are no blank, and what speaks against their letters."""

    glyphs: int = 0
    hidden: int = 0  # painted with no ink
    unmapped: int = 0  # whose font does not tell their letter
    unreadable: bool = False  # several unmapped in a row
    letters: int = 0  # of Latin script
    vowels: int = 0
    words: bool = True  # some word is one that every text of French or English holds


@dataclass(frozen=True)
class PageScan:
    """What one page holds. `boxes`: four numbers a glyph, on the page as shown; `flat`: before `/Rotate`."""

    index: int
    frame: Frame
    pieces: tuple[Piece, ...]
    flat_rules: tuple[Rule, ...]
    boxes: array[float] = field(repr=False)
    legibility: Legibility = field(default_factory=Legibility)

    @cached_property
    def turn(self) -> int:
        """The turn of most of the page's words."""
        counts: Counter[int] = Counter()
        for piece in self.pieces:
            counts[piece.turn] += piece.count
        return counts.most_common(1)[0][0] if counts else 0


class _Style(NamedTuple):
    size: float
    bold: bool
    origin: tuple[float, float]  # of the first glyph of that look


class _Run(NamedTuple):
    """A line of MuPDF: its spans, its letters, its first glyph on the page."""

    spans: list[dict[str, Any]]
    raw: str
    start: int
    turn: int


def scan(blocks: Sequence[dict[str, Any]], *, index: int, frame: Frame) -> PageScan:
    """Pieces and rules of a page from the blocks of MuPDF's `rawdict`, taken before `/Rotate`."""
    spans = [span for block in blocks for line in block.get("lines", ()) for span in line["spans"]]
    hidden = sum(len(span["chars"]) for span in spans if not span["alpha"])
    with_hidden = hidden > _MOSTLY_HIDDEN * sum(len(span["chars"]) for span in spans)
    flat = array("f")
    runs = [run for block in blocks for run in _runs(block, flat, with_hidden=with_hidden)]
    by_turn = {turn: turned(flat, turn, frame) for turn in {run.turn for run in runs} | {turn_shown(frame)}}
    rules = rules_of(blocks)
    cutting = _Cutting(index, frame, by_turn, {turn: walls_of(rules, turn, frame) for turn in by_turn})
    pieces = _printed_once(piece for run in runs for piece in cutting.pieces_of(run))
    return PageScan(index, frame, pieces, rules, by_turn[turn_shown(frame)], _legibility(runs, hidden=hidden))


def _runs(block: dict[str, Any], flat: array[float], *, with_hidden: bool) -> Iterator[_Run]:
    """Lines of a block, their boxes added to `flat`; text without ink is left out where other text can be seen."""
    for line in block.get("lines", ()):
        spans = [span for span in line["spans"] if span["alpha"] or with_hidden]
        start = len(flat) // 4
        chars: list[str] = []
        for span in spans:
            letters = [char["c"] for char in span["chars"]]
            chars.extend(map(pictogram, letters) if _PICTOGRAMS.search(span["font"]) else letters)
            for char in span["chars"]:
                flat.extend(char["bbox"])
        if chars:
            yield _Run(spans, "".join(chars), start, turn_of(line["dir"]))


def _legibility(runs: Sequence[_Run], *, hidden: int) -> Legibility:
    text = "".join(run.raw for run in runs)
    counts = Counter(text)
    unmapped = {char for char in counts if is_unmapped(char)}
    letters = sum(count for char, count in counts.items() if char.isalpha() and char < "\u0250")
    vowels = sum(counts[char] for char in _VOWELS)
    return Legibility(
        glyphs=sum(count for char, count in counts.items() if not char.isspace()),
        hidden=hidden,
        unmapped=sum(counts[char] for char in unmapped),
        unreadable=_has_run(text, unmapped),
        letters=letters,
        vowels=vowels,
        words=vowels > _VOWELS_OF_PROSE * letters or has_function_words(" ".join(run.raw for run in runs)),
    )


def _has_run(text: str, unmapped: set[str]) -> bool:
    if not unmapped:
        return False
    marked = "".join("x" if char in unmapped else " " for char in text)
    return "x" * _UNREADABLE_RUN in marked


@dataclass(frozen=True, slots=True)
class _Cutting:
    """What every line of one page is cut with: boxes and upright rules in the frame of each turn."""

    index: int
    frame: Frame
    boxes: dict[int, array[float]]
    walls: dict[int, list[tuple[float, float, float]]]

    def pieces_of(self, run: _Run) -> Iterator[Piece]:
        """Pieces of one line that lie on the page, at least in part."""
        for begin, end in self._cuts(run):
            piece = self._piece(run, begin, end)
            if self._is_on_page(piece):
                yield piece

    def _cuts(self, run: _Run) -> Iterator[tuple[int, int]]:
        """Ranges of the line between wide gaps and walls."""
        words = [match.span() for match in _WORD.finditer(run.raw)]
        if not words:
            return
        boxes, start = self.boxes[run.turn], run.start
        gap = WIDE_GAP_EM * run.spans[0]["size"]
        walls = self._walls_across(run)
        begin, before = words[0]
        for word_start, word_end in words[1:]:
            left, right = boxes[4 * (start + before) - 2], boxes[4 * (start + word_start)]
            if right - left > gap or left - right > gap or any(left - 1 <= wall <= right + 1 for wall in walls):
                yield begin, before
                begin = word_start
            before = word_end
        yield begin, before

    def _walls_across(self, run: _Run) -> list[float]:
        """Where upright rules cross the line of type."""
        if run.turn == OBLIQUE:
            return []
        first, last = 4 * run.start, 4 * (run.start + len(run.raw) - 1)
        boxes = self.boxes[run.turn]
        x0, x1, y = boxes[first], boxes[last + 2], (boxes[first + 1] + boxes[first + 3]) / 2
        return [x for x, top, bottom in self.walls[run.turn] if x0 < x < x1 and top <= y <= bottom]

    def _piece(self, run: _Run, begin: int, end: int) -> Piece:
        boxes, start, raw = self.boxes[run.turn], run.start + begin, run.raw[begin:end]
        style = _style(run.spans, begin, end)
        x0, y0, x1, y1 = _hull(boxes, start, len(raw))
        quotes = _QUOTES.match(raw)
        skip = quotes.end() if quotes and quotes.end() < len(raw) else 0
        first = _hull(boxes, start + skip, len(raw[skip:].split(None, 1)[0]))
        at = (self.index, run.turn, x0, y0, x1, y1, level_of(style.origin, run.turn, self.frame))
        glyphs = (start, len(raw), first[2] - first[0], raw.endswith("\xad"))
        return Piece(*at, style.size, style.bold, *glyphs, *normalise(raw))

    def _is_on_page(self, piece: Piece) -> bool:
        x0, y0, x1, y1 = _hull(self.boxes[turn_shown(self.frame)], piece.start, piece.count)
        shown = self.frame.shown
        return x1 > 0 and y1 > 0 and x0 < shown.x1 and y0 < shown.y1


def _printed_once(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces without those printed again in the same place: their ink lies in the boxes of the first."""
    kept: list[Piece] = []
    seen: set[tuple[str, int, int, int]] = set()
    for piece in pieces:
        x, y = (round(value / max(_REPRINT_EM * piece.size, 0.1)) for value in (piece.x0, piece.baseline))
        places = [(piece.text, piece.turn, x + dx, y + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)]
        if not any(place in seen for place in places):
            kept.append(piece)
            seen.add(places[0])
    return tuple(kept)


def _hull(boxes: array[float], start: int, count: int) -> tuple[float, float, float, float]:
    cut = boxes[4 * start : 4 * (start + count)]
    return min(cut[0::4]), min(cut[1::4]), max(cut[2::4]), max(cut[3::4])


def _style(spans: Sequence[dict[str, Any]], begin: int, end: int) -> _Style:
    """The look of most glyphs of a range."""
    weights: Counter[int] = Counter()
    at = 0
    for number, span in enumerate(spans):
        count = len(span["chars"])
        shared = min(end, at + count) - max(begin, at)
        if shared > 0:
            weights[number] = shared
        at += count
    best = spans[max(weights, key=lambda number: weights[number])]
    bold = sum(weight for number, weight in weights.items() if _is_bold(spans[number]))
    return _Style(best["size"], 2 * bold > end - begin, best["chars"][0]["origin"])


def _is_bold(span: dict[str, Any]) -> bool:
    return bool(span["flags"] & _BOLD_FLAG) or _BOLD_FONT.search(span["font"]) is not None
