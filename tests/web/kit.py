"""A service of its own for a test: its people, and a client that signs in and sends forms as a browser does."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from waitress.server import create_server

from redactor.policy.loader import bundled
from redactor.store import users
from redactor.store.values import UserRole
from web.app import create_app
from web.services import Services
from web.session import limiter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from redactor.sandbox import Sandbox
    from redactor.store.database import Store
    from redactor.store.values import User

PASSWORD = "un mot de passe 42"
PEOPLE: dict[str, tuple[str, tuple[UserRole, ...]]] = {
    "claire": ("Claire Tremblay", (UserRole.OFFICER,)),
    "denis": ("Denis Roy", (UserRole.OFFICER, UserRole.LEGAL)),
    "louis": ("Louis Gagnon", (UserRole.LEGAL,)),
    "anne": ("Anne Caron", (UserRole.ADMIN,)),
    "vera": ("Véra Morin", (UserRole.AUDITOR,)),
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def with_people(store: Store) -> dict[str, User]:
    return {
        login: users.add(store, None, login, name=name, password=PASSWORD, roles=roles)
        for login, (name, roles) in PEOPLE.items()
    }


def app_of(store: Store, sandbox: Sandbox, *, example: Path | None = None) -> Flask:
    app = create_app(Services(store, sandbox, bundled(), example))
    limiter.reset()  # one address stands for all the tests of a process
    return app


@contextmanager
def served(app: Any, **how: Any) -> Iterator[str]:
    """The address of the application on a free port of this machine."""
    server = create_server(app, host="127.0.0.1", port=0, **how)

    def run() -> None:
        with suppress(OSError):  # its sockets are closed under its feet: that is how it ends
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(1)  # connections that browsers keep open end with the process


@dataclass
class Reader:
    """A browser without a script: it follows what the pages hold."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str) -> TestResponse:
        answer = self.client.get(path)
        found = TOKEN.search(answer.get_data(as_text=True)) if answer.mimetype == "text/html" else None
        self.token = found.group(1) if found else self.token
        return answer

    def post(self, path: str, fields: Mapping[str, object] | None = None, **how: object) -> TestResponse:
        data = {"csrf_token": self.token, **(fields or {})}
        return self.client.post(path, data=data, **how)

    def sign_in(self, login: str) -> Reader:
        self.get("/sign-in")
        self.post("/sign-in", {"login": login, "password": PASSWORD})
        self.get("/help")
        return self


def reader(app: Flask, login: str | None = None) -> Reader:
    made = Reader(app.test_client())
    made.get("/sign-in")
    return made.sign_in(login) if login else made
