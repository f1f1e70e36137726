"""A session: its cookie, its end after an hour without a call, its end everywhere when password or roles change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from itsdangerous import TimestampSigner

from redactor.policy.loader import bundled
from tests.web.kit import PASSWORD
from web.app import SESSION_MINUTES, create_app
from web.services import Services

if TYPE_CHECKING:
    from redactor.sandbox import Sandbox
    from tests.web.conftest import Case


@pytest.mark.parametrize("is_https", [False, True])
def test_the_cookie_is_closed_to_scripts_and_by_https_to_plain_calls(
    case: Case, sandbox: Sandbox, *, is_https: bool
) -> None:
    app = create_app(Services(case.store, sandbox, bundled()), secure=is_https)
    cookie = app.test_client().get("/sign-in").headers["Set-Cookie"]
    parts = {one.strip() for one in cookie.split(";")}
    assert {"HttpOnly", "SameSite=Lax"} <= parts
    assert ("Secure" in parts) is is_https


@pytest.mark.parametrize(("minutes", "status"), [(SESSION_MINUTES - 1, 200), (SESSION_MINUTES + 1, 302)])
def test_a_session_ends_after_an_hour_without_a_call(
    case: Case, monkeypatch: pytest.MonkeyPatch, minutes: int, status: int
) -> None:
    claire = case.reader("claire")
    now = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) + minutes * 60)
    assert claire.get("/requests").status_code == status


@pytest.mark.parametrize(
    "fields", [{"what": "password", "password": f"{PASSWORD} bis"}, {"what": "roles", "role": "legal"}],
    ids=["password", "roles"],
)  # fmt: skip
def test_another_password_or_other_roles_end_every_session(case: Case, fields: dict[str, str]) -> None:
    sessions = [case.reader("claire"), case.reader("claire")]
    assert [one.get("/help").status_code for one in sessions] == [200, 200]
    case.reader("anne").post(f"/users/{case.actors['claire'].user_id}", fields)
    assert [one.get("/help").status_code for one in sessions] == [302, 302]
