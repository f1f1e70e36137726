"""Puts plain text and text tables on pages: every line as it stands, a table with its rules."""

from __future__ import annotations

import csv
import io

from redactor.errors import TooManyRows, UnknownFormat
from redactor.intake.charsets import decoded, delimiter_of
from redactor.intake.opened import Opened
from redactor.intake.sniff import Format
from redactor.pdf.typeset import Break, Lines, Piece, Table, typeset

GUESSED = "charset-guessed"  # note of the report: accents may be wrong
ROW_LIMIT = 100_000  # rows of one table or lines of one text: some 2,000 pages
FIELD_LIMIT = 1 << 20  # characters of one cell


def opened(data: bytes, known: Format) -> Opened:
    """The pages of a text. Raises UnknownFormat (no text), TooManyRows."""
    read = decoded(data)
    if read is None:
        raise UnknownFormat
    notes = () if read.is_sure else (GUESSED,)
    return Opened(known, pdf=typeset(_pieces(read.text, known)), notes=notes)


def _pieces(text: str, known: Format) -> tuple[Piece, ...]:
    if text.count("\n") > ROW_LIMIT:
        raise TooManyRows(limit=ROW_LIMIT)
    mark = delimiter_of(text) if known is Format.CSV else None
    rows = _rows(text, mark) if mark is not None else None
    return _sheets(text) if rows is None else (Table(rows),)


def _sheets(text: str) -> tuple[Piece, ...]:
    """The lines of a text; a form feed begins a page."""
    pieces: list[Piece] = []
    for sheet in text.split("\x0c"):
        pieces += [*([Break()] if pieces else []), Lines(tuple(sheet.split("\n")))]
    return tuple(pieces)


def _rows(text: str, mark: str) -> tuple[tuple[str, ...], ...] | None:
    """The rows of a table; None where its quotes do not close, so that nothing of it is lost."""
    csv.field_size_limit(FIELD_LIMIT)
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=mark, strict=True)]
    except csv.Error:
        return None
    return tuple(row for row in rows if any(cell.strip() for cell in row)) or None
