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
    """An open, flattened document with the frame of each page; `total` are the pages of the file it was opened from."""

    doc: Any
    frames: tuple[Frame, ...]
    total: int

    def page(self, number: int) -> Any:
        """The PyMuPDF page, from 0, in flat coordinates."""
        try:
            return self.doc.load_page(number)
        except ERRORS:
            raise DamagedPdf(part="page") from None


@contextmanager
def opened(data: bytes, *, pages: range | None = None) -> Iterator[Work]:
    """The document of `data`, flattened; closed at the end. With `pages`, from 0, of those alone.

    Raises the kinds of `InputError` that tell why it cannot be treated.
    """
    doc = _open(data)
    try:
        total = _pages_of(doc)
        if pages is not None:
            _keep(doc, pages, total=total)
        _flatten(doc)
        yield Work(doc, _frames(doc), total)
    finally:
        doc.close()


@contextmanager
def opened_plain(data: bytes) -> Iterator[Any]:
    """The PyMuPDF document of `data` as it came, notes and attachments in place. Raises as `opened` does."""
    doc = _open(data)
    try:
        yield doc
    finally:
        doc.close()


def cut(data: bytes, *, pages: range, total: int) -> bytes:
    """A file of `pages` of `data`, from 0, and of what they need alone.

    Raises as `opened` does, and DamagedPdf when `data` has not `total` pages.
    """
    doc = _open(data)
    try:
        if _pages_of(doc) != total:
            raise DamagedPdf(part="pages")
        _keep(doc, pages, total=total)
        return bytes(doc.tobytes(garbage=1, deflate=False, encryption=pymupdf.PDF_ENCRYPT_NONE))
    except ERRORS:
        raise DamagedPdf(part="objects") from None
    finally:
        doc.close()


def _pages_of(doc: Any) -> int:
    """Number of pages. Raises TooManyPages, NoPages, DamagedPdf."""
    try:
        pages = int(doc.page_count)
    except ERRORS:
        raise DamagedPdf from None
    if pages == 0:
        raise NoPages
    if pages > PAGE_LIMIT:
        raise TooManyPages(pages=pages, limit=PAGE_LIMIT)
    return pages


def _keep(doc: Any, pages: range, *, total: int) -> None:
    """Takes the other pages out of `doc`: with thousands of them, each costs time and memory."""
    some = pages[: max(total - pages.start, 0)]
    if not some:
        raise DamagedPdf(part="page")
    if len(some) == total:
        return
    try:
        doc.select(list(some))
    except ERRORS:
        raise DamagedPdf(part="page") from None


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
