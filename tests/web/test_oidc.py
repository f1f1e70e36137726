"""Signing in through an identity provider: a provider of the tests' own on this machine, and every way to forge it."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from redactor.errors import NoProvider
from redactor.store import audit
from tests.web import kit
from web.app import create_app
from web.oidc import Provider
from web.services import Services
from web.session import limiter

pytest.importorskip("authlib", reason="the extra oidc is not installed")
pytest.importorskip("requests", reason="the extra oidc is not installed")

from joserfc import jwt
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

    from redactor.sandbox import Sandbox
    from tests.web.conftest import Case

KEY, OTHER = RSAKey.generate_key(2048, {"kid": "a"}), RSAKey.generate_key(2048, {"kid": "a"})


class Fake:
    """A provider: what it says of itself, and what the next token says."""

    def __init__(self) -> None:
        self.server = HTTPServer(("127.0.0.1", 0), self.handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.told: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.key, self.has_token = KEY, True
        self.verifier = ""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"], **self.told,
        }  # fmt: skip

    def token(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "redactor", "sub": "7", "iat": now, "exp": now + 300, **self.claims}
        signed = jwt.encode({"alg": "RS256", "kid": "a"}, claims, self.key)
        return {"access_token": "x", "token_type": "Bearer"} | ({"id_token": signed} if self.has_token else {})

    def handler(fake) -> type[BaseHTTPRequestHandler]:  # noqa: N805  two selves meet here
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                keys = {"keys": [KEY.as_dict(private=False)]}
                self.answer(keys if self.path == "/keys" else fake.metadata())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                fake.verifier = parse_qs(body).get("code_verifier", [""])[0]
                self.answer(fake.token())

            def answer(self, told: dict[str, Any]) -> None:
                data = json.dumps(told).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                return

        return Handler


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    made = Fake()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def reader(case: Case, sandbox: Sandbox, fake: Fake) -> kit.Reader:
    provider = Provider(fake.issuer, "redactor", "a secret")
    app = create_app(Services(case.store, sandbox, case.store.pack), provider=provider)
    limiter.reset()
    return kit.Reader(app.test_client())


def begun(reader: kit.Reader) -> dict[str, str]:
    """The fields of the address that the browser is led to."""
    answer = reader.client.get("/sign-in/provider?next=/requests")
    assert answer.status_code == 302
    return {name: value[0] for name, value in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def returned(reader: kit.Reader, fake: Fake, *, login: str, **claims: Any) -> TestResponse:
    sent = begun(reader)
    fake.claims = {"nonce": sent["nonce"], "preferred_username": login, **claims}
    return reader.client.get(f"/sign-in/provider/back?code=c&state={sent['state']}")


def is_in(reader: kit.Reader) -> bool:
    return reader.client.get("/requests").status_code == 200


def test_one_of_ours_enters_with_our_roles(reader: kit.Reader, fake: Fake, case: Case) -> None:
    answer = returned(reader, fake, login="Claire", roles=["admin"], groups=["admin"])
    assert (answer.status_code, answer.headers["Location"]) == (302, "/requests")
    assert len(fake.verifier) >= 43
    assert is_in(reader)
    assert reader.client.get("/users").status_code == 403
    last = audit.rows(case.store, case.actors["vera"], limit=1000, act="session.in")[-1]
    assert (last.actor, last.facts["way"]) == (case.officer.user_id, "provider")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("https://id.example/end", "https://id.example/end?client_id=redactor&amp;post_logout_redirect_uri=http"),
        ("https://id.example/end?a=1", "https://id.example/end?a=1&amp;client_id=redactor&amp;post_logout"),
        ("http://id.example/end", None), ("javascript:alert(1)", None), ("https:", None), (7, None), (None, None),
    ],
)  # fmt: skip
def test_who_left_is_led_out_of_the_provider_too(
    reader: kit.Reader, fake: Fake, told: object, expected: str | None
) -> None:
    """Only where the provider names a safe address for it, and only until the next sign-in."""
    fake.told = {"end_session_endpoint": told}
    returned(reader, fake, login="claire")
    reader.get("/help")
    assert reader.post("/sign-out").headers["Location"] == "/sign-in"
    page = reader.client.get("/sign-in").get_data(as_text=True)
    assert ("Quitter aussi" in page) == (expected is not None)
    assert expected is None or expected in page
    assert not is_in(reader)
    reader.sign_in("claire")
    with reader.client.session_transaction() as kept:
        assert "oidc.leave" not in kept


@pytest.mark.parametrize("login", ["nobody", "", "claire\0", "x" * 300, "%", 7, None, ["claire"]])
def test_who_is_not_ours_stays_outside(reader: kit.Reader, fake: Fake, login: Any) -> None:
    assert returned(reader, fake, login=login).status_code == 401
    assert not is_in(reader)


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"}, {"nonce": None}, {"iss": "http://127.0.0.1:1"}, {"aud": "somebody"}, {"exp": 1},
    ],
)  # fmt: skip
def test_a_token_made_for_another_is_refused(reader: kit.Reader, fake: Fake, wrong: dict[str, Any]) -> None:
    assert returned(reader, fake, login="claire", **wrong).status_code == 401
    assert not is_in(reader)


def test_a_token_signed_by_another_is_refused(reader: kit.Reader, fake: Fake) -> None:
    fake.key = OTHER
    assert returned(reader, fake, login="claire").status_code == 401
    assert not is_in(reader)


def test_an_answer_without_an_id_token_is_refused(reader: kit.Reader, fake: Fake) -> None:
    fake.has_token = False
    assert returned(reader, fake, login="claire").status_code == 401


def test_a_state_of_another_session_is_refused(reader: kit.Reader, fake: Fake) -> None:
    sent = begun(reader)
    fake.claims = {"nonce": sent["nonce"], "preferred_username": "claire"}
    for state in ("forged", ""):
        assert reader.client.get(f"/sign-in/provider/back?code=c&state={state}").status_code == 401
    assert not is_in(reader)


def test_a_state_serves_once(reader: kit.Reader, fake: Fake) -> None:
    sent = begun(reader)
    fake.claims = {"nonce": sent["nonce"], "preferred_username": "nobody"}
    address = f"/sign-in/provider/back?code=c&state={sent['state']}"
    assert reader.client.get(address).status_code == 401
    fake.claims["preferred_username"] = "claire"
    assert reader.client.get(address).status_code == 401


def test_a_provider_of_another_name_is_refused(reader: kit.Reader, fake: Fake) -> None:
    fake.told = {"issuer": "https://elsewhere.example"}
    assert reader.client.get("/sign-in/provider").status_code == 401


def test_a_provider_that_is_away_lets_nobody_in(reader: kit.Reader, fake: Fake) -> None:
    fake.server.shutdown()
    fake.server.server_close()
    assert reader.client.get("/sign-in/provider").status_code == 401


def test_a_closed_access_stays_closed(reader: kit.Reader, fake: Fake, case: Case) -> None:
    anne = kit.reader(kit.app_of(case.store, reader.client.application.extensions["redactor"].sandbox), "anne")
    anne.post(f"/users/{case.officer.user_id}", {"what": "disable"})
    assert returned(reader, fake, login="claire").status_code == 401


def test_without_a_provider_the_way_leads_to_the_password(case: Case) -> None:
    nobody = case.reader()
    for path in ("/sign-in/provider", "/sign-in/provider/back"):
        assert nobody.client.get(path).headers["Location"] == "/sign-in"
    assert "/sign-in/provider" not in nobody.client.get("/sign-in").get_data(as_text=True)


@pytest.mark.parametrize("issuer", ["http://id.example", "ftp://127.0.0.1", "", "id.example"])
def test_an_issuer_is_reached_by_https(issuer: str) -> None:
    with pytest.raises(NoProvider):
        Provider(issuer, "redactor", "a secret")
