"""What a person states of a request and its documents. `UNKNOWN` is a value.

The rest of the model imports these; code outside imports them from `redactor.model`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


class Unknown(Enum):
    """A fact that nobody stated. It is a value: it never reads as false, empty or absent."""

    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("an unknown fact is neither true nor false")


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one document and its request. `UNKNOWN` is a value; see `docs/facts.md`."""

    kind: str | Unknown = UNKNOWN
    lang: str | Unknown = UNKNOWN
    body: str | Unknown = field(default=UNKNOWN, repr=False)
    body_kind: str | Unknown = UNKNOWN
    author: str | Unknown = UNKNOWN
    mandated: bool | Unknown = UNKNOWN
    date: dt.date | Unknown = UNKNOWN
    decision: str | Unknown = UNKNOWN
    decision_date: dt.date | Unknown = UNKNOWN
    final_decision_public: dt.date | Unknown = UNKNOWN
    final: bool | Unknown = UNKNOWN
    published: bool | str = False
    supplied_by: str | None = field(default=None, repr=False)
    in_scope: bool | str = True
    requester: str = "other"
    request_date: dt.date | Unknown = UNKNOWN
    hidden_content: str | Unknown = UNKNOWN  # what to do of what a printed page does not show: print, drop


@dataclass(frozen=True, slots=True)
class Permission:
    """A consent or a waiver on record: `party` (a person's name, an office, a third party) lets `provision` go."""

    party: str = field(repr=False)
    provision: str
    date: dt.date | None = None
    by: str = field(default="", repr=False)  # who recorded it
