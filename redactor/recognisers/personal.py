"""Personal information of one document, as findings. People, roles and later mentions are joined over the request."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from redactor.model import Finding, Span, Strength
from redactor.recognisers import frame, ner
from redactor.recognisers.scene import scene_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Document, Passage

SECONDS_A_PAGE = 20.0  # of processor time; a page takes a tenth of one, a dense table on a slow machine far more
PAGE = 3_000  # code points of a full page of type: a page that holds more counts as several
UNREAD = "PI.unread"  # label of words that no model could read: a person must


def find_personal(document: Document, passages: Sequence[Passage]) -> tuple[Finding, ...]:
    """Findings in reading order; values do not overlap, a clause may hold values.

    Words in a language without a model, or without blanks, give findings labelled `UNREAD`; so does a document that
    took longer than its pages may.
    """
    until = time.thread_time() + SECONDS_A_PAGE * max(1, len(document.pages), len(document.text) // PAGE)
    scene = scene_of(document, passages)
    reading = ner.read(scene)
    try:
        hits = frame.hits(scene, reading, until=until)
    except frame.TooSlow:
        return (Finding(Span(0, max(1, len(document.text))), UNREAD, Strength.WEAK, "not-read-in-time"),)
    found = tuple(hit.finding(scene.view) for hit in hits)
    return (*found, *(Finding(scene.view.span(*place), UNREAD, Strength.WEAK, "not-read") for place in reading.unread))
