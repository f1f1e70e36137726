"""What a person decided of a passage, written as an example that somebody may rework for a rule file.

Never applied: text in, text out. Values that identify people are left out; the sentence itself is still somebody's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from redactor.model import Span, Unknown, subtract

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Document, Facts, Passage

HEAD: Final = (
    "# Candidate examples made from decisions, for a person to look at: in force nowhere. They hold real words:\n"
    "# keep this file with the request, and write a sentence of the same form, of invented matter, in the rule file.\n"
)
LEFT_OUT: Final = "[…]"  # stands for what identifies somebody
READABLE: Final = "FAIT"
FACTS: Final = ("lang", "kind", "author", "decision", "mandated")


@dataclass(frozen=True, slots=True)
class Decided:
    """A passage of which a person said whether it goes: the rule that proposed it and its label, where one did."""

    span: Span
    withheld: bool
    provision: str
    rule: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An example in waiting: the rule that it is about, its marked sentence, the facts of the document."""

    rule: str
    text: str = field(repr=False)
    facts: tuple[tuple[str, Any], ...] = ()
    shows: str = ""


def candidates(
    document: Document,
    passages: Sequence[Passage],
    decided: Sequence[Decided],
    *,
    facts: Facts,
    personal: Sequence[Span],
) -> Iterator[Candidate]:
    """One candidate a decision, in the order given; `personal` are the values to leave out of its sentence."""
    known = tuple((name, told) for name in FACTS if not isinstance(told := getattr(facts, name), Unknown) and told)
    for one in decided:
        around = [passage.span for passage in passages if passage.span.overlaps(one.span)]
        start, end = min([one.span.start, *(s.start for s in around)]), max([one.span.end, *(s.end for s in around)])
        label = (one.label or f"section {one.provision}") if one.withheld else READABLE
        before = _without(document.text, start, one.span.start, personal=personal)
        own = _without(document.text, one.span.start, one.span.end, personal=personal)
        after = _without(document.text, one.span.end, end, personal=personal)
        told = "withheld" if one.withheld else "kept"
        text = f"{before}⟦{label}|{own}⟧{after}"
        yield Candidate(one.rule or f"section {one.provision}", text, known, f"{told} by a person; to be reworded")


def _without(text: str, start: int, end: int, *, personal: Sequence[Span]) -> str:
    """The words of a range, values that identify somebody left out."""
    pieces: list[str] = []
    at = start
    for part in subtract([Span(start, end)], personal) if start < end else ():
        pieces += [LEFT_OUT] if part.start > at else []
        pieces.append(part.of(text))
        at = part.end
    return "".join([*pieces, LEFT_OUT] if at < end else pieces)


def as_yaml(found: Sequence[Candidate]) -> str:
    """The candidates under the rule that each is about, as the `examples` of a rule file are written."""
    by_rule: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        row = {"text": one.text, "with": dict(one.facts), "shows": one.shows}
        by_rule.setdefault(one.rule, []).append({key: value for key, value in row.items() if value})
    told: str = yaml.safe_dump({"candidates": by_rule}, allow_unicode=True, sort_keys=False, width=10_000)
    return HEAD + told
