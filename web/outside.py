"""Pages and documents that the request did not ask for; decisions carried over to documents that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, url_for

from redactor.intake.request import BadRequestFile
from redactor.store import documents, relations, scope
from web import forms
from web.services import actor, store

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("outside", __name__)


@bp.post("/documents/<document_id>/outside")
def mark(document_id: str) -> ResponseReturnValue:
    """Puts a document, or some of its pages, outside the request, or the document back in it; with a reason."""
    view = documents.get(store(), actor(), document_id)
    code, told = forms.text("scope"), forms.text("pages")
    here = url_for("documents.listing", request_id=view.request)
    if told:
        scope.mark_pages(
            store(), actor(), document_id, pages_of(told, view.pages or 0), scope=code, reason=forms.text("reason"),
            seen=forms.seen(),
        )  # fmt: skip
        return forms.back(here, told="Ces pages sont hors de la demande.")
    scope.set_document(
        store(), actor(), document_id, scope=None if code == "within" else code, reason=forms.text("reason"),
        seen=forms.seen(),
    )  # fmt: skip
    return forms.back(here, told="C’est noté.")


def pages_of(told: str, last: int) -> tuple[int, ...]:
    """Pages, from 0, of `2, 4-6`. Raises BadRequestFile for what is no page of the document."""
    found: list[int] = []
    for part in told.replace("–", "-").split(","):
        first, _, end = (piece.strip() for piece in part.partition("-"))
        numbers = [first, end or first]
        if not all(one.isascii() and one.isdigit() and len(one) < 7 for one in numbers):
            raise BadRequestFile(key="pages", problem="not pages")
        low, high = (int(one) for one in numbers)
        if not 1 <= low <= high <= last:
            raise BadRequestFile(key="pages", problem="pages that are not there")
        found += range(low - 1, high)
    return tuple(found)


@bp.post("/documents/<document_id>/carry")
def carry(document_id: str) -> ResponseReturnValue:
    """Decides what waits in this document as the same passages of another were decided."""
    view = documents.get(store(), actor(), document_id)
    relations.carry(store(), actor(), forms.text("source"), to=document_id, seen=forms.seen())
    here = url_for("documents.listing", request_id=view.request)
    return forms.back(here, told="Les décisions sont reprises; elles s’annulent d’un coup.")
