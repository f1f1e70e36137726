"""What is wrong with a well-formed annotated document: front matter, marks against dates and verdict, real numbers.

Structure (brackets, labels) is `notation`'s matter. No message quotes the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.evaluation.notation import PROVISION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.evaluation.corpus import CorpusDocument
    from redactor.evaluation.notation import Mark

KINDS = "note briefing memo email minutes proposal report letter contract form draft table decision"
AUTHORS = "staff member consultant minister_office mna third_party citizen"
VALUES = {  # front matter key -> what it may say; tests/corpus/GUIDE.md
    "kind": KINDS.split(),
    "lang": ["fr", "en"],
    "author": AUTHORS.split(),
    "decision": ["made", "pending", "unknown"],
    "verdict": ["release", "partial", "refuse"],
}
DATES = ("date", "decision_date", "request_date")
NEEDED = ("id", "body", "provisions", *VALUES, *DATES)
OPTIONAL = ("running_header", "layout", "verdict_also", "confidence")
SECTIONS = frozenset({"9", "14", "34", "37", "39", "53", "54", "56", "59"})
LIMITS = {"AVIS": 10, "ANALYSE": 5}  # years until the request: ss. 37 and 39, as the guide tells them
OTHER_MARKUP = re.compile(r"^#{3,}|\*\*|~~", re.MULTILINE)
PHONE = re.compile(r"(?<!\d)\(?\d{3}\)?[ .\u00a0-]\d{3}[ .\u00a0-]\d{4}(?!\d)")
INVENTED_PHONE = re.compile(r"555\D01\d\d$")
CARD_DIGITS = 13  # a card number has at least as many
SIN_DIGITS = 9
SIN_FIRST = ("0", "9")  # 0 is never given, 9 goes to temporary residents: the guide allows both


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at a line (from 1) of a document's file."""

    document: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}: {self.message}"


def faults_of(document: CorpusDocument) -> tuple[Fault, ...]:
    """Every fault of one document; marks are judged only where the front matter is right."""
    front = tuple(Fault(document.name, 1, message) for message in _front_matter(document))
    if front:
        return front
    whole = tuple(Fault(document.name, 1, message) for message in (*_grounds(document), *_limits(document)))
    marks = tuple(
        Fault(document.name, mark.line, message) for mark in document.marks for message in _mark(document, mark)
    )
    return whole + marks + tuple(_text(document))


def faults_between(documents: Sequence[CorpusDocument]) -> tuple[Fault, ...]:
    """Ids that two documents share."""
    times = Counter(str(one.meta.get("id")) for one in documents)
    return tuple(Fault(name, 1, f"id used {count} times") for name, count in times.items() if count > 1)


def _front_matter(document: CorpusDocument) -> Iterator[str]:
    meta = document.meta
    yield from (f"front matter lacks {key!r}" for key in NEEDED if key not in meta)
    yield from (f"front matter has an unknown key {key!r}" for key in meta if key not in {*NEEDED, *OPTIONAL})
    for key, allowed in VALUES.items():
        if key in meta and str(meta[key]) not in allowed:
            yield f"{key} is not one of {' '.join(allowed)}"
    for key in DATES:
        if meta.get(key) is not None and not isinstance(meta[key], dt.date):
            yield f"{key} is not an ISO date"
    if meta.get("id") != document.name:
        yield "id is not the file's name"
    if document.day("request_date") is None:
        yield "request_date is needed"
    if (meta.get("decision") == "made") != (meta.get("decision_date") is not None):
        yield "decision_date goes with decision: made, and only with it"
    if not isinstance(meta.get("provisions"), list) or not SECTIONS.issuperset(document.provisions):
        yield f"provisions is not a list drawn from {' '.join(sorted(SECTIONS, key=int))}"


def _grounds(document: CorpusDocument) -> Iterator[str]:
    called = {PROVISION[mark.label] for mark in document.marks if mark.label in PROVISION}
    listed = set(document.provisions) & set(PROVISION.values())
    yield from (f"marks call for section {section}, which provisions lacks" for section in sorted(called - listed))
    yield from (f"provisions names section {section}, which no mark calls for" for section in sorted(listed - called))
    if (document.verdict == "release") != (not called):
        yield f"verdict {document.verdict} against {len(called)} grounds among the marks"


def _limits(document: CorpusDocument) -> Iterator[str]:
    written, asked = document.day("date"), document.day("request_date")
    labels = {mark.label for mark in document.marks}
    if written and asked:
        if asked < written:
            yield "request_date comes before the document's date"
        for label, years in LIMITS.items():
            if label in labels and asked >= years_after(written, years):
                yield f"{label} in a document of {years} years or more: mark it FAIT"
    if document.meta.get("decision") == "made" and "ANALYSE" in labels:
        yield "ANALYSE though the decision is made: mark it FAIT"


def _mark(document: CorpusDocument, mark: Mark) -> Iterator[str]:
    words = document.text[mark.start : mark.end]
    if words != words.strip():
        yield f"{mark.label} mark begins or ends with a blank"
    if mark.label in {"PI", "PUBLIC"} and re.search(r"^(?:[,;:«]|\((?!\d{3}\)))|[,;:»]$", words):
        yield f"{mark.label} mark takes in surrounding punctuation"
    if mark.label == "PI" and mark.subtype is None:
        yield "PI mark without a subtype"
    digits = re.sub(r"\D", "", words)
    if mark.kind == "PI.sin" and not (len(digits) == SIN_DIGITS and digits.startswith(SIN_FIRST) and luhn(digits)):
        yield "social insurance number that is not a harmless one"
    if mark.kind == "PI.card" and len(digits) >= CARD_DIGITS and not luhn(digits):
        yield "card number with a wrong check digit"


def _text(document: CorpusDocument) -> Iterator[Fault]:
    for found in OTHER_MARKUP.finditer(document.text):
        yield Fault(document.name, document.line_of(found.start()), "markup that the guide does not have")
    for found in PHONE.finditer(document.text):
        if not INVENTED_PHONE.search(found.group()):
            yield Fault(document.name, document.line_of(found.start()), "telephone number that is not a 555-01xx one")


def luhn(digits: str) -> bool:
    """True when a string of digits ends with its right Luhn check digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day `years` later; 28 February for a 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
