"""What is left of a document once its masks are known: release, partial, or refusal as the matter is its substance.

Headers, headings, legends, forms and quoted law never count. Bands and kinds are the pack's; the verdict is a proposal.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import Effect, Span, State, Zone, union_of
from redactor.policy.case import hides
from redactor.policy.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Analysed, Facts, Proposal
    from redactor.policy.pack import RulesInForce
    from redactor.policy.schema import Band, PrivateFile

SUBSTANCE = frozenset({Zone.BODY, Zone.QUOTED, Zone.MARGIN})
_WORD = re.compile(r"[^\W_]{4,}")  # content words: four letters or figures and more, a plain stand-in for a stop list


@dataclass(frozen=True, slots=True)
class Figures:
    """What is left readable, of what there was, in the zones that carry substance."""

    words: int
    words_left: int
    sentences: int
    sentences_left: int
    paragraphs: int
    paragraphs_left: int

    @property
    def share(self) -> float:
        """Share of content words left; 1 for a document that has none."""
        return self.words_left / self.words if self.words else 1.0


REFUSE, PARTIAL = "refuse", "partial"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`outcome` is release, partial or refuse; `reasons` are codes; `needs_person`: the figures leave a doubt."""

    outcome: str
    reasons: tuple[str, ...]
    figures: Figures
    needs_person: bool = False
    provision: str | None = None


def judge(
    analysed: Analysed,
    *,
    withheld: Sequence[Span],
    facts: Facts,
    rules: RulesInForce,
    proposals: Sequence[Proposal] = (),
) -> Verdict:
    """The verdict on one document, from the union of what is finally withheld in it."""
    spans = union_of(withheld)
    figures = figures_of(analysed, spans, rules.pack.bands)
    section = next((rule.section for rule in rules.with_effect(Effect.VERDICT)), None)
    if not spans:
        return Verdict("release", ("nothing-withheld",), figures, provision=None)
    if whole := _withheld_whole(analysed, spans, proposals):
        return Verdict(REFUSE, whole, figures, provision=section)
    if _is_private_file(analysed, facts, rules, proposals):
        return Verdict(REFUSE, ("private-file",), figures, provision=section)
    return _by_bands(figures, rules.pack.bands, section)


def figures_of(analysed: Analysed, withheld: Sequence[Span], bands: Band) -> Figures:
    """Counts over the passages of substance."""
    text = analysed.document.text
    passages = [one for one in analysed.passages if one.zone in SUBSTANCE]
    masks = Overlaps((span, span) for span in withheld)
    counts = [_left(one.span, masks.over(one.span), text) for one in passages]
    blocks = Counter[int]()
    blocks_left = Counter[int]()
    for passage, (total, left) in zip(passages, counts, strict=True):
        blocks[passage.block] += total
        blocks_left[passage.block] += left
    least = bands.words_of_informative_paragraph
    return Figures(
        sum(total for total, _ in counts),
        sum(left for _, left in counts),
        sum(1 for total, _ in counts if total >= bands.words_of_sentence),
        sum(1 for total, left in counts if total >= bands.words_of_sentence and left == total),
        sum(1 for one in blocks.values() if one >= least),
        sum(1 for one in blocks_left.values() if one >= least),
    )


def _left(span: Span, masks: Sequence[Span], text: str) -> tuple[int, int]:
    """Content words of a passage, and how many of them no mask touches."""
    words = [Span(span.start + m.start(), span.start + m.end()) for m in _WORD.finditer(span.of(text))]
    return len(words), sum(1 for word in words if not any(word.overlaps(mask) for mask in masks))


def _withheld_whole(analysed: Analysed, spans: Sequence[Span], proposals: Sequence[Proposal]) -> tuple[str, ...]:
    """Reason codes when rules that take a whole document cover all of it."""
    everything = Span(0, len(analysed.document.text))
    takers = [one for one in proposals if hides(one) and any(s.covers(everything) for s in one.spans)]
    if not takers or not any(span.covers(everything) for span in spans):
        return ()
    return tuple(dict.fromkeys(f"{one.effect.value}:{one.provision}" for one in takers))


def _is_private_file(analysed: Analysed, facts: Facts, rules: RulesInForce, proposals: Sequence[Proposal]) -> bool:
    """The file, appraisal or complaint of one private person about themself, asked for by another."""
    shapes = [rule.rule.private_file for rule in rules.with_effect(Effect.VERDICT) if rule.rule.private_file]
    letters = len(analysed.document.text)
    return facts.requester == "other" and any(_has_shape(shape, facts, proposals, letters) for shape in shapes)


def _has_shape(shape: PrivateFile, facts: Facts, proposals: Sequence[Proposal], letters: int) -> bool:
    """`letters` are the code points of the document's text."""
    if facts.kind not in shape.kinds or facts.author not in shape.authors:
        return False
    if any(one.rule in shape.unless_public and one.state is State.KEPT for one in proposals):
        return False
    hidden = [one for one in proposals if hides(one) and one.label.partition(".")[0] == shape.family]
    telling = sum(len(span) for span in union_of([span for one in hidden for span in one.spans]))
    return len({one.label for one in hidden}) >= shape.least_labels and telling >= shape.least_share * letters


def _by_bands(figures: Figures, bands: Band, section: str | None) -> Verdict:
    if figures.words == 0:
        return Verdict(PARTIAL, ("no-substance-to-count",), figures, needs_person=True, provision=section)
    if figures.share < bands.refuse_below and figures.sentences_left < bands.sentences_for_partial:
        return Verdict(REFUSE, ("substance",), figures, provision=section)
    doubtful = figures.share < bands.person_below or figures.sentences_left < bands.sentences_for_partial
    return Verdict(
        PARTIAL, ("little-left",) if doubtful else ("severable",), figures, needs_person=doubtful, provision=section
    )
