"""Joins the people of a request: mentions, roles, and whose every other personal value is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redactor.keeping import IN_MEMORY, Lately
from redactor.model import Element, Facts, Finding, Mention, Person, PersonId, Role, Strength
from redactor.people import elements, follow, roles
from redactor.people.mentions import Cluster, cluster, namings_of
from redactor.people.parts import families_match, gives_match, parts_of
from redactor.people.reader import reader_of
from redactor.people.telling.ground import ground_of
from redactor.people.telling.scorer import shipped
from redactor.recognisers.scene import scene_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.keeping import Holder
    from redactor.model import Analysed, Document, DocumentId, Passage
    from redactor.people.mentions import Naming
    from redactor.recognisers.scene import Scene

ROOM = 4_000_000  # code points of documents that are looked at together: some 2,000 pages, 30 MB of places and words
_NAMES = frozenset({"PI.name", "PI.signature"})


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a request, and its documents with findings that carry person and element."""

    persons: tuple[Person, ...] = field(repr=False)
    documents: Sequence[Analysed] = field(repr=False)


def join(
    analysed: Sequence[Analysed],
    *,
    facts: Mapping[DocumentId, Facts],
    declared: Sequence[tuple[str, Role]] = (),
    shelf: Holder = IN_MEMORY,
    weighed: bool = True,
) -> People:
    """Persons of one request and its findings, completed; a document without facts has all of them unknown.

    Findings that concern no natural person (a body's own line, a general mailbox) are left out. `analysed` is gone
    through several times, one document after the other; the completed documents lie on `shelf`. Without `weighed`,
    what no rule claims is left alone.
    """
    scenes = Lately(
        lambda at: scene_of(analysed[at].document, analysed[at].passages), len(analysed), size=_size, room=ROOM
    )
    known = [facts.get(one.document.id, Facts()) for one in analysed]
    namings = [n for i, one in enumerate(analysed) for n in namings_of(i, one.findings, one.document.text)]
    clusters = cluster(namings)
    for owner, naming in list(follow.later(clusters, scenes)):
        owner.namings.append(naming)
    readers = Lately(
        lambda at: reader_of(scenes[at], known[at], analysed[at].findings),
        len(analysed), size=lambda one: _size(one.scene), room=ROOM,
    )  # fmt: skip
    ids = [one.document.id for one in analysed]
    said = roles.heard(clusters, readers)
    persons = tuple(_person(i, c, ids, said[i], declared) for i, c in enumerate(clusters))
    named = _by_document(clusters, persons)
    sheets = (
        elements.Sheet(scenes[i], known[i], readers[i].subject, readers[i].addressee) for i in range(len(analysed))
    )
    documents = shelf.hold(
        _completed(one, named[i], persons, sheet, weighed=weighed)
        for i, (one, sheet) in enumerate(zip(analysed, sheets, strict=True))
    )
    return People(persons, documents)


def _size(scene: Scene) -> int:
    return len(scene.text)


def _by_document(clusters: Sequence[Cluster], persons: Sequence[Person]) -> Mapping[int, list[tuple[Person, Naming]]]:
    """Who is named in each document, and where, person by person."""
    named: dict[int, list[tuple[Person, Naming]]] = defaultdict(list)
    for one, person in zip(clusters, persons, strict=True):
        for naming in one.namings:
            named[naming.document].append((person, naming))
    return named


def told_people(
    document: Document, passages: Sequence[Passage], findings: Sequence[Finding], *, facts: Facts
) -> list[tuple[Cluster, dict[str, float]]]:
    """The persons of one document alone, each with the features that its role is weighed by."""
    scene = scene_of(document, passages)
    clusters = cluster(namings_of(0, findings, document.text))
    for owner, naming in list(follow.later(clusters, [scene])):
        owner.namings.append(naming)
    readers = [reader_of(scene, facts, findings)]
    said = roles.heard(clusters, readers)
    return [(one, roles.features_of(one, its)) for one, its in zip(clusters, said, strict=True)]


def _person(
    number: int,
    one: Cluster,
    ids: Sequence[DocumentId],
    said: roles.Heard,
    declared: Sequence[tuple[str, Role]],
) -> Person:
    role, strength = roles.role_of(one, said)
    stated = _declared(one, declared)
    if stated is not None:
        role, strength = stated, Strength.PROVEN
    mentions = tuple(
        Mention(ids[n.document], n.span, n.strength, n.evidence)
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
    one: Analysed,
    named: Sequence[tuple[Person, Naming]],
    persons: tuple[Person, ...],
    sheet: elements.Sheet,
    *,
    weighed: bool,
) -> Analysed:
    owners = {naming.span: (person, naming) for person, naming in named}
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
    told = elements.complete(tuple(sorted(found, key=lambda f: f.span)), persons, sheet)
    if weighed:
        told = elements.with_pay(shipped().complete(told, ground_of(sheet, told, persons)), persons, sheet)
    return replace(one, findings=tuple(sorted(told, key=lambda f: f.span)))
