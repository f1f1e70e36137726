"""Joins the people of a request: mentions, roles, and whose every other personal value is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redactor.model import Element, Facts, Finding, Mention, Person, PersonId, Role, Strength
from redactor.people import elements, follow, roles
from redactor.people.mentions import Cluster, cluster, namings_of
from redactor.people.parts import families_match, gives_match, parts_of
from redactor.recognisers.scene import scene_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.model import Analysed, DocumentId

_NAMES = frozenset({"PI.name", "PI.signature"})


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a request, and its documents with findings that carry person and element."""

    persons: tuple[Person, ...] = field(repr=False)
    documents: tuple[Analysed, ...] = field(repr=False)


def join(
    analysed: Sequence[Analysed], *, facts: Mapping[DocumentId, Facts], declared: Sequence[tuple[str, Role]] = ()
) -> People:
    """Persons of one request and its findings, completed; a document without facts has all of them unknown.

    Findings that concern no natural person (a body's own line, a general mailbox) are left out.
    """
    scenes = [scene_of(one.document, one.passages) for one in analysed]
    known = [facts.get(one.document.id, Facts()) for one in analysed]
    namings = [n for i, one in enumerate(analysed) for n in namings_of(i, one.findings, one.document.text)]
    clusters = cluster(namings)
    for owner, naming in list(follow.later(clusters, scenes)):
        owner.namings.append(naming)
    readers = [
        roles.reader_of(scene, fact, one.findings) for scene, fact, one in zip(scenes, known, analysed, strict=True)
    ]
    persons = tuple(_person(i, c, analysed, readers, declared) for i, c in enumerate(clusters))
    documents = tuple(
        _completed(
            i, one, clusters, persons, elements.Sheet(scenes[i], known[i], readers[i].subject, readers[i].addressee)
        )
        for i, one in enumerate(analysed)
    )
    return People(persons, documents)


def _person(
    number: int,
    one: Cluster,
    analysed: Sequence[Analysed],
    readers: Sequence[roles.Reader],
    declared: Sequence[tuple[str, Role]],
) -> Person:
    role, strength = roles.role_of(one, readers)
    stated = _declared(one, declared)
    if stated is not None:
        role, strength = stated, Strength.PROVEN
    mentions = tuple(
        Mention(analysed[n.document].document.id, n.span, n.strength, n.evidence)
        for n in sorted(one.namings, key=lambda n: (n.document, n.span))
    )
    name = max((n.name for n in one.namings), key=len)
    return Person(PersonId(f"p{number + 1}"), name, role, strength, mentions)


def _declared(one: Cluster, declared: Sequence[tuple[str, Role]]) -> Role | None:
    for name, role in declared:
        parts = parts_of(name)
        if (
            parts.family
            and families_match(parts.family, one.parts.family)
            and gives_match(parts.given, one.parts.given)
        ):
            return role
    return None


def _completed(
    document: int, one: Analysed, clusters: list[Cluster], persons: tuple[Person, ...], sheet: elements.Sheet
) -> Analysed:
    owners = {
        n.span: (person, n)
        for c, person in zip(clusters, persons, strict=True)
        for n in c.namings
        if n.document == document
    }
    found: list[Finding] = []
    for finding in one.findings:
        if finding.label in _NAMES and finding.span in owners:
            person, naming = owners.pop(finding.span)
            element = Element.SIGNATURE if finding.label == "PI.signature" else Element.NAME
            found.append(replace(finding, person=person.id, element=element, strength=naming.strength))
        else:
            found.append(finding)
    for span, (person, naming) in owners.items():
        found.append(Finding(span, "PI.name", naming.strength, naming.source, naming.evidence, person.id, Element.NAME))
    return replace(one, findings=elements.complete(tuple(sorted(found, key=lambda f: f.span)), persons, sheet))
