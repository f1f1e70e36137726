"""Reads a file by chunks of pages, each in a child of its own, so that a bad page costs itself and not its file.

A chunk whose child dies is halved until the page is alone; that page is then lost: it keeps its number, nothing of it
is read, and its document is left to a person. What was read is kept by whoever calls, and handed in again after a kill.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Protocol

from redactor.errors import Crashed, DamagedPdf, OutOfMemory, PageFailed, TimedOut
from redactor.keeping import sealed, unsealed
from redactor.model import DocumentId
from redactor.pdf import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from redactor.errors import RedactorError
    from redactor.model import Document

CHUNK = 25  # pages read in one child: what a kill or a bad page makes us do again; docs/design.md, "Chunks"
MOST_LOST = 25  # pages of one file; a file with more of them is what is bad, and each may take a child its whole time
NOBODY = DocumentId("d0")  # stands for the id that the caller gives
DEADLY = (Crashed, TimedOut, OutOfMemory)  # what the page may be to blame for; an InputError tells of the file


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages of a file as its child gave them. `lost`: pages, from 0, that stopped it, with the code of why."""

    first: int
    count: int
    total: int  # pages of the file
    sealed: bytes = field(repr=False)
    lost: tuple[tuple[int, str], ...] = ()
    document: Document | None = field(default=None, repr=False)  # where the part is the whole file


class Parts(Protocol):
    """Where parts are kept between a kill and the run that goes on."""

    def known(self, first: int) -> Part | None:
        """The part that begins with page `first`, from 0."""

    def keep(self, part: Part) -> None:
        """Keeps a part."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A file read: its document, and the pages that nobody could read, from 0, each with the code of why."""

    document: Document
    lost: Mapping[int, str] = field(default_factory=dict)


class File:
    """One file to read. Its chunks may be read in any order, by several threads."""

    def __init__(
        self, data: Callable[[], bytes], *, call: Callable[..., Any], parts: Parts,
        scans: Mapping[int, int] | None = None,
    ) -> None:  # fmt: skip
        """`data` brings the bytes of the PDF in; `scans` as in `reader.read`."""
        self._data, self._call, self._parts, self._scans = data, call, parts, scans

    def begin(self) -> int:
        """Reads the first chunk; gives the number of pages of the file. Raises what the file is to blame for."""
        known = self._parts.known(0)
        part = known or self._opened()
        if known is None:
            self._parts.keep(part)
        return part.total

    def read(self, first: int, *, total: int) -> None:
        """Reads the chunk of a file of `total` pages that begins with page `first`, unless it is known."""
        if self._parts.known(first) is None:
            self._parts.keep(self._chunk(first, min(CHUNK, total - first), total))

    def whole(self, *, document_id: DocumentId, sha256: str) -> Whole:
        """The document, once all its chunks are read. Raises PageFailed when it lost too many pages."""
        parts = list(self._known())
        if parts[0].document is not None:
            return Whole(replace(parts[0].document, id=document_id, sha256=sha256))
        lost = {page: code for part in parts for page, code in part.lost}
        if len(lost) > MOST_LOST:
            raise page_failed(lost)
        sizes = [len(part.sealed) for part in parts]
        data = b"".join(part.sealed for part in parts)
        document: Document = self._call(put_together, data, sizes=sizes, document_id=document_id, sha256=sha256)
        return Whole(document, lost)

    def _known(self) -> Iterator[Part]:
        first, total = 0, 1
        while first < total:
            part = self._parts.known(first)
            if part is None:
                raise Crashed(kind="part")
            yield part
            first, total = first + part.count, part.total

    def _opened(self) -> Part:
        """The first chunk. Where its child dies, and those of single pages too, the file is to blame."""
        try:
            return self._some(0, CHUNK)
        except DEADLY as error:
            total = self._total(error)
        return self._chunk(0, min(CHUNK, total), total)

    def _total(self, error: RedactorError) -> int:
        for page in (0, 1, CHUNK - 1):
            with suppress(*DEADLY, DamagedPdf):  # damaged: a shorter file has no such page
                return self._some(page, 1).total
        raise error

    def _chunk(self, first: int, count: int, total: int) -> Part:
        """The pages of a chunk, without those that kill their child."""
        found = list(self._halves(first, count, total))
        inner = [one for part in found for one in unsealed(part.sealed)]
        lost = tuple(one for part in found for one in part.lost)
        return found[0] if len(found) == 1 else Part(first, count, total, sealed(inner), lost)

    def _halves(self, first: int, count: int, total: int) -> Iterator[Part]:
        try:
            yield self._some(first, count)
        except DEADLY as error:
            if count == 1:
                yield Part(first, 1, total, sealed([reader.lost(first, total=total)]), ((first, error.code),))
                return
            half = count // 2
            yield from self._halves(first, half, total)
            yield from self._halves(first + half, count - half, total)

    def _some(self, first: int, count: int) -> Part:
        part: Part = self._call(read_some, self._data(), first=first, count=count, scans=self._scans)
        return part


def read_some(data: bytes, *, first: int, count: int, scans: Mapping[int, int] | None = None) -> Part:
    """Runs in a child: pages of a PDF. Raises the kinds of InputError that tell why it cannot be read."""
    read = reader.read_pages(data, first=first, count=count, scans=scans)
    if len(read.pages) == read.total:
        whole = reader.assembled([read], document_id=NOBODY, sha256="")
        return Part(first, len(read.pages), read.total, b"", document=whole)
    return Part(first, len(read.pages), read.total, sealed([read]))


def put_together(data: bytes, *, sizes: Sequence[int], document_id: DocumentId, sha256: str) -> Document:
    """Runs in a child: the document of parts that lie one after the other, each as long as `sizes` says."""
    ends = pairwise(accumulate(sizes, initial=0))
    parts = (one for start, end in ends for one in unsealed(data[start:end]))
    return reader.assembled(parts, document_id=document_id, sha256=sha256)


def page_failed(lost: Mapping[int, str]) -> PageFailed:
    """What is said of a document with lost pages."""
    pages = sorted(lost)
    return PageFailed(pages=",".join(str(page + 1) for page in pages), why=lost[pages[0]])


def others(total: int) -> range:
    """First pages, from 0, of the chunks of a file of `total` pages, but for the one it begins with."""
    return range(CHUNK, total, CHUNK)


class InHand:
    """Parts of a file that is read at one go: nothing of it outlives the reading."""

    def __init__(self) -> None:
        self._parts: dict[int, Part] = {}

    def known(self, first: int) -> Part | None:
        """The part that begins with page `first`, from 0."""
        return self._parts.get(first)

    def keep(self, part: Part) -> None:
        """Keeps a part."""
        self._parts[part.first] = part


def read_file(
    data: bytes, *, document_id: DocumentId, sha256: str, call: Callable[..., Any], parts: Parts | None = None,
    scans: Mapping[int, int] | None = None,
) -> Whole:  # fmt: skip
    """The document of `data`, its chunks read one after the other. Raises what the file is to blame for."""
    file = File(lambda: data, call=call, parts=parts or InHand(), scans=scans)
    total = file.begin()
    for first in others(total):
        file.read(first, total=total)
    return file.whole(document_id=document_id, sha256=sha256)
