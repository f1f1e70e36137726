"""Signing in and out, the language and the light of the screen."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import login_user, logout_user  # type: ignore[import-untyped]

from redactor.store import users
from web.guard import SignedIn, sign_in_page
from web.paths import safe_path
from web.services import actor, store
from web.wording import LANGUAGES, SESSION_KEY

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from redactor.store.values import User

SIGN_IN_RATE = "10 per minute; 60 per hour"  # failures of one address: a person mistypes, a program guesses
THEMES = frozenset({"auto", "light", "dark"})
bp = Blueprint("session", __name__)


def has_failed(response: Response) -> bool:
    """Only these are counted: a whole office may sign in at nine from one address."""
    return response.status_code == HTTPStatus.UNAUTHORIZED


limiter = Limiter(get_remote_address, storage_uri="memory://")


@bp.get("/sign-in")
def sign_in() -> str:
    """The form; while nobody can sign in, the command that makes the first user."""
    if not users.any_user(store()):
        return render_template("no_user.html")
    return sign_in_page(safe_path(request.args.get("next")))


@bp.post("/sign-in")
@limiter.limit(SIGN_IN_RATE, deduct_when=has_failed)
def enter() -> ResponseReturnValue:
    """Goes back to where the person was; what an ended session left unsent is offered again."""
    found = users.authenticate(store(), request.form.get("login", ""), request.form.get("password", ""))
    kept = [(name[5:], value) for name, value in request.form.items(multi=True) if name.startswith("kept-")]
    target = safe_path(request.form["target"]) if request.form.get("target") else None
    back = safe_path(request.form.get("next"))
    if found is None:
        return sign_in_page(back, kept=kept, target=target, failed=True), HTTPStatus.UNAUTHORIZED
    begin_session(found)
    if target is None:
        return redirect(back)
    return render_template("again.html", next=back, kept=kept, target=target)


def begin_session(user: User, **more: str | None) -> None:
    """A fresh session, with `more` in it: only the language and the light of the screen go over."""
    over = {name: session[name] for name in (SESSION_KEY, "theme") if name in session}
    session.clear()
    session.update(over | more)
    session.permanent = True
    login_user(SignedIn(user))


@bp.post("/sign-out")
def leave() -> ResponseReturnValue:
    """Ends the session here; the page that follows leads to the provider's own sign-out, where there is one."""
    users.signed_out(store(), actor())
    logout_user()
    return redirect("/sign-in")


@bp.get("/help")
def help_page() -> str:
    """The keys, the colours, the words."""
    return render_template("help.html")


@bp.post("/language")
def choose_language() -> ResponseReturnValue:
    """The other language, on the same page."""
    asked = request.form.get("lang", "")
    session[SESSION_KEY] = asked if asked in {one.value for one in LANGUAGES} else LANGUAGES[0].value
    return redirect(safe_path(request.form.get("back")))


@bp.post("/theme")
def choose_theme() -> ResponseReturnValue:
    """Light, dark, or as the system says."""
    asked = request.form.get("theme", "")
    session["theme"] = asked if asked in THEMES else "auto"
    return redirect(safe_path(request.form.get("back")))
