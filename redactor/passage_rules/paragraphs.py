"""Completes an analysis: the clause without a cue beside clauses that weigh, in one sentence or under its heading.

A decision, a fact told in the past, or a paragraph that mostly tells facts is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from redactor.model import Finding, Lexicon, Passage, Span, Strength, Zone
from redactor.passage_rules.clauses import clauses_of, is_past

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redactor.passage_rules.places import Surroundings

ANALYSIS: Final = "ANALYSE"
LEAST_WORDS: Final = 7  # words; a shorter clause is a title


def fill_paragraphs(
    around: Surroundings, passages: Sequence[Passage], *, found: Sequence[Finding], rules: Sequence[Lexicon]
) -> Iterator[Finding]:
    """The findings, and one for each clause that an analysis surrounds."""
    yield from found
    rule = next((rule for rule in rules if rule.label_family == ANALYSIS), None)
    if rule is None:
        return
    strong = {finding.span: finding for finding in found if finding.strength.masks}
    groups: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.zone is Zone.BODY and not around.document.blocks[passage.block].cells:
            groups[passage.block].append(passage)
    filled: dict[Span, Finding] = {}
    for members in groups.values():
        if ANALYSIS not in around.place_of(members[0], lang=members[0].lang).matters:
            continue
        for together in [*([member] for member in members), members]:
            filled.update({one.span: one for one in _fill(around, together, strong={**strong, **filled}, rule=rule)})
    yield from filled.values()


def _fill(
    around: Surroundings, members: Iterable[Passage], *, strong: dict[Span, Finding], rule: Lexicon
) -> Iterator[Finding]:
    text = around.document.text
    clauses = [(clause, member) for member in members for clause in clauses_of(text, member.span)]
    held = {clause: next((f for span, f in strong.items() if span.overlaps(clause)), None) for clause, _ in clauses}
    owners = [finding for finding in held.values() if finding is not None and finding.label == ANALYSIS]
    bare = [(clause, member) for clause, member in clauses if held[clause] is None]
    if not owners or len(owners) < len(bare):
        return
    evidence = tuple(sorted({finding.span for finding in owners}))
    for clause, member in bare:
        words = clause.of(text)
        is_fact = is_past(words) or around.found(rule, clause, lang=member.lang).says_fact
        if not is_fact and len(words.split()) >= LEAST_WORDS:
            yield replace(owners[0], span=clause, strength=Strength.STRONG, evidence=evidence)
