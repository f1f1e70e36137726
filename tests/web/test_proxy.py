"""Behind a proxy the address of the browser is what the proxy says; without one nobody may say another than his own."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.kit import served
from web.command import listening

if TYPE_CHECKING:
    from collections.abc import Callable


def told(environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]


@pytest.mark.parametrize(
    ("proxy", "seen"),
    [
        (None, "127.0.0.1 http"),  # no proxy: the header is a lie
        ("127.0.0.1", "203.0.113.7 https"),  # the proxy of this machine
        ("198.51.100.1", "127.0.0.1 http"),  # the proxy is another machine: this caller is not it
    ],
)
def test_who_calls(proxy: str | None, seen: str) -> None:
    headers = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    with served(told, **listening(proxy)) as address:
        call = urllib.request.Request(address, headers=headers)
        with urllib.request.urlopen(call, timeout=30) as answer:
            assert answer.read().decode() == seen
