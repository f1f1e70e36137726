"""What an old Word file (DOC, [MS-DOC]) deletes or hides, read from its own bytes: its conversion may lose the marks.

Only runs that say so themselves are read; styles are left to the conversion.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.errors import DamagedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FLAGS, IS_TABLE_1 = 0x0A, 0x0200  # place of the flags, fWhichTblStm; [MS-DOC] 2.5.2
NFIB, WORD_97 = 0x02, 0x00C1  # [MS-DOC] 2.5.1; older ones (Word 6, Word 95) have no stream of tables
CHPX_AT, CLX_AT = 154 + 12 * 8, 154 + 33 * 8  # places of fcPlcfBteChpx and fcClx; [MS-DOC] 2.5.6
PAGE = 512  # bytes of a page of properties; [MS-DOC] 2.9.33
PAGE_NUMBER = 0x3FFFFF  # bits of the number of such a page; [MS-DOC] 2.8.5
RUN_LIMIT = 400_000  # runs of one file: more than 10,000 pages hold
GONE = frozenset({0x0800, 0x083C})  # sprmCFRMarkDel, sprmCFVanish; [MS-DOC] 2.6.1
SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of a property by its kind; [MS-DOC] 2.2.5.1
VARIABLE = 6  # the kind whose first byte tells its size
PACKED = 1 << 30  # of the place of a piece: its letters take one byte; [MS-DOC] 2.9.73
ERRORS = (struct.error, IndexError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of letters: from byte to byte of the stream, two bytes a letter where `wide`."""

    start: int
    end: int
    wide: bool


def table_of(document: bytes) -> str | None:
    """Name of the stream with the tables of a document; None for a form older than Word 97. Raises DamagedFile."""
    if len(document) < CLX_AT + 8:
        raise DamagedFile
    if int.from_bytes(document[NFIB : NFIB + 2], "little") < WORD_97:
        return None
    return "1Table" if int.from_bytes(document[FLAGS : FLAGS + 2], "little") & IS_TABLE_1 else "0Table"


def gone_from(document: bytes, table: bytes) -> tuple[str, ...]:
    """Words that the stream `WordDocument` deletes or hides; `table` is what `table_of` names. Raises DamagedFile."""
    try:
        pieces = _pieces(_held(document, table, CLX_AT))
        runs = [run for page in _pages(_held(document, table, CHPX_AT)) for run in _runs(document, page)]
        texts = [_text(document, pieces, start, end) for start, end in _joined(runs)]
    except ERRORS:
        raise DamagedFile from None
    return tuple(text for text in texts if text.strip())


def _held(document: bytes, table: bytes, at: int) -> bytes:
    start, size = struct.unpack_from("<II", document, at)
    return table[start : start + size]


def _pieces(clx: bytes) -> tuple[_Piece, ...]:
    at = 0
    while clx[at] == 1:  # properties of pieces, left by quick saves
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    plc = clx[at + 5 : at + 5 + int.from_bytes(clx[at + 1 : at + 5], "little")]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc)
    return tuple(_piece(plc, 4 * (count + 1) + 8 * n, ends[n + 1] - ends[n]) for n in range(count))


def _piece(plc: bytes, at: int, letters: int) -> _Piece:
    (place,) = struct.unpack_from("<I", plc, at + 2)
    if place & PACKED:
        start = (place & (PACKED - 1)) // 2
        return _Piece(start, start + letters, wide=False)
    return _Piece(place, place + 2 * letters, wide=True)


def _pages(plc: bytes) -> Iterator[int]:
    """Places of the pages of properties."""
    count = (len(plc) - 4) // 8
    for number in range(count):
        yield (struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * number)[0] & PAGE_NUMBER) * PAGE


def _runs(document: bytes, page: int) -> Iterator[tuple[int, int]]:
    """Places of the runs of a page of properties that do not show."""
    held = document[page : page + PAGE]
    count = held[PAGE - 1]
    for number in range(count):
        offset = 2 * held[4 * (count + 1) + number]
        if offset and _is_gone(held, offset + 1, offset + 1 + held[offset]):
            start, end = struct.unpack_from("<II", held, 4 * number)
            yield start, end


def _is_gone(held: bytes, at: int, end: int) -> bool:
    told: dict[int, bool] = {}
    while at + 2 < end:
        sprm = int.from_bytes(held[at : at + 2], "little")
        at += 2
        if sprm in GONE:
            told[sprm] = held[at] == 1
        kind = sprm >> 13
        at += 1 + held[at] if kind == VARIABLE else SIZES[kind]
    return any(told.values())


def _joined(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs that touch are one."""
    if len(runs) > RUN_LIMIT:
        raise ValueError
    found: list[tuple[int, int]] = []
    for start, end in sorted(runs):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _text(document: bytes, pieces: Sequence[_Piece], start: int, end: int) -> str:
    """The letters between two bytes of the stream; marks of fields, cells and paragraphs are blanks."""
    told = ""
    for piece in pieces:
        first, last = max(start, piece.start), min(end, piece.end)
        if first < last:
            told += document[first:last].decode("utf-16-le" if piece.wide else "cp1252", "replace")
    return "".join(max(letter, " ") for letter in told)
