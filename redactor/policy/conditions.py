"""Conditions over facts of document, passage, person and request: met, failed, or unknown.

The names and values are those of the request file; the law that uses them is in the pack.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.model import UNKNOWN, Condition, Element, Facts, Finding, Person, Role, Speaker, Status, Unknown, Zone
from redactor.policy.limits import later
from redactor.policy.schema import Not

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from redactor.policy.schema import Test

KINDS = ("note", "briefing", "memo", "email", "minutes", "proposal", "report", "letter", "contract", "form", "draft",
         "table", "decision")  # fmt: skip
BODY_KINDS = ("ministry", "municipal", "school", "health", "law_enforcement", "other")
BOOLS = frozenset({True, False})
SPEAKERS = frozenset(one.value for one in Speaker)

# What each fact may be; None: a date. docs/facts.md describes them.
VOCABULARY: Mapping[str, frozenset[object] | None] = {
    "document.kind": frozenset(KINDS),
    "document.lang": frozenset({"fr", "en"}),
    "document.author": SPEAKERS,
    "document.body_kind": frozenset(BODY_KINDS),
    "document.mandated": BOOLS,
    "document.decision": frozenset({"made", "pending"}),
    "document.final": BOOLS,
    "document.published": BOOLS,
    "document.supplied": BOOLS,
    "document.in_scope": frozenset({True, False, "already_sent", "other_body"}),
    "document.date": None,
    "document.decision_date": None,
    "document.final_decision_public": None,
    "request.requester": frozenset({"self", "other"}),
    "request.date": None,
    "request.answer": None,
    "request.third_party_notice": None,
    "request.comments_due": None,
    "request.decision_sent": None,
    "passage.speaker": SPEAKERS,
    "passage.zone": frozenset(one.value for one in Zone),
    "passage.about_requester": BOOLS,
    "person.role": frozenset(one.value for one in Role),
    "mention.element": frozenset(one.value for one in Element),
    "ground.start": None,
    "ground.confirmed": BOOLS,
}

_DOCUMENT_FIELDS = ("kind", "lang", "author", "body_kind", "mandated", "decision", "final", "in_scope", "date",
                    "decision_date", "final_decision_public")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule is asked about: facts, with the finding, its person and its zone when there are any."""

    facts: Facts
    answer_days: int = 0  # days from receipt to the answer that is due
    finding: Finding | None = field(default=None, repr=False)
    person: Person | None = None
    zone: Zone | None = None
    about_requester: bool | Unknown = UNKNOWN
    start: dt.date | Unknown = UNKNOWN  # what an officer said of a manual ground
    confirmed: bool | Unknown = UNKNOWN  # did a person confirm what the cues only suggest


Value = bool | str | dt.date | Unknown


def value_of(fact: str, subject: Subject) -> Value:
    """Value of a fact for a subject; UNKNOWN when nobody stated it or it has none here."""
    space, _, name = fact.partition(".")
    if space == "document":
        return _of_document(name, subject.facts)
    if space == "request":
        return _of_request(name, subject)
    if space == "ground":
        return subject.start if name == "start" else subject.confirmed
    return _of_finding(fact, subject)


def _of_document(name: str, facts: Facts) -> Value:
    if name == "published":  # a reference says where: it is published
        return bool(facts.published)
    if name == "supplied":
        return facts.supplied_by is not None
    if name in _DOCUMENT_FIELDS:
        value: Value = getattr(facts, name)
        return value
    return UNKNOWN


def _of_request(name: str, subject: Subject) -> Value:
    if name == "requester":
        return subject.facts.requester
    if name == "date":
        return subject.facts.request_date
    if name == "answer":
        return later(subject.facts.request_date, subject.answer_days)
    return UNKNOWN


def _of_finding(fact: str, subject: Subject) -> Value:
    finding = subject.finding
    if fact == "passage.speaker":
        return finding.speaker.value if finding and finding.speaker else subject.facts.author
    if fact == "passage.zone":
        return subject.zone.value if subject.zone else UNKNOWN
    if fact == "passage.about_requester":
        return subject.about_requester
    if fact == "person.role":
        return subject.person.role.value if subject.person and subject.person.role else UNKNOWN
    if fact == "mention.element":
        return _element(finding) if finding else UNKNOWN
    return UNKNOWN


def _element(finding: Finding) -> Value:
    """The element told, or the one that the label alone says."""
    if finding.element is not None:
        return finding.element.value
    return Element.NAME.value if finding.label == "PI.name" else UNKNOWN


def condition_on(fact: str, wanted: Test, subject: Subject) -> Condition:
    """How one condition comes out for a subject."""
    value = value_of(fact, subject)
    values = wanted.none_of if isinstance(wanted, Not) else wanted
    told = ("not " if isinstance(wanted, Not) else "") + "|".join(shown(one) for one in values)
    if isinstance(value, Unknown):
        return Condition(fact, told, "unknown", Status.UNKNOWN)
    holds = (value in values) is not isinstance(wanted, Not)
    return Condition(fact, told, shown(value), Status.MET if holds else Status.FAILED)


def shown(value: Value) -> str:
    """A value as reports print it: ISO dates, lower-case booleans."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else str(getattr(value, "value", value))


def conditions_on(wanted: Mapping[str, Test], subject: Subject) -> tuple[Condition, ...]:
    """How every condition comes out, in the order of their names."""
    return tuple(condition_on(fact, wanted[fact], subject) for fact in sorted(wanted))


def all_of(statuses: Iterable[Status]) -> Status:
    """FAILED when one failed, else UNKNOWN when one is, else MET."""
    seen = set(statuses)
    if Status.FAILED in seen:
        return Status.FAILED
    return Status.UNKNOWN if Status.UNKNOWN in seen else Status.MET
