"""Compares findings with the marks of a text, so that test tables can be read without knowing the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import Strength
from redactor.policy.marks import Mark, Marked, parse
from redactor.text.passages import split
from redactor.text.plain import document_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from redactor.model import Document, Finding, Passage

    Finder = Callable[[Document, Sequence[Passage]], Iterable[Finding]]

MASKED = frozenset({"PI", "AVIS", "ANALYSE", "CABINET", "NOTE"})
DECOYS = frozenset({"PUBLIC", "FAIT"})


def assert_marks(source: str, finder: Finder, *, labels: Iterable[str] = ()) -> None:
    """Fails unless `finder` claims exactly the masked marks of `source`, and nothing of its decoys.

    `labels` narrows both sides to labels or families. A mark with `strength=WEAK` is a flag; any other is firmer.
    Unbalanced marks raise BadMarks; a text without a mark that counts is a vacuous test and fails.
    """
    marked = parse(source)
    wanted = {
        (mark.label, mark.span.of(marked.text), _is_weak(mark.get("strength"))) for mark in _counted(marked, labels)
    }
    decoys = [mark.span for mark in marked.marks if mark.family in DECOYS]
    assert wanted or decoys, "a text without a mark tests nothing"
    document = document_of(marked.text)
    findings = [one for one in finder(document, split(document)) if _is_among(one.label, labels)]
    found = {(one.label, one.span.of(marked.text), one.strength is Strength.WEAK) for one in findings}
    assert found == wanted
    assert not [decoy.of(marked.text) for decoy in decoys if any(one.span.overlaps(decoy) for one in findings)]


def _counted(marked: Marked, labels: Iterable[str]) -> list[Mark]:
    return [mark for mark in marked.marks if mark.family in MASKED and _is_among(mark.label, labels)]


def _is_among(label: str, labels: Iterable[str]) -> bool:
    names = tuple(labels)
    return not names or label in names or label.partition(".")[0] in names


def _is_weak(strength: str | None) -> bool:
    return strength == Strength.WEAK.value
