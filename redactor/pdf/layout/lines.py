"""Sets pieces side by side into lines of type, and says what a line looks like.

Which lines belong to one paragraph is left to `blocks`, which part of the page comes first to `columns`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from redactor.pdf.layout.pieces import Piece

_X_HEIGHT_EM = 0.7  # letters stand about this high on their baseline, whatever box their font declares


class Lane(NamedTuple):
    """A column of the page. `key` is shared by the columns that one layout repeats from page to page."""

    key: Hashable
    left: float
    right: float | None = None  # None: not known yet, see `edges`
    depth: int = 0  # 0: the whole width of the page


@dataclass(frozen=True)
class Line:
    """Pieces on one baseline, from left to right, inside one lane."""

    pieces: tuple[Piece, ...]
    lane: Lane

    @cached_property
    def text(self) -> str:
        """The words, pieces set apart by a blank."""
        return " ".join(piece.text for piece in self.pieces)

    @cached_property
    def main(self) -> Piece:
        """The piece that gives the line its look: the longest."""
        return max(self.pieces, key=lambda piece: piece.count)

    @property
    def x0(self) -> float:
        """Points."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Points."""
        return self.pieces[-1].x1

    @property
    def page(self) -> int:
        """From 0."""
        return self.pieces[0].page

    @property
    def baseline(self) -> float:
        """Points from the top of the upright frame."""
        return self.main.baseline

    @property
    def size(self) -> float:
        """Points."""
        return self.main.size

    @cached_property
    def bold(self) -> bool:
        """True when most of the line is bold."""
        return 2 * sum(piece.count for piece in self.pieces if piece.bold) > sum(piece.count for piece in self.pieces)


def lines_of(pieces: Sequence[Piece], lane: Lane) -> list[Line]:
    """Lines from top to bottom; raised and lowered letters stay on the line that they annotate."""
    rows: list[list[Piece]] = []  # the tallest piece of each first
    for piece in sorted(pieces, key=lambda piece: (piece.baseline, piece.x0)):
        if not rows or not _on_one_line(rows[-1][0], piece):
            rows.append([piece])
        elif piece.size > rows[-1][0].size:
            rows[-1].append(rows[-1][0])
            rows[-1][0] = piece
        else:
            rows[-1].append(piece)
    return [Line(tuple(sorted(row, key=lambda piece: piece.x0)), lane) for row in rows]


def _on_one_line(tallest: Piece, piece: Piece) -> bool:
    """True when the letters of two pieces stand level."""
    top = max(tallest.baseline - _X_HEIGHT_EM * tallest.size, piece.baseline - _X_HEIGHT_EM * piece.size)
    shared = min(tallest.baseline, piece.baseline) - top
    return shared >= 0.5 * _X_HEIGHT_EM * min(tallest.size, piece.size)
