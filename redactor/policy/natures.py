"""Cases and examples told as natures before the law: marks with keys become findings and people, without any finder."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeVar

from redactor.errors import BadMarks
from redactor.model import (
    UNKNOWN,
    Analysed,
    Document,
    DocumentId,
    Element,
    Finding,
    Lang,
    Passage,
    Person,
    PersonId,
    Role,
    Speaker,
    Strength,
    Unknown,
    Zone,
)
from redactor.policy.case import Chosen
from redactor.text.plain import document_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redactor.policy.marks import Mark, Marked

KEYS = frozenset({"of", "by", "element", "strength", "rule", "id", "zone", "start"})
Kind = TypeVar("Kind", Element, Speaker, Strength, Zone)
_NOTHING = ("FAIT", "PUBLIC")
SOURCE = "stated"  # of a finding that a person wrote down, in a case or an example


def analysed_of(marked: Marked, *, document_id: DocumentId | None = None, lang: Lang = Lang.FR) -> Analysed:
    """The text, one passage a block, with a finding for each mark. Raises BadMarks on an unknown key or value."""
    document = document_of(marked.text, document_id=document_id)
    passages = tuple(_passage(index, document, marked, lang) for index in range(len(document.blocks)))
    return Analysed(document, passages, tuple(_finding(mark) for mark in marked.marks if _is_nature(mark)))


def persons_of(marked: Marked, roles: Mapping[str, str], *, weak: frozenset[str] = frozenset()) -> tuple[Person, ...]:
    """The people that marks name with `of=`, with the roles stated for them; `weak` are those only guessed."""
    found: list[Person] = []
    for key in sorted({key for mark in marked.marks if (key := mark.get("of"))}):
        names = [m.span.of(marked.text) for m in marked.marks if m.get("of") == key and m.label == "PI.name"]
        role = Role(roles[key]) if key in roles else None
        strength = Strength.WEAK if key in weak or role is None else Strength.STRONG
        found.append(Person(PersonId(key), max(names, key=len, default=key), role, strength))
    return tuple(found)


def chosen_of(marked: Marked) -> tuple[Chosen, ...]:
    """What marks with `rule=` say an officer chose, and the day its limit starts from. Raises BadMarks: a bad date."""
    return tuple(
        Chosen(rule, mark.span, _day(mark.get("start"))) for mark in marked.marks if (rule := mark.get("rule"))
    )


def _day(value: str | None) -> dt.date | Unknown:
    try:
        return UNKNOWN if value is None else dt.date.fromisoformat(value)
    except ValueError:
        raise BadMarks(problem="not a date") from None


def _is_nature(mark: Mark) -> bool:
    """False for a ground chosen by hand, and for what is told to be nothing that a ground could take."""
    return mark.get("rule") is None and mark.label not in _NOTHING


def _passage(index: int, document: Document, marked: Marked, lang: Lang) -> Passage:
    span = document.blocks[index].span
    zones = [zone for mark in marked.marks if mark.span.overlaps(span) and (zone := mark.get("zone"))]
    return Passage(span, index, _member(Zone, zones[0]) if zones else Zone.BODY, lang)


def _finding(mark: Mark) -> Finding:
    for key, _ in mark.keys:
        if key not in KEYS:
            raise BadMarks(problem=f"unknown key {key}")
    person, speaker, element = mark.get("of"), mark.get("by"), mark.get("element")
    return Finding(
        mark.span,
        mark.label,
        _member(Strength, mark.get("strength") or "STRONG"),
        SOURCE,
        (mark.span,),
        PersonId(person) if person else None,
        _member(Element, element) if element else None,
        _member(Speaker, speaker) if speaker else None,
    )


def _member(kind: type[Kind], value: str) -> Kind:
    try:
        return kind(value)
    except ValueError:
        raise BadMarks(problem=f"{value} is no {kind.__name__.lower()}") from None
