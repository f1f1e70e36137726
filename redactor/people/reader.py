"""One document as roles are read from it: its text with every name blanked, whose file it is, to whom it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.model import UNKNOWN, Facts
from redactor.people import cues
from redactor.recognisers import files
from redactor.recognisers.hits import CLAUSES, Hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Finding
    from redactor.recognisers.scene import Scene

# A discretionary grant that was awarded makes its beneficiary, and the benefit, public: the form says so itself.
_AWARDED = re.compile(
    r"\b(?:amount awarded|montant (?:accorde|octroye|verse)|(?:aide|subvention|bourse) accordee)\b[^.\n]{0,20}\d"
)
# Values that only a private person leaves in a file.
TELLING = frozenset(
    ["PI.dob", "PI.age", "PI.sin", "PI.ramq", "PI.student_code", "PI.licence", "PI.bank", "PI.card", "PI.plate"]
)
_INSPECTIONS = frozenset(["report", "form", "note"])
_TOP = 700  # code points at the top of a letter in which it says what it is
_TITLE = 200  # code points that hold the title of a document
_ADDRESSED = re.compile(r"(?:(?:monsieur|madame|m\.|mme|mr\.?|mrs\.?|ms\.?|dear|a|to)[ ,:]{0,3})?$")


@dataclass(frozen=True, slots=True)
class Reader:
    """One document as roles are read from it: `blanked` is its folded text with every name replaced by `~`."""

    scene: Scene
    facts: Facts
    blanked: str = field(repr=False)
    is_award: bool  # the document says that a discretionary benefit was granted
    told: tuple[tuple[int, str], ...] = ()  # where something private is told, and what, in order
    subject: int | None = None  # where the name stands of the one whose file it is
    addressee: int | None = None  # where the name stands of the one to whom a personal letter is written
    is_inspection: bool = False  # functions named in it are most likely those of the people inspected

    @property
    def author(self) -> str:
        """Who wrote the document, or nothing."""
        return "" if self.facts.author is UNKNOWN else str(self.facts.author)

    @property
    def is_outside(self) -> bool:
        """True when functions named in it are most likely those of another organisation."""
        return self.author == "third_party"


def reader_of(scene: Scene, facts: Facts, findings: Sequence[Finding]) -> Reader:
    """The reader of one document."""
    letters = list(scene.folded)
    for finding in findings:
        if finding.label == "PI.name":
            start, end = scene.view.at(finding.span.start), scene.view.at(finding.span.end)
            letters[start:end] = "~" * (end - start)
    told = sorted(
        (scene.view.at(one.span.start), one.label)
        for one in findings
        if one.strength.masks and (one.label in TELLING or one.label in CLAUSES)
    )
    return Reader(
        scene,
        facts,
        "".join(letters),
        bool(_AWARDED.search(scene.folded)),
        tuple(told),
        _subject(scene, findings),
        _addressee(scene, facts, findings),
        _is_inspection(scene, facts),
    )


def _subject(scene: Scene, findings: Sequence[Finding]) -> int | None:
    names = [
        Hit(scene.view.at(one.span.start), scene.view.at(one.span.end), one.label, one.strength, one.source)
        for one in findings
        if one.label == "PI.name"
    ]
    subject = files.subject_of(scene, sorted(names, key=lambda hit: hit.start))
    return None if subject is None else subject.start


def _is_inspection(scene: Scene, facts: Facts) -> bool:
    return facts.kind in _INSPECTIONS and bool(cues.cue("inspection").search(scene.folded, 0, _TITLE))


def _addressee(scene: Scene, facts: Facts, findings: Sequence[Finding]) -> int | None:
    """Where the first name of a letter stands alone on its line, when the letter says that it is a personal one."""
    if facts.kind != "letter" or not cues.cue("personal_letter").search(scene.folded, 0, _TOP):
        return None
    for finding in sorted((one for one in findings if one.label == "PI.name"), key=lambda one: one.span):
        start, end = scene.view.at(finding.span.start), scene.view.at(finding.span.end)
        lot = scene.lot_at(start)
        if lot is not None and start < _TOP and _ADDRESSED.match(scene.folded[lot.start : start]):
            return None if scene.folded[end : lot.end].strip(" ,") else start
    return None
