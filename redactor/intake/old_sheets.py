"""Rows and columns of an old workbook (XLS, [MS-XLS]) that are too small to show anything: they are marked hidden.

LibreOffice gives rows of no height their usual height when it turns the file into a new one; hidden rows it keeps.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW, COLUMNS, DEFAULT_ROW = 0x0208, 0x007D, 0x0225  # records; [MS-XLS] 2.4.221, 2.4.53, 2.4.87
LEAST_HEIGHT = 60  # twentieths of a point: under 3 points no letter shows
LEAST_WIDTH = 77  # of 256ths of a letter: under a third of a letter
HEIGHT_BITS = 0x7FFF  # of the height of a row; the highest bit tells of a default
ROW_HIDDEN, COLUMN_HIDDEN = 0x20, 0x01  # fDyZero of a row, fHidden of columns
USUAL_HEIGHT = 255  # twentieths of a point: what hidden rows are given, as a row must have a height


def hidden_rows_marked(stream: bytes) -> bytes:
    """The stream of a workbook, of the same length, its rows and columns of no size marked hidden."""
    made = bytearray(stream)
    for kind, at, size in _records(stream):
        if kind == ROW and size >= 16:
            _mark_row(made, at)
        elif kind == COLUMNS and size >= 10:
            _mark_columns(made, at)
        elif kind == DEFAULT_ROW and size >= 4:
            _mark_default(made, at)
    return bytes(made)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + size > len(stream):
            return
        yield kind, at, size
        at += size


def _mark_row(made: bytearray, at: int) -> None:
    (height,) = struct.unpack_from("<H", made, at + 6)
    if height & HEIGHT_BITS < LEAST_HEIGHT:
        struct.pack_into("<H", made, at + 6, USUAL_HEIGHT)
        made[at + 12] |= ROW_HIDDEN


def _mark_columns(made: bytearray, at: int) -> None:
    (width,) = struct.unpack_from("<H", made, at + 4)
    if width < LEAST_WIDTH:
        made[at + 8] |= COLUMN_HIDDEN


def _mark_default(made: bytearray, at: int) -> None:
    """Rows that the sheet does not speak of."""
    (height,) = struct.unpack_from("<H", made, at + 2)
    if height & HEIGHT_BITS < LEAST_HEIGHT:
        struct.pack_into("<H", made, at + 2, USUAL_HEIGHT)
        made[at] |= 0x02  # fDyZero
