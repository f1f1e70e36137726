"""Documents of a request: the list, sending files whole or in pieces, replacing, removing, deciding a whole one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for

from redactor.errors import RedactorError
from redactor.model import Lang
from redactor.settings import FILE_LIMIT_BYTES
from redactor.store import documents, relations, requests, wholes
from web import forms
from web.services import actor, store
from web.show.pager import Pager
from web.wording import language, plural, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue
    from werkzeug.datastructures import FileStorage

    from redactor.store.values import DocumentView

PAGE = 20  # documents of one page of the list
LIKES, COUNTED = 20, 5  # likes of a document that are named, and those whose decisions may be carried over at once
PIECE_BYTES = 4 << 20  # of one call of an upload in pieces
bp = Blueprint("documents", __name__)


@bp.get("/requests/<request_id>/documents")
def listing(request_id: str) -> str:
    """A page of the documents with their state and their likes, and the place to drop more."""
    pager = Pager.at(_place(request_id), size=PAGE, total=documents.total(store(), actor(), request_id))
    listed = documents.list_documents(store(), actor(), request_id, limit=PAGE, offset=pager.offset)
    near = {one.id for one in listed} | {other.document for one in listed for other in one.relations[:LIKES]}
    return render_template(
        "documents.html", req=requests.get(store(), actor(), request_id), piece=PIECE_BYTES, limit=FILE_LIMIT_BYTES,
        documents=listed, files=documents.files(store(), actor(), request_id, only=near), likes=LIKES,
        waits=_waits(listed), pager=pager,
    )  # fmt: skip


def _place(request_id: str) -> int:
    """The entry whose page is asked for: that of the document the address names, else its number."""
    if named := request.args.get("document"):
        return documents.place_of(store(), actor(), named, request=request_id)
    return request.args.get("from", 0, type=int)


def _waits(listed: Sequence[DocumentView]) -> dict[tuple[str, str], int]:
    """How many passages would be decided by carrying over, by (document, its like), where something waits."""
    return {
        (one.id, other.document): relations.carried(store(), actor(), other.document, to=one.id)
        for one in listed if one.open for other in one.relations[:COUNTED]
    }  # fmt: skip


@bp.post("/requests/<request_id>/documents")
def add(request_id: str) -> ResponseReturnValue:
    """Files of a plain form: each is taken or named with its reason."""
    taken = sum(_taken(request_id, one) for one in request.files.getlist("files") if one.filename)
    if taken:
        flash(plural("%(n)d fichier reçu.", "%(n)d fichiers reçus.", taken), "good")
    return redirect(url_for("documents.listing", request_id=request_id), code=303)


def _taken(request_id: str, file: FileStorage) -> int:
    name = (file.filename or "")[: forms.TEXT_LIMIT]
    try:
        added = documents.add(store(), actor(), request_id, name=name, data=file.stream.read())
    except RedactorError as error:
        flash(f"{name} : {error.advice if language() is Lang.EN else error.conseil}", "bad")
        return 0
    if added.duplicate_of:
        flash(say("%(name)s : ce fichier est déjà dans la demande.", name=name), "warn")
    return int(not added.duplicate_of)


@bp.post("/requests/<request_id>/uploads")
def begin(request_id: str) -> ResponseReturnValue:
    """Opens an upload in pieces, or goes on with one that was interrupted."""
    name = forms.text("name")
    if not name:
        abort(400)
    upload = documents.upload_begin(store(), actor(), request_id, name=name, size=forms.number("size"))
    return jsonify(id=upload.id, received=upload.received)


@bp.post("/uploads/<upload_id>/pieces")
def piece(upload_id: str) -> ResponseReturnValue:
    """Takes the bytes that follow what came so far."""
    sent = request.files.get("piece")
    if sent is None:
        abort(400)
    upload = documents.upload_piece(
        store(), actor(), upload_id, offset=forms.number("offset"), data=sent.stream.read(PIECE_BYTES + 1)
    )
    return jsonify(id=upload.id, received=upload.received)


@bp.post("/uploads/<upload_id>/end")
def end(upload_id: str) -> ResponseReturnValue:
    """All bytes came: the file becomes a document."""
    added = documents.upload_end(store(), actor(), upload_id)
    return jsonify(document=added.document, duplicate=added.duplicate_of is not None)


@bp.post("/documents/<document_id>/remove")
def remove(document_id: str) -> ResponseReturnValue:
    """Takes a document out of the request, for a reason."""
    view = documents.get(store(), actor(), document_id)
    documents.remove(store(), actor(), document_id, reason=forms.text("reason"), seen=forms.seen())
    return forms.back(url_for("documents.listing", request_id=view.request), told="Le document est retiré.")


@bp.post("/documents/<document_id>/replace")
def replace(document_id: str) -> ResponseReturnValue:
    """Puts another file in its place."""
    view = documents.get(store(), actor(), document_id)
    file = request.files.get("file")
    if file is None or not file.filename:
        abort(400)
    documents.replace(
        store(),
        actor(),
        document_id,
        name=file.filename[: forms.TEXT_LIMIT],
        data=file.stream.read(),
        seen=forms.seen(),
    )
    return forms.back(url_for("documents.listing", request_id=view.request), told="Le document est remplacé.")


@bp.post("/documents/<document_id>/whole")
def whole(document_id: str) -> ResponseReturnValue:
    """Refuses the whole document, or says that it goes out in part."""
    view = documents.get(store(), actor(), document_id)
    wholes.decide_whole(
        store(), actor(), document_id, withhold=forms.text("outcome") == "withhold",
        provision=forms.optional("provision"), reason=forms.text("reason"), seen=forms.seen(),
    )  # fmt: skip
    return forms.back(url_for("documents.listing", request_id=view.request), told="La décision est inscrite.")
