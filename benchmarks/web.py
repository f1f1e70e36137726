"""Times of the web's pages as a browser sees them, on a large request and on a small one, beside a bare Flask page.

Run: `python -c "from benchmarks import web; web.main()"` (so that the children of the sandbox do not import this file
again). The server listens on the loopback; the turns of the two requests are interleaved, so that what else the machine
does falls on both. The large request has 500 documents, 5,000 pages and 10,000 proposals,
the small one 5 documents.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from benchmarks.large_request import PAGES, filled
from benchmarks.visitor import PASSWORD, Visitor, served
from redactor.policy.loader import bundled
from redactor.sandbox import Sandbox
from redactor.store import documents, reviewing, users
from redactor.store.database import Store
from redactor.store.values import UserRole
from web.app import create_app
from web.services import Services

if TYPE_CHECKING:
    from collections.abc import Callable

    from redactor.store.values import Actor

ROUNDS = 25


def bare() -> Flask:
    """The least a page can cost on this machine."""
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: "<!doctype html><title>ok</title>" + "x" * 20_000)
    return app


def tasks(store: Store, actor: Actor, visitor: Visitor, request: str) -> dict[str, Callable[[int], object]]:
    """What an officer does all day, by name. The turn picks the page."""
    ids = [one.id for one in documents.list_documents(store, actor, request)]
    open_ = reviewing.proposals(store, actor, request, limit=2 * ROUNDS)

    def place(turn: int) -> str:
        return f"/documents/{ids[turn % len(ids)]}/pages/{turn % PAGES + 1}"

    def cold(turn: int) -> None:
        store.cache.drop(ids[turn % len(ids)])
        visitor.get(place(turn) + ".png")

    def decide(turn: int) -> None:
        one = open_[turn]
        fields = {"proposal": one.id, "outcome": "withhold", "reason": "motif", "seen": "1000000",
                  "document": one.document, "page": str(one.page)}  # fmt: skip
        visitor.post(f"/requests/{request}/decisions", fields, is_followed=False)

    return {
        "request page": lambda _: visitor.get(f"/requests/{request}"),
        "documents": lambda _: visitor.get(f"/requests/{request}/documents"),
        "review page": lambda turn: visitor.get(place(turn)),
        "picture, cold": cold,
        "picture, kept": lambda _: visitor.get(place(0) + ".png"),
        "decision": decide,
        "search": lambda _: visitor.get(f"/requests/{request}/search?text=minist%C3%A8re"),
        "second look": lambda _: visitor.get(f"/requests/{request}/second-look"),
    }  # fmt: skip


def timed(task: Callable[[int], object], turn: int) -> float:
    started = time.perf_counter()
    task(turn)
    return 1000 * (time.perf_counter() - started)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store, Sandbox() as sandbox:
        roles = [UserRole.OFFICER, UserRole.LEGAL]
        actor = users.add(store, None, "o", name="o", password=PASSWORD, roles=roles).actor
        wanted = [filled(store, actor, count) for count in (5, 500)]
        with served(create_app(Services(store, sandbox, bundled()))) as base, served(bare()) as least:
            visitor = Visitor(base).sign_in("o")
            every = [tasks(store, actor, visitor, request) for request in wanted]
            plain = Visitor(least)
            floor = statistics.median(timed(lambda _: plain.get("/"), turn) for turn in range(ROUNDS))
            _print(floor, {name: _both(name, every) for name in every[0]})
    return 0


def _both(name: str, every: list[dict[str, Callable[[int], object]]]) -> list[float]:
    turns = [[timed(one[name], turn) for one in every] for turn in range(ROUNDS)]
    return [statistics.median(times) for times in zip(*turns, strict=True)]


def _print(floor: float, found: dict[str, list[float]]) -> None:
    sys.stdout.write(f"a bare Flask page of 20 kB: {floor:.1f} ms\n\n")
    sys.stdout.write(
        "| page | 5 documents, ms | 500 documents, ms | growth | against the bare page |\n|---|---|---|---|---|\n"
    )
    for name, (small, large) in found.items():
        sys.stdout.write(f"| {name} | {small:.1f} | {large:.1f} | {large / small:.2f} | {large / floor:.0f} |\n")
