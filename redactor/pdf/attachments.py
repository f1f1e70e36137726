"""Takes the files out that a PDF carries: those it lists, those pinned to its pages, whatever else names a file in it.

Runs in a child. What becomes of them is left to the caller; nothing of them is ever in what is released.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redactor.errors import DamagedPdf, TooManyParts
from redactor.pdf.opening import ERRORS, opened_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT_LIMIT = 5_000  # files attached to one PDF
PLACES = ("EF", "FS/EF")  # of the streams of a file: in its own description, or in the note that is pinned to a page
KEYS = ("F", "UF", "DOS", "Mac", "Unix")  # under which a description names its streams; ISO 32000-1, 7.11.4
REFERENCE = re.compile(r"(\d{1,10}) \d{1,5} R")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a PDF: the name that it gives, empty where it gives none, and its bytes."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)


def attachments_of(data: bytes) -> tuple[Attachment, ...]:
    """The files attached to a PDF, each once. Raises TooManyParts, DamagedPdf, and what opening it raises."""
    with opened_plain(data) as doc:
        try:
            named = list(_named(doc))
            known = {one.data for one in named}
            listed = [_listed(doc, number) for number in range(_counted(doc.embfile_count()))]
        except ERRORS:
            raise DamagedPdf(part="attachments") from None
    return (*named, *(one for one in listed if one.data not in known))


def _counted(count: int) -> int:
    if count > COUNT_LIMIT:
        raise TooManyParts(limit=COUNT_LIMIT)
    return count


def _listed(doc: Any, number: int) -> Attachment:
    info = doc.embfile_info(number)
    return Attachment(str(info.get("ufilename") or info.get("filename") or ""), bytes(doc.embfile_get(number)))


def _named(doc: Any) -> Iterator[Attachment]:
    """Files that an object of the PDF describes, whether or not the list of attachments holds them."""
    seen: set[int] = set()
    for xref in range(1, doc.xref_length()):
        for place in PLACES:
            stream = _stream_of(doc, xref, place)
            if stream is not None and stream not in seen:
                seen.add(stream)
                _counted(len(seen))
                yield Attachment(_name_of(doc, xref, place.removesuffix("EF")), bytes(doc.xref_stream(stream) or b""))


def _stream_of(doc: Any, xref: int, place: str) -> int | None:
    if doc.xref_get_key(xref, place)[0] not in {"dict", "xref"}:
        return None
    for key in KEYS:
        told = REFERENCE.fullmatch(doc.xref_get_key(xref, f"{place}/{key}")[1])
        if told is not None:
            return int(told.group(1))
    return None


def _name_of(doc: Any, xref: int, folder: str) -> str:
    for key in ("UF", "F"):
        kind, value = doc.xref_get_key(xref, f"{folder}{key}")
        if kind == "string" and value:
            return str(value)
    return ""
