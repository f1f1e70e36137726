"""Users: the list, a new one, roles, ending sessions. For the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request, url_for

from redactor.store import users
from redactor.store.values import UserRole
from web import forms
from web.services import actor, store, user

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("users", __name__)


@bp.get("/users")
def listing() -> str:
    """Everybody, with what each may do."""
    return render_template("users.html", users=users.list_users(store(), actor()), roles=tuple(UserRole))


@bp.post("/users")
def add() -> ResponseReturnValue:
    """A new person."""
    users.add(
        store(), actor(), forms.text("login"), name=forms.text("name"), password=request.form.get("password", ""),
        roles=_roles(),
    )  # fmt: skip
    return forms.back(url_for("users.listing"), told="La personne est ajoutée.")


@bp.post("/users/<user_id>")
def change(user_id: str) -> ResponseReturnValue:
    """Other roles, a new password, the end of the sessions, or the end of the access."""
    if user_id == user().id and forms.text("what") != "password":
        abort(403)  # nobody locks the last administrator out, or raises themself
    what = forms.text("what")
    if what == "roles":
        users.set_roles(store(), actor(), user_id, _roles())
    elif what == "password":
        users.set_password(store(), actor(), user_id, request.form.get("password", ""))
    elif what == "end":
        users.end_sessions(store(), actor(), user_id)
    elif what == "disable":
        users.disable(store(), actor(), user_id)
    else:
        abort(400)
    return forms.back(url_for("users.listing"), told="C’est fait.")


def _roles() -> tuple[UserRole, ...]:
    known = {one.value for one in UserRole}
    return tuple(UserRole(one) for one in request.form.getlist("role") if one in known)
