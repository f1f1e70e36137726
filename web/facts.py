"""The facts of a request as a grid: what is stated, what the text suggests, what must still be asked.

A suggestion is shown in its field, marked, with its place; it becomes a fact when a person takes it, never by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, render_template, request, url_for

from redactor.store import documents, requests
from web import forms
from web.services import actor, services, store
from web.show.asked import cards_of
from web.show.law import effects_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from redactor.store.values import DocumentView

YES_NO: Final = ("true", "false")
COLUMNS: Final[tuple[str, ...]] = (
    "kind", "author", "mandated", "date", "decision", "decision_date", "final", "body_kind", "published", "in_scope",
)  # fmt: skip
DAYS: Final = frozenset({"date", "decision_date", "final_decision_public"})
SCOPE: Final = ("true", "false", "already_sent", "other_body")
bp = Blueprint("facts", __name__)


@bp.get("/requests/<request_id>/facts")
def grid(request_id: str) -> str:
    """The grid, with the questions that would change an answer above it."""
    listed = documents.list_documents(store(), actor(), request_id)
    stated = requests.facts(store(), actor(), request_id)
    return render_template(
        "facts.html", req=requests.get(store(), actor(), request_id), columns=COLUMNS, days=DAYS, choices=choices(),
        documents=listed, stated=stated, hints=hints_of(listed, stated["defaults"]),
        cards=cards_of(requests.questions(store(), actor(), request_id)), effects=effects_of,
    )  # fmt: skip


def hints_of(listed: Sequence[DocumentView], defaults: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What the text suggests and nobody stated, by document and fact; only facts that the grid shows."""
    return {
        one.id: {
            key: told for key, told in one.suggested.items()
            if key in COLUMNS and one.facts.get(key) is None and defaults.get(key) is None
        }
        for one in listed
    }  # fmt: skip


def choices() -> Mapping[str, tuple[str, ...]]:
    """The values that each fact may have; a day has none."""
    asked = services().pack.head.questions
    known = {name.partition(".")[2]: _values(one.values) for name, one in asked.items() if name.startswith("document.")}
    return known | {"in_scope": SCOPE, "published": YES_NO, "requester": ("other", "self")}


def _values(values: Any) -> tuple[str, ...]:
    return tuple(str(one).lower() if isinstance(one, bool) else str(one) for one in values or ())


@bp.post("/requests/<request_id>/facts")
def save(request_id: str) -> ResponseReturnValue:
    """Takes every field that changed; an empty one is unknown again. Suggestions are taken when the button says so."""
    version = forms.seen()
    defaults = _changed("d")
    if defaults:
        version = requests.set_facts(store(), actor(), request_id, defaults=defaults, seen=version).version
    rows = {one.id: changed for one in documents.listed(store(), actor(), request_id) if (changed := _changed(one.id))}
    if rows:
        requests.set_document_facts(store(), actor(), request_id, documents=rows, seen=version)
    return forms.back(url_for("facts.grid", request_id=request_id), told="Les faits sont enregistrés.")


@bp.post("/requests/<request_id>/answers")
def answer(request_id: str) -> ResponseReturnValue:
    """The answers to one question, for each document that waits for it; `value.all` serves those left empty."""
    scope, _, key = forms.text("fact").partition(".")
    if scope == "request":
        requests.set_facts(
            store(), actor(), request_id, header={"received": forms.optional("value.all")}, seen=forms.seen()
        )
    elif rows := _answers(key):
        requests.set_document_facts(store(), actor(), request_id, documents=rows, seen=forms.seen())
    return forms.back(url_for("facts.grid", request_id=request_id), told="Les réponses sont enregistrées.")


def _answers(key: str) -> dict[str, dict[str, Any]]:
    """Facts by document."""
    for_all = forms.text("value.all")
    given = {
        name.removeprefix("value."): forms.text(name) or for_all for name in request.form if name.startswith("value.")
    }
    return {one: {key: _typed(told)} for one, told in given.items() if told and one != "all"}


def _changed(row: str) -> dict[str, Any]:
    """Fields of a row whose value is no longer the one the form was made with, or a suggestion that is taken."""
    given = {name: forms.text(f"{row}.{name}") for name in COLUMNS if f"{row}.{name}" in request.form}
    return {
        name: _typed(told) for name, told in given.items()
        if told != request.form.get(f"was.{row}.{name}", "") and not _is_left(f"{row}.{name}", told)
    }  # fmt: skip


def _is_left(field: str, told: str) -> bool:
    """True for a suggestion that stands in its field as it was shown, and that nobody takes."""
    return told == request.form.get(f"hint.{field}") and request.form.get("take", "") not in {"all", field}


def _typed(told: str) -> Any:
    """`true` and `false` as such, nothing as None, anything else as it stands."""
    return {"true": True, "false": False, "": None}.get(told, told)
