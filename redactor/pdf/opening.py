"""Opens untrusted bytes with PyMuPDF, flattened: annotations and fields baked into the page, rotation set aside.

The caller runs it in a child process. Leaves the meaning of the pages to others.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pymupdf

from redactor.errors import DamagedPdf, EmptyFile, EncryptedDocument, NoPages, NotAPdf, TooManyPages, UnsupportedPdf
from redactor.pdf.geometry import Frame
from redactor.pdf.scrub.layers import without_hidden
from redactor.settings import PAGE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

SIDE_LIMIT_PT = 14_400.0  # points; the largest page side of ISO 32000-1, annex C.2
ERRORS = (RuntimeError, ValueError, AttributeError, TypeError, IndexError, pymupdf.mupdf.FzErrorBase)
HEADER_WINDOW = 1024  # bytes from the start in which "%PDF-" may stand; ISO 32000-1, annex H.3.4.1


@dataclass(frozen=True, slots=True)
class Work:
    """An open, flattened document with the frame of each page."""

    doc: Any
    frames: tuple[Frame, ...]

    def page(self, number: int) -> Any:
        """The PyMuPDF page, from 0, in flat coordinates."""
        try:
            return self.doc.load_page(number)
        except ERRORS:
            raise DamagedPdf(part="page") from None


@contextmanager
def opened(data: bytes) -> Iterator[Work]:
    """The document of `data`, flattened; closed at the end.

    Raises the kinds of `InputError` that tell why it cannot be treated.
    """
    doc = _open(data)
    try:
        _flatten(doc)
        yield Work(doc, _frames(doc))
    finally:
        doc.close()


def written(work: Work) -> bytes:
    """The bytes of an open document as it now stands. Raises DamagedPdf when it cannot be written."""
    try:
        return bytes(work.doc.tobytes(garbage=0, deflate=False))
    except ERRORS:
        raise DamagedPdf(part="objects") from None


def reopened(data: bytes) -> Any:
    """Bytes that we wrote ourselves, open once more."""
    return pymupdf.open(stream=data, filetype="pdf")


def _open(data: bytes) -> Any:
    if not data:
        raise EmptyFile
    if b"%PDF-" not in data[:HEADER_WINDOW]:
        raise NotAPdf
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        doc = pymupdf.open(stream=without_hidden(data), filetype="pdf")
    except ERRORS:
        raise DamagedPdf from None
    return _usable(doc)


def _usable(doc: Any) -> Any:
    if doc.needs_pass and not doc.authenticate(""):
        raise EncryptedDocument
    try:
        pages = doc.page_count
    except ERRORS:
        raise DamagedPdf from None
    if pages == 0:
        raise NoPages
    if pages > PAGE_LIMIT:
        raise TooManyPages(pages=pages, limit=PAGE_LIMIT)
    return doc


def _flatten(doc: Any) -> None:
    try:
        doc.bake()
    except ERRORS:
        raise UnsupportedPdf(part="annotations") from None


def _frames(doc: Any) -> tuple[Frame, ...]:
    try:
        return tuple(_frame(doc.load_page(number)) for number in range(doc.page_count))
    except ERRORS:
        raise DamagedPdf(part="page") from None


def _frame(page: Any) -> Frame:
    rotation = page.rotation % 360
    page.set_rotation(0)
    _mend_crop(page)
    width, height = float(page.rect.width), float(page.rect.height)
    if not (0 < width <= SIDE_LIMIT_PT and 0 < height <= SIDE_LIMIT_PT):
        raise UnsupportedPdf(part="page size")
    return Frame(width, height, rotation)


def _mend_crop(page: Any) -> None:
    """A crop box that does not meet the page is ignored, as MuPDF does when it draws."""
    media = page.mediabox
    if (page.cropbox & pymupdf.Rect(media.x0, 0, media.x1, media.height)).is_empty:
        page.parent.xref_set_key(page.xref, "CropBox", f"[{media.x0} {media.y0} {media.x1} {media.y1}]")
