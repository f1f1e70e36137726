"""What is said of each person is heard document by document, however many persons a document names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from redactor.model import DocumentId, Facts
from redactor.pdf.reader import read
from redactor.people import roles
from redactor.people.mentions import cluster, namings_of
from redactor.people.reader import reader_of
from redactor.recognisers.personal import find_personal
from redactor.recognisers.scene import scene_of
from redactor.text.passages import split
from tests.builders import pdf

if TYPE_CHECKING:
    from redactor.people.reader import Reader

TEXTS = (
    "Madame Josiane Tremblay-Côté, directrice des finances, et monsieur Réal Otis, né le 3 mai 1981.",
    "Monsieur Réal Otis est malade. Madame Josiane Tremblay-Côté signe la lettre.",
    "Madame Josiane Tremblay-Côté, directrice des finances, écrit à monsieur Réal Otis.",
)


class Asked(Sequence["Reader"]):
    """Readers that tell in which order they were asked for."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self.readers, self.order = readers, list[int]()

    def __len__(self) -> int:
        return len(self.readers)

    @overload
    def __getitem__(self, at: int) -> Reader: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Reader]: ...

    def __getitem__(self, at: int | slice) -> Reader | Sequence[Reader]:
        if isinstance(at, int):
            self.order.append(at)
        return self.readers[at]


def test_each_document_is_looked_at_once() -> None:
    """A request of 20,000 pages went through its documents once for each person: hours."""
    documents = [read(pdf((text,)), document_id=DocumentId(f"d{n}")) for n, text in enumerate(TEXTS)]
    passages = [split(one) for one in documents]
    findings = [find_personal(one, its) for one, its in zip(documents, passages, strict=True)]
    named = [n for i, one in enumerate(documents) for n in namings_of(i, findings[i], one.text)]
    scenes = [scene_of(one, its) for one, its in zip(documents, passages, strict=True)]
    asked = Asked([reader_of(one, Facts(), its) for one, its in zip(scenes, findings, strict=True)])
    clusters = cluster(named)
    assert len(clusters) == 2
    assert all(one.documents == {0, 1, 2} for one in clusters)
    said = roles.heard(clusters, asked)
    assert asked.order == [0, 1, 2]
    found = {one.parts.family: roles.role_of(one, its)[0] for one, its in zip(clusters, said, strict=True)}
    assert {role is not None and role in roles.OFFICIAL for role in found.values()} == {True, False}
