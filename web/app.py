"""The application factory, with the headers every answer carries. Blueprints hold the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from web import health, home

if TYPE_CHECKING:
    from flask import Response

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def create_app() -> Flask:
    """A new application. It opens no file and no network connection."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=1 << 20, TRUSTED_HOSTS=["127.0.0.1", "localhost"])
    app.register_blueprint(health.bp)
    app.register_blueprint(home.bp)
    app.after_request(_with_headers)
    return app


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
