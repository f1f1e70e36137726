"""Builds a Document from text in the corpus notation, for rule examples, cases and tests; no page is involved.

`# ` and `## ` open headings, `- ` an item, `| a | b |` a table row. Each line of text is a block of its own, as
a hard line end on a page would be; blank lines are nothing.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from redactor.model import Block, BlockKind, Document, DocumentId, Page, Span

_QUOTES = re.compile(r"(?:>\s?)+")
_HEADING = re.compile(r"(#{1,3}) ")


class _Line(NamedTuple):
    kind: BlockKind
    level: int
    quote_depth: int
    start: int  # offset in the source where the visible words begin
    end: int


def document_of(text: str, *, document_id: DocumentId | None = None) -> Document:
    """Document whose text is `text` itself: offsets are the caller's own, blocks leave out the notation.

    Raises ValueError on an empty text.
    """
    if not text.strip():
        raise ValueError("no text")
    blocks = tuple(_block(line, text) for line in _lines(text) if line.end > line.start)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(document_id or DocumentId("d1"), digest, text, (Page(0, 612.0, 792.0),), blocks)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for raw in text.split("\n"):
        lines.append(_line(raw, start))
        start += len(raw) + 1
    return lines


def _line(raw: str, start: int) -> _Line:
    end = start + len(raw.rstrip())
    depth, skip = 0, 0
    if quotes := _QUOTES.match(raw):
        depth, skip = quotes.group().count(">"), quotes.end()
    rest = raw[skip:]
    if heading := _HEADING.match(rest):
        return _Line(BlockKind.HEADING, len(heading.group(1)), depth, start + skip + heading.end(), end)
    if rest.startswith("- "):
        return _Line(BlockKind.LIST_ITEM, 0, depth, start + skip + 2, end)
    kind = BlockKind.TABLE_ROW if rest.startswith("|") else BlockKind.PARAGRAPH
    return _Line(kind, 0, depth, start + skip + len(rest) - len(rest.lstrip()), end)


def _block(line: _Line, text: str) -> Block:
    span = Span(line.start, line.end)
    cells = _cells(span, text) if line.kind is BlockKind.TABLE_ROW else ()
    return Block(span, line.kind, 0, line.level, cells, line.quote_depth)


def _cells(row: Span, text: str) -> tuple[Span, ...]:
    found: list[Span] = []
    for match in re.finditer(r"[^|]+", row.of(text)):
        words = match.group()
        start = row.start + match.start() + len(words) - len(words.lstrip())
        if words.strip():
            found.append(Span(start, start + len(words.strip())))
    return tuple(found)
