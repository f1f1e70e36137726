"""Completes an analysis: the sentence without a cue between sentences that weigh, under a heading of the matter.

A decision, a fact or a paragraph that mostly tells facts is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from redactor.model import Finding, Lexicon, Passage, Span, Strength, Zone
from redactor.passage_rules.clauses import is_past, trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.passage_rules.places import Surroundings

ANALYSIS: Final = "ANALYSE"
LEAST_WORDS: Final = 6  # words; a shorter sentence is a title


def fill_paragraphs(
    around: Surroundings, passages: Sequence[Passage], *, found: Sequence[Finding], rules: Sequence[Lexicon]
) -> Iterator[Finding]:
    """The findings, and one for each sentence that an analysis surrounds."""
    yield from found
    rule = next((rule for rule in rules if rule.label_family == ANALYSIS), None)
    if rule is None:
        return
    blocks: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.zone is Zone.BODY and not around.document.blocks[passage.block].cells:
            blocks[passage.block].append(passage)
    for members in blocks.values():
        place = around.place_of(members[0], lang=members[0].lang)
        if ANALYSIS in place.matters:
            yield from _fill(around, members, found=found, rule=rule)


def _fill(
    around: Surroundings, members: Sequence[Passage], *, found: Sequence[Finding], rule: Lexicon
) -> Iterator[Finding]:
    strong = [finding for finding in found if finding.strength.masks and finding.label == ANALYSIS]
    owners = {p.span: f for p in members for f in strong if p.span.covers(f.span)}
    bare = [p for p in members if not any(p.span.overlaps(finding.span) for finding in found if finding.strength.masks)]
    if not owners or len(owners) < len(bare):
        return
    model = next(iter(owners.values()))
    for passage in bare:
        span = trim(around.document.text, passage.span)
        if span is None or len(span.of(around.document.text).split()) < LEAST_WORDS or is_past(span.of(around.document.text)) or around.found(rule, span, lang=passage.lang).says_fact:
            continue
        yield replace(model, span=span, strength=Strength.STRONG, evidence=_evidence(owners.values()))


def _evidence(findings: object) -> tuple[Span, ...]:
    return tuple(sorted({finding.span for finding in findings}))  # type: ignore[attr-defined]
