"""Personal information of one document, as findings. People, roles and later mentions are joined over the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import Finding, Strength
from redactor.recognisers import frame, ner
from redactor.recognisers.scene import scene_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Document, Passage

UNREAD = "PI.unread"  # label of words that no model could read: a person must


def find_personal(document: Document, passages: Sequence[Passage]) -> tuple[Finding, ...]:
    """Findings in reading order; values do not overlap, a clause may hold values.

    Words in a language without a model, or without blanks, give findings labelled `UNREAD`.
    """
    scene = scene_of(document, passages)
    reading = ner.read(scene)
    found = tuple(hit.finding(scene.view) for hit in frame.hits(scene, reading))
    return (*found, *(Finding(scene.view.span(*place), UNREAD, Strength.WEAK, "not-read") for place in reading.unread))
