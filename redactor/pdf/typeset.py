"""Sets text on pages: plain lines, headings, ruled tables. For files that have no pages of their own, and for annexes.

Every character is shown: one that no built-in font has is written as its code point, `[U+1F600]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pymupdf

from redactor.errors import TooManyPages
from redactor.pdf.opening import ERRORS
from redactor.settings import PAGE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDTH, HEIGHT = 612.0, 792.0  # points: US letter, the format of Québec's public bodies
MARGIN = 60.0  # points
SIZE = 10.0  # points of type
TABLE_SIZE = 8.5  # points of type in a table
LEADING = 1.35  # of the type size
PAD = 3.0  # points between a cell's edge and its words
TAB = 8  # columns of a tab stop in plain text
MEASURED = 200  # rows of a table that its columns are measured by
COLUMN_LIMIT = 9  # columns of a ruled table; wider ones are set row by row, each cell with its heading
FACES = ("helv", "cjk")  # PyMuPDF's Latin, Greek and Cyrillic face, then its face for the rest
BOLD = "hebo"


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text as they stand. `bold_label` sets what precedes the first colon of each in bold."""

    lines: tuple[str, ...] = field(repr=False)
    bold_label: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A line in bold with room above it."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row holds the headings."""

    rows: tuple[tuple[str, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Break:
    """The next piece begins a page."""


Piece = Lines | Heading | Table | Break


def typeset(pieces: Sequence[Piece]) -> bytes:
    """A PDF of the pieces. Raises TooManyPages."""
    sheet = _Sheet()
    for piece in pieces:
        match piece:
            case Lines():
                _set_lines(sheet, piece)
            case Heading():
                sheet.need(4 * SIZE)
                sheet.y += SIZE
                for line in _wrapped(_shown(piece.text), WIDTH - 2 * MARGIN, SIZE, BOLD):
                    sheet.line(line, face=BOLD)
                sheet.y += SIZE * 0.4
            case Table():
                _set_table(sheet, piece.rows)
            case Break():
                sheet.new_page()
    return sheet.written()


def joined(first: bytes, second: bytes) -> bytes:
    """The pages of two PDFs in one file. Raises the errors of `ERRORS` when one cannot be opened."""
    with pymupdf.open(stream=first, filetype="pdf") as doc, pymupdf.open(stream=second, filetype="pdf") as more:
        doc.insert_pdf(more)
        data: bytes = doc.tobytes(garbage=3, deflate=True)
    return data


class _Sheet:
    """Pages being filled, from the top."""

    def __init__(self) -> None:
        self.doc: Any = pymupdf.open()
        self.writer: Any = None
        self.rules: list[tuple[float, float, float, float]] = []
        self.y = 0.0
        self.new_page()

    def new_page(self) -> None:
        self._flush()
        if self.doc.page_count >= PAGE_LIMIT:
            raise TooManyPages(limit=PAGE_LIMIT)
        self.doc.new_page(width=WIDTH, height=HEIGHT)
        self.writer, self.y = pymupdf.TextWriter(pymupdf.Rect(0, 0, WIDTH, HEIGHT)), MARGIN

    def need(self, height: float) -> None:
        if self.y + height > HEIGHT - MARGIN and self.y > MARGIN:
            self.new_page()

    def line(self, text: str, *, face: str = FACES[0], x: float = MARGIN) -> None:
        """One line at the next place of the page."""
        self.need(SIZE * LEADING)
        self.y += SIZE * LEADING
        self.put(text, x=x, y=self.y, size=SIZE, face=face)

    def put(self, text: str, *, x: float, y: float, size: float, face: str = FACES[0]) -> float:
        """Sets `text` with its base line at `y`; gives the place after it."""
        for run, name in _runs(text, face):
            font = _font(name)
            if run.strip():
                self.writer.append((x, y), run, font=font, fontsize=size)
            x += font.text_length(run, size)
        return x

    def _flush(self) -> None:
        if self.writer is None:
            return
        page = self.doc[-1]
        self.writer.write_text(page)
        shape = page.new_shape()
        for x0, y0, x1, y1 in self.rules:
            shape.draw_rect(pymupdf.Rect(x0, y0, x1, y1))
        if self.rules:
            shape.finish(color=(0.25, 0.25, 0.25), width=0.6)
            shape.commit()
        self.rules = []

    def written(self) -> bytes:
        """The file, its fonts reduced to what is used."""
        self._flush()
        self.doc.subset_fonts()
        data: bytes = self.doc.tobytes(garbage=3, deflate=True)
        self.doc.close()
        return data


def _set_lines(sheet: _Sheet, piece: Lines) -> None:
    room = WIDTH - 2 * MARGIN
    for raw in piece.lines:
        line = _shown(raw)
        if not line.strip():
            sheet.y += SIZE * LEADING * 0.8
            continue
        body = line.lstrip(" ")
        indent = min((len(line) - len(body)) * _width(" ", SIZE, FACES[0]), room / 2)
        label = body.partition(":")[0] if piece.bold_label and ":" in body[:40] else ""
        for number, part in enumerate(_wrapped(body, room - indent, SIZE, BOLD if label else FACES[0])):
            x = MARGIN + indent
            if number == 0 and label and part.startswith(label):
                sheet.need(SIZE * LEADING)
                sheet.y += SIZE * LEADING
                after = sheet.put(label, x=x, y=sheet.y, size=SIZE, face=BOLD)
                sheet.put(part[len(label) :], x=after, y=sheet.y, size=SIZE)
            else:
                sheet.line(part, x=x)


def _set_table(sheet: _Sheet, rows: Sequence[Sequence[str]]) -> None:
    columns = max((len(row) for row in rows), default=0)
    if columns > COLUMN_LIMIT:
        _set_records(sheet, rows)
        return
    sheet.y += SIZE
    widths = _column_widths(rows, columns)
    for number, row in enumerate(rows):
        _set_row(sheet, row, widths=widths, face=BOLD if number == 0 and len(rows) > 1 else FACES[0])


def _set_records(sheet: _Sheet, rows: Sequence[Sequence[str]]) -> None:
    """A table too wide for a page: each row as lines `heading : cell`."""
    heads = rows[0]
    for row in rows[1:]:
        told = [f"{heads[n] if n < len(heads) else n + 1} : {cell}" for n, cell in enumerate(row) if cell.strip()]
        _set_lines(sheet, Lines((*told, "")))


def _column_widths(rows: Sequence[Sequence[str]], columns: int) -> list[float]:
    """Points of each column: room for its longest word, where there is, and the rest by its longest cell."""
    room, first = WIDTH - 2 * MARGIN, rows[:MEASURED]
    wants = [min(max((len(row[n]) for row in first if n < len(row)), default=1), 48) + 3 for n in range(columns)]
    needs = [min(_longest_word(row[n] for row in first if n < len(row)) + 2 * PAD, room / 4) for n in range(columns)]
    left = max(room - sum(needs), 0.0)
    scale = min(room / sum(needs), 1.0)
    return [need * scale + left * want / sum(wants) for need, want in zip(needs, wants, strict=True)]


def _longest_word(cells: Iterable[str]) -> float:
    """Points of the longest word, set in bold: headings are."""
    words = {word for cell in cells for word in _shown(cell).split()}
    return max((_font(BOLD).text_length(word, TABLE_SIZE) for word in words), default=0.0) + 1


def _set_row(sheet: _Sheet, row: Sequence[str], *, widths: Sequence[float], face: str) -> None:
    room = [width - 2 * PAD for width in widths]
    cells = [
        [part for line in _shown(cell).split("\n") for part in _wrapped(line, room[n], TABLE_SIZE, face)]
        for n, cell in enumerate(row)
    ]
    step, most = TABLE_SIZE * LEADING, int((HEIGHT - 2 * MARGIN - 2 * PAD) / (TABLE_SIZE * LEADING))
    tall = max((len(cell) for cell in cells), default=1) or 1
    for begin in range(0, tall, most):
        lines = [cell[begin : begin + most] for cell in cells]
        height = min(tall - begin, most) * step + 2 * PAD
        sheet.need(height)
        x = MARGIN
        for n, width in enumerate(widths):
            sheet.rules.append((x, sheet.y, x + width, sheet.y + height))
            for at, line in enumerate(lines[n] if n < len(lines) else ()):
                sheet.put(line, x=x + PAD, y=sheet.y + PAD + step * (at + 0.75), size=TABLE_SIZE, face=face)
            x += width
        sheet.y += height


def _shown(text: str) -> str:
    """`text` with tabs as blanks and the characters that have no shape taken out or told."""
    return "".join(char if _has_shape(char) else _told(char) for char in text.expandtabs(TAB))


def _has_shape(char: str) -> bool:
    return char == "\n" or any(_font(name).has_glyph(ord(char)) for name in FACES)


def _told(char: str) -> str:
    if char in "\u200b\u200c\u200d\u2060\ufeff\xad" or char < " " or "\x7f" <= char < "\xa0":
        return " " if char < " " else ""
    if char.isspace():
        return " "
    return f"[U+{ord(char):04X}]"


def _runs(text: str, face: str) -> Iterator[tuple[str, str]]:
    """Parts of a line that one font can set."""
    run, name = "", face
    for char in text:
        own = face if _font(face).has_glyph(ord(char)) else FACES[1]
        if own != name and run:
            yield run, name
            run = ""
        run, name = run + char, own
    if run:
        yield run, name


def _wrapped(text: str, room: float, size: float, face: str) -> list[str]:
    """Lines no wider than `room` points, cut at blanks, and inside a word that is wider by itself."""
    lines, line, wide = [], "", 0.0
    for found in _words(text, room, size, face):
        word, width = found, _width(found, size, face)
        if line and wide + width > room:
            lines.append(line.rstrip(" "))
            line, wide = "", 0.0
            word = found.lstrip(" ")
            width = _width(word, size, face)
        line, wide = line + word, wide + width
    return [*lines, line]


def _words(text: str, room: float, size: float, face: str) -> Iterator[str]:
    """Words with the blanks before them; a word wider than the line comes in pieces."""
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and text[end] == " ":
            end += 1
        while end < len(text) and text[end] != " ":
            end += 1
        most = max(int(room / (size * 1.05)), 1)  # no glyph is wider than about its size
        if end - start > most and _width(text[start:end], size, face) > room:
            end = start + most
        yield text[start:end]
        start = end


def _width(text: str, size: float, face: str) -> float:
    return sum(_advance(char, face) for char in text) * size


@lru_cache(maxsize=1 << 16)
def _advance(char: str, face: str) -> float:
    """Width of a character at size 1."""
    name = face if _font(face).has_glyph(ord(char)) else FACES[1]
    return float(_font(name).text_length(char, 1.0))


@lru_cache(maxsize=4)
def _font(name: str) -> Any:
    return pymupdf.Font(name)


def is_openable(data: bytes) -> bool:
    """True when PyMuPDF opens `data` as a PDF with a page."""
    try:
        with pymupdf.open(stream=data, filetype="pdf") as doc:
            return bool(doc.page_count)
    except ERRORS:
        return False
