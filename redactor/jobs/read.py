"""The step `read`: one file opened, read, searched for what needs no facts. A file that fails costs itself only."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from redactor.errors import (
    DiskFull,
    InputError,
    Interrupted,
    NeedsOcr,
    NotAnalysed,
    RedactorError,
    StoreUnreachable,
    TooDeep,
)
from redactor.errors import HiddenContent as Hidden
from redactor.finding import find_in
from redactor.intake import attached, hidden, office
from redactor.intake.load import fingerprint
from redactor.intake.opening import open_file
from redactor.intake.prepare import CONVERTER_SECONDS, DEPTH_LIMIT, SECONDS_PER_MIB
from redactor.intake.sniff import is_pdf
from redactor.jobs.chunks import Chunks
from redactor.model import Analysed, DocumentId, Unknown
from redactor.pdf.hands import Hands
from redactor.reading import read_file
from redactor.scanning import read_scans, unread, unreadable
from redactor.settings import MIB
from redactor.store import audit, relations, upkeep
from redactor.store.acts import changed, held, now
from redactor.store.codec import encode, encode_page, pages_of
from redactor.store.documents import clean_name
from redactor.store.requests import queue_read, stated
from redactor.store.tables import ChunkRow, DocumentRow, PageRow, RequestRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from redactor.intake.opened import Opened, Part, Thread
    from redactor.model import Facts
    from redactor.outcome import Tools
    from redactor.reading import Whole
    from redactor.store.codec import PageText
    from redactor.store.database import Store

PASSING = (StoreUnreachable, DiskFull, Interrupted)  # not the file's fault: the step is done again


@dataclass(frozen=True, slots=True)
class Made:
    """What a file gave: its pages and findings, its parts, or the error that stopped it."""

    pdf: bytes | None = field(default=None, repr=False)
    analysed: Analysed | None = field(default=None, repr=False)
    parts: tuple[Part, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    scans: Mapping[str, Any] = field(default_factory=dict)
    thread: Thread | None = field(default=None, repr=False)
    failure: RedactorError | None = None


def read(store: Store, tools: Tools, chunk: ChunkRow) -> str | None:
    """Does the step; gives the code of what stopped the file. Raises what passes."""
    with store.reading() as session:
        row = session.get(DocumentRow, chunk.document)
        if row is None or row.state == "removed":
            return None
        request = session.get(RequestRow, row.request)
        facts = stated(request, [row]).documents[row.id] if request is not None else None
        depth = _depth(session, row)
    data = store.blobs.get(row.blob)
    made = _made(store, tools, row, data, facts, depth=depth)
    pages = [(one, store.blobs.put(encode_page(one))) for one in _pages(made)]
    _keep(store, row.id, row.blob, made, pages)
    Chunks(store, row.request, row.id, row.blob).forget()
    return made.failure.code if made.failure is not None else None


def _depth(session: Session, row: DocumentRow) -> int:
    depth = 0
    while row.parent is not None and depth <= DEPTH_LIMIT:
        above = session.get(DocumentRow, row.parent)
        if above is None:
            break
        row, depth = above, depth + 1
    return depth


def _made(store: Store, tools: Tools, row: DocumentRow, data: bytes, facts: Facts | None, *, depth: int) -> Made:
    try:
        if depth > DEPTH_LIMIT:
            raise TooDeep(limit=DEPTH_LIMIT)
        opened = _opened(store, tools, data, facts)
        if opened.waits:
            raise Hidden(**hidden.asks(opened.hidden))
        made = Made(parts=opened.parts, notes=opened.notes, thread=opened.thread)
        return made if opened.pdf is None else _analysed(store, tools, row, opened.pdf, made)
    except PASSING:
        raise
    except RedactorError as error:
        return Made(failure=error)


def _opened(store: Store, tools: Tools, data: bytes, facts: Facts | None) -> Opened:
    """What a child finds in `data`; its folder goes afterwards, however the child ended."""
    choice, lang = _stated(facts, "hidden_content"), _stated(facts, "lang")
    if is_pdf(data):
        carried: Opened = tools.sandbox.call(attached.carried, data, choice=choice)
        return replace(carried, pdf=data)
    scratch = upkeep.scratch(store)
    seconds = CONVERTER_SECONDS + SECONDS_PER_MIB * len(data) / MIB
    try:
        opened: Opened = tools.sandbox.call(
            open_file, data, soffice=office.program(), scratch=scratch, seconds=seconds, choice=choice, lang=lang
        )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return opened


def _stated(facts: Facts | None, key: str) -> str | None:
    """A fact that is a word; None where nobody told it."""
    value = None if facts is None else getattr(facts, key)
    return None if value is None or isinstance(value, Unknown) else str(value)


def _analysed(store: Store, tools: Tools, row: DocumentRow, pdf: bytes, made: Made) -> Made:
    """The pages read, by OCR where no text is to be trusted, and searched. A page nobody can read leaves the rest."""
    whole, scans = _read(store, tools, row, pdf), dict[str, Any]()
    failure = unreadable(whole.document, but=whole.lost)
    if failure is not None:
        try:
            hands = Hands(tools.sandbox.call, tools.sandbox.each)
            read = read_scans(pdf, pages=unread(whole.document, but=whole.lost), hands=hands)
            whole = _read(store, tools, row, read.data, scans={at: one.confidence for at, one in read.pages.items()})
            scans = {str(p): [one.confidence, one.words, one.doubtful, one.marks] for p, one in read.pages.items()}
            pdf, failure = read.data, unreadable(whole.document, but=whole.lost)
        except PASSING:
            raise
        except RedactorError as error:
            failure = error
    analysed = Analysed(whole.document, (), ())
    try:
        if failure is None:
            analysed = find_in(whole.document)
    except RedactorError as error:
        failure = error
    return Made(pdf, analysed, made.parts, made.notes, scans, made.thread, failure)


def _read(store: Store, tools: Tools, row: DocumentRow, pdf: bytes, *, scans: Mapping[int, int] | None = None) -> Whole:
    """The document of a file, chunk by chunk; of pages that OCR has read, the chunks are not kept."""
    chunks = Chunks(store, row.request, row.id, row.blob) if scans is None else None
    return read_file(
        pdf, document_id=DocumentId(row.id), sha256=fingerprint(pdf), call=tools.sandbox.call, parts=chunks, scans=scans
    )


def _pages(made: Made) -> Sequence[PageText]:
    return [] if made.analysed is None else list(pages_of(made.analysed.document))


def state_of(failure: RedactorError | None) -> str:
    """State of a document after its reading."""
    match failure:
        case None:
            return "read"
        case InputError():
            return "rejected"
        case NeedsOcr() | NotAnalysed() | Hidden():
            return "needs_person"
        case RedactorError():
            return "failed"


def _keep(store: Store, document: str, blob: str, made: Made, pages: Sequence[tuple[PageText, str]]) -> None:
    """Writes all of it at once. A document that was replaced or removed meanwhile is left alone."""
    found = store.blobs.put(encode(made.analysed)) if made.analysed is not None else None
    pdf = store.blobs.put(made.pdf) if made.pdf is not None else None
    parts = [(one, store.blobs.put(one.data) if one.data else None) for one in made.parts]
    with store.acting() as session:
        row = session.get(DocumentRow, document)
        if row is None or row.blob != blob or row.state == "removed":
            return
        request = held(session, row.request)
        row.state = "folder" if made.analysed is None and made.failure is None else state_of(made.failure)
        row.code = made.failure.code if made.failure is not None else None
        row.code_facts = {k: str(v) for k, v in made.failure.facts.items()} if made.failure is not None else {}
        row.found, row.pdf, row.notes, row.scans = found, pdf, list(made.notes), dict(made.scans)
        row.relations = {"keys": relations.digests_of(store.keys, row.request, made.thread)}
        row.pages = len(made.analysed.document.pages) if made.analysed is not None else None
        session.execute(delete(PageRow).where(PageRow.document == document))
        for page, address in pages:
            runs = [[start, start + len(words)] for start, words in page.runs]
            session.add(PageRow(document=document, index=page.index, width=page.width, height=page.height,
                                layer=page.layer, runs=runs, blob=address))  # fmt: skip
        _add_parts(session, row, parts)
        audit.record(session, audit.SYSTEM, "document.read", document, pages=row.pages, code=row.code)
        _join_when_read(session, request, document)


def _add_parts(session: Session, row: DocumentRow, parts: Sequence[tuple[Part, str | None]]) -> None:
    """A row for each part of a container, unless an earlier reading made it."""
    there = {one.file for one in session.scalars(select(DocumentRow).where(DocumentRow.parent == row.id))}
    last = session.scalar(select(func.max(DocumentRow.position)).where(DocumentRow.request == row.request)) or 0
    for part, address in parts:
        name = clean_name(f"{row.file}/{part.name}")
        if name in there:
            continue
        last += 1
        one = DocumentRow(
            request=row.request, parent=row.id, position=last, file=name, sha256=fingerprint(part.data),
            digest=address or "", blob=address or "", size=len(part.data), media="application/octet-stream",
            facts=dict(row.facts), suggested={}, code_facts={}, created=now(), version=row.version,
        )  # fmt: skip
        session.add(one)
        session.flush()
        if address is None:
            one.state, one.code = "rejected", part.failure.code if part.failure is not None else "input.empty"
        else:
            queue_read(session, one)


def _join_when_read(session: Session, request: RequestRow, document: str) -> None:
    """The last document that was read asks for the join."""
    session.flush()
    left = session.scalar(select(func.count()).where(
        ChunkRow.request == request.id, ChunkRow.kind == "read", ChunkRow.state.in_(("waiting", "running")),
        ChunkRow.document != document))  # fmt: skip
    if not left:
        changed(session, request, None, is_input=True)
