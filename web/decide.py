"""Decisions on passages: one, all the same, a remark, back and forth again. Each answer goes to where work goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for

from redactor.store import requests, reviewing
from redactor.store.values import Where
from web import forms
from web.services import actor, store
from web.show.filters import Filters
from web.show.screen import place_url
from web.wording import plural, say

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from redactor.store.values import Acted

bp = Blueprint("decide", __name__)


@bp.post("/requests/<request_id>/decisions")
def one(request_id: str) -> ResponseReturnValue:
    """One passage: masked, readable, or masked under another ground. Goes on to the next that waits."""
    proposal = forms.text("proposal")
    reviewing.decide(
        store(), actor(), request_id, proposals=(proposal,), outcome=forms.text("outcome"),
        provision=forms.optional("provision"), ground=forms.optional("ground"), reason=forms.text("reason"),
        seen=forms.seen(),
    )  # fmt: skip
    _keep_reason(request_id, proposal)
    return _onwards(request_id, proposal)


def _keep_reason(request_id: str, proposal: str) -> None:
    """The first reason given for masking under a provision serves for the next ones, and can be changed."""
    reason = forms.text("reason")
    if forms.text("outcome") != "withhold" or not reason:
        return
    provision = forms.optional("provision") or reviewing.proposal(store(), actor(), proposal).provision
    if not requests.reasons(store(), actor(), request_id).get(provision):
        requests.first_reason(store(), actor(), request_id, provision=provision, reason=reason)


@bp.post("/requests/<request_id>/decisions/same")
def same(request_id: str) -> ResponseReturnValue:
    """All passages of the same kind; their number was on the button."""
    proposal = forms.text("proposal")
    acted = reviewing.decide_same(
        store(), actor(), proposal, outcome=forms.text("outcome"), provision=forms.optional("provision"),
        ground=forms.optional("ground"), reason=forms.text("reason"), seen=forms.seen(),
    )  # fmt: skip
    n = len(acted.places)
    flash(plural("%(n)d passage décidé.", "%(n)d passages décidés.", n), "good")
    return _onwards(request_id, proposal)


def _onwards(request_id: str, proposal: str) -> ResponseReturnValue:
    """To the next passage that waits, else to the one just decided."""
    filters = Filters.parse(request.form.get("filters", ""))
    here = Where(forms.text("document"), forms.number("page"), proposal)
    where = reviewing.next_open(store(), actor(), request_id, after=here, **filters.criteria)
    if where is None:
        flash(say("Plus rien n’attend de décision après ce passage."), "good")
    return redirect(place_url(where or here, filters), code=303)


@bp.post("/requests/<request_id>/comments")
def comment(request_id: str) -> ResponseReturnValue:
    """A remark on the passage, seen by both readers."""
    reviewing.comment(
        store(), actor(), request_id, text=forms.text("text"), document=forms.optional("document"),
        page=forms.number("page") if forms.text("page") else None, proposal=forms.optional("proposal"),
    )  # fmt: skip
    return forms.back(url_for("requests.overview", request_id=request_id), told="La remarque est ajoutée.")


@bp.post("/requests/<request_id>/undo")
def undo(request_id: str) -> ResponseReturnValue:
    """Takes one's last act back, and goes to where it was."""
    return _to_the_place(request_id, reviewing.undo(store(), actor(), request_id), say("Annulé."))


@bp.post("/requests/<request_id>/redo")
def redo(request_id: str) -> ResponseReturnValue:
    """Does again what was taken back."""
    return _to_the_place(request_id, reviewing.redo(store(), actor(), request_id), say("Rétabli."))


def _to_the_place(request_id: str, acted: Acted, told: str) -> ResponseReturnValue:
    flash(told, "good")
    filters = Filters.parse(request.form.get("filters", ""))
    place = next((one for one in acted.places if one.document), None)
    if place is None:
        return redirect(url_for("requests.overview", request_id=request_id), code=303)
    return redirect(place_url(place, filters), code=303)
