"""Cuts a document into passages: sentences, items and cells, each with its zone, language, heading and lead-in.

Together they cover every word of every block exactly once. What they mean is left to the passage rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import BlockKind, Lang, Passage, Span, Zone
from redactor.text.language import language_of
from redactor.text.sentences import sentences_of
from redactor.text.zones import zones_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Block, Document

_CLEARS_HEADING = frozenset({Zone.EMAIL_HEADER, Zone.SIGNATURE})  # what follows is a message or part of its own
_BESIDE = frozenset({Zone.RUNNING, Zone.MARGIN, Zone.NOTICE})  # stand outside the course of the text


def split(document: Document) -> tuple[Passage, ...]:
    """Passages of the document, in the order of its blocks."""
    zones = zones_of(document)
    main = language_of(document.text)
    found: list[Passage] = []
    heading: Span | None = None
    lead_in: Span | None = None
    for number, (block, zone) in enumerate(zip(document.blocks, zones, strict=True)):
        lang = language_of(block.span.of(document.text), default=main)
        heading = None if zone in _CLEARS_HEADING else heading
        above = None if zone in _BESIDE else heading
        under = lead_in if _is_item(block) else None
        passages = _of_block(document, number, zone=zone, lang=lang, heading=above, lead_in=under)
        found.extend(passages)
        heading = block.span if zone is Zone.HEADING else heading
        lead_in = _next_lead_in(document, passages, lead_in, block=block, zone=zone)
    return tuple(found)


def _is_item(block: Block) -> bool:
    return block.kind is BlockKind.LIST_ITEM


def _of_block(
    document: Document, number: int, *, zone: Zone, lang: Lang, heading: Span | None, lead_in: Span | None
) -> list[Passage]:
    block = document.blocks[number]
    spans = [sentence for part in _parts(block) for sentence in sentences_of(document.text, part)]
    return [Passage(span, number, zone, lang, heading, lead_in) for span in spans if _has_words(span.of(document.text))]


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _parts(block: Block) -> Iterator[Span]:
    """Cells of a row and what stands between them, or the whole block."""
    start = block.span.start
    for cell in block.cells:
        if cell.start > start:
            yield Span(start, cell.start)
        yield cell
        start = cell.end
    if block.span.end > start:
        yield Span(start, block.span.end)


def _next_lead_in(
    document: Document, passages: Sequence[Passage], lead_in: Span | None, *, block: Block, zone: Zone
) -> Span | None:
    """The sentence that opens the items to come: kept from item to item, across a page's edge."""
    if zone in _BESIDE or not passages:
        return lead_in
    last = passages[-1].span
    if last.of(document.text).endswith(":"):
        return last
    return lead_in if _is_item(block) else None
