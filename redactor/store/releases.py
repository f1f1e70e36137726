"""Files and ZIPs of a request: ordered, listed, bundled, served. Only proved bytes go in, and they are hashed again."""

from __future__ import annotations

import hmac
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from redactor import __version__
from redactor.errors import Blocked, NotFound, Tampered
from redactor.intake.load import fingerprint
from redactor.model import Lang
from redactor.policy import pasted
from redactor.policy.pack import all_rules
from redactor.policy.texts import text_of
from redactor.release.bundle import Article, Certificate, File, bundle
from redactor.review import section_order
from redactor.store import audit
from redactor.store.acts import document_of, held, now, queue, refuse_stale, seen_of
from redactor.store.gates import gates_of
from redactor.store.guard import decider, reader
from redactor.store.pages import user_names
from redactor.store.scope import SCOPE
from redactor.store.settings import alone_in
from redactor.store.tables import ChunkRow, DocumentRow, ProductRow, ReleaseRow, RequestRow, StepRow
from redactor.store.values import Acted, ProductView, ReleaseView, Stage

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from redactor.policy.pasted import Pasted
    from redactor.store.database import Store
    from redactor.store.values import Actor

PASTED = " – texte copié le {at} par {by}, non vérifié par le programme"  # after the address of a pasted text
READY = (Stage.APPROVED, Stage.RELEASED)


def produce(store: Store, actor: Actor, request: str, *, seen: int) -> Acted:
    """Orders a proved file for each document of an approved request. Raises Forbidden, NotFound, Stale, Blocked."""
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        refuse_stale("request", row.version, seen)
        if row.stage not in READY:
            raise Blocked(problem="stage", stage=row.stage)
        key = f"settle:{request}:{row.version}"
        again = select(ChunkRow).where(
            ChunkRow.request == request, ChunkRow.kind.in_(("settle", "produce")), ChunkRow.first_page == row.version,
            ChunkRow.state.in_(("failed", "done")),
        )  # fmt: skip
        for one in session.scalars(again):
            if one.state == "failed" or one.kind == "settle":
                one.state, one.attempts, one.code = "waiting", 0, None
        queue(session, "settle", request, key=key, first=row.version)
        audit.record(session, actor.user_id, "request.produce", request, version=row.version)
        return Acted(row.version)


def products(store: Store, actor: Actor, request: str) -> tuple[ProductView, ...]:
    """What became of each document at the version the request has now. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        row = seen_of(session, request)
        made = {one.document: one for one in session.scalars(select(ProductRow).join(
            DocumentRow, DocumentRow.id == ProductRow.document).where(
            DocumentRow.request == request, ProductRow.version == row.version))}  # fmt: skip
        wanted = (
            select(DocumentRow.id)
            .where(DocumentRow.request == request, DocumentRow.state != "removed")
            .order_by(DocumentRow.position)
        )
        return tuple(_product(one, made.get(one), row.version) for one in session.scalars(wanted))


def _product(document: str, row: ProductRow | None, version: int) -> ProductView:
    if row is None:
        return ProductView(document, version, "waiting", None, None, None)
    return ProductView(document, version, row.state, row.name, row.sha256, row.code, tuple(row.row.get("notes", ())))


def product_pdf(store: Store, actor: Actor, document: str) -> bytes:
    """The proved file of a document, hashed again. Raises Forbidden, NotFound, Tampered."""
    reader(actor)
    with store.reading() as session:
        known = document_of(session, document)
        request = seen_of(session, known.request)
        row = session.get(ProductRow, (document, request.version))
    if row is None or row.blob is None:
        raise NotFound(kind="product")
    return _proved(store, row).data


def _proved(store: Store, row: ProductRow) -> File:
    data = store.blobs.get(row.blob or "")
    if not hmac.compare_digest(fingerprint(data), row.sha256 or ""):
        raise Tampered(kind="product")
    return File(row.name or "", data, row.sha256 or "")


def make_zip(store: Store, actor: Actor, request: str, *, seen: int) -> ReleaseView:
    """The ZIP of an approved request whose files are all proved.

    Raises Forbidden, NotFound, Stale, Blocked with the gates, Tampered. Interrupted, it leaves nothing.
    """
    reader(actor)
    with store.reading() as session:
        row = seen_of(session, request)
        refuse_stale("request", row.version, seen)
        told = _told(session, store, row)
    files = [_proved(store, one) for one in told.products if one.blob is not None]
    data = bundle(told.rows, files, told.articles, told.certificate)
    blob = store.blobs.put(data)
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        refuse_stale("request", row.version, seen)
        _refuse_red(session, store, row)
        made = ReleaseRow(
            request=request, version=row.version, blob=blob, size=len(data), sha256=fingerprint(data),
            audit_head=told.certificate.audit_head, by=actor.user_id, at=told.certificate.at,
        )  # fmt: skip
        session.add(made)
        session.flush()
        row.stage = Stage.RELEASED
        session.add(StepRow(request=request, kind="release", version=row.version, by=actor.user_id, at=now()))
        audit.record(session, actor.user_id, "release.make", made.id, request=request, version=row.version,
                     sha256=made.sha256)  # fmt: skip
        return _view(made)


@dataclass(frozen=True, slots=True)
class _Told:
    rows: Sequence[Mapping[str, Any]] = field(repr=False)
    products: Sequence[ProductRow]
    articles: Sequence[Article]
    certificate: Certificate


def _refuse_red(session: Session, store: Store, row: RequestRow) -> None:
    red = [one.code for one in gates_of(session, store, row) if one.blocks and not one.ok]
    if red:
        raise Blocked(problem="gates", gates=",".join(red))


def _told(session: Session, store: Store, row: RequestRow) -> _Told:
    """What the ZIP is made of."""
    _refuse_red(session, store, row)
    made = list(session.scalars(
        select(ProductRow).join(DocumentRow, DocumentRow.id == ProductRow.document)
        .where(DocumentRow.request == row.id, DocumentRow.state.not_in(("removed", "folder")),
               ProductRow.version == row.version)
        .order_by(DocumentRow.position)
    ))  # fmt: skip
    by = {kind: _last(session, row.id, kind) for kind in ("submit", "approve")}
    names = user_names(session)
    approved = names.get(by["approve"], "")
    rows = [_with_person(one.row, approved) for one in made]
    certificate = Certificate(
        row.number, store.pack.id, __version__, audit.head_in(session), now(), names.get(by["submit"], ""), approved,
        by["submit"] == by["approve"], _residual(session, store, row, rows),
        tuple(sorted({note for one in rows for note in one.get("notes", ())})), alone_in(session),
    )  # fmt: skip
    return _Told(rows, made, articles_of(store, rows, day=row.received), certificate)


def _last(session: Session, request: str, kind: str) -> str:
    return session.scalar(
        select(StepRow.by).where(StepRow.request == request, StepRow.kind == kind).order_by(StepRow.n.desc()).limit(1)
    ) or ""  # fmt: skip


def _with_person(row: Mapping[str, Any], approved: str) -> dict[str, Any]:
    """Each mask with the person who answers for it: whoever decided, else whoever approved what the law demands."""
    proposals = [
        one if one["state"] not in {"masked", "ask"} or one["decided"] is not None
        else {**one, "decided": {"by": approved, "reason": "obligatoire", "at": None}}
        for one in row["proposals"]
    ]  # fmt: skip
    return {**row, "proposals": proposals}


def _residual(session: Session, store: Store, row: RequestRow, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Counts of what the proof does not take away."""
    gates = {one.code: one.count for one in gates_of(session, store, row)}
    states = Counter(one["state"] for report in rows for one in report["proposals"])
    pictures = sum(1 for report in rows for kind in report.get("routes", {}).values() if kind == "picture")
    return {
        "pages que personne n'a ouvertes": gates["unopened"], "passages lisibles après examen": states["kept"],
        "pages remises en image": pictures,
    }  # fmt: skip


def articles_of(store: Store, rows: Sequence[Mapping[str, Any]], *, day: dt.date | None = None) -> tuple[Article, ...]:
    """The provisions that some file relies on, in their order, as they stood on the day of the request."""
    relied = {section for row in rows for section in row.get("provisions", ())}
    relied |= {row["whole"]["provision"] for row in rows if row["whole"] and row["whole"]["provision"]}
    relied |= {one["provision"] for row in rows for one in row["proposals"] if one["label"].startswith(f"{SCOPE}.")}
    rules = all_rules(store.pack)
    kept = pasted_of(store)
    day = day or now().astimezone().date()
    return tuple(_article(store, section, rules, day, kept) for section in sorted(relied, key=section_order))


def pasted_of(store: Store) -> tuple[Pasted, ...]:
    """The wordings that persons pasted into the folder of this store."""
    return pasted.read_all(store.data, store.pack)


def _article(store: Store, section: str, rules: Any, day: dt.date, kept: Sequence[Pasted]) -> Article:
    text = text_of(store.pack, section, day=day, lang=Lang.FR, pasted=kept)
    if text is not None:
        told = "" if text.by is None else PASTED.format(by=text.by, at=text.read.isoformat())
        return Article(section, "", text.text.strip(), f"{text.source}{told}")
    rule = next((one for one in rules.rules if one.section == section), None)
    act = rule.version.cite.act if rule is not None else store.pack.head.title.fr
    return Article(section, "", None, f"{act}, article {section} (LégisQuébec)")


def list_releases(store: Store, actor: Actor, request: str) -> tuple[ReleaseView, ...]:
    """ZIPs that were made, newest first. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        seen_of(session, request)
        wanted = select(ReleaseRow).where(ReleaseRow.request == request).order_by(ReleaseRow.at.desc())
        return tuple(_view(one) for one in session.scalars(wanted))


def _view(row: ReleaseRow) -> ReleaseView:
    return ReleaseView(row.id, row.request, row.version, row.sha256, row.audit_head, row.size, row.by, row.at)


def zip_bytes(store: Store, actor: Actor, release: str) -> bytes:
    """The bytes of a ZIP, hashed again; the serving is on record. Raises Forbidden, NotFound, Tampered."""
    reader(actor)
    with store.reading() as session:
        row = session.get(ReleaseRow, release)
        if row is None:
            raise NotFound(kind="release")
    data = store.blobs.get(row.blob)
    if not hmac.compare_digest(fingerprint(data), row.sha256):
        raise Tampered(kind="release")
    audit.note(store, actor, "release.serve", release, bytes=len(data))
    return data
