"""What the pieces of a document are weighed in: who is named where and in what role, and what rules already claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.people.telling.features import Claim, Ground
from redactor.people.telling.pieces import Value
from redactor.people.telling.ties import Company, Named, role_key
from redactor.recognisers.hits import CLAUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Finding, Person
    from redactor.people.elements import Sheet
    from redactor.recognisers.scene import Scene

_NAMES = frozenset({"PI.name", "PI.signature"})
_PERSONAL = "PI"


def ground_of(sheet: Sheet, findings: Sequence[Finding], persons: Sequence[Person]) -> Ground:
    """The ground of one document, whose `findings` carry their persons."""
    scene = sheet.scene
    people = {person.id: person for person in persons}
    named = []
    for one in sorted(findings, key=lambda one: one.span):
        if one.label in _NAMES:
            person = people.get(one.person) if one.person else None
            start, end = scene.view.at(one.span.start), scene.view.at(one.span.end)
            named.append(Named(start, end, one.person, role_key(person)))
    company = Company(scene, sheet.facts, tuple(named), sheet.subject, sheet.addressee)
    claims = tuple(sorted(_claims(scene, findings), key=lambda one: (one.start, one.end, one.name)))
    labels = frozenset(one.label for one in findings if one.family == _PERSONAL and one.strength.masks)
    return Ground(company, _values(scene, findings), claims, labels)


def _values(scene: Scene, findings: Sequence[Finding]) -> tuple[Value, ...]:
    """Names, numbers, dates and addresses; of two that overlap, the first."""
    kept: list[Value] = []
    for one in sorted(findings, key=lambda one: one.span):
        if one.family == _PERSONAL and one.label not in CLAUSES and (one.strength.masks or one.label in _NAMES):
            start, end = scene.view.at(one.span.start), scene.view.at(one.span.end)
            if not kept or start >= kept[-1].end:
                kept.append(Value(start, end, one.label in _NAMES))
    return tuple(kept)


def _claims(scene: Scene, findings: Sequence[Finding]) -> Iterator[Claim]:
    for one in findings:
        if one.label in CLAUSES or one.family != _PERSONAL:
            start, end = scene.view.at(one.span.start), scene.view.at(one.span.end)
            name = one.source.partition("-")[0] if one.family == _PERSONAL else one.family
            yield Claim(start, end, name, one.strength.masks)
