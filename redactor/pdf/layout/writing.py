"""Writes drafts down as one text, with the glyphs of every code point, and undoes hyphens at line ends."""

from __future__ import annotations

import re
from array import array
from functools import cached_property
from typing import TYPE_CHECKING

from redactor.model import Block, Layout, Span
from redactor.text.normalise import fold
from redactor.text.structure import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from redactor.pdf.layout.blocks import Draft
    from redactor.pdf.layout.lines import Line
    from redactor.pdf.layout.pieces import PageScan, Piece

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENED = re.compile(r"[^\s-]-$")
_PAD_EM = 0.6  # in sizes of type: what a cell leaves at its right
_QUOTE = re.compile(r"(?:>\s?)+")
_BEFORE = frozenset(words_of("hyphen_before"))
_AFTER = frozenset(words_of("hyphen_after"))


class Writer:
    """Text, blocks and layout of one document, grown draft by draft."""

    def __init__(self, pages: Sequence[PageScan]) -> None:
        self._pages = pages
        self._parts: list[str] = []
        self._length = 0
        self._first, self._last = array("i"), array("i")  # a text has fewer than 2^31 letters
        self._boxes, self._lines, self._line_pages = array("f"), array("i"), array("i")
        self.blocks: list[Block] = []

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    @property
    def layout(self) -> Layout:
        """Where it stands."""
        return Layout(self._first, self._last, self._boxes, self._lines, self._line_pages)

    def add(self, draft: Draft) -> None:
        """Writes one block; a draft whose glyphs say nothing leaves no block."""
        begin = self._length
        cells = self._add_cells(draft.cells) if draft.cells else ()
        if not draft.cells:
            self._add_lines(draft.lines, quoted=draft.quote_depth > 0)
        begin = min(begin + draft.marker, self._length)
        if self._length > begin:
            span = Span(begin, self._length)
            self.blocks.append(Block(span, draft.kind, draft.page, draft.level, cells, draft.quote_depth))
            self._blank("\n")

    def _add_cells(self, cells: Sequence[Sequence[Line]]) -> tuple[Span, ...]:
        spans: list[Span] = []
        for lines in cells:
            if spans:
                self._blank("\t")
            begin = self._length
            self._add_lines(lines, quoted=False)
            if self._length > begin:
                spans.append(Span(begin, self._length))
        return tuple(spans)

    def _add_lines(self, lines: Sequence[Line], *, quoted: bool) -> None:
        for number, line in enumerate(lines):
            if number:
                self._join(lines[number - 1], line, quoted=quoted)
            self._add_line(line, skip=self._quote_of(line) if quoted and number else 0)

    def _quote_of(self, line: Line) -> int:
        quote = _QUOTE.match(line.text)
        return quote.end() if quote else 0

    def _add_line(self, line: Line, *, skip: int) -> None:
        self._line_pages.append(line.page)
        for number, piece in enumerate(line.pieces):
            if number and skip <= 0:
                self._blank(" ")
            self._add_piece(piece, skip=max(skip, 0))
            skip -= len(piece.text) + 1

    def _add_piece(self, piece: Piece, *, skip: int) -> None:
        base = len(self._lines)
        boxes = self._pages[piece.page].boxes
        self._boxes.extend(boxes[4 * piece.start : 4 * (piece.start + piece.count)])
        self._lines.extend([len(self._line_pages) - 1] * piece.count)
        text = piece.text[skip:]
        if piece.first is None or piece.last is None:
            glyphs = range(base + skip, base + len(piece.text))
            self._first.extend(glyphs)
            self._last.extend(glyphs)
        else:
            self._first.extend([base + glyph for glyph in piece.first[skip:]])
            self._last.extend([base + glyph for glyph in piece.last[skip:]])
        self._parts.append(text)
        self._length += len(text)

    def _blank(self, char: str) -> None:
        self._parts.append(char)
        self._first.append(-1)
        self._last.append(-1)
        self._length += 1

    def _join(self, before: Line, line: Line, *, quoted: bool) -> None:
        """Writes the soft line end between two lines: a blank, nothing after a hyphen, which may go too."""
        if not _HYPHENED.search(before.text):
            if not before.pieces[-1].parted and not _is_forced(before, line):
                self._blank(" ")
            return
        after = line.text[self._quote_of(line) if quoted else 0 :]
        if not self._words.keeps_hyphen(before.text, after):
            self._drop_last()

    def _drop_last(self) -> None:
        self._parts[-1] = self._parts[-1][:-1]
        self._first.pop()
        self._last.pop()
        self._length -= 1

    @cached_property
    def _words(self) -> Words:
        return Words(piece.text for page in self._pages for piece in page.pieces)


def _is_forced(before: Line, line: Line) -> bool:
    """True when a word wider than its lane was cut to fit: it stands alone on its line and fills it."""
    room = None if before.lane.right is None else before.lane.right - before.x0
    if room is None or " " in before.text or not line.text[:1].isalnum() or not before.text[-1:].isalnum():
        return False
    next_letter = line.pieces[0].lead / max(len(line.text.partition(" ")[0]), 1)
    return before.x1 - before.x0 + _PAD_EM * before.size + next_letter > room


class Words:
    """The words of a document: they tell whether a hyphen at a line end is one of the word or of the line."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._seen = {word.lower() for text in texts for word in _WORD.findall(_inner(text))}

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """True when the hyphen that ends `before` belongs to the word that `after` goes on with.

        In doubt about a name, an address or a code it stays: a kept hyphen hides no letter.
        """
        token = before.rsplit(" ", 1)[-1]
        head, tail = token[:-1], after.partition(" ")[0]
        if not tail[:1].isalpha() or not head[-1:].isalpha() or _is_code(token) or _is_code(tail):
            return True
        word_head, word_tail = _last_word(head), _first_word(tail)
        whole, parted = (word_head + word_tail).lower(), f"{word_head}-{word_tail}".lower()
        if parted in self._seen or whole in self._seen:
            return parted in self._seen
        if tail[0].isupper():
            return True
        return self._is_compound(word_head, word_tail)

    def _is_compound(self, head: str, tail: str) -> bool:
        if fold(head).rsplit("-", 1)[-1] in _BEFORE or fold(tail).split("-", 1)[0] in _AFTER:
            return True
        return min(len(head), len(tail)) >= 4 and {head.lower(), tail.lower()} <= self._seen


def _inner(text: str) -> str:
    """The words of a line that cannot be parts of a broken one: no first in small letters, no last with a hyphen."""
    tokens = text.split(" ")
    begin = 1 if text[:1].islower() else 0
    return " ".join(tokens[begin:-1] if text.endswith("-") else tokens[begin:])


def _is_code(token: str) -> bool:
    return any(char.isdigit() or char in "@/_\\" for char in token) or "." in token.rstrip(".")


def _last_word(text: str) -> str:
    words = _WORD.findall(text)
    return words[-1] if words else text


def _first_word(text: str) -> str:
    match = _WORD.match(text)
    return match.group() if match else text
