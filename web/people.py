"""Persons of a request: role, evidence, mentions; one choice treats all of them and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template, url_for

from redactor.model import Role
from redactor.store import documents, people, requests
from web import forms
from web.services import actor, store

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

ROLES: Final = tuple(one.value for one in Role)
bp = Blueprint("people", __name__)


@bp.get("/requests/<request_id>/people")
def panel(request_id: str) -> str:
    """The persons, those without a certain role first."""
    found = people.list_people(store(), actor(), request_id)
    return render_template(
        "people.html", req=requests.get(store(), actor(), request_id), roles=ROLES,
        people=sorted(found, key=lambda one: (one.chosen is not None, -one.proposals, one.name.casefold())),
        files=documents.files(store(), actor(), request_id),
        can_undo=people.can_undo(store(), actor(), request_id),
    )  # fmt: skip


@bp.post("/requests/<request_id>/people")
def choose(request_id: str) -> ResponseReturnValue:
    """One role for every mention of a person."""
    role = forms.optional("role")
    people.choose_role(
        store(),
        actor(),
        request_id,
        person=forms.text("person"),
        role=role if role in ROLES else None,
        seen=forms.seen(),
    )
    return forms.back(url_for("people.panel", request_id=request_id), told="Le rôle est noté; les passages sont revus.")


@bp.post("/requests/<request_id>/people/undo")
def undo(request_id: str) -> ResponseReturnValue:
    """Takes the last choice back."""
    people.undo(store(), actor(), request_id)
    return forms.back(url_for("people.panel", request_id=request_id), told="Le dernier choix est annulé.")
