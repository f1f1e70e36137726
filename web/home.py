"""The first page: what the service can do, and the commands for what it can't do yet."""

from __future__ import annotations

from flask import Blueprint, render_template

bp = Blueprint("home", __name__)


@bp.get("/")
def home() -> str:
    """The page, in French first."""
    return render_template("home.html")
