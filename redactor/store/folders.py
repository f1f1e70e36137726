"""A folder of the command line becomes a request, and a request becomes the files that the command line takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from redactor import strict_yaml
from redactor.errors import RedactorError
from redactor.intake.files import REQUEST_FILE, gather
from redactor.intake.load import load
from redactor.store import audit, documents, requests
from redactor.store.acts import seen_of
from redactor.store.guard import decider, reader
from redactor.store.pages import user_names
from redactor.store.people import choices_in_force
from redactor.store.standing import active, fitting, on_whole
from redactor.store.tables import ClearedRow, DecisionRow, DocumentRow, ProposalRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from redactor.intake.files import Batch
    from redactor.store.database import Store
    from redactor.store.values import Actor, RequestView

_OWN = ("people", "consents", "waivers")


def load_folder(store: Store, actor: Actor, path: Path) -> tuple[RequestView, ...]:
    """The requests of a folder, with the facts of its request.yaml and all its files.

    Files that no request names become one request together. A file that cannot be taken in is left out of it: its
    error is raised when nothing else is left. Raises Forbidden, MissingInput, NoDocuments, BadRequestFile.
    """
    batches = gather([path], request_file=None)
    told = _told(path / REQUEST_FILE)
    made = [_load(store, actor, one, values) for one, values in zip(batches, told, strict=False)]
    alone = [one for batch in batches[len(told) :] for one in batch.inputs]
    if alone:
        request = requests.create(store, actor, number=None, received=None)
        _add(store, actor, request.id, [(one.file, one.path) for one in alone], {})
        made.append(requests.get(store, actor, request.id))
    return tuple(made)


def _told(path: Path) -> list[dict[str, Any]]:
    """The plain values of each request of the file, which `gather` has checked; those without a file are not there."""
    if not path.is_file():
        return []
    loaded = strict_yaml.load_stream(path.read_text("utf-8-sig"))
    return [one.value for one in loaded if isinstance(one.value, dict) and one.value.get("documents")]


def _load(store: Store, actor: Actor, batch: Batch, told: Mapping[str, Any]) -> RequestView:
    header = dict(told.get("request", {}))
    number, received = header.pop("number", None), header.pop("received", None)
    request = requests.create(
        store, actor, number=None if number is None else str(number), received=requests.day_of(received),
        requester=header.pop("requester", None) or "other",
    )  # fmt: skip
    header |= {key: told[key] for key in _OWN if told.get(key)}
    facts = {row["file"]: {k: v for k, v in row.items() if k != "file"} for row in told.get("documents", ())}
    requests.set_facts(store, actor, request.id, header=header, defaults=told.get("defaults") or {}, seen=1)
    _add(store, actor, request.id, [(one.file, one.path) for one in batch.inputs], facts)
    return requests.get(store, actor, request.id)


def _add(
    store: Store, actor: Actor, request: str, files: Iterable[tuple[str, Path | None]],
    facts: Mapping[str, Mapping[str, Any]],
) -> None:  # fmt: skip
    added: dict[str, Mapping[str, Any]] = {}
    failure: RedactorError | None = None
    for name, path in files:
        try:
            one = documents.add(store, actor, request, name=name, data=load(path))
        except RedactorError as error:
            failure = error
            continue
        added[one.document] = facts.get(name, {})
    if not added and failure is not None:
        raise failure
    wanted = {document: own for document, own in added.items() if own}
    if wanted:
        seen = requests.get(store, actor, request).version
        requests.set_document_facts(store, actor, request, documents=wanted, seen=seen)


def request_file(store: Store, actor: Actor, request: str) -> bytes:
    """The `request.yaml` that states what is known of the request, chosen roles too. Raises Forbidden, NotFound."""
    reader(actor)
    told = requests.facts(store, actor, request)
    with store.reading() as session:
        chosen = [{"name": one.name, "role": one.role} for one in choices_in_force(session, request).values()]
        rows = _rows(session, request)
    header = {key: value for key, value in told["request"].items() if value is not None}
    header["people"] = [*chosen, *header.get("people", [])]
    lines = [f"request: {_flow(header)}", f"defaults: {_flow(told['defaults'])}", "documents:"]
    lines += [f"  - {_flow({'file': row.file, **row.facts})}" for row in rows if row.parent is None]
    return ("\n".join(lines) + "\n").encode()


def _rows(session: Session, request: str) -> Sequence[DocumentRow]:
    return list(session.scalars(select(DocumentRow).where(
        DocumentRow.request == request, DocumentRow.state != "removed").order_by(DocumentRow.position)))  # fmt: skip


def _flow(value: Any) -> str:
    """A value on one line: JSON is YAML."""
    return json.dumps(value, ensure_ascii=True)


def decisions_file(store: Store, actor: Actor, request: str) -> bytes:
    """The decisions in force, as `redactor redact --decisions` takes them. Raises Forbidden, NotFound."""
    with store.acting() as session:
        decider(session, actor)
        seen_of(session, request)
        names = user_names(session)
        lines = [f"pack: {_flow(store.pack.id)}", "documents:"]
        for row in _rows(session, request):
            found = fitting(active(session, row.id), _proposals(session, row.id))
            if found or row.whole is not None:
                lines += [f"  - sha256: {_flow(row.sha256)}", f"    decisions:{'' if found else ' []'}"]
                lines += [f"      - {_flow(_entry(one, names))}" for one in _last_of_each(found)]
            if row.whole is not None:
                lines.append(f"    whole: {_flow(_whole(session, row, names))}")
        cleared = list(session.scalars(select(ClearedRow).where(ClearedRow.request == request)))
        lines += ["cleared:"] if cleared else []
        for one in cleared:
            told = {"id": one.contradiction, "reason": one.reason, "by": names.get(one.by, one.by),
                    "at": one.at.isoformat()}  # fmt: skip
            lines.append(f"  - {_flow(told)}")
        audit.record(session, actor.user_id, "request.export", request)
    return ("\n".join(lines) + "\n").encode()


def _whole(session: Session, row: DocumentRow, names: Mapping[str, str]) -> dict[str, Any]:
    """The choice made for the whole, with the time at which it was made."""
    made = on_whole(session, row.id)
    told = {"outcome": row.whole, "provision": row.whole_provision, "reason": row.whole_reason,
            "by": names.get(row.whole_by or "", "") or "?",
            "at": (made.at if made is not None else row.created).isoformat()}  # fmt: skip
    return {key: value for key, value in told.items() if value is not None}


def _proposals(session: Session, document: str) -> list[ProposalRow]:
    return list(session.scalars(select(ProposalRow).where(ProposalRow.document == document)))


def _last_of_each(found: Sequence[DecisionRow]) -> list[DecisionRow]:
    """Marks, and of the decisions on a proposal the last."""
    last = {one.proposal: one.n for one in found if one.proposal is not None}
    return [one for one in found if one.proposal is None or last[one.proposal] == one.n]


def _entry(one: DecisionRow, names: Mapping[str, str]) -> dict[str, Any]:
    place: dict[str, Any] = {"proposal": one.proposal}
    if one.proposal is None and one.box is not None:
        place = {"page": (one.page or 0) + 1, "box": one.box}
    elif one.proposal is None:
        place = {"span": [one.start, one.end]}
    told = {"outcome": one.outcome, "provision": one.provision, "ground": one.ground, "reason": one.reason}
    told |= {"by": names.get(one.by, one.by), "at": one.at.isoformat()}
    return {**place, **{key: value for key, value in told.items() if value is not None}}
