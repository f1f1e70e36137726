"""Reads a PDF into a `Document`: words with boxes, in reading order, one text with offsets back to the page.

A file is read whole (`read`), or by ranges of pages (`read_pages`) which are put together afterwards (`assembled`): the
document is the same. Reading runs in a child process, on bytes that nobody trusts. What the words mean is left to
`redactor.text`.
"""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pymupdf

from redactor.errors import DamagedPdf
from redactor.model import BlockKind, Document, Page, TextLayer
from redactor.pdf.geometry import Frame
from redactor.pdf.layout.blocks import Draft, drafts_of
from redactor.pdf.layout.edges import Edges
from redactor.pdf.layout.headings import with_headings
from redactor.pdf.layout.layers import text_layer_of
from redactor.pdf.layout.lines import Line
from redactor.pdf.layout.order import body_and_running
from redactor.pdf.layout.pieces import PageScan, scan
from redactor.pdf.layout.turning import size_of
from redactor.pdf.layout.writing import Writer
from redactor.pdf.opening import opened
from redactor.settings import PAGE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from redactor.model import DocumentId
    from redactor.pdf.layout.tables import CellRow
    from redactor.pdf.opening import Work

_TAIL = 2048  # bytes in which the header and the end mark must stand; twice what ISO 32000-1, annex H.3.4 allows
LOST = Frame(612.0, 792.0, 0)  # points: a letter sheet, for want of anything known of it
_FLAGS = (
    pymupdf.TEXT_PRESERVE_LIGATURES
    | pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_COLLECT_VECTORS
    | pymupdf.TEXT_IGNORE_ACTUALTEXT  # what a file says of its glyphs may differ from what it shows
)


@dataclass(frozen=True, slots=True)
class PagesRead:
    """Some pages of a file of `total`, from page `first` (from 0) on: what each holds, before it is put in order."""

    first: int
    total: int
    pages: tuple[tuple[PageScan, Page], ...] = field(repr=False)


def read(data: bytes, *, document_id: DocumentId, scans: Mapping[int, int] | None = None) -> Document:
    """The document that `data` holds. `scans`: pages, from 0, whose invisible words are ours, and how sure we are.

    Raises the kinds of `InputError` that tell why it cannot be read.
    """
    whole = read_pages(data, first=0, count=None, scans=scans)
    return assembled([whole], document_id=document_id, sha256=hashlib.sha256(data).hexdigest())


def read_pages(data: bytes, *, first: int, count: int | None, scans: Mapping[int, int] | None = None) -> PagesRead:
    """`count` pages of `data` from page `first` (from 0) on, or as many as there are; None: all that follow.

    `scans` as in `read`, numbered as in the file. Raises the kinds of `InputError` that tell why they cannot be read.
    """
    _refuse_cut_short(data)
    wanted = range(first, first + PAGE_LIMIT if count is None else first + count)
    with opened(data, pages=wanted) as work:
        pages = tuple(
            _read_page(work, number, index=first + number, confidence=(scans or {}).get(first + number))
            for number in range(len(work.frames))
        )
        return PagesRead(first, work.total, pages)


def lost(index: int, *, total: int) -> PagesRead:
    """What stands for page `index`, from 0, of a file of `total`, when its reader stopped: a sheet nobody has read."""
    page = Page(index, LOST.width, LOST.height, TextLayer.MISSING)
    return PagesRead(index, total, ((PageScan(index, LOST, (), (), array("f")), page),))


def assembled(parts: Iterable[PagesRead], *, document_id: DocumentId, sha256: str) -> Document:
    """The document of the pages of `parts`, in the order of the file. Raises DamagedPdf when one is missing."""
    held = [page for part in parts for page in part.pages]
    pages = tuple(page for _, page in held)
    if [page.index for page in pages] != list(range(len(pages))):
        raise DamagedPdf(part="page")
    writer = _write([scanned for scanned, _ in held])
    return Document(document_id, sha256, writer.text, pages, tuple(writer.blocks), writer.layout)


def _refuse_cut_short(data: bytes) -> None:
    """A file without its end would open all the same, with pages that look blank for want of their contents."""
    if b"%PDF-" in data[:_TAIL] and b"%%EOF" not in data[-_TAIL:]:
        raise DamagedPdf(part="end of file")


def _read_page(work: Work, number: int, *, index: int, confidence: int | None) -> tuple[PageScan, Page]:
    """Page `number` of `work`, which is page `index` of the file."""
    page, frame = work.page(number), work.frames[number]
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
