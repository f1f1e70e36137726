"""Finders for test tables: one recogniser at a time, or all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.recognisers.hits import Hit, settle
from redactor.recognisers.personal import find_personal
from redactor.recognisers.scene import Scene, scene_of
from redactor.text.passages import split
from redactor.text.plain import document_of
from tests.marks import assert_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from redactor.model import Document, Finding, Passage

    Recogniser = Callable[[Scene], Iterable[Hit]]


def scene(text: str) -> Scene:
    """Scene of a text in the corpus notation without marks."""
    document = document_of(text)
    return scene_of(document, split(document))


def assert_recognised(text: str, recogniser: Recogniser) -> None:
    """Fails unless one recogniser, alone, claims what is marked."""

    def finder(document: Document, passages: Sequence[Passage]) -> list[Finding]:
        seen = scene_of(document, passages)
        return [hit.finding(seen.view) for hit in settle(recogniser(seen))]

    assert_marks(text, finder)


def assert_personal(text: str, *labels: str) -> None:
    """Fails unless all recognisers together claim what is marked, for these labels."""
    assert_marks(text, find_personal, labels=labels)


def personal(text: str) -> list[tuple[str, str]]:
    """(label, words) of what is firmly claimed in a text."""
    document = document_of(text)
    findings = find_personal(document, split(document))
    return [(one.label, one.span.of(text)) for one in findings if one.strength.masks]
