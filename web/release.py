"""The release: its gates, the proved files, the ZIP. What is served was re-hashed by the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, url_for

from redactor.store import approval, documents, releases, requests
from web import forms
from web.services import actor, store
from web.wording import say

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("release", __name__)


@bp.get("/requests/<request_id>/release")
def gates(request_id: str) -> str:
    """What must hold before anything leaves, and what left."""
    found = approval.gates(store(), actor(), request_id)
    return render_template(
        "release.html", req=requests.get(store(), actor(), request_id), gates=found,
        is_green=all(one.ok or not one.blocks for one in found), files=documents.files(store(), actor(), request_id),
        products=releases.products(store(), actor(), request_id),
        releases=releases.list_releases(store(), actor(), request_id),
    )  # fmt: skip


@bp.post("/requests/<request_id>/products")
def produce(request_id: str) -> ResponseReturnValue:
    """Has every document masked and proved."""
    releases.produce(store(), actor(), request_id, seen=forms.seen())
    flash(say("Les fichiers sont en préparation; chacun est prouvé avant d’être offert."), "good")
    return redirect(url_for("release.gates", request_id=request_id), code=303)


@bp.post("/requests/<request_id>/releases")
def make(request_id: str) -> ResponseReturnValue:
    """Makes the ZIP, once every gate is green."""
    releases.make_zip(store(), actor(), request_id, seen=forms.seen())
    flash(say("La remise est prête."), "good")
    return redirect(url_for("release.gates", request_id=request_id), code=303)


@bp.get("/releases/<release_id>.zip")
def download(release_id: str) -> Response:
    """The ZIP."""
    data = releases.zip_bytes(store(), actor(), release_id)
    return forms.attachment(data, "application/zip", f"remise-{release_id[:8]}.zip")


@bp.get("/documents/<document_id>/released.pdf")
def product(document_id: str) -> Response:
    """The proved file of one document."""
    data = releases.product_pdf(store(), actor(), document_id)
    return forms.attachment(data, "application/pdf", f"{document_id[:8]}.pdf")
