"""Personal notes written on a document, and documents whose title says they are a draft.

What a draft is worth once a final version exists is a fact for `policy`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redactor.model import BlockKind, Finding, Lexicon, Passage, Span, Strength, Zone
from redactor.passage_rules.clauses import trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.passage_rules.places import Surroundings

NOTE: Final = "NOTE"
TITLE_BLOCKS: Final = 4  # blocks; a stamp or a title stands in the first ones
_BRACKETED: Final = re.compile(r"\[[^\[\]]{3,4000}\]")
_CLOSED: Final = frozenset({Zone.EMAIL_HEADER, Zone.STATUTE})


def find_notes(around: Surroundings, passages: Sequence[Passage]) -> Iterator[Finding]:
    """Findings of margin notes (their words, not their description) and of the passages of a draft."""
    rule = next((rule for rule in around.lexicons if rule.label_family == NOTE), None)
    if rule is None:
        return
    title = _title(around, passages, rule=rule)
    if title:
        for passage in passages:
            span = trim(around.document.text, passage.span)
            if span is not None and passage.zone not in _CLOSED:
                yield Finding(span, NOTE, Strength.WEAK, rule.rule_id, title)
        return
    seen: set[int] = set()
    for passage in passages:
        if passage.block not in seen:
            seen.add(passage.block)
            yield from _in_block(around, passage, rule=rule)


def _title(around: Surroundings, passages: Sequence[Passage], *, rule: Lexicon) -> tuple[Span, ...]:
    for index, block in enumerate(around.document.blocks[:TITLE_BLOCKS]):
        if block.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
            lang = next((p.lang for p in passages if p.block == index), passages[0].lang)
            hits = around.found(rule, block.span, lang=lang).of({"heading"})
            if hits:
                return tuple(hit.span for hit in hits)
    return ()


def _in_block(around: Surroundings, passage: Passage, *, rule: Lexicon) -> Iterator[Finding]:
    block = around.document.blocks[passage.block].span
    pieces = [
        Span(block.start + m.start(), block.start + m.end())
        for m in _BRACKETED.finditer(block.of(around.document.text))
    ]
    if passage.zone is Zone.MARGIN and not pieces:
        pieces = [block]
    for piece in pieces:
        hits = around.found(rule, piece, lang=passage.lang).opening
        if hits or passage.zone is Zone.MARGIN:
            words = _words_of(around.document.text, piece)
            if words is not None:
                evidence = tuple(hit.span for hit in hits) or (piece,)
                strength = Strength.STRONG if hits else Strength.WEAK
                yield Finding(words, NOTE, strength, rule.rule_id, evidence)


def _words_of(text: str, piece: Span) -> Span | None:
    """What follows the description of a note: `[in the margin: …]`."""
    inner = Span(piece.start + 1, piece.end - 1) if text[piece.start] == "[" and len(piece) > 2 else piece
    colon = text.find(":", inner.start, min(inner.end, inner.start + 80))
    return trim(text, Span(colon + 1, inner.end)) if 0 <= colon < inner.end - 1 else trim(text, inner)
