"""What a request says of itself: who asks, and the consents and waivers on record. Each change is one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, url_for

from redactor.store import requests
from web import forms
from web.services import actor, store, user

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

KINDS: Final = ("consents", "waivers")
PARTIES: Final = ("person", "office")
REQUESTERS: Final = ("other", "self")
HIDDEN: Final = ("print", "drop")
bp = Blueprint("permissions", __name__)


@bp.post("/requests/<request_id>/header")
def header(request_id: str) -> ResponseReturnValue:
    """Number, day of receipt, who asks, and what to do of hidden content."""
    asked, hidden = forms.text("requester"), forms.text("hidden_content")
    if asked not in REQUESTERS or hidden not in {"", *HIDDEN}:
        abort(400)
    told = {
        "number": forms.optional("number"), "received": forms.date("received"), "requester": asked,
        "hidden_content": hidden or None,
    }  # fmt: skip
    requests.set_facts(store(), actor(), request_id, header=told, seen=forms.seen())
    return forms.back(_page(request_id), told="La demande est corrigée.")


@bp.post("/requests/<request_id>/permissions")
def add(request_id: str) -> ResponseReturnValue:
    """A consent or a waiver: whose, of which provision, when, recorded by whom."""
    kind, party = forms.text("kind"), forms.text("party")
    if kind not in KINDS or party not in PARTIES:
        abort(400)
    told = {
        party: forms.text("name"), "provision": forms.text("provision"), "date": forms.text("date"),
        "by": forms.text("by") or user().name,
    }  # fmt: skip
    known = _known(request_id, kind)
    requests.set_facts(store(), actor(), request_id, header={kind: [*known, told]}, seen=forms.seen())
    return forms.back(_page(request_id), told="C’est inscrit; les passages sont revus.")


@bp.post("/requests/<request_id>/permissions/remove")
def remove(request_id: str) -> ResponseReturnValue:
    """Takes one off the record; the journal keeps that it was there."""
    kind, at = forms.text("kind"), forms.number("at")
    known = _known(request_id, kind) if kind in KINDS else abort(400)
    if at >= len(known):
        abort(404)
    left = [one for number, one in enumerate(known) if number != at]
    requests.set_facts(store(), actor(), request_id, header={kind: left or None}, seen=forms.seen())
    return forms.back(_page(request_id), told="C’est retiré; les passages sont revus.")


def _known(request_id: str, kind: str) -> list[dict[str, Any]]:
    return list(requests.facts(store(), actor(), request_id)["request"].get(kind, ()))


def _page(request_id: str) -> str:
    return url_for("facts.grid", request_id=request_id)
