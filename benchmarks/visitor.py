"""A browser without a screen, for measuring: one connection, cookies, forms with their token; and a server."""

from __future__ import annotations

import http.client
import re
import threading
from contextlib import contextmanager, suppress
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode, urlsplit

from waitress.server import create_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask

PASSWORD = "un mot de passe 42"
TIMEOUT_SECONDS = 60.0
THREADS = 8  # of the server: what `redactor serve` starts
_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')


class Failed(Exception):
    """An answer that is no page: its status."""


class Visitor:
    """One person's browser. Not to be shared by threads."""

    def __init__(self, base: str) -> None:
        self._address = urlsplit(base).netloc
        self._connection = http.client.HTTPConnection(self._address, timeout=TIMEOUT_SECONDS)
        self._cookies: dict[str, str] = {}
        self._token = ""

    def sign_in(self, login: str) -> Self:
        """Raises Failed."""
        self.get("/sign-in")
        self.post("/sign-in", {"login": login, "password": PASSWORD})
        self.get("/help")
        return self

    def get(self, path: str) -> bytes:
        """The page, after redirections. Raises Failed."""
        return self._page("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str], *, is_followed: bool = True) -> bytes:
        """The answer to a form; after redirections unless told otherwise. Raises Failed."""
        body = urlencode({"csrf_token": self._token, **fields})
        return self._page("POST", path, body) if is_followed else self._ask("POST", path, body)[1]

    def _page(self, method: str, path: str, body: str | None) -> bytes:
        further, data = self._ask(method, path, body)
        return self.get(_path(further)) if further else data

    def _ask(self, method: str, path: str, body: str | None) -> tuple[str, bytes]:
        """Where the answer sends to, if anywhere, and its bytes."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        data = answer.read()
        for told in answer.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: one.value for name, one in SimpleCookie(told).items()}
        if answer.status in {http.HTTPStatus.FOUND, http.HTTPStatus.SEE_OTHER}:
            return answer.headers["Location"], data
        if answer.status != http.HTTPStatus.OK:
            raise Failed(answer.status)
        found = _TOKEN.search(data)
        self._token = found.group(1).decode() if found else self._token
        return "", data


def _path(address: str) -> str:
    found = urlsplit(address)
    return f"{found.path}?{found.query}" if found.query else found.path


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the application on a free port of the loopback."""
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS)

    def run() -> None:
        with suppress(OSError):  # its sockets are closed under its feet: that is how it ends
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(10)
