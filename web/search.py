"""Search of words in a document or the whole request, to mask what is found."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from redactor.store import documents, grounds, requests
from redactor.store.search import search
from web.services import actor, store

HITS = 300  # places shown
CHOICES = 50  # documents offered to search in; any other by its own link in the list of documents
bp = Blueprint("search", __name__)


@bp.get("/requests/<request_id>/search")
def form(request_id: str) -> str:
    """The form, and what was found: accents and case set aside, or a regular expression with a time limit."""
    text, document = request.args.get("text", "").strip()[:400], request.args.get("document") or None
    is_regex = request.args.get("regex") == "1"
    found = (
        search(store(), actor(), request_id, text=text, document=document, regex=is_regex, limit=HITS) if text else ()
    )
    listed = documents.listed(store(), actor(), request_id, limit=CHOICES + 1)
    chosen = documents.get(store(), actor(), document) if document else None
    return render_template(
        "search.html", req=requests.get(store(), actor(), request_id), text=text, document=document, is_regex=is_regex,
        hits=found, limit=HITS, documents=listed[:CHOICES], chosen=chosen,
        more=len(listed) > CHOICES, reasons=requests.reasons(store(), actor(), request_id),
        grounds=grounds.choices(store(), actor(), document or listed[0].id) if listed else (),
    )  # fmt: skip
