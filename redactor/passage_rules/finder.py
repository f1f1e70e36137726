"""The finder: passages and the cues of the rules in, findings of advice, analysis, office and notes out.

Names the nature of a passage and its speaker. Dates, decisions and who may withhold are left to `policy`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from redactor.model import Document, Finding, Lang, Lexicon, Passage, Span, Speaker, Strength, Zone
from redactor.passage_rules.claims import ADVICE, Claim, best_of, claims_of
from redactor.passage_rules.clauses import clauses_of, is_bare_line, label_of, opens_items, own_words
from redactor.passage_rules.notes import find_notes
from redactor.passage_rules.offices import find_offices
from redactor.passage_rules.paragraphs import fill_paragraphs
from redactor.passage_rules.places import Place, Surroundings, surroundings_of
from redactor.passage_rules.plain import find_plain
from redactor.passage_rules.publicity import is_blank_form, is_public, put_down
from redactor.passage_rules.voices import Voice, voice_of
from redactor.text.forms import words_of
from redactor.text.phrases import tokens_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from redactor.passage_rules.ranker import Ranker, Score

WEIGHED: Final = frozenset({"AVIS", "ANALYSE"})  # families judged together, sentence by sentence
APART: Final = WEIGHED | {"CABINET", "NOTE"}  # families with a way of their own; any other is looked up as it stands
INSIDERS: Final = frozenset({Speaker.STAFF, Speaker.MEMBER, Speaker.CONSULTANT})  # whose advice the law protects
FIRST: Final = frozenset(words_of("first_person"))
NEAR: Final = 12  # code points before a cue in which its pronoun stands
OPEN_ZONES: Final = frozenset({Zone.BODY, Zone.QUOTED, Zone.MARGIN})  # zones that can hold somebody's advice


class Layer(StrEnum):
    """Parts of the search for advice and analysis that can be left out, to measure what each brings."""

    PLACES = "places"  # headings, lead-ins, columns
    VOICES = "voices"  # whose words
    PARAGRAPHS = "paragraphs"  # what an analysis surrounds
    PUBLICITY = "publicity"  # documents that say that the public has them


def find(
    document: Document,
    passages: Sequence[Passage],
    *,
    lexicons: Sequence[Lexicon],
    author: Speaker | None,
    ranker: Ranker | None = None,
    without: Collection[Layer] = (),
) -> tuple[Finding, ...]:
    """Findings in reading order, one a span and family; `speaker` None means the document's author.

    `author` is the author as a fact, None when unknown: it never hides a finding. Without a `ranker` the cues alone
    tell: that is how the examples of the rule files are tried. `without` leaves layers out, to measure their worth.
    """
    rules = tuple(lexicons)
    if not rules or not passages:
        return ()
    around = surroundings_of(document, passages, lexicons=rules)
    if Layer.PLACES in without:
        around.forget_places()
    weighed = [rule for rule in rules if rule.label_family in WEIGHED]
    weighing = _Weighing(tuple(weighed), ranker, _scores(around, passages, ranker=ranker))
    own = [*_weigh_all(around, passages, weighing)]
    found = own if Layer.PARAGRAPHS in without else list(fill_paragraphs(around, passages, found=own, rules=weighed))
    if ranker is not None:
        surrounded = frozenset(found) - frozenset(own)
        found = [_vetoed(around, one, weighing, is_surrounded=one in surrounded, ranker=ranker) for one in found]
    if Layer.PUBLICITY not in without and (is_public(document) or is_blank_form(document)):
        found = [put_down(one) for one in found]
    if Layer.VOICES in without:
        found = [replace(one, speaker=None) for one in found]
    found.extend(find_offices(around, passages, author=author))
    found.extend(find_notes(around, passages))
    bodies = [passage for passage in passages if passage.zone in OPEN_ZONES]
    found.extend(find_plain(around, bodies, rules=[rule for rule in rules if rule.label_family not in APART]))
    return tuple(sorted(set(found), key=lambda finding: (finding.span, finding.label)))


@dataclass(frozen=True, slots=True)
class _Weighing:
    """The rules judged together, and what the ranker says of each clause."""

    rules: tuple[Lexicon, ...]
    ranker: Ranker | None
    scores: Mapping[Span, Score]

    def claim(
        self, around: Surroundings, claim: Claim | None, clause: Span, *, lang: Lang, place: Place
    ) -> Claim | None:
        """The claim as the ranker leaves it; what a rule takes for a fact or a decision is not lifted."""
        score = self.scores.get(clause)
        if self.ranker is None or score is None:
            return claim
        told = claim is None and any(around.found(rule, clause, lang=lang).says_fact for rule in self.rules)
        claim = claim if told else self.ranker.lifted(claim, score, self.rules)
        return claim and self.ranker.named(claim, score, self.rules, place=place)


def open_passages(around: Surroundings, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages that can hold somebody's advice: not titles, headers, or the names of rows and columns."""
    return tuple(one for one in passages if one.zone in OPEN_ZONES and one.span.start not in around.labels)


def _scores(around: Surroundings, passages: Sequence[Passage], *, ranker: Ranker | None) -> Mapping[Span, Score]:
    return {} if ranker is None else ranker.scores(around, open_passages(around, passages))


def _is_cell(around: Surroundings, finding: Finding) -> bool:
    """True in a column of the matter: its title tells what the few words of a cell do not."""
    return any(finding.span.overlaps(Span(start, start + 1)) and held for start, held in around.columns.items())


def _vetoed(
    around: Surroundings, finding: Finding, weighing: _Weighing, *, is_surrounded: bool, ranker: Ranker
) -> Finding:
    if _is_cell(around, finding):
        return finding
    least = ranker.limits.lift if is_surrounded else _least(around, finding, weighing, ranker=ranker)
    return ranker.vetoed(finding, weighing.scores, least=least)


def _least(around: Surroundings, finding: Finding, weighing: _Weighing, *, ranker: Ranker) -> float:
    """The share that keeps a finding: less for a cue with a second sign beside it, one of the body's own people who
    speaks or a heading of the matter.
    """
    own = [rule for rule in weighing.rules if rule.label_family == finding.label]
    hits = {hit.span for rule in own for hit in around.found(rule, finding.span, lang=Lang.OTHER).opening}
    cues = hits.intersection(finding.evidence)
    if not cues:
        return ranker.limits.veto
    if finding.label == ADVICE and (finding.speaker in INSIDERS or any(_is_ours(around, cue) for cue in cues)):
        return ranker.limits.spoken
    is_placed = any(not finding.span.overlaps(span) for span in finding.evidence)
    return ranker.limits.explicit if finding.label == ADVICE or is_placed else ranker.limits.veto


def _is_ours(around: Surroundings, cue: Span) -> bool:
    """True for a cue in the first person, or right after it: `nous recommandons`."""
    near = Span(max(0, cue.start - NEAR), cue.end)
    return any(token.word in FIRST for token in tokens_of(around.document.text, span=near))


def _weigh_all(around: Surroundings, passages: Sequence[Passage], weighing: _Weighing) -> Iterator[Finding]:
    before: Voice | None = None
    block = -1
    for passage in open_passages(around, passages):
        weighed = tuple(_weigh(around, passage, weighing, before=before if passage.block == block else None))
        yield from (finding for finding, _ in weighed if finding is not None)
        block = passage.block
        before = weighed[-1][1] if weighed else None


def _weigh(
    around: Surroundings, passage: Passage, weighing: _Weighing, *, before: Voice | None
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
        claims = claims_of(around, clause, lang=passage.lang, place=place, rules=weighing.rules, is_line=is_line)
        claim = weighing.claim(around, best_of(claims, place=place), clause, lang=passage.lang, place=place)
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
    evidence = (*(claim.cues or claim.read), *place.evidence)
    return Finding(span, claim.lexicon.label_family, strength, claim.lexicon.rule_id, evidence, speaker=voice.speaker)
