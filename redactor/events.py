"""The only way to log. Values are whole numbers, enumerations and ids, so that no log line can hold a document's words.

One JSON object a line on the logger `redactor`; the command line decides whether anyone listens.
"""

from __future__ import annotations

import json
import logging
import re
from enum import Enum, StrEnum
from typing import TypeAlias

_LOGGER = logging.getLogger("redactor")
_ID = re.compile(r"[a-z0-9][a-z0-9._@/-]{0,63}")  # our own ids, codes and versions

EventValue: TypeAlias = int | bool | Enum | str


class Event(StrEnum):
    """Everything that is worth a line."""

    READ = "read"
    ANALYSED = "analysed"
    PROPOSED = "proposed"
    CONTRADICTION = "contradiction"
    PROVED = "proved"
    RELEASED = "released"
    WITHHELD = "withheld"
    SET_ASIDE = "set_aside"
    UNCHANGED = "unchanged"


class NotAnEventValueError(TypeError):
    """A value that could hold a document's words was about to be logged."""


def record(event: Event, **values: EventValue) -> None:
    """Log one event. Raises NotAnEventValueError on a float, a long string or one that is not an id."""
    line = {"event": event.value} | {key: _plain(key, value) for key, value in values.items()}
    _LOGGER.info("%s", json.dumps(line))


def _plain(key: str, value: EventValue) -> int | str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    raise NotAnEventValueError(f"event value {key} is neither a whole number nor an id")
