"""People and requests for the tests of the store; invented, all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from redactor.jobs.runner import Runner
from redactor.store import approval, documents, requests, reviewing, users
from redactor.store.values import Actor, UserRole

if TYPE_CHECKING:
    from redactor.store.database import Store
    from redactor.store.values import ProposalView

EXAMPLE = Path(__file__).parents[2] / "examples" / "demande-2024-118"
PASSWORD = "une longue phrase de passe"
RECEIVED = dt.date(2024, 10, 2)


@dataclass(frozen=True)
class Team:
    officer: Actor
    legal: Actor
    both: Actor
    admin: Actor
    auditor: Actor


def team(store: Store) -> Team:
    def one(login: str, *roles: UserRole) -> Actor:
        return users.add(store, None, login, name=f"Personne {login}", password=PASSWORD, roles=roles).actor

    return Team(
        one("alix", UserRole.OFFICER), one("line", UserRole.LEGAL), one("bo", UserRole.OFFICER, UserRole.LEGAL),
        one("ada", UserRole.ADMIN), one("guy", UserRole.AUDITOR),
    )  # fmt: skip


def run(store: Store) -> None:
    runner = Runner(store)
    runner.run_until_idle()
    runner.stop()


def version(store: Store, actor: Actor, request: str) -> int:
    return requests.get(store, actor, request).version


def look_at_all(store: Store, actor: Actor, request: str) -> None:
    for one in documents.list_documents(store, actor, request):
        for page in documents.pages(store, actor, one.id):
            reviewing.saw(store, actor, one.id, page.index)


def all_proposals(store: Store, actor: Actor, request: str, **filters: object) -> list[ProposalView]:
    found: list[ProposalView] = []
    after: str | None = None
    while page := reviewing.proposals(store, actor, request, after=after, limit=200, **filters):  # type: ignore[arg-type]
        found += page
        after = page[-1].id
    return found


def decide_all(store: Store, actor: Actor, request: str) -> None:
    """Follows the program: what it masks stays masked with a reason, what it flags is dismissed."""
    for outcome, now in (("withhold", "masked"), ("withhold", "ask"), ("keep", "flag")):
        ids = [one.id for one in all_proposals(store, actor, request, open_=True, now=now)]
        if ids:
            reviewing.decide(
                store, actor, request, proposals=ids, outcome=outcome, reason="processus en cours", ground="error",
                seen=version(store, actor, request),
            )  # fmt: skip


def clear_all(store: Store, actor: Actor, request: str) -> None:
    for one in approval.contradictions(store, actor, request):
        approval.clear(
            store, actor, request, contradiction=one.id, reason="autre fonction", seen=version(store, actor, request)
        )


def red(store: Store, actor: Actor, request: str) -> set[str]:
    return {one.code for one in approval.gates(store, actor, request) if one.blocks and not one.ok}
