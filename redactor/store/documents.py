"""Documents of a request: brought in, replaced, taken out, decided on as a whole. What stands on them is `pages`'."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from redactor.errors import EmptyFile, TooLarge, UploadBroken
from redactor.intake.load import fingerprint
from redactor.intake.sniff import is_pdf
from redactor.settings import FILE_LIMIT_BYTES
from redactor.store import audit
from redactor.store.acts import (
    changed,
    document_of,
    held,
    now,
    refuse_stale,
    refuse_unreasoned,
    seen_of,
)
from redactor.store.guard import decider, reader
from redactor.store.pages import notes_of as notes_of  # noqa: PLC0414  part of this module's face
from redactor.store.pages import page_view as page_view  # noqa: PLC0414
from redactor.store.pages import pages as pages  # noqa: PLC0414
from redactor.store.relations import relations_of
from redactor.store.requests import queue_read
from redactor.store.standing import outside_pages, put_outside
from redactor.store.tables import (
    DecisionRow,
    DocumentRow,
    PageRow,
    PlaceRow,
    ProductRow,
    ProposalRow,
    UploadRow,
    ViewRow,
)
from redactor.store.values import Acted, Added, DocumentView, Listed, Upload, Where
from redactor.store.wholes import forget_whole

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.values import Actor

NAME_LIMIT = 500  # characters of a file's name; that of a row in request.yaml
PDF = "application/pdf"
OTHER = "application/octet-stream"


def add(store: Store, actor: Actor, request: str, *, name: str, data: bytes) -> Added:
    """Keeps a file and queues its reading; the same bytes twice in a request are one document.

    Raises Forbidden, NotFound, EmptyFile, TooLarge.
    """
    _refuse_size(len(data))
    reader(actor)
    blob = store.blobs.put(data)
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        twin = _twin(session, request, blob)
        if twin is not None:
            audit.record(session, actor.user_id, "document.twice", twin)
            return Added(twin, row.version, twin)
        last = session.scalar(select(func.max(DocumentRow.position)).where(DocumentRow.request == request))
        document = DocumentRow(
            request=request, position=(last or 0) + 1, file=clean_name(name), sha256=fingerprint(data), digest=blob,
            blob=blob, size=len(data), media=PDF if is_pdf(data) else OTHER, facts={}, suggested={}, code_facts={},
            created=now(), version=0,
        )  # fmt: skip
        session.add(document)
        session.flush()
        version = changed(session, row, actor, is_input=True)
        document.version = version
        queue_read(session, document)
        audit.record(session, actor.user_id, "document.add", document.id, bytes=len(data))
        return Added(document.id, version)


def _twin(session: Session, request: str, blob: str) -> str | None:
    """The document of the request with the same bytes; an address is a digest with a key."""
    return session.scalar(
        select(DocumentRow.id).where(
            DocumentRow.request == request, DocumentRow.digest == blob, DocumentRow.state != "removed"
        )
    )


def _refuse_size(size: int) -> None:
    if size == 0:
        raise EmptyFile
    if size > FILE_LIMIT_BYTES:
        raise TooLarge(limit_bytes=FILE_LIMIT_BYTES)


def clean_name(name: str) -> str:
    """A relative path in NFC, without control characters, `.` and `..`; never empty."""
    plain = "".join(char for char in unicodedata.normalize("NFC", name) if char.isprintable())
    parts = [part.strip() for part in plain.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part not in {"", ".", ".."})[-NAME_LIMIT:] or "document"


def upload_begin(store: Store, actor: Actor, request: str, *, name: str, size: int) -> Upload:
    """A file on its way; the same person, request, name and size go on where they stopped. Raises TooLarge."""
    _refuse_size(size)
    with store.acting() as session:
        decider(session, actor)
        seen_of(session, request)
        mine = session.scalars(
            select(UploadRow).where(
                UploadRow.request == request, UploadRow.user == actor.user_id, UploadRow.size == size
            )
        )
        row = next((one for one in mine if one.file == clean_name(name)), None)
        if row is None:
            row = UploadRow(request=request, user=actor.user_id, file=clean_name(name), size=size, pieces=[], at=now())
            session.add(row)
            session.flush()
        return _upload(row)


def upload_piece(store: Store, actor: Actor, upload: str, *, offset: int, data: bytes) -> Upload:
    """Keeps the next piece; one that came already is passed over. Raises NotFound, UploadBroken."""
    with store.reading() as session:
        row = _mine(session, actor, upload)
        if _is_known(row, offset, data):
            return _upload(row)
    address = store.blobs.put(data)
    with store.acting() as session:
        row = _mine(session, actor, upload)
        if not _is_known(row, offset, data):
            row.pieces = [*row.pieces, [offset, len(data), address]]
        return _upload(row)


def _is_known(row: UploadRow, offset: int, data: bytes) -> bool:
    """True for a piece that came already. Raises UploadBroken where it does not follow what came."""
    received = _received(row)
    if offset + len(data) <= received:
        return True
    if offset != received or offset + len(data) > row.size:
        raise UploadBroken(received=received)
    return False


def upload_end(store: Store, actor: Actor, upload: str) -> Added:
    """The document that the pieces make. Raises NotFound, UploadBroken."""
    with store.reading() as session:
        row = _mine(session, actor, upload)
        if _received(row) != row.size:
            raise UploadBroken(received=_received(row))
    added = add(store, actor, row.request, name=row.file, data=b"".join(store.blobs.get(a) for _, _, a in row.pieces))
    with store.acting() as session:
        session.execute(delete(UploadRow).where(UploadRow.id == upload))
    with store.reading() as session:
        for _, _, address in row.pieces:
            if session.scalar(select(DocumentRow.id).where(DocumentRow.blob == address).limit(1)) is None:
                store.blobs.delete(address)
    return added


def _mine(session: Session, actor: Actor, upload: str) -> UploadRow:
    decider(session, actor)
    row = session.get(UploadRow, upload, with_for_update=True)
    if row is None or row.user != actor.user_id:
        raise UploadBroken(received=0)
    return row


def _received(row: UploadRow) -> int:
    return sum(size for _, size, _ in row.pieces)


def _upload(row: UploadRow) -> Upload:
    return Upload(row.id, row.size, _received(row))


def list_documents(
    store: Store, actor: Actor, request: str, *, limit: int | None = None, offset: int = 0
) -> tuple[DocumentView, ...]:
    """Documents of a request in their order, without those that were removed. Raises Forbidden, NotFound."""
    reader(actor)
    wanted = (
        select(DocumentRow).where(DocumentRow.request == request, DocumentRow.state != "removed")
        .order_by(DocumentRow.position).limit(limit).offset(offset)
    )  # fmt: skip
    with store.reading() as session:
        seen_of(session, request)
        outside = _outside(session, request)
        return tuple(view(row, outside.get(row.id, ())) for row in session.scalars(wanted))


def _outside(session: Session, request: str) -> dict[str, tuple[int, ...]]:
    """Pages put outside the request, by document."""
    found: dict[str, set[int]] = {}
    for document, page in put_outside(session, DecisionRow.request == request):
        found.setdefault(document, set()).add(page)
    return {document: tuple(sorted(pages)) for document, pages in found.items()}


def listed(store: Store, actor: Actor, request: str, *, limit: int | None = None) -> tuple[Listed, ...]:
    """Documents of a request to choose from, without what tells of them. Raises Forbidden, NotFound."""
    reader(actor)
    wanted = (
        select(DocumentRow.id, DocumentRow.file, DocumentRow.pages, DocumentRow.open)
        .where(DocumentRow.request == request, DocumentRow.state != "removed")
        .order_by(DocumentRow.position).limit(limit)
    )  # fmt: skip
    with store.reading() as session:
        seen_of(session, request)
        return tuple(Listed(name, file, pages or 0, open_) for name, file, pages, open_ in session.execute(wanted))


def files(store: Store, actor: Actor, request: str, *, only: Collection[str] | None = None) -> dict[str, str]:
    """Names of the documents of a request by id, of those in `only` where it is given. Raises Forbidden, NotFound."""
    reader(actor)
    which = [] if only is None else [DocumentRow.id.in_(only)]
    wanted = select(DocumentRow.id, DocumentRow.file).where(
        DocumentRow.request == request, DocumentRow.state != "removed", *which
    ).order_by(DocumentRow.position)  # fmt: skip
    with store.reading() as session:
        seen_of(session, request)
        return dict(session.execute(wanted).tuples().all())


def total(store: Store, actor: Actor, request: str) -> int:
    """How many documents `list_documents` goes through. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        return _count(session, request)


def place_of(store: Store, actor: Actor, document: str, *, request: str) -> int:
    """How many documents stand before this one in its request's order. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        row = document_of(session, document, request=request)
        return _count(session, request, DocumentRow.position < row.position)


def _count(session: Session, request: str, *which: ColumnElement[bool]) -> int:
    wanted = select(func.count()).where(DocumentRow.request == request, DocumentRow.state != "removed", *which)
    return session.scalar(wanted) or 0


def get(store: Store, actor: Actor, document: str) -> DocumentView:
    """One document. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        row = document_of(session, document)
        return view(row, tuple(sorted(outside_pages(session, document))))


def view(row: DocumentRow, outside: tuple[int, ...] = ()) -> DocumentView:
    """The row as others see it; `outside` are its pages outside the request."""
    return DocumentView(
        row.id, row.request, row.parent, row.position, row.file, row.sha256, row.media, row.size, row.pages,
        row.state, row.code, row.code_facts, row.facts, row.suggested, tuple(row.facts_missing), row.verdict,
        tuple(row.reasons), row.whole, row.duplicate_of, row.open, row.decided, row.seen, row.version,
        relations_of(row), row.relations.get("thread"), notes_of(row), row.whole_reason, outside,
    )  # fmt: skip


def replace(store: Store, actor: Actor, document: str, *, name: str, data: bytes, seen: int) -> Added:
    """Other bytes in the place of a document; facts stay. Raises Forbidden, NotFound, Stale, EmptyFile, TooLarge."""
    _refuse_size(len(data))
    reader(actor)
    blob = store.blobs.put(data)
    with store.acting() as session:
        decider(session, actor)
        row = document_of(session, document)
        request = held(session, row.request)
        refuse_stale("document", row.version, seen)
        twin = _twin(session, row.request, blob)
        if twin is not None:
            return Added(twin, request.version, twin)
        _forget(session, actor, row)
        row.file, row.sha256, row.digest, row.blob = clean_name(name), fingerprint(data), blob, blob
        row.size, row.media = len(data), PDF if is_pdf(data) else OTHER
        row.version = version = changed(session, request, actor, is_input=True)
        queue_read(session, row)
        audit.record(session, actor.user_id, "document.replace", row.id, bytes=len(data))
    store.cache.drop(document)
    return Added(document, version)


def _forget(session: Session, actor: Actor, row: DocumentRow) -> None:
    """What was learnt of a document goes; decisions on it stay on record."""
    for table in (PageRow, ProposalRow, PlaceRow, ViewRow, ProductRow):
        session.execute(delete(table).where(table.document == row.id))
    forget_whole(session, actor, row)
    row.pdf = row.found = row.verdict = row.pages = None
    row.reasons, row.facts_missing, row.open, row.decided, row.seen = [], [], 0, 0, 0
    row.relations, row.suggested, row.duplicate_of = {}, {}, None


def remove(store: Store, actor: Actor, document: str, *, reason: str, seen: int) -> Acted:
    """Takes a document and its parts out of the request. Raises Forbidden, Stale, BadDecision without reason."""
    refuse_unreasoned(reason)
    with store.acting() as session:
        decider(session, actor)
        row = document_of(session, document)
        request = held(session, row.request)
        refuse_stale("document", row.version, seen)
        version = changed(session, request, actor, is_input=True)
        for one in _with_parts(session, row):
            _forget(session, actor, one)
            one.state, one.whole_reason, one.whole_by, one.version = "removed", reason, actor.user_id, version
            audit.record(session, actor.user_id, "document.remove", one.id)
    store.cache.drop(document)
    return Acted(version, None, (Where(document),))


def _with_parts(session: Session, row: DocumentRow) -> list[DocumentRow]:
    """The document, its parts, and theirs."""
    found = [row]
    for one in found:
        found += session.scalars(select(DocumentRow).where(DocumentRow.parent == one.id))
    return found


def pdf_bytes(store: Store, actor: Actor, document: str) -> bytes:
    """The PDF whose pages are shown. Raises Forbidden, NotFound, Tampered."""
    reader(actor)
    with store.reading() as session:
        row = document_of(session, document)
    return store.blobs.get(row.pdf or row.blob)
