"""The finder: passages and the cues of the rules in, findings of advice, analysis, office and notes out.

Names the nature of a passage and its speaker. Dates, decisions and who may withhold are left to `policy`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redactor.model import Document, Finding, Lexicon, Passage, Speaker, Strength, Zone
from redactor.passage_rules.claims import Claim, best_of, claims_of
from redactor.passage_rules.clauses import clauses_of, is_bare_line, label_of, opens_items, own_words
from redactor.passage_rules.notes import find_notes
from redactor.passage_rules.offices import find_offices
from redactor.passage_rules.paragraphs import fill_paragraphs
from redactor.passage_rules.places import Place, Surroundings, surroundings_of
from redactor.passage_rules.plain import find_plain
from redactor.passage_rules.voices import Voice, voice_of
from redactor.text.phrases import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Span

WEIGHED: Final = frozenset({"AVIS", "ANALYSE"})  # families judged together, sentence by sentence
APART: Final = WEIGHED | {"CABINET", "NOTE"}  # families with a way of their own; any other is looked up as it stands
OPEN_ZONES: Final = frozenset({Zone.BODY, Zone.QUOTED, Zone.MARGIN})  # zones that can hold somebody's advice


def find(
    document: Document, passages: Sequence[Passage], *, lexicons: Sequence[Lexicon], author: Speaker | None
) -> tuple[Finding, ...]:
    """Findings in reading order, one a span and family; `speaker` None means the document's author.

    `author` is the author as a fact, None when unknown: it never hides a finding.
    """
    rules = tuple(lexicons)
    if not rules or not passages:
        return ()
    around = surroundings_of(document, passages, lexicons=rules)
    weighed = [rule for rule in rules if rule.label_family in WEIGHED]
    found = list(fill_paragraphs(around, passages, found=[*_weigh_all(around, passages, rules=weighed)], rules=weighed))
    found.extend(find_offices(around, passages, author=author))
    found.extend(find_notes(around, passages))
    open_passages = [passage for passage in passages if passage.zone in OPEN_ZONES]
    found.extend(find_plain(around, open_passages, rules=[rule for rule in rules if rule.label_family not in APART]))
    return tuple(sorted(set(found), key=lambda finding: (finding.span, finding.label)))


def _weigh_all(around: Surroundings, passages: Sequence[Passage], *, rules: Sequence[Lexicon]) -> Iterator[Finding]:
    before: Voice | None = None
    block = -1
    for passage in passages:
        if passage.zone in OPEN_ZONES and passage.span.start not in around.labels:
            weighed = tuple(_weigh(around, passage, before=before if passage.block == block else None, rules=rules))
            yield from (finding for finding, _ in weighed if finding is not None)
            block = passage.block
            before = weighed[-1][1] if weighed else None


def _weigh(
    around: Surroundings, passage: Passage, *, before: Voice | None, rules: Sequence[Lexicon]
) -> Iterator[tuple[Finding | None, Voice]]:
    """The finding, if any, and the voice of each clause of a passage."""
    place = around.place_of(passage, lang=passage.lang)
    text = around.document.text
    announces = opens_items(text, passage.span)
    is_line = is_bare_line(text, passage.span, around.document.blocks[passage.block])
    for clause in clauses_of(text, passage.span, whole=bool(place.column)):
        label = label_of(text, clause)
        own = place
        place = around.labelled(own, label, lang=passage.lang) if label else own
        claim = best_of(
            claims_of(around, clause, lang=passage.lang, place=place, rules=rules, is_line=is_line), place=place
        )
        if announces and claim is not None and claim.only_announces:
            claim = None
        tokens = tokens_of(text, span=clause)
        cues = claim.cues if claim else ()
        before = voice_of(around, clause, tokens, lang=passage.lang, place=place, before=before, cues=cues)
        told = label if place is not own else None
        yield (_finding(text, claim, clause, place=place, voice=before, label=told) if claim else None), before


def _finding(text: str, claim: Claim, clause: Span, *, place: Place, voice: Voice, label: Span | None) -> Finding:
    strength = Strength.WEAK if voice.doubtful else claim.strength
    span = own_words(text, clause, verb=voice.verb, cues=claim.cues, label=label)
    evidence = (*claim.cues, *place.evidence)
    return Finding(span, claim.lexicon.label_family, strength, claim.lexicon.rule_id, evidence, speaker=voice.speaker)
