"""Masks that a person adds: a drawn box, picked words, a whole page, all but some words, what a search found."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flask import Blueprint, abort, request, url_for

from redactor.errors import BadDecision
from redactor.store import documents, marks
from web import forms
from web.services import actor, store

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from redactor.store.values import Rectangle

HITS_LIMIT = 500  # places of one search that one key masks
bp = Blueprint("marks", __name__)


@bp.post("/documents/<document_id>/marks")
def add(document_id: str) -> ResponseReturnValue:
    """A box (`x0` to `y1`, points) or words of a page, in one run or several (`120-164,180-190`)."""
    spans = _pairs(forms.text("span"))
    if len(spans) > 1:
        return _add_many(document_id, spans)
    span = spans[0] if spans else None
    marks.mark(
        store(), actor(), document_id, span=span, page=None if span else forms.number("page"),
        box=None if span else _box(), outcome=forms.text("outcome") or "withhold", provision=forms.text("provision"),
        ground=forms.optional("ground"), reason=forms.text("reason"), seen=forms.seen(),
    )  # fmt: skip
    return forms.back(_page_url(document_id), told="Le masque est ajouté.")


def _add_many(document_id: str, spans: tuple[tuple[int, int], ...]) -> ResponseReturnValue:
    request_id = documents.get(store(), actor(), document_id).request
    marks.mark_many(
        store(), actor(), request_id, spans=[(document_id, *one) for one in spans],
        provision=forms.text("provision"), reason=forms.text("reason"), seen=forms.seen(),
    )  # fmt: skip
    return forms.back(_page_url(document_id), told="Les masques sont ajoutés.")


@bp.post("/documents/<document_id>/marks/page")
def page(document_id: str) -> ResponseReturnValue:
    """The whole page."""
    marks.mark_page(
        store(), actor(), document_id, forms.number("page"), provision=forms.text("provision"),
        reason=forms.text("reason"), seen=forms.seen(),
    )  # fmt: skip
    return forms.back(_page_url(document_id), told="La page entière est masquée.")


@bp.post("/documents/<document_id>/marks/all-but")
def all_but(document_id: str) -> ResponseReturnValue:
    """The page but for the words named."""
    keep = tuple(pair for one in request.form.getlist("keep") for pair in _pairs(one))
    marks.mark_all_but(
        store(), actor(), document_id, forms.number("page"), keep=keep,
        provision=forms.text("provision"), reason=forms.text("reason"), seen=forms.seen(),
    )  # fmt: skip
    return forms.back(_page_url(document_id), told="Toute la page est masquée, sauf les mots choisis.")


@bp.post("/requests/<request_id>/marks/<int:n>/take-back")
def take_back(request_id: str, n: int) -> ResponseReturnValue:
    """Removes one added mask."""
    marks.unmark(store(), actor(), request_id, n, seen=forms.seen())
    return forms.back(url_for("review.start", request_id=request_id), told="Le masque ajouté est retiré.")


@bp.post("/requests/<request_id>/marks/found")
def found(request_id: str) -> ResponseReturnValue:
    """The places of a search that were left ticked, as one act."""
    hits = request.form.getlist("hit")[:HITS_LIMIT]
    spans = tuple((document, *_pair(span)) for document, _, span in (one.partition(":") for one in hits))
    if not spans:
        raise BadDecision(problem="no place chosen")
    marks.mark_many(
        store(), actor(), request_id, spans=spans, provision=forms.text("provision"), reason=forms.text("reason"),
        seen=forms.seen(),
    )  # fmt: skip
    return forms.back(url_for("review.start", request_id=request_id), told="Les passages trouvés sont masqués.")


def _page_url(document_id: str) -> str:
    view = documents.get(store(), actor(), document_id)
    return url_for("review.start", request_id=view.request)


def _pairs(told: str) -> tuple[tuple[int, int], ...]:
    return tuple(_pair(one) for one in told.split(",")[:HITS_LIMIT]) if told else ()


def _pair(told: str) -> tuple[int, int]:
    """`120-164` as numbers; 400 when it is anything else."""
    start, _, end = told.partition("-")
    if not (start.isdigit() and end.isdigit() and len(told) < 24 and int(start) < int(end)):
        abort(400)
    return int(start), int(end)


def _box() -> Rectangle:
    """The corners of a box in points; 400 when they are no numbers."""
    try:
        x0, y0, x1, y1 = (float(forms.text(name)) for name in ("x0", "y0", "x1", "y1"))
    except ValueError:
        abort(400)
    if not all(math.isfinite(one) for one in (x0, y0, x1, y1)):
        abort(400)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
