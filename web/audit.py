"""The journal: rows, checks, export. Ids and numbers only; no word of a document."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, render_template, request

from redactor.store import audit, users
from web import forms
from web.services import actor, store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.store.values import AuditEntry

ROWS: Final = 100  # of one page
COLUMNS: Final = ("n", "at", "actor", "act", "object", "facts")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
bp = Blueprint("audit", __name__)


@bp.get("/journal")
def journal() -> str:
    """A page of rows, and whether the chain holds."""
    after = max(request.args.get("after", 0, type=int), 0)
    act, object_ = request.args.get("act") or None, request.args.get("object") or None
    checked = request.args.get("check") == "1"
    found = audit.rows(store(), actor(), after=after, limit=ROWS + 1, act=act, object_=object_)
    return render_template(
        "journal.html", rows=found[:ROWS], more=len(found) > ROWS, after=after, act=act or "", object=object_ or "",
        checked=checked, faults=audit.verify(store()) if checked else (), head=audit.head(store()),
        who={one.id: one.login for one in users.list_users(store(), None)},
    )  # fmt: skip


@bp.get("/journal.csv")
def export() -> Response:
    """All rows; a cell never begins like a formula."""
    rows = audit.export(store(), actor())
    return forms.attachment(_lines(rows), "text/csv", "journal.csv")


def _lines(rows: Iterator[AuditEntry]) -> Iterator[str]:
    yield _line(COLUMNS)
    for one in rows:
        facts = " ".join(f"{key}={value}" for key, value in sorted(one.facts.items()))
        yield _line((one.n, one.at.isoformat(), one.actor, one.act, one.object, facts))


def _line(cells: tuple[object, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(f"'{one}" if str(one).startswith(FORMULA) else one for one in cells)
    return out.getvalue()
