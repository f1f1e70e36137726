"""Looks up the cues of any other rule, passage by passage: hazards, secrets, what another section may protect.

Heading, speaker and paragraph play no part: such a finding raises a question, and `policy` says which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import Finding, Lexicon, Passage, Strength
from redactor.passage_rules.clauses import trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.passage_rules.places import Surroundings


def find_plain(around: Surroundings, passages: Sequence[Passage], *, rules: Sequence[Lexicon]) -> Iterator[Finding]:
    """One finding a passage and rule: STRONG on an opening cue, WEAK on a weak one."""
    for passage in passages:
        span = trim(around.document.text, passage.span)
        for rule in rules if span is not None else ():
            found = around.found(rule, passage.span, lang=passage.lang)
            hits = found.opening or found.weak
            if hits and span is not None:
                strength = Strength.STRONG if found.opening else Strength.WEAK
                evidence = tuple(hit.span for hit in hits)
                yield Finding(span, rule.label_family, strength, rule.rule_id, evidence)
