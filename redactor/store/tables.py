"""The tables. Only ids, offsets, labels, states and numbers stand in clear; words are `Secret` or lie in blobs."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON

from redactor.store.columns import Secret, SecretJson, UtcDateTime

ID = String(32)  # a random uuid in hex


def new_id() -> str:
    """A random id that tells nothing."""
    return uuid4().hex


class Base(DeclarativeBase):
    """All tables of the store."""

    type_annotation_map = {dt.datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class UserRow(Base):
    """Somebody who signs in."""

    __tablename__ = "user"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(Secret("user.name"))
    password: Mapped[str] = mapped_column(String(200))  # argon2id
    roles: Mapped[list[Any]]
    active: Mapped[bool] = mapped_column(default=True)
    epoch: Mapped[int] = mapped_column(default=0)  # raised to end every session of the user
    created: Mapped[dt.datetime]


class RequestRow(Base):
    """An access request: its facts, its stage, who owns it."""

    __tablename__ = "request"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    number: Mapped[str | None] = mapped_column(Secret("request.number"))
    requester: Mapped[str] = mapped_column(String(8), default="other")
    received: Mapped[dt.date | None]
    extended: Mapped[bool] = mapped_column(default=False)  # ten more days
    facts: Mapped[dict[str, Any]] = mapped_column(
        SecretJson("request.facts")
    )  # `request:` and `defaults:` of request.yaml
    reasons: Mapped[dict[str, Any]] = mapped_column(SecretJson("request.reasons"), default=dict)  # by provision
    owner: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    stage: Mapped[str] = mapped_column(String(16), default="open")  # open, submitted, approved, released
    alone: Mapped[bool] = mapped_column(default=False)  # one person decides: no second look
    version: Mapped[int] = mapped_column(default=1)  # raised by every act that changes what may be released
    input_version: Mapped[int] = mapped_column(default=1)  # the version whose facts, people or documents last changed
    joined_version: Mapped[int] = mapped_column(default=0)  # the `input_version` of the last join
    pack: Mapped[str | None] = mapped_column(String(80))  # of the last join
    texts: Mapped[str | None] = mapped_column(String(64))  # blob: folded text of every document, for the search
    sample: Mapped[int]  # seed of the second reader's random sample
    created: Mapped[dt.datetime]


class DocumentRow(Base):
    """One file of a request, or one part of a container."""

    __tablename__ = "document"
    __table_args__ = (Index("document_of_request", "request", "position"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    request: Mapped[str] = mapped_column(ForeignKey("request.id"))
    parent: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    position: Mapped[int]
    file: Mapped[str] = mapped_column(Secret("document.file"))
    sha256: Mapped[str] = mapped_column(Secret("document.sha256"))
    digest: Mapped[str] = mapped_column(String(64))  # keyed, of the bytes: finds duplicates
    blob: Mapped[str] = mapped_column(String(64))  # of the bytes as they came
    pdf: Mapped[str | None] = mapped_column(String(64))  # of the pages they became, when they were no PDF
    size: Mapped[int]  # bytes
    media: Mapped[str] = mapped_column(String(80))
    pages: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16), default="waiting")  # see `values.DocumentView`
    code: Mapped[str | None] = mapped_column(String(80))  # of the error that stopped it
    code_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    facts: Mapped[dict[str, Any]] = mapped_column(
        SecretJson("document.facts")
    )  # keys of a document row in request.yaml, as stated
    suggested: Mapped[dict[str, Any]] = mapped_column(
        SecretJson("document.suggested"), default=dict
    )  # what the text suggests, with its place
    found: Mapped[str | None] = mapped_column(String(64))  # blob: document, passages, personal findings, as read
    scans: Mapped[dict[str, Any]] = mapped_column(default=dict)  # page: [confidence, words, doubtful]
    notes: Mapped[list[Any]] = mapped_column(default=list)  # codes of the opening
    facts_missing: Mapped[list[Any]] = mapped_column(default=list)
    whole: Mapped[str | None] = mapped_column(String(16))  # what a person decided of all of it: withhold, release
    whole_by: Mapped[str | None] = mapped_column(ID)
    whole_provision: Mapped[str | None] = mapped_column(String(16))
    whole_reason: Mapped[str] = mapped_column(Secret("document.whole_reason"), default="")
    duplicate_of: Mapped[str | None] = mapped_column(ID)  # a document of the request with the same text
    relations: Mapped[dict[str, Any]] = mapped_column(default=dict)  # `relations`: twins, thread; ids and digests
    open: Mapped[int] = mapped_column(default=0)  # proposals that wait for a person
    decided: Mapped[int] = mapped_column(default=0)
    seen: Mapped[int] = mapped_column(default=0)  # pages that somebody opened
    verdict: Mapped[str | None] = mapped_column(String(16))
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    has_doubt: Mapped[bool] = mapped_column(default=False)  # of the verdict: a person should look
    version: Mapped[int] = mapped_column(default=1)
    created: Mapped[dt.datetime]


class PageRow(Base):
    """One page as shown; `blob` holds its words and their boxes."""

    __tablename__ = "page"
    document: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    width: Mapped[float]  # points
    height: Mapped[float]
    layer: Mapped[str] = mapped_column(String(16))
    runs: Mapped[list[Any]]  # [start, end] of the document's text that stand on the page
    is_seen: Mapped[bool] = mapped_column(default=False)
    blob: Mapped[str] = mapped_column(String(64))


class ChunkRow(Base):
    """A piece of background work. The truth of what is done; runners only move its id."""

    __tablename__ = "chunk"
    __table_args__ = (UniqueConstraint("key"), Index("chunk_waiting", "state", "created"))
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(
        String(200)
    )  # kind, blob, pages, pack and engine version: the same work twice is one row
    kind: Mapped[str] = mapped_column(String(16))  # read, join, produce
    request: Mapped[str] = mapped_column(ForeignKey("request.id"))
    document: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    first_page: Mapped[int] = mapped_column(default=0)
    end_page: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16), default="waiting")  # waiting, running, done, failed
    attempts: Mapped[int] = mapped_column(default=0)
    code: Mapped[str | None] = mapped_column(String(80))
    worker: Mapped[str | None] = mapped_column(String(64))
    beat: Mapped[dt.datetime | None]
    result: Mapped[str | None] = mapped_column(String(64))  # blob
    created: Mapped[dt.datetime]


class ProposalRow(Base):
    """A proposal of the last join. `trace` holds codes, ids, offsets and dates, never text."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("proposal_of_page", "document", "page", "last_page"),
        Index("proposal_in_order", "request", "open", "order", "page", "position"),
        Index("proposal_the_same", "request", "same"),
        Index("proposal_of_person", "request", "person"),
        UniqueConstraint("document", "key"),
    )
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    request: Mapped[str] = mapped_column(ForeignKey("request.id"))
    document: Mapped[str] = mapped_column(ForeignKey("document.id"))
    key: Mapped[str] = mapped_column(String(80))  # `Proposal.id`: stable for the same document, spans and rule
    order: Mapped[int]  # `DocumentRow.position`
    position: Mapped[int]
    page: Mapped[int]
    last_page: Mapped[int]
    spans: Mapped[list[Any]]
    label: Mapped[str] = mapped_column(String(80))
    rule: Mapped[str] = mapped_column(String(120))
    provision: Mapped[str] = mapped_column(String(16))
    effect: Mapped[str] = mapped_column(String(16))
    power: Mapped[str | None] = mapped_column(String(16))
    strength: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8))  # before decisions
    now: Mapped[str] = mapped_column(String(8))  # after them
    open: Mapped[bool]  # waits for a person
    decision: Mapped[int | None]  # DecisionRow.n in force
    version: Mapped[int]  # of the request, when the proposal or what was decided of it last changed
    mark: Mapped[str] = mapped_column(String(64))  # digest of what the join said
    person: Mapped[str | None] = mapped_column(String(32))  # PersonRow.key
    element: Mapped[str | None] = mapped_column(String(32))
    same: Mapped[str | None] = mapped_column(String(64))  # keyed digest of rule and words
    trace: Mapped[dict[str, Any]]


class PersonRow(Base):
    """A person of a request as the last join saw them, with the role somebody chose."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("request", "key"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    request: Mapped[str] = mapped_column(ForeignKey("request.id"))
    key: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(Secret("person.name"))
    role: Mapped[str | None] = mapped_column(String(32))
    strength: Mapped[str] = mapped_column(String(8))
    mentions: Mapped[list[Any]]  # [document id, start, end, page]


class ChoiceRow(Base):
    """A role that somebody chose for a person; goes into the next join as `people:`. Undone ones stay."""

    __tablename__ = "choice"
    __table_args__ = (Index("choice_of_request", "request", "n"),)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    request: Mapped[str] = mapped_column(ForeignKey("request.id"))
    person: Mapped[str] = mapped_column(String(32))  # PersonRow.key
    name: Mapped[str] = mapped_column(Secret("choice.name"))
    role: Mapped[str | None] = mapped_column(String(32))  # None: what the program says
    undone: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int]  # of the request, when it was made or undone
    by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]


class PlaceRow(Base):
    """A place of something that recurs in the request: hidden here and readable there, it contradicts itself."""

    __tablename__ = "place"
    __table_args__ = (Index("place_of_request", "request", "group"),)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    request: Mapped[str] = mapped_column(ForeignKey("request.id"))
    group: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    document: Mapped[str] = mapped_column(ForeignKey("document.id"))
    start: Mapped[int]
    end: Mapped[int]
    page: Mapped[int]
    by: Mapped[list[Any]]  # keys of the proposals that could hide it


class BatchRow(Base):
    """Decisions made by one key press. `state`: active, undone, or buried (undone, and then decided otherwise)."""

    __tablename__ = "batch"
    __table_args__ = (Index("batch_of_user", "request", "by", "state", "n"),)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(ID, unique=True, default=new_id)
    request: Mapped[str] = mapped_column(ForeignKey("request.id"))
    by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    state: Mapped[str] = mapped_column(String(8), default="active")


class DecisionRow(Base):
    """One person's decision; never changed. An undo is a row of its own that names the batch it takes back."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("decision_of_document", "document", "page"),
        Index("decision_of_proposal", "document", "proposal", "n"),
        Index("decision_of_batch", "batch"),
    )
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    batch: Mapped[str] = mapped_column(ID)  # decisions made by one key press
    request: Mapped[str] = mapped_column(ForeignKey("request.id"))
    document: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    proposal: Mapped[str | None] = mapped_column(String(80))  # ProposalRow.key
    start: Mapped[int | None]
    end: Mapped[int | None]
    page: Mapped[int | None]
    box: Mapped[list[Any] | None]
    outcome: Mapped[str] = mapped_column(String(16))  # withhold, keep, undo, redo
    undoes: Mapped[str | None] = mapped_column(ID)
    provision: Mapped[str | None] = mapped_column(String(16))
    ground: Mapped[str | None] = mapped_column(Secret("decision.ground"))
    scope: Mapped[str | None] = mapped_column(String(16))  # of a page outside the request: a code of `scope`
    reason: Mapped[str] = mapped_column(Secret("decision.reason"), default="")
    by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]


class CommentRow(Base):
    """A remark on a proposal, a page or a request."""

    __tablename__ = "comment"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    request: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    document: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    proposal: Mapped[str | None] = mapped_column(String(80))
    page: Mapped[int | None]
    text: Mapped[str] = mapped_column(Secret("comment.text"))
    by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]


class ViewRow(Base):
    """Somebody opened a page."""

    __tablename__ = "view"
    user: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]


class ClearedRow(Base):
    """A contradiction that somebody cleared with a reason."""

    __tablename__ = "cleared"
    request: Mapped[str] = mapped_column(ForeignKey("request.id"), primary_key=True)
    contradiction: Mapped[str] = mapped_column(String(80), primary_key=True)
    reason: Mapped[str] = mapped_column(Secret("cleared.reason"))
    by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]


class StepRow(Base):
    """A step of a request: submitted, given back, approved, released. `version` is what was looked at."""

    __tablename__ = "step"
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    request: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))  # submit, give_back, approve, fall, release
    version: Mapped[int]
    reason: Mapped[str] = mapped_column(Secret("step.reason"), default="")
    by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]


class ProductRow(Base):
    """The proved file of a document at a version of its request, or why there is none."""

    __tablename__ = "product"
    document: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16))  # released, withheld, needs_person, rejected, failed
    name: Mapped[str | None] = mapped_column(Secret("product.name"))  # below `released/`
    blob: Mapped[str | None] = mapped_column(String(64))
    sha256: Mapped[str | None] = mapped_column(String(64))  # of the written bytes, which may be known to anyone
    row: Mapped[dict[str, Any]] = mapped_column(SecretJson("product.row"))  # its row of report.json
    code: Mapped[str | None] = mapped_column(String(80))


class SettledRow(Base):
    """What all files of a request must know at a version: values that may stand in none of them, and their names."""

    __tablename__ = "settled"
    request: Mapped[str] = mapped_column(ForeignKey("request.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    blob: Mapped[str] = mapped_column(String(64))


class ReleaseRow(Base):
    """A ZIP that was made: its fingerprint is checked again each time it is served."""

    __tablename__ = "release"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    request: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    version: Mapped[int]
    blob: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))
    audit_head: Mapped[str] = mapped_column(String(100))  # number and code of a row of the journal
    by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]


class AuditRow(Base):
    """One act. The database refuses to change or remove it; `mac` chains it to the one before."""

    __tablename__ = "audit"
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))  # as it was signed
    actor: Mapped[str] = mapped_column(String(32))
    act: Mapped[str] = mapped_column(String(40))
    object: Mapped[str] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(String(2000))  # canonical JSON of ids and numbers
    previous: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))


class UploadRow(Base):
    """A file on its way: what came so far lies encrypted in `blobs`, piece by piece."""

    __tablename__ = "upload"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    request: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    user: Mapped[str] = mapped_column(ForeignKey("user.id"))
    file: Mapped[str] = mapped_column(Secret("upload.file"))
    size: Mapped[int]  # bytes announced
    pieces: Mapped[list[Any]]  # [offset, size, blob address]
    at: Mapped[dt.datetime]


class SealedRow(Base):
    """Small facts of the store itself: the proof that the key is the right one, the version of its form."""

    __tablename__ = "sealed"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)
