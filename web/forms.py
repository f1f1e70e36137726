"""Fields of a form as values, and the answers that views share: back to a page, a file to keep."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, request

from redactor.intake.request import BadRequestFile
from web.paths import safe_path
from web.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.wrappers import Response as Answer

TEXT_LIMIT = 4_000  # characters of a reason, a comment, a name


def text(name: str) -> str:
    """A field without its outer blanks; empty when absent. Raises BadRequestFile when it is too long."""
    told = request.form.get(name, "").strip()
    if len(told) > TEXT_LIMIT:
        raise BadRequestFile(key=name, problem="too long")
    return told


def optional(name: str) -> str | None:
    """A field, or None when it is empty."""
    return text(name) or None


def number(name: str) -> int:
    """A whole number; 400 when it is none."""
    told = request.form.get(name, "")
    if not told.isascii() or not told.isdigit() or len(told) > 12:
        abort(400)
    return int(told)


def seen() -> int:
    """The version of the request that the person had before the eyes."""
    return number("seen")


def date(name: str) -> dt.date | None:
    """A day, or None when empty. Raises BadRequestFile for what is no day."""
    told = text(name)
    try:
        return dt.date.fromisoformat(told) if told else None
    except ValueError:
        raise BadRequestFile(key=name, problem="not a day") from None


def attachment(data: bytes | Iterable[str], kind: str, name: str) -> Response:
    """A file of a media type, kept by the browser under `name`."""
    return Response(data, mimetype=kind, headers={"Content-Disposition": f"attachment; filename={name}"})


def back(default: str, *, told: str = "") -> Answer:
    """To the page that the form names, else to `default`; `told` is shown there."""
    if told:
        flash(say(told), "good")
    given = request.form.get("back")
    return redirect(safe_path(given) if given else default, code=303)
