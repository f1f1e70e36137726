"""Reads a PDF into a `Document`: words with boxes, in reading order, one text with offsets back to the page.

Runs in a child process, on bytes that nobody trusts. What the words mean is left to `redactor.text`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pymupdf

from redactor.errors import DamagedPdf
from redactor.model import BlockKind, Document, Page, TextLayer
from redactor.pdf.layout.blocks import Draft, drafts_of
from redactor.pdf.layout.edges import Edges
from redactor.pdf.layout.headings import with_headings
from redactor.pdf.layout.layers import text_layer_of
from redactor.pdf.layout.lines import Line
from redactor.pdf.layout.order import body_and_running
from redactor.pdf.layout.pieces import scan
from redactor.pdf.layout.turning import size_of
from redactor.pdf.layout.writing import Writer
from redactor.pdf.opening import opened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.model import DocumentId
    from redactor.pdf.layout.pieces import PageScan
    from redactor.pdf.layout.tables import CellRow
    from redactor.pdf.opening import Work

_TAIL = 2048  # bytes in which the header and the end mark must stand; twice what ISO 32000-1, annex H.3.4 allows
_FLAGS = (
    pymupdf.TEXT_PRESERVE_LIGATURES
    | pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_COLLECT_VECTORS
    | pymupdf.TEXT_IGNORE_ACTUALTEXT  # what a file says of its glyphs may differ from what it shows
)


def read(data: bytes, *, document_id: DocumentId, scans: Mapping[int, int] | None = None) -> Document:
    """The document that `data` holds. `scans`: pages, from 0, whose invisible words are ours, and how sure we are.

    Raises the kinds of `InputError` that tell why it cannot be read.
    """
    _refuse_cut_short(data)
    with opened(data) as work:
        read_pages = [_read_page(work, index, (scans or {}).get(index)) for index in range(len(work.frames))]
    writer = _write([scanned for scanned, _ in read_pages])
    digest = hashlib.sha256(data).hexdigest()
    pages = tuple(page for _, page in read_pages)
    return Document(document_id, digest, writer.text, pages, tuple(writer.blocks), writer.layout)


def _refuse_cut_short(data: bytes) -> None:
    """A file without its end would open all the same, with pages that look blank for want of their contents."""
    if b"%PDF-" in data[:_TAIL] and b"%%EOF" not in data[-_TAIL:]:
        raise DamagedPdf(part="end of file")


def _read_page(work: Work, index: int, confidence: int | None) -> tuple[PageScan, Page]:
    page, frame = work.page(index), work.frames[index]
    blocks = page.get_text("rawdict", flags=_FLAGS)["blocks"]
    scanned = scan(blocks, index=index, frame=frame)
    layer = text_layer_of(scanned, page, blocks=blocks) if confidence is None else TextLayer.OCR
    return scanned, Page(index, frame.shown.width, frame.shown.height, layer, confidence)


def _write(scans: Sequence[PageScan]) -> Writer:
    body, running = body_and_running(scans)
    edges = Edges(_lines(body), widths={scan.index: size_of(scan.frame, scan.turn)[0] for scan in scans})
    writer = Writer(scans)
    for draft in with_headings(drafts_of(body, edges=edges)):
        writer.add(draft)
    for line in running:
        writer.add(Draft(BlockKind.RUNNING, [line]))
    return writer


def _lines(items: Sequence[Line | CellRow]) -> list[Line]:
    """All lines, those of cells included."""
    return [
        line
        for item in items
        for line in ([item] if isinstance(item, Line) else [ln for cell in item.cells for ln in cell])
    ]
