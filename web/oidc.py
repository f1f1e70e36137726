"""Signing in through the body's own identity provider (OpenID Connect). Off unless the service is started with one.

The provider says who somebody is; what that person may do stays ours, and nobody becomes a user by signing in there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, current_app, redirect, request, session, url_for

from redactor.errors import NoProvider
from redactor.store import users
from web.guard import sign_in_page
from web.paths import safe_path
from web.services import PROVIDER as KEY
from web.services import store
from web.session import SIGN_IN_RATE, begin_session, has_failed, limiter

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

    from redactor.store.values import User

NAME: Final = "provider"
NEXT: Final = "oidc.next"
LEAVE: Final = "oidc.leave"  # where the person ends the session at the provider; shown once signed out here
SECONDS: Final = 10  # for one answer of the provider
SIGNS: Final = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512", "EdDSA")
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
CLAIMS: Final = ("preferred_username", "email", "sub")
bp = Blueprint("oidc", __name__)


@dataclass(frozen=True, slots=True)
class Provider:
    """Where people prove who they are. `claim` names the login here."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    claim: str = CLAIMS[0]

    def __post_init__(self) -> None:
        if not _is_safe(self.issuer):
            raise NoProvider(problem="the issuer is no https address")
        if not self.client_id or not self.secret or self.claim not in CLAIMS:
            raise NoProvider(problem="client, secret or claim")


def _is_safe(address: str) -> bool:
    """Reached by https, or on this machine."""
    parts = urlsplit(address)
    return (parts.scheme == "https" and bool(parts.hostname)) or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def install(app: Flask, provider: Provider | None) -> None:
    """Makes the provider known to `app`. Raises NoProvider when the extra is not installed."""
    app.extensions[KEY] = None
    if provider is None:
        return
    try:
        from authlib.integrations.flask_client import OAuth  # type: ignore[import-untyped]  # noqa: PLC0415  an extra
    except ImportError:
        raise NoProvider(problem="redactor[oidc] is not installed") from None
    client = OAuth(app).register(
        NAME, client_id=provider.client_id, client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )  # fmt: skip
    app.extensions[KEY] = (provider, client)


@bp.get("/sign-in/provider")
def begin() -> ResponseReturnValue:
    """Leads to the provider, with a state, a nonce and a challenge of this session."""
    if (known := current_app.extensions[KEY]) is None:
        return redirect(url_for("session.sign_in"))
    provider, client = known
    session[NEXT] = safe_path(request.args.get("next"))
    try:
        _trusted(provider, client)
        answer: ResponseReturnValue = client.authorize_redirect(url_for("oidc.back", _external=True))
    except _errors():
        return _refused()
    return answer


@bp.get("/sign-in/provider/back")
@limiter.limit(SIGN_IN_RATE, deduct_when=has_failed)
def back() -> ResponseReturnValue:
    """The person the provider vouches for, when it is one of ours; state, nonce, issuer and signature are checked."""
    if (known := current_app.extensions[KEY]) is None:
        return redirect(url_for("session.sign_in"))
    provider, client = known
    over = safe_path(session.get(NEXT))
    try:
        _trusted(provider, client)
        claims = client.authorize_access_token().get("userinfo")
    except _errors():
        claims = None
    found = _user(provider, claims)
    if found is None:
        return _refused()
    begin_session(found, **{LEAVE: _way_out(provider, client)})
    return redirect(over)


def _trusted(provider: Provider, client: Any) -> None:
    """Reads what the provider says of itself; it must be the issuer we know, and sign with a key pair."""
    told = client.load_server_metadata()
    if told.get("issuer") != provider.issuer:
        client.server_metadata.clear()
        raise ValueError("another issuer")
    offered = told.get("id_token_signing_alg_values_supported") or ("RS256",)
    told["id_token_signing_alg_values_supported"] = [one for one in offered if one in SIGNS]


def _way_out(provider: Provider, client: Any) -> str | None:
    """Where a person ends the session at the provider (OpenID Connect RP-Initiated Logout 1.0); None without one.

    The ID token is no part of it: it would have to stay in the cookie. The provider may ask the person instead.
    """
    address = client.load_server_metadata().get("end_session_endpoint")
    if not isinstance(address, str) or not _is_safe(address):
        return None
    asked = {"client_id": provider.client_id, "post_logout_redirect_uri": url_for("session.sign_in", _external=True)}
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


def _user(provider: Provider, claims: Any) -> User | None:
    """The user of the claim; an address that the provider did not verify names nobody."""
    login = None
    if claims is not None and claims.get("iss") == provider.issuer:
        is_sure = provider.claim != "email" or claims.get("email_verified") is True
        login = claims.get(provider.claim) if is_sure else None
    return users.vouched(store(), login if isinstance(login, str) else None)


def _errors() -> tuple[type[Exception], ...]:
    """What the provider, the way to it, or a forged answer may raise."""
    from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    return (AuthlibBaseError, JoseError, RequestException, ValueError, KeyError, TypeError, RuntimeError)


def _refused() -> ResponseReturnValue:
    session.pop(NEXT, None)
    return sign_in_page("/", refused=True), HTTPStatus.UNAUTHORIZED
