"""Annotated document -> PDF as a public body would hold it, and the gold words with their places.

Letter pages, header and numbered footer, headings, items, table grids, small print, one or two columns. The layout
is done here, so each word's place is known and not guessed; `readback` then compares it with what libraries extract.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.evaluation.blocks import Shape, TextBlock, blocks_of
from redactor.evaluation.gold import Gold, Source, source_of
from redactor.evaluation.notation import MarkedText, parse_marks
from redactor.evaluation.typesetter import BOTTOM, Typesetter
from redactor.evaluation.typography import Font, Style, font, style_of, wrap

if TYPE_CHECKING:
    from redactor.evaluation.blocks import Range
    from redactor.evaluation.corpus import CorpusDocument

SMALL_PRINT = re.compile(r"\*|\(\d\)|Avis de confidentialité|Confidentiality")
FOOTERS = {"fr": "Page {} de {}", "en": "Page {} of {}"}
LEADING = 1.3  # line height, of the type size
CELL_LEADING = 1.25
CELL_PAD = 4.0  # points
SHORTEST_COLUMN, COLUMN_STEP = 180, 16  # points: the columns of a single page are balanced by steps


class MissingGlyphs(ValueError):
    """The text holds characters that the built-in fonts lack; tells how many."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF and its gold words."""

    pdf: bytes = field(repr=False)
    gold: Gold


def render(document: CorpusDocument) -> Rendered:
    """The document set on pages. Raises MissingGlyphs when a character cannot be printed."""
    face = font("helv")
    missing = {char for char in document.text if not char.isspace() and not face.has_glyph(ord(char))}
    if missing:
        raise MissingGlyphs(f"{document.name}: {len(missing)} characters cannot be printed")
    body = source_of(MarkedText(document.text, document.marks))
    header = header_of(document)
    sheet = balanced(document, body, header)
    gold = Gold(document, tuple(tuple(page.words) for page in sheet.pages), body.spans() + header.spans())
    return Rendered(sheet.pdf(title=document.name), gold)


def header_of(document: CorpusDocument) -> Source:
    """The running header: `running_header` of the front matter, which may hold marks, or the body's name."""
    told = document.meta.get("running_header") or document.meta.get("body") or ""
    return source_of(parse_marks(str(told)), prefix="h", in_body=False)


def balanced(document: CorpusDocument, body: Source, header: Source) -> Typesetter:
    """The pages; the columns of a document of one page end at about the same height."""
    sheet = set_pages(document, body, header, bottom=BOTTOM)
    if sheet.style.columns == 1 or len(sheet.pages) > 1:
        return sheet
    for bottom in range(SHORTEST_COLUMN, int(BOTTOM), COLUMN_STEP):
        sheet = set_pages(document, body, header, bottom=float(bottom))
        if len(sheet.pages) == 1:
            break
    return sheet


def set_pages(document: CorpusDocument, body: Source, header: Source, *, bottom: float) -> Typesetter:
    """Every block, then the running lines."""
    sheet = Typesetter(style_of(document.meta), bottom=bottom)
    for block in blocks_of(body.text):
        if block.shape is Shape.TABLE:
            set_table(sheet, body, block)
        else:
            set_lines(sheet, body, block)
    sheet.edges(header, footer=FOOTERS["fr" if document.meta.get("lang") == "fr" else "en"])
    return sheet


@dataclass(frozen=True, slots=True)
class Setting:
    """Face, size, indent and the space around a block, in points."""

    face: Font
    size: float
    indent: float
    before: float
    after: float


def setting_of(block: TextBlock, *, text: str, style: Style) -> Setting:
    """How a block other than a table is set."""
    size = style.size
    if block.shape is Shape.TITLE:
        return Setting(style.bold, size * 1.35, 0.0, size * 0.8, size * 0.65)
    if block.shape is Shape.HEADING:
        return Setting(style.bold, size * 1.1, 0.0, size * 0.5, size * 0.65)
    if block.shape is Shape.ITEM:
        return Setting(style.regular, size, 16.0, 0.0, size * 0.35)
    first, last = block.lines[0]
    if SMALL_PRINT.match(text[first:last]):
        return Setting(style.italic, size * 0.78, 0.0, 0.0, size * 0.65)
    return Setting(style.regular, size, 0.0, 0.0, size * 0.65)


def set_lines(sheet: Typesetter, body: Source, block: TextBlock) -> None:
    """A heading, a paragraph or an item; a heading is not left alone at the foot of a page."""
    how = setting_of(block, text=body.text, style=sheet.style)
    width = sheet.style.column_width - how.indent
    lines = wrap(body.text, block.lines, face=how.face, size=how.size, width=width)
    ahead = min(2, len(lines)) + (1.5 if block.shape in {Shape.TITLE, Shape.HEADING} else 0)
    sheet.need(how.before + how.size * LEADING * ahead)
    sheet.y += how.before
    for number, line in enumerate(lines):
        sheet.need(how.size * LEADING)
        sheet.y += how.size * LEADING
        if block.shape is Shape.ITEM and number == 0:
            sheet.bullet(size=how.size)
        sheet.put(body, line, at=(sheet.x + how.indent, sheet.y), face=how.face, size=how.size)
    sheet.y += how.after


def set_table(sheet: Typesetter, body: Source, block: TextBlock) -> None:
    """A ruled table; the first of several rows is in bold."""
    size = sheet.style.size * 0.9
    widths = column_widths(body.text, block, face=sheet.style.regular, size=size, room=sheet.style.column_width)
    for number, row in enumerate(block.rows):
        face = sheet.style.bold if number == 0 and len(block.rows) > 1 else sheet.style.regular
        set_row(sheet, body, row, widths=widths, face=face, size=size)
    sheet.y += size


def set_row(
    sheet: Typesetter, body: Source, row: tuple[Range, ...], *, widths: list[float], face: Font, size: float
) -> None:
    """One row of cells, each ruled on its four sides."""
    cells = [
        wrap(body.text, [cell], face=face, size=size, width=width - 2 * CELL_PAD)
        for cell, width in zip(row, widths, strict=False)
    ]
    height = max([len(cell) for cell in cells] + [1]) * size * CELL_LEADING + 2 * CELL_PAD
    sheet.need(height)
    left = sheet.x
    for number, width in enumerate(widths):
        sheet.grid((left, sheet.y, left + width, sheet.y + height))
        baseline = sheet.y + CELL_PAD
        for line in cells[number] if number < len(cells) else []:
            baseline += size * CELL_LEADING
            sheet.put(body, line, at=(left + CELL_PAD, baseline - size * 0.2), face=face, size=size)
        left += width
    sheet.y += height


def column_widths(text: str, block: TextBlock, *, face: Font, size: float, room: float) -> list[float]:
    """Points of each column: by its longest cell, never narrower than its longest word."""
    wants: list[tuple[float, float]] = []
    for number in range(max(len(row) for row in block.rows)):
        cells = [text[slice(*row[number])] for row in block.rows if number < len(row)]
        longest = max((len(cell.strip()) for cell in cells), default=1)
        word = max((face.text_length(part, size) * 1.08 for cell in cells for part in cell.split()), default=10)
        wants.append((min(longest, 60) + 4, min(word, room * 0.4) + 2 * CELL_PAD + 2))
    total = sum(share for share, _ in wants)
    widths = [max(least, room * share / total) for share, least in wants]
    return [width * room / sum(widths) for width in widths]
