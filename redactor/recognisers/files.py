"""A file about one person (an appraisal, case notes, a report of an accident): what it tells is told of that person.

Every claim here is weak: it counts only when the person whom the file names turns out to be a private one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import BlockKind, Strength, Zone
from redactor.recognisers.extents import trimmed
from redactor.recognisers.hits import Hit
from redactor.recognisers.lexicon import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.recognisers.scene import Cell, Lot, Scene

SOURCE = "file"
_TOP = 250  # code points at the top in which a document says what it is
_HEAD = 1_200  # code points in which the person is named
_LONGEST = 400  # code points of one claim
_WORDS = re.compile(r"[^\W\d_]{2,}")
_SILENT = frozenset(
    {Zone.STATUTE, Zone.NOTICE, Zone.RUNNING, Zone.SIGNATURE, Zone.LETTERHEAD, Zone.HEADING, Zone.ATTENDANCE}
)
_DATED = re.compile(r"\W{0,3}\d{1,2}(?:er)? [a-z]{3,9}\.?(?: \d{4})?[ ]?[–—:-][ ]")
_FIELD = re.compile(r"(?P<label>[^:\n]{2,40}?)[ ]?:[ ]")


@dataclass(frozen=True, slots=True)
class Subject:
    """The person a file is about: where the name stands, and the label of what the file tells."""

    start: int
    label: str


def subject_of(scene: Scene, values: Sequence[Hit]) -> Subject | None:
    """The person a document is about, when its title and a field at its top say so."""
    kind = next((label for label in _LABELS if pattern(f"file_{label}").search(scene.folded, 0, _TOP)), None)
    if kind is None:
        return None
    for hit in values:
        if hit.label == "PI.name" and hit.start < _HEAD and pattern("file_subject").search(scene.intro(hit.start, 60)):
            return Subject(hit.start, f"PI.{kind}")
    return None


_LABELS = ("evaluation", "health", "discipline", "other")


def find(scene: Scene, values: Sequence[Hit]) -> Iterator[Hit]:
    """Weak claims for what a file tells of the person it is about."""
    subject = subject_of(scene, values)
    if subject is None:
        return
    named = sorted((hit.start, hit.end) for hit in values if hit.label == "PI.name")
    for lot in scene.lots:
        if lot.start <= subject.start or lot.zone in _SILENT or lot.kind in {BlockKind.HEADING, BlockKind.RUNNING}:
            continue
        for start, end in _pieces(scene, lot):
            left, right = trimmed(scene, start, end)
            opens = any(left <= place < left + 25 for place, _ in named)
            if not opens and _tells(scene, left, right):
                yield Hit(left, min(right, left + _LONGEST), subject.label, Strength.WEAK, SOURCE)


def _pieces(scene: Scene, lot: Lot) -> Iterator[tuple[int, int]]:
    """What a row, a dated line, a field or a paragraph tells, without what introduces it."""
    if lot.cells:
        if (
            lot.header != lot.index
            and len(lot.cells) > 1
            and not pattern("file_neutral").match(_words(scene, lot.cells[0]))
        ):
            yield from ((cell.start, cell.end) for cell in lot.cells[1:])
        return
    dated = _DATED.match(scene.folded, lot.start, lot.end)
    field = _FIELD.match(scene.folded, lot.start, lot.end)
    if dated:
        yield dated.end(), lot.end
    elif field and not pattern("file_neutral").match(field["label"].strip(" -•")):
        yield field.end(), lot.end
    elif not field:
        yield from (
            (one.start, one.end)
            for one in scene.sentences[lot.index]
            if pattern("file_pronoun").search(_words(scene, one))
        )


def _words(scene: Scene, cell: Cell) -> str:
    return scene.folded[cell.start : cell.end].strip()


def _tells(scene: Scene, start: int, end: int) -> bool:
    words = scene.folded[start:end]
    return (
        end - start > 2
        and bool(_WORDS.search(words) or re.search(r"\d", words))
        and not pattern("file_general").search(words)
    )
