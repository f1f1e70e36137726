"""Values of what comes after review: conditions, risks, contradictions, steps, files and ZIPs. Part of `values`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Where:
    """A place to go to: a document, a page from 0, a proposal (row id); what does not apply is None."""

    document: str | None = None
    page: int | None = None
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition of a release. A warning (`blocks` false) is shown and does not stop."""

    code: str
    ok: bool
    blocks: bool
    count: int
    fr: str
    en: str
    places: tuple[Where, ...] = ()  # the first hundred
    for_release: bool = False  # asked for the ZIP, not for the submission


@dataclass(frozen=True, slots=True)
class Risk:
    """Something the second reader looks at first; `rank` 0 is the gravest."""

    rank: int
    kind: str
    where: Where
    code: str = ""


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """The same thing hidden here and readable there; `reason` is set once somebody cleared it."""

    id: str
    kind: str
    hidden: Where
    hidden_span: tuple[int, int]
    readable: Where
    readable_span: tuple[int, int]
    provision: str
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a request: submit, give_back, approve, fall, release."""

    n: int
    kind: str
    version: int
    reason: str = field(repr=False)
    by: str
    by_name: str = field(repr=False)
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ProductView:
    """What became of a document at a version: its proved file, or why there is none."""

    document: str
    version: int
    state: str  # released, withheld, needs_person, rejected, failed, waiting
    name: str | None = field(repr=False)
    sha256: str | None
    code: str | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A ZIP that was made."""

    id: str
    request: str
    version: int
    sha256: str
    audit_head: str
    size: int
    by: str
    at: dt.datetime
