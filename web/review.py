"""The review screen: one page, what is proposed on it, the law beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from redactor.store import documents, grounds, people, requests, reviewing
from redactor.store.values import Where
from web.pictures import picture_of
from web.services import actor, store
from web.show.filters import Filters
from web.show.law import law_of
from web.show.screen import place_url, screen_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("review", __name__)


@bp.get("/requests/<request_id>/review")
def start(request_id: str) -> ResponseReturnValue:
    """The first passage that waits for a person; the first page when none does, or that of the document asked for."""
    filters = Filters.of(request.args.get)
    if request.args.get("document"):
        return redirect(place_url(Where(document=request.args["document"], page=0), filters))
    where = reviewing.next_open(store(), actor(), request_id, **filters.criteria)
    if where is None or where.document is None:
        found = [one for one in documents.listed(store(), actor(), request_id) if one.pages]
        if not found:
            return redirect(url_for("documents.listing", request_id=request_id))
        where = Where(document=found[0].id, page=0)
    return redirect(place_url(where, filters))


def index_of(number: int) -> int:
    """Pages count from 1 in addresses, from 0 everywhere else; 404 below the first."""
    if number < 1:
        abort(404)
    return number - 1


@bp.get("/documents/<document_id>/pages/<int:number>")
def page(document_id: str, number: int) -> str:
    """Page `number`, from 1."""
    view = documents.page_view(store(), actor(), document_id, index_of(number))
    reviewing.saw(store(), actor(), document_id, view.index)
    screen = screen_of(view, Filters.of(request.args.get), chosen=request.args.get("p"))
    req = requests.get(store(), actor(), view.request)
    return render_template(
        "review.html", view=view, screen=screen, req=req, is_preview=request.args.get("view") == "released",
        law=law_of(screen.chosen.proposal, req) if screen.chosen else None,
        grounds=grounds.choices(store(), actor(), document_id),
        reasons=requests.reasons(store(), actor(), view.request),
        documents=documents.listed(store(), actor(), view.request),
        people=people.list_people(store(), actor(), view.request),
        can=reviewing.can(store(), actor(), view.request),
    )  # fmt: skip


@bp.get("/documents/<document_id>/pages/<int:number>.png")
def picture(document_id: str, number: int) -> Response:
    """The page as a picture."""
    return Response(picture_of(document_id, index_of(number)), mimetype="image/png")


@bp.get("/documents/<document_id>/pages/<int:number>/preview")
def preview(document_id: str, number: int) -> str:
    """What the requester will get of this page: its picture and its text."""
    view = documents.page_view(store(), actor(), document_id, index_of(number))
    return render_template(
        "preview.html", view=view, req=requests.get(store(), actor(), view.request),
        text=reviewing.released_text(store(), actor(), document_id, view.index),
    )  # fmt: skip


@bp.get("/requests/<request_id>/review/next")
def follow(request_id: str) -> ResponseReturnValue:
    """The next passage that waits, or the one before, from a place."""
    filters = Filters.of(request.args.get)
    page_index = request.args.get("page", type=int)
    after = Where(request.args.get("document"), page_index, request.args.get("p") or None)
    backwards = request.args.get("way") == "back"
    where = reviewing.next_open(store(), actor(), request_id, after=after, backwards=backwards, **filters.criteria)
    if where is None:
        return redirect(url_for("requests.overview", request_id=request_id))
    return redirect(place_url(where, filters))
