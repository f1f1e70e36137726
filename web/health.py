"""`GET /healthz`: 200 while the service can answer. Needs no sign-in and tells nothing."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> dict[str, str]:
    """The service answers."""
    return {"status": "ok"}
