"""What holds for the whole body: whether one person decides alone. For the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from redactor.store import settings
from web import forms
from web.services import actor, store

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("settings", __name__)


@bp.get("/settings")
def form() -> str:
    """The settings as they stand."""
    return render_template("settings.html", alone=settings.is_alone(store()))


@bp.post("/settings")
def save() -> ResponseReturnValue:
    """One person or two; requests that are not approved yet follow."""
    settings.set_alone(store(), actor(), alone=forms.text("alone") == "1")
    return forms.back(url_for("settings.form"), told="Le réglage est enregistré, et inscrit au journal.")
