"""A log line holds numbers, enumerations and ids: a document's words cannot get in."""

from __future__ import annotations

import json
import logging

import pytest

from redactor import events
from redactor.events import Event, NotAnEventValueError


def test_a_line_is_one_json_object(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="redactor"):
        events.record(Event.READ, document="d1", pages=3)
    assert json.loads(caplog.messages[0]) == {"event": "read", "document": "d1", "pages": 3}


@pytest.mark.parametrize("value", ["Odette Larouche", "note.pdf " * 20, "é", "", 1.5])
def test_words_are_refused(value: object) -> None:
    with pytest.raises(NotAnEventValueError):
        events.record(Event.READ, document=value)  # type: ignore[arg-type]
