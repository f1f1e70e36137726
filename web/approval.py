"""The second look: submitting, the queue of the other reader, risks first, approving, giving back, contradictions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, request, url_for

from redactor.store import approval, documents, requests, reviewing
from redactor.store.values import Stage
from web import forms
from web.services import actor, store, user
from web.show.pager import Pager

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PAGE = 25  # places of one page of a list
bp = Blueprint("approval", __name__)


@bp.get("/second-look")
def queue() -> str:
    """The requests that wait for a second reader."""
    return render_template("queue.html", requests=approval.queue(store(), actor()))


@bp.get("/requests/<request_id>/second-look")
def state(request_id: str) -> str:
    """What the second reader looks at first, what each may do now, and what was done."""
    view = requests.get(store(), actor(), request_id)
    steps = approval.steps(store(), actor(), request_id)
    submitted_by = next((one.by for one in reversed(steps) if one.kind == "submit"), None)
    return render_template(
        "approval.html", req=view, stage=Stage, steps=steps, is_own=submitted_by == user().id, **_lists(request_id),
        differences=approval.differences(store(), actor(), request_id),
        comments=reviewing.comments(store(), actor(), request_id),
    )  # fmt: skip


def _lists(request_id: str) -> dict[str, Any]:
    """One page of the places at risk and one of the pages nobody opened, contradictions, and names of their files."""
    found = approval.risks(store(), actor(), request_id, with_unopened=False)
    pager, pages = _pager("from", len(found)), _pager("pages", approval.unopened_total(store(), actor(), request_id))
    shown = found[pager.offset : pager.offset + PAGE]
    unopened = approval.unopened(store(), actor(), request_id, limit=PAGE, offset=pages.offset)
    contradictions = approval.contradictions(store(), actor(), request_id)
    both = (where for one in contradictions for where in (one.hidden, one.readable))
    named = {one.document for one in (*unopened, *(one.where for one in shown), *both) if one.document}
    return {
        "risks": shown, "counts": Counter(one.kind for one in found), "pager": pager, "unopened": unopened,
        "pages": pages, "contradictions": contradictions,
        "files": documents.files(store(), actor(), request_id, only=named),
    }  # fmt: skip


def _pager(name: str, total: int) -> Pager:
    """The page of a list that the address asks for under `name`."""
    return Pager.at(request.args.get(name, 0, type=int), size=PAGE, total=total)


@bp.post("/requests/<request_id>/submit")
def submit(request_id: str) -> ResponseReturnValue:
    """Hands the request to the second reader."""
    approval.submit(store(), actor(), request_id, reason=forms.text("reason"), seen=forms.seen())
    return forms.back(url_for("approval.state", request_id=request_id), told="La demande est soumise.")


@bp.post("/requests/<request_id>/withdraw")
def withdraw(request_id: str) -> ResponseReturnValue:
    """Takes the request back before it is approved."""
    approval.withdraw(store(), actor(), request_id, reason=forms.text("reason"), seen=forms.seen())
    return forms.back(url_for("approval.state", request_id=request_id), told="La demande est reprise.")


@bp.post("/requests/<request_id>/approve")
def approve(request_id: str) -> ResponseReturnValue:
    """Says yes to exactly the version that was seen."""
    approval.approve(store(), actor(), request_id, reason=forms.text("reason"), seen=forms.seen())
    return forms.back(url_for("approval.state", request_id=request_id), told="La demande est approuvée.")


@bp.post("/requests/<request_id>/give-back")
def give_back(request_id: str) -> ResponseReturnValue:
    """Returns the request to the officer, with a reason."""
    approval.give_back(store(), actor(), request_id, reason=forms.text("reason"), seen=forms.seen())
    return redirect(url_for("approval.queue"), code=303)


@bp.post("/requests/<request_id>/contradictions")
def clear(request_id: str) -> ResponseReturnValue:
    """Records why the same thing is hidden here and readable there."""
    approval.clear(
        store(), actor(), request_id, contradiction=forms.text("contradiction"), reason=forms.text("reason"),
        seen=forms.seen(),
    )  # fmt: skip
    return forms.back(url_for("approval.state", request_id=request_id), told="Le motif est inscrit.")
