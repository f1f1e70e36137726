"""The cues of the bundled pack, for the tests of the finder."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from redactor.model import Speaker, Strength
from redactor.passage_rules import find
from redactor.policy.loader import bundled
from redactor.policy.marks import parse
from redactor.text.passages import split
from redactor.text.plain import document_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Document, Finding, Lexicon, Passage

DAY = dt.date(2024, 11, 12)


@lru_cache(maxsize=1)
def lexicons() -> tuple[Lexicon, ...]:
    """Cues of every rule in force."""
    return bundled().at(DAY).lexicons()


def found_in(text: str, *, author: Speaker | None = Speaker.STAFF) -> tuple[Finding, ...]:
    """Findings of a text in the corpus notation."""
    document = document_of(text)
    return find(document, split(document), lexicons=lexicons(), author=author)


def finder(document: Document, passages: Sequence[Passage]) -> tuple[Finding, ...]:
    """The finder with the bundled cues, for `assert_marks`; flags are left aside."""
    findings = find(document, passages, lexicons=lexicons(), author=Speaker.STAFF)
    return tuple(one for one in findings if one.strength is not Strength.WEAK)


def speakers_of(text: str, *, author: Speaker | None = Speaker.STAFF) -> list[str | None]:
    """Speaker of each AVIS or ANALYSE finding, in reading order; None is the document's author."""
    plain = parse(text).text
    findings = [one for one in found_in(plain, author=author) if one.label in {"AVIS", "ANALYSE"}]
    return [one.speaker.value if one.speaker else None for one in findings]
