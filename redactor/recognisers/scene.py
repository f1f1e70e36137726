"""A document as recognisers see it: the view, its blocks and cells, and the words that introduce a value."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from redactor.model import BlockKind, Lang, Zone
from redactor.recognisers.view import View, fold, view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Document, Passage, Span

_DIGIT = re.compile(r"\d")
_SMALL = re.compile(r"(?<![^\W\d_'-])[a-zà-öø-ÿ]{3,40}(?![^\W\d_])")  # words in small letters
CUE_REACH = 90  # code points before a value in which its cue is looked for: about one line of type
LABEL_LENGTH = 80  # code points: a longer first cell is a text, not the label of its row


@dataclass(frozen=True, slots=True)
class Cell:
    """A range of the view: a cell of a table row, a sentence, or a whole block."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lot:
    """A block in offsets of the view. `header` is the index of its table's first row, for a row."""

    index: int
    start: int
    end: int
    kind: BlockKind
    zone: Zone
    lang: Lang
    depth: int
    cells: tuple[Cell, ...] = ()
    header: int | None = None


@dataclass(frozen=True)
class Scene:
    """View and blocks of one document. Every offset is one of the view."""

    view: View = field(repr=False)
    lots: tuple[Lot, ...] = field(repr=False)
    sentences: tuple[tuple[Cell, ...], ...] = field(repr=False)  # of each block, in its order

    @property
    def text(self) -> str:
        """The reading copy."""
        return self.view.text

    @property
    def folded(self) -> str:
        """The reading copy in lower case, without accents."""
        return self.view.folded

    @cached_property
    def _order(self) -> tuple[list[int], list[Lot]]:
        lots = sorted(self.lots, key=lambda lot: lot.start)
        return [lot.start for lot in lots], lots

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Every word that the document writes in small letters, folded: with a capital it is no sure name."""
        return frozenset(fold(word) for word in _SMALL.findall(self.text))

    def lot_at(self, offset: int) -> Lot | None:
        """The block that holds `offset`; None between blocks."""
        starts, lots = self._order
        place = bisect_right(starts, offset) - 1
        return lots[place] if place >= 0 and offset < lots[place].end else None

    def segment_at(self, offset: int) -> Cell | None:
        """The cell, or else the block, that holds `offset`."""
        lot = self.lot_at(offset)
        if lot is None:
            return None
        for cell in lot.cells:
            if cell.start <= offset < cell.end:
                return cell
        return Cell(lot.start, lot.end)

    def before(self, offset: int, reach: int = CUE_REACH) -> str:
        """Folded words just before `offset`, in its cell or block."""
        segment = self.segment_at(offset)
        start = segment.start if segment else 0
        return self.folded[max(start, offset - reach) : offset]

    def after(self, offset: int, reach: int = 40) -> str:
        """Folded words from `offset` on, in its cell or block."""
        segment = self.segment_at(max(0, offset - 1))
        end = segment.end if segment else len(self.folded)
        return self.folded[offset : min(end, offset + reach)]

    def intro(self, offset: int, reach: int = CUE_REACH) -> str:
        """Folded words that introduce a value: those before it, its row's label and column's header, the line above."""
        lot = self.lot_at(offset)
        if lot is None:
            return self.folded[max(0, offset - reach) : offset]
        before = self.before(offset, reach)
        if lot.cells:
            return f"{self.labels(lot, offset)} | {before}"
        above = self.line_above(lot) if offset - lot.start < 4 else ""
        return f"{above}\n{before}"

    def labels(self, lot: Lot, offset: int) -> str:
        """Folded label of the row and header of the column of the cell that holds `offset`."""
        column = next((i for i, cell in enumerate(lot.cells) if cell.start <= offset < cell.end), 0)
        parts: list[str] = []
        if lot.header == lot.index and len(lot.cells) > 2:
            return ""
        if lot.header is not None and lot.header != lot.index:
            header = self.lots[lot.header].cells
            parts.append(self._words(header[column]) if column < len(header) else "")
        if column and lot.cells[0].end - lot.cells[0].start <= LABEL_LENGTH:
            parts.append(self._words(lot.cells[0]))
        return " | ".join(parts)

    def line_above(self, lot: Lot) -> str:
        """Folded text of the block before `lot`, when it is short and ends as a label does."""
        if not lot.index:
            return ""
        above = self.lots[lot.index - 1]
        words = self.folded[above.start : above.end].rstrip()
        is_label = len(words) <= CUE_REACH and not _DIGIT.search(words)
        return words[-CUE_REACH:] if is_label or words.endswith(":") else ""

    def _words(self, cell: Cell) -> str:
        return self.folded[cell.start : cell.end]


def scene_of(document: Document, passages: Sequence[Passage]) -> Scene:
    """The scene of a document; a block without a passage counts as French body text."""
    view = view_of(document.text)
    first: dict[int, Passage] = {}
    sentences: list[list[Cell]] = [[] for _ in document.blocks]
    for passage in passages:
        first.setdefault(passage.block, passage)
        sentences[passage.block].append(Cell(*_place(view, passage.span)))
    lots: list[Lot] = []
    header: int | None = None
    for index, block in enumerate(document.blocks):
        in_table = bool(block.cells)
        header = (index if header is None else header) if in_table else None
        of_block = first.get(index)
        zone, lang = (of_block.zone, of_block.lang) if of_block is not None else (Zone.BODY, Lang.FR)
        start, end = _place(view, block.span)
        cells = tuple(Cell(*_place(view, cell)) for cell in block.cells)
        lots.append(Lot(index, start, end, block.kind, zone, lang, block.quote_depth, cells, header))
        sentences[index] = sentences[index] or [Cell(start, end)]
    return Scene(view, tuple(lots), tuple(map(tuple, sentences)))


def _place(view: View, span: Span) -> tuple[int, int]:
    return view.at(span.start), view.at(span.end)
