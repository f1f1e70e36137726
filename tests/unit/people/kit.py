"""Builds a small request from texts and joins its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import Analysed, DocumentId, Facts, Finding, Person, Role
from redactor.people.join import People, join
from redactor.recognisers.personal import find_personal
from redactor.text.passages import split
from redactor.text.plain import document_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def request(
    *texts: str,
    author: str = "staff",
    body: str = "Ministère",
    kind: str = "note",
    declared: Sequence[tuple[str, Role]] = (),
) -> People:
    """People of one request whose documents are `texts`."""
    analysed = []
    for number, text in enumerate(texts):
        document = document_of(text, document_id=DocumentId(f"d{number + 1}"))
        passages = split(document)
        analysed.append(Analysed(document, passages, find_personal(document, passages)))
    facts = {one.document.id: Facts(author=author, body=body, kind=kind) for one in analysed}
    return join(analysed, facts=facts, declared=declared)


def person(people: People, family: str) -> Person:
    """The only person of that family name."""
    found = [one for one in people.persons if family in one.name]
    assert len(found) == 1, f"{len(found)} persons named so"
    return found[0]


def named(people: People, who: Person, document: int = 0) -> list[str]:
    """How a person is named in one document, in reading order."""
    one = people.documents[document]
    return [m.span.of(one.document.text) for m in who.mentions if m.document == one.document.id]


def told(people: People, words: str, document: int = 0) -> Finding:
    """The only finding on exactly these words."""
    one = people.documents[document]
    found = [finding for finding in one.findings if finding.span.of(one.document.text) == words]
    assert len(found) == 1, f"{len(found)} findings on these words"
    return found[0]
