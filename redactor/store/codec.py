"""Documents and findings as bytes, and back: JSON for what has names, raw arrays for boxes, compressed."""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from redactor.errors import Tampered
from redactor.model import Analysed, Block, Box, Document, DocumentId, Finding, Layout, Page, Passage, Trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Span

_PAGES: TypeAdapter[tuple[Page, ...]] = TypeAdapter(tuple[Page, ...])
_BLOCKS: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Block, ...])
_PASSAGES: TypeAdapter[tuple[Passage, ...]] = TypeAdapter(tuple[Passage, ...])
_FINDINGS: TypeAdapter[tuple[Finding, ...]] = TypeAdapter(tuple[Finding, ...])
_TRACE: TypeAdapter[Trace] = TypeAdapter(Trace)
_ARRAYS = ("first", "last", "boxes", "lines", "line_pages")
_LEVEL = 1  # of zlib: three times smaller at a tenth of the time of level 9


def trace_json(trace: Trace) -> dict[str, Any]:
    """A trace as plain values."""
    plain: dict[str, Any] = _TRACE.dump_python(trace, mode="json")
    return plain


def trace_of(plain: dict[str, Any]) -> Trace:
    """The trace of plain values."""
    return _TRACE.validate_python(plain, strict=False)


def encode(one: Analysed) -> bytes:
    """A document with passages and findings."""
    document, layout = one.document, one.document.layout
    head = {
        "id": document.id, "sha256": document.sha256, "text": document.text,
        "pages": _PAGES.dump_python(document.pages, mode="json"),
        "blocks": _BLOCKS.dump_python(document.blocks, mode="json"),
        "passages": _PASSAGES.dump_python(one.passages, mode="json"),
        "findings": _FINDINGS.dump_python(one.findings, mode="json"),
    }  # fmt: skip
    arrays = [] if layout is None else [getattr(layout, name) for name in _ARRAYS]
    return pack(head, arrays)


def decode(data: bytes) -> Analysed:
    """What `encode` was given. Raises Tampered."""
    head, arrays = unpack(data)
    layout = Layout(*arrays) if arrays else None
    try:
        document = Document(
            DocumentId(head["id"]), head["sha256"], head["text"], _PAGES.validate_python(head["pages"]),
            _BLOCKS.validate_python(head["blocks"]), layout,
        )  # fmt: skip
        return Analysed(
            document, _PASSAGES.validate_python(head["passages"]), _FINDINGS.validate_python(head["findings"])
        )
    except (KeyError, ValueError):
        raise Tampered(kind="analysis") from None


def pack(head: dict[str, Any], arrays: Sequence[array[Any]] = ()) -> bytes:
    """A header of plain values and some arrays, compressed."""
    told = [[one.typecode, one.itemsize, len(one)] for one in arrays]
    plain = json.dumps({"head": head, "arrays": told, "order": sys.byteorder}, separators=(",", ":")).encode()
    body = b"".join(one.tobytes() for one in arrays)
    return zlib.compress(len(plain).to_bytes(8, "big") + plain + body, _LEVEL)


def unpack(data: bytes) -> tuple[dict[str, Any], list[array[Any]]]:
    """What `pack` was given. Raises Tampered."""
    try:
        raw = zlib.decompress(data)
        size = int.from_bytes(raw[:8], "big")
        told = json.loads(raw[8 : 8 + size])
        return told["head"], list(_arrays(raw, 8 + size, told))
    except (zlib.error, ValueError, KeyError, TypeError):
        raise Tampered(kind="form") from None


def _arrays(raw: bytes, start: int, told: dict[str, Any]) -> Iterator[array[Any]]:
    for code, size, count in told["arrays"]:
        one = array(code)
        if one.itemsize != size:
            raise ValueError("written on a machine with other numbers")
        one.frombytes(raw[start : start + size * count])
        if told["order"] != sys.byteorder:
            one.byteswap()
        start += size * count
        yield one


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page with the box of each glyph: enough to show and mask it without the rest of the document.

    `runs` are (start, words) in the order of the text; `glyphs` are (first number, count) of what the arrays hold.
    """

    index: int
    width: float
    height: float
    layer: str
    runs: tuple[tuple[int, str], ...] = field(repr=False)
    first: array[int] = field(repr=False)
    last: array[int] = field(repr=False)
    glyphs: tuple[tuple[int, int], ...] = field(repr=False)
    boxes: array[float] = field(repr=False)
    lines: array[int] = field(repr=False)

    @property
    def text(self) -> str:
        """The words, a line feed between runs."""
        return "\n".join(words for _, words in self.runs)

    def boxes_of(self, start: int, end: int) -> tuple[Box, ...]:
        """Boxes on this page that cover [start, end), one a line of type: those that will be cut."""
        known = [i for i in self._indices(start, end) if self.first[i] >= 0]
        if not known:
            return ()
        low, high = min(self.first[i] for i in known), max(self.last[i] for i in known) + 1
        found: list[Box] = []
        for _, group in groupby(self._slots(low, high), key=lambda slot: self.lines[slot]):
            slots = list(group)
            rows = [self.boxes[4 * slot : 4 * slot + 4] for slot in slots]
            found.append(Box(min(r[0] for r in rows), min(r[1] for r in rows), max(r[2] for r in rows),
                             max(r[3] for r in rows)))  # fmt: skip
        return tuple(found)

    def words_in(self, start: int, end: int) -> str:
        """The words of [start, end) that stand on this page."""
        return " ".join(
            words[max(start - at, 0) : end - at] for at, words in self.runs if at < end and start < at + len(words)
        )

    def _indices(self, start: int, end: int) -> Iterator[int]:
        base = 0
        for at, words in self.runs:
            low, high = max(start, at), min(end, at + len(words))
            yield from range(base + low - at, base + high - at)
            base += len(words)

    def _slots(self, low: int, high: int) -> Iterator[int]:
        base = 0
        for number, count in self.glyphs:
            yield from range(base + max(low, number) - number, base + min(high, number + count) - number)
            base += count


def encode_page(one: PageText) -> bytes:
    """A page as bytes."""
    head = {"index": one.index, "width": one.width, "height": one.height, "layer": one.layer, "runs": one.runs,
            "glyphs": one.glyphs}  # fmt: skip
    return pack(head, [one.first, one.last, one.boxes, one.lines])


def decode_page(data: bytes) -> PageText:
    """What `encode_page` was given. Raises Tampered."""
    head, (first, last, boxes, lines) = unpack(data)
    runs = tuple((start, words) for start, words in head["runs"])
    glyphs = tuple((number, count) for number, count in head["glyphs"])
    return PageText(
        head["index"], head["width"], head["height"], head["layer"], runs, first, last, glyphs, boxes, lines
    )


def pages_of(document: Document) -> Iterator[PageText]:
    """Every page of a document by itself."""
    layout = document.layout
    spots = _page_by_offset(document, layout)
    by_page: dict[int, list[tuple[int, int]]] = {}
    for page, group in groupby(range(len(spots)), key=lambda i: spots[i]):
        offsets = list(group)
        by_page.setdefault(page, []).append((offsets[0], offsets[-1] + 1))
    glyph_pages = _glyph_runs(layout)
    for page in document.pages:
        yield _page(document, page, by_page.get(page.index, []), glyph_pages.get(page.index, []))


def _page_by_offset(document: Document, layout: Layout | None) -> array[int]:
    """Page of each code point; a blank that the reader put in stands where the one before stands."""
    spots, page = array("i"), 0
    for offset in range(len(document.text)):
        glyph = -1 if layout is None else layout.first[offset]
        if layout is not None and glyph >= 0:
            page = layout.line_pages[layout.lines[glyph]]
        spots.append(page)
    return spots


def _glyph_runs(layout: Layout | None) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    if layout is None:
        return found
    for page, group in groupby(range(len(layout.lines)), key=lambda g: layout.line_pages[layout.lines[g]]):
        glyphs = list(group)
        found.setdefault(page, []).append((glyphs[0], len(glyphs)))
    return found


def _page(document: Document, page: Page, runs: list[tuple[int, int]], glyphs: list[tuple[int, int]]) -> PageText:
    layout = document.layout
    first, last, boxes, lines = array("i"), array("i"), array("f"), array("i")
    if layout is not None:
        for start, end in runs:
            first.extend(iter(layout.first[start:end]))  # kept by an earlier version, they are of 64 bits
            last.extend(iter(layout.last[start:end]))
        for number, count in glyphs:
            boxes.extend(layout.boxes[4 * number : 4 * (number + count)])
            lines.extend(iter(layout.lines[number : number + count]))
    texts = tuple((start, document.text[start:end]) for start, end in runs)
    return PageText(
        page.index, page.width, page.height, page.text_layer.value, texts, first, last, tuple(glyphs), boxes, lines
    )


def spans_json(spans: Sequence[Span]) -> list[list[int]]:
    """Spans as plain values."""
    return [[one.start, one.end] for one in spans]
