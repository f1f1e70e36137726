"""Stands before every view: is the route known, is the person signed in, has the role, and did the form come from here?

An expired session loses nothing: what was being sent is kept in the sign-in page and offered again afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import abort, current_app, jsonify, redirect, render_template, request, url_for
from flask_login import LoginManager, UserMixin, current_user  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]

from redactor.store import users
from web.access import ANYONE, ROUTES, may
from web.paths import safe_path
from web.services import PROVIDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from flask.typing import ResponseReturnValue

    from redactor.store.database import Store
    from redactor.store.values import User

csrf: Final = CSRFProtect()
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_KEPT: Final = frozenset({"csrf_token", "password"})


class SignedIn(UserMixin):  # type: ignore[misc]
    """A person with the epoch of the session: another epoch ends it."""

    def __init__(self, user: User) -> None:
        self.user = user

    def get_id(self) -> str:
        """Id and epoch, as the cookie keeps them."""
        return f"{self.user.id}.{self.user.epoch}"


def install(app: Flask, store: Store) -> None:
    """Puts the guard before every view of `app`."""
    manager = LoginManager(app)
    manager.session_protection = None
    csrf.init_app(app)

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> SignedIn | None:
        user_id, _, epoch = token.partition(".")
        found = users.get(store, user_id)
        return SignedIn(found) if found and found.active and str(found.epoch) == epoch else None

    app.before_request(check)


def check() -> ResponseReturnValue | None:
    """None to go on; otherwise the answer that stops the call."""
    endpoint = request.endpoint
    if endpoint is None:
        return None  # Flask answers 404 or 405
    if endpoint not in ROUTES:
        abort(403)
    if ROUTES[endpoint] is not ANYONE:
        if not current_user.is_authenticated:
            return _sign_in_first()
        if not may(endpoint, current_user.user.roles):
            abort(403)
    if request.method not in READING:
        csrf.protect()
    return None


def _sign_in_first() -> ResponseReturnValue:
    """A reading call goes to the sign-in page; a sending one finds its fields kept there."""
    if request.method in READING:
        return redirect(url_for("session.sign_in", next=request.full_path.rstrip("?")))
    if request.headers.get("X-Requested-With") == "fetch":
        return jsonify(code="signed_out"), 401
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]
    back = safe_path(request.headers.get("Referer"))
    return sign_in_page(back, kept=kept, target=request.path), 401


def sign_in_page(
    back: str, *, kept: Sequence[tuple[str, str]] = (), target: str | None = None, failed: bool = False,
    refused: bool = False,
) -> str:  # fmt: skip
    """The form of the sign-in, with the body's own way in where there is one.

    It goes on to `back`, or offers to send `kept` to `target` again. `failed`: a wrong name or password; `refused`: the
    provider vouches for nobody of ours.
    """
    return render_template(
        "sign_in.html", next=back, kept=kept, target=target, failed=failed, refused=refused,
        provider=current_app.extensions[PROVIDER] is not None,
    )  # fmt: skip
