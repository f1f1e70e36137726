"""The application factory: blueprints by noun, the guard before them, the headers after them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Flask, request, session

from web import (
    approval,
    audit,
    decide,
    documents,
    facts,
    failures,
    guard,
    health,
    marks,
    oidc,
    outside,
    people,
    permissions,
    release,
    review,
    search,
    settings,
    users,
    wording,
)
from web import requests as request_files
from web import session as sessions
from web.access import may
from web.headers import with_headers
from web.services import KEY
from web.show import names
from web.show.places import by_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from web.oidc import Provider
    from web.services import Services

SESSION_MINUTES = 60  # without a call; work is kept when it ends
BODY_LIMIT_BYTES = 64 << 20  # of one call; larger files come in pieces
PARTS_LIMIT = 5_000  # fields of one form: the facts of a request of 500 documents
BLUEPRINTS = (
    health.bp, sessions.bp, oidc.bp, request_files.bp, documents.bp, outside.bp, facts.bp, permissions.bp, people.bp,
    review.bp, decide.bp, marks.bp, search.bp, approval.bp, release.bp, audit.bp, users.bp, settings.bp,
)  # fmt: skip


def create_app(
    services: Services, *, hosts: Sequence[str] = ("127.0.0.1", "localhost"), secure: bool = False,
    provider: Provider | None = None,
) -> Flask:  # fmt: skip
    """A new application. `hosts` are the names it answers to; `secure` when browsers reach it by HTTPS only.

    `provider` is the body's own sign-in, beside that by password.
    """
    app = Flask(__name__)
    app.extensions[KEY] = services
    app.config.update(
        SECRET_KEY=services.store.secret("web.session"),
        MAX_CONTENT_LENGTH=BODY_LIMIT_BYTES,
        MAX_FORM_MEMORY_SIZE=4 << 20,
        MAX_FORM_PARTS=PARTS_LIMIT,
        TRUSTED_HOSTS=list(hosts),
        SESSION_COOKIE_NAME="redactor",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(minutes=SESSION_MINUTES),
        PREFERRED_URL_SCHEME="https" if secure else "http",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        RATELIMIT_HEADERS_ENABLED=False,
    )
    sessions.limiter.init_app(app)
    oidc.install(app, provider)
    guard.install(app, services.store)
    failures.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _dress(app)
    app.after_request(with_headers)
    return app


def _dress(app: Flask) -> None:
    """What every template may use."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=wording.say, plural=wording.plural, names=names)
    app.jinja_env.filters.update(by_page=by_page, day=wording.day, moment=wording.moment)

    @app.context_processor
    def words() -> dict[str, object]:
        here = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return {"lang": wording.language().value, "theme": session.get("theme", "auto"), "here": here, "may": may}
