"""Errors as pages: a sentence, advice, a way back. No word of a document, no library's message, no trace."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from flask import jsonify, render_template, request
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException, SecurityError

from redactor import errors
from redactor.errors import RedactorError
from redactor.model import Lang
from web import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from flask.typing import ResponseReturnValue

STATUS: Final[Mapping[type[RedactorError], int]] = {
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Stale: 409,
    errors.UploadBroken: 409,
    errors.TooLarge: 413,
    errors.NotAPdf: 415,
    errors.UnknownFormat: 415,
    errors.Blocked: 422,
    errors.BadDecision: 422,
    errors.UsageError: 422,
    errors.InputError: 422,
    errors.TimedOut: 422,
}
TITLES: Final[Mapping[int, str]] = {
    400: "La demande est mal formée",
    401: "Il faut se connecter",
    403: "Ce n'est pas permis à votre rôle",
    404: "Il n'y a rien à cette adresse",
    405: "Cette adresse ne se demande pas ainsi",
    409: "Quelqu'un a changé ceci entre-temps",
    413: "L'envoi est trop gros",
    415: "Ce type de fichier n'est pas accepté",
    422: "Ce n'est pas possible ainsi",
    429: "Trop d'essais",
    500: "Une erreur est survenue",
}
ADVICE: Final[Mapping[int, str]] = {
    400: "Revenez en arrière, rechargez la page et recommencez.",
    403: "Demandez à l'administrateur si vous devriez y avoir accès.",
    404: "Vérifiez l'adresse, ou revenez à la liste des demandes.",
    409: "Rechargez la page pour voir ce qui a changé; rien n'a été écrasé.",
    413: "Envoyez le fichier par la page de la demande, ou en plusieurs parties.",
    429: "Attendez une minute avant de réessayer.",
    500: "Rien n'a été remis. Réessayez; si cela se répète, donnez la référence à l'administrateur.",
}


def install(app: Flask) -> None:
    """Every error of `app` becomes a page, or JSON for a script."""
    app.register_error_handler(RedactorError, of_ours)
    app.register_error_handler(CSRFError, of_csrf)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, of_anything)


def of_ours(error: RedactorError) -> ResponseReturnValue:
    """One of our errors, with its own advice."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    advice = error.advice if wording.language() is Lang.EN else error.conseil
    return _answer(status, code=error.code, advice=advice)


def of_csrf(_: CSRFError) -> ResponseReturnValue:
    """A form that did not come from this session."""
    return _answer(400, code="form", advice=wording.say("Le formulaire est périmé : rechargez la page et recommencez."))


def of_http(error: HTTPException) -> ResponseReturnValue:
    """One of the protocol's errors."""
    if isinstance(error, SecurityError):
        return "", 400  # a host that is not ours: no page has an address there
    return _answer(error.code or 500, code=f"http.{error.code}")


def of_anything(_: Exception) -> ResponseReturnValue:
    """What nobody foresaw: its words may quote a document and are not shown."""
    return _answer(500, code=f"unexpected.{secrets.token_hex(4)}")


def _answer(status: int, *, code: str, advice: str = "") -> ResponseReturnValue:
    title = wording.say(TITLES.get(status, TITLES[500]))
    told = advice or wording.say(ADVICE.get(status, ADVICE[500]))
    if request.headers.get("X-Requested-With") == "fetch":
        return jsonify(code=code, title=title, advice=told), status
    return render_template("failure.html", title=title, advice=told, code=code, status=status), status
