"""Request files: the list, a new one, its overview and progress, its settings, its decisions as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for

from redactor.errors import MissingInput
from redactor.store import approval, audit, documents, folders, importing, requests, reviewing
from redactor.store.values import UserRole
from web import forms
from web.access import may
from web.services import actor, services, store, user
from web.wording import plural, say

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PAGE = 50  # requests of one page of the list
bp = Blueprint("requests", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    """Where somebody's work is: the first screen that the person's roles open."""
    for endpoint in ("requests.listing", "audit.journal", "users.listing"):
        if may(endpoint, user().roles):
            return redirect(url_for(endpoint))
    return redirect(url_for("session.help_page"))


@bp.get("/requests")
def listing() -> str:
    """The requests, newest first."""
    offset = max(request.args.get("from", 0, type=int), 0)
    stage = request.args.get("stage") or None
    found = requests.list_requests(store(), actor(), limit=PAGE + 1, offset=offset, stage=stage)
    return render_template(
        "requests.html", requests=found[:PAGE], more=len(found) > PAGE, offset=offset, page=PAGE, stage=stage,
        example=services().example is not None, is_officer=UserRole.OFFICER in user().roles,
    )  # fmt: skip


@bp.post("/requests")
def create() -> ResponseReturnValue:
    """A new request, open at its documents."""
    alone = True if UserRole.ADMIN in user().roles and forms.text("alone") else None
    made = requests.create(
        store(), actor(), number=forms.optional("number"), received=forms.date("received"),
        requester=forms.text("requester") or "other", alone=alone,
    )  # fmt: skip
    return redirect(url_for("documents.listing", request_id=made.id), code=303)


@bp.post("/requests/example")
def example() -> ResponseReturnValue:
    """The example request, loaded from its folder."""
    folder = services().example
    if folder is None:
        raise MissingInput
    made = folders.load_folder(store(), actor(), folder)
    return redirect(url_for("requests.overview", request_id=made[0].id), code=303)


@bp.get("/requests/<request_id>")
def overview(request_id: str) -> str:
    """What is done, what is left, who did what."""
    view = requests.get(store(), actor(), request_id)
    comments, lost = reviewing.comments(store(), actor(), request_id), reviewing.lost(store(), actor(), request_id)
    files = documents.files(store(), actor(), request_id) if comments or lost else {}
    return render_template(
        "overview.html", req=view, steps=approval.steps(store(), actor(), request_id),
        questions=requests.questions(store(), actor(), request_id),
        contradictions=[one for one in approval.contradictions(store(), actor(), request_id) if one.reason is None],
        comments=comments, lost=lost, files=files,
    )  # fmt: skip


@bp.get("/requests/<request_id>/progress")
def progress(request_id: str) -> dict[str, object]:
    """Numbers for the live display."""
    view = requests.get(store(), actor(), request_id)
    return {
        "left": view.chunks_left, "pages": view.pages, "read": view.pages_read, "joined": view.is_joined,
        "open": view.open, "decided": view.decided, "failed": view.failed, "documents": view.documents,
    }  # fmt: skip


@bp.post("/requests/<request_id>/settings")
def settings(request_id: str) -> ResponseReturnValue:
    """Ten more days, who has it in hand, one person who decides alone, another analysis."""
    seen = forms.seen()
    if forms.text("what") == "extended":
        requests.set_extended(store(), actor(), request_id, extended=bool(forms.text("on")), seen=seen)
    elif forms.text("what") == "owner":
        requests.set_owner(store(), actor(), request_id, owner=user().id, seen=seen)
    elif forms.text("what") == "alone":
        requests.set_alone(store(), actor(), request_id, alone=bool(forms.text("on")), seen=seen)
    elif forms.text("what") == "again":
        requests.analyse_again(store(), actor(), request_id)
    else:
        abort(400)
    flash(say("C’est noté."), "good")
    return redirect(url_for("requests.overview", request_id=request_id), code=303)


@bp.post("/requests/<request_id>/decisions.yaml")
def take(request_id: str) -> ResponseReturnValue:
    """Decisions of a file, made again here by the person who brings it."""
    file = request.files.get("file")
    if file is None or not file.filename:
        abort(400)
    data = file.stream.read(importing.LARGEST + 1)
    acted = importing.take_decisions(store(), actor(), request_id, data, seen=forms.seen())
    n = len(acted.places)
    flash(plural("Décisions prises sur %(n)d document.", "Décisions prises sur %(n)d documents.", n), "good")
    return redirect(url_for("requests.overview", request_id=request_id), code=303)


@bp.get("/requests/<request_id>/request.yaml")
def file(request_id: str) -> Response:
    """The facts as the command line takes them."""
    data = folders.request_file(store(), actor(), request_id)
    audit.note(store(), actor(), "facts.export", request_id)
    return forms.attachment(data, "application/yaml", "request.yaml")


@bp.get("/requests/<request_id>/decisions.yaml")
def decisions(request_id: str) -> Response:
    """The decisions as the command line takes them."""
    data = folders.decisions_file(store(), actor(), request_id)
    audit.note(store(), actor(), "decisions.export", request_id)
    return forms.attachment(data, "application/yaml", "decisions.yaml")
