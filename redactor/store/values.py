"""What the store gives: frozen values without a session, and the roles of those who act. Words never show in a repr."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from redactor.store.outcomes import ContradictionView as ContradictionView  # noqa: PLC0414
from redactor.store.outcomes import Gate as Gate  # noqa: PLC0414
from redactor.store.outcomes import ProductView as ProductView  # noqa: PLC0414
from redactor.store.outcomes import ReleaseView as ReleaseView  # noqa: PLC0414
from redactor.store.outcomes import Risk as Risk  # noqa: PLC0414
from redactor.store.outcomes import StepView as StepView  # noqa: PLC0414
from redactor.store.outcomes import Where as Where  # noqa: PLC0414, TC001

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from redactor.model import Trace

Rectangle = tuple[float, float, float, float]  # x0, y0, x1, y1 in points from the top left of the page as shown


class UserRole(StrEnum):
    """What somebody may do."""

    OFFICER = "officer"  # opens requests, decides, submits
    LEGAL = "legal"  # second look: approves, gives back, changes
    ADMIN = "admin"  # users and settings; sees no document
    AUDITOR = "auditor"  # reads the journal; sees no document


class Stage(StrEnum):
    """How far a request is."""

    OPEN = "open"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the roles that person has at this moment."""

    user_id: str
    roles: frozenset[UserRole]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in. A session made under another `epoch` is over."""

    id: str
    login: str
    name: str = field(repr=False)
    roles: frozenset[UserRole]
    active: bool
    epoch: int

    @property
    def actor(self) -> Actor:
        """The same person as acts take it."""
        return Actor(self.id, self.roles)


@dataclass(frozen=True, slots=True)
class Acted:
    """What an act did: the version the request has now, the batch that can be undone, the places it touched."""

    version: int
    batch: str | None = None
    places: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with its counts. `due` is the last day to answer, the extension counted; None without a date."""

    id: str
    number: str | None = field(repr=False)
    received: dt.date | None
    due: dt.date | None
    extended: bool
    requester: str
    owner: str | None
    owner_name: str | None = field(repr=False)
    stage: Stage
    alone: bool
    version: int
    documents: int
    pages: int
    pages_read: int
    open: int  # proposals that wait for a person
    decided: int
    chunks_left: int
    failed: int  # documents that need a person, were rejected or failed
    is_joined: bool  # proposals are those of the facts and people as they stand


@dataclass(frozen=True, slots=True)
class Relation:
    """Another document that says the same, wholly or in part; `score` is the share, `raison` and `reason` say it."""

    document: str
    kind: str  # exact, same_text, draft, quoted
    score: float
    raison: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in a list to choose from."""

    id: str
    file: str
    pages: int
    open: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document of a request. `facts` and `suggested` have the keys of a document row in request.yaml."""

    id: str
    request: str
    parent: str | None
    position: int
    file: str = field(repr=False)
    sha256: str = field(repr=False)
    media: str
    size: int
    pages: int | None
    state: str  # waiting, read, joined, needs_person, rejected, failed, removed
    code: str | None  # error that stopped it
    code_facts: Mapping[str, Any]
    facts: Mapping[str, Any] = field(repr=False)
    suggested: Mapping[str, Any] = field(repr=False)
    facts_missing: tuple[str, ...]
    verdict: str | None
    reasons: tuple[str, ...]
    whole: str | None  # what a person decided of the whole document: withhold, release
    duplicate_of: str | None
    open: int
    decided: int
    pages_seen: int  # pages that somebody opened
    version: int
    relations: tuple[Relation, ...] = ()
    thread: str | None = None  # `t1`, `t2`, ...: messages of one exchange share it
    notes: tuple[str, ...] = ()  # codes of the opening and of the scans
    why: str = field(default="", repr=False)  # the reason given for the whole, or for its being outside the request
    outside_pages: tuple[int, ...] = ()  # pages put outside the request


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page of a document; `is_seen`: somebody opened it."""

    index: int
    width: float
    height: float
    layer: str
    is_seen: bool
    open: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page, or a part of one that stands on one line. Offsets are those of the document's text."""

    text: str = field(repr=False)
    start: int
    end: int
    box: Rectangle


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The decision in force on a proposal or a mark."""

    n: int
    outcome: str  # withhold, keep
    provision: str | None
    ground: str | None
    reason: str = field(repr=False)
    by: str
    by_name: str = field(repr=False)
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class CommentView:
    """A remark."""

    id: str
    by: str
    by_name: str = field(repr=False)
    at: dt.datetime
    text: str = field(repr=False)
    document: str | None = None
    page: int | None = None
    proposal: str | None = None  # proposal key


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal with what was decided. `state` is before decisions, `now` after; `open` waits for a person."""

    id: str
    key: str
    document: str
    page: int
    position: int
    spans: tuple[tuple[int, int], ...]
    label: str
    rule: str
    provision: str
    effect: str
    power: str | None
    strength: str
    state: str
    now: str
    open: bool
    person: str | None  # PersonView.key
    element: str | None
    same_count: int  # proposals of the request that "apply to all the same" would decide, this one included
    decision: DecisionView | None
    trace: Trace = field(repr=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A proposal as a page shows it: with its words, its boxes on that page, its person and the remarks on it."""

    proposal: ProposalView
    text: str = field(repr=False)
    boxes: tuple[Rectangle, ...]
    person_name: str | None = field(repr=False)
    comments: tuple[CommentView, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A mask, or a kept span, that a person drew or picked: no proposal of the program."""

    n: int  # of its decision
    batch: str
    page: int
    span: tuple[int, int] | None
    boxes: tuple[Rectangle, ...]
    decision: DecisionView


@dataclass(frozen=True, slots=True)
class Burnt:
    """A box exactly as it will be cut, with the label printed on it."""

    boxes: tuple[Rectangle, ...]
    label: str
    kind: str  # text, area


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything the review of one page needs. `text` are the lines of the page in reading order."""

    document: str
    file: str = field(repr=False)
    request: str
    index: int
    pages: int
    width: float
    height: float
    layer: str
    text: str = field(repr=False)
    words: tuple[Word, ...] = field(repr=False)
    passages: tuple[Passage, ...] = field(repr=False)
    marks: tuple[Mark, ...] = field(repr=False)
    burnt: tuple[Burnt, ...]
    version: int
    notes: tuple[str, ...]  # codes of the opening and of the scans of its document


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a search found, with some words around it."""

    document: str
    file: str = field(repr=False)
    page: int
    start: int
    end: int
    boxes: tuple[Rectangle, ...]
    before: str = field(repr=False)
    found: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MentionView:
    """A place where a person is named."""

    document: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of a request. `chosen` is what somebody said; `role` is what is in force."""

    key: str
    name: str = field(repr=False)
    role: str | None
    strength: str
    chosen: str | None
    mentions: tuple[MentionView, ...]
    proposals: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of fact whose answer would change something; how many proposals wait for it, and the first."""

    fact: str  # `document.decision_date`, `person.role`, ...
    document: str
    file: str = field(repr=False)
    fr: str
    en: str
    effects: tuple[tuple[str, str], ...]
    proposals: int
    first: Where


@dataclass(frozen=True, slots=True)
class Added:
    """A file that came in; `duplicate_of` is a document of the request with the same bytes, and then nothing new is."""

    document: str
    version: int
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way: `received` bytes came so far, without a hole."""

    id: str
    size: int
    received: int


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act. `facts` hold ids and numbers."""

    n: int
    at: dt.datetime
    actor: str
    act: str
    object: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the journal, and at which row."""

    n: int
    problem: str  # altered, missing, reordered, cut, head


@dataclass(frozen=True, slots=True)
class Same:
    """What "apply to all the same" would decide."""

    count: int
    documents: tuple[str, ...]
    undecided: int
