"""Passages of a minister's or a member's office: its messages, and what of its documents is quoted.

A mention of an office is not its document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redactor.model import BlockKind, Finding, Lexicon, Passage, Span, Speaker, Strength, Zone
from redactor.passage_rules.clauses import quotes_of, trim
from redactor.passage_rules.cues import speaker_of
from redactor.passage_rules.places import OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.passage_rules.places import Surroundings

OFFICE: Final = "CABINET"
TITLE_BLOCKS: Final = 4  # blocks; a letterhead stands in the first ones
_CLOSED: Final = frozenset({Zone.EMAIL_HEADER, Zone.NOTICE, Zone.STATUTE})


def find_offices(around: Surroundings, passages: Sequence[Passage], *, author: Speaker | None) -> Iterator[Finding]:
    """Findings of the office's words: whole messages, quotes, or the whole document under an office's letterhead."""
    rule = next((rule for rule in around.lexicons if rule.label_family == OFFICE), None)
    if rule is None:
        return
    title = _title(around, passages, rule=rule)
    whole = author in OFFICES or title is not None
    for passage in passages:
        speaker = around.speakers[passage.block] if not whole else author
        if passage.zone in _CLOSED or not (whole or speaker in OFFICES):
            continue
        span = trim(around.document.text, passage.span)
        if span is not None:
            yield Finding(span, OFFICE, Strength.STRONG, rule.rule_id, title or (span,), speaker=speaker)
    if not whole:
        yield from _quotes(around, passages, rule=rule)


def _title(around: Surroundings, passages: Sequence[Passage], *, rule: Lexicon) -> tuple[Span, ...] | None:
    for index, block in enumerate(around.document.blocks[:TITLE_BLOCKS]):
        if block.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
            lang = next((p.lang for p in passages if p.block == index), passages[0].lang)
            hits = around.found(rule, block.span, lang=lang).of({"heading"})
            if hits:
                return tuple(hit.span for hit in hits)
    return None


def _quotes(around: Surroundings, passages: Sequence[Passage], *, rule: Lexicon) -> Iterator[Finding]:
    """Quotes from the passage that tells of the office's words to the end of its block."""
    for passage in passages:
        if around.speakers[passage.block] in OFFICES or passage.zone in _CLOSED:
            continue
        found = around.found(rule, passage.span, lang=passage.lang)
        if found.opening:
            evidence = tuple(hit.span for hit in found.opening)
            named = (speaker_of(hit.role) for hit in found.hits)
            speaker = next((one for one in named if one is not None), Speaker.MINISTER_OFFICE)
            rest = Span(passage.span.start, around.document.blocks[passage.block].span.end)
            for quote in quotes_of(around.document.text, rest):
                yield Finding(quote, OFFICE, Strength.STRONG, rule.rule_id, evidence, speaker=speaker)
