"""Twenty people at once on one service: pages, pictures, decisions, searches, for five minutes; every answer is judged.

Run: `python -c "from benchmarks import web_load; web_load.main()" --seconds 300 --people 20` (so that the children of
the sandbox do not import this file again). Loopback only. Half of them work on one request of 100 documents, the others
on another. Between two steps each thinks for a second or two, as no person does.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.large_request import PAGES, filled
from benchmarks.visitor import PASSWORD, Failed, Visitor, served
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

SECONDS, PEOPLE, DOCUMENTS = 300, 20, 100
THINKING = (1.0, 2.0)  # seconds
SHARES = {"review page": 40, "picture": 25, "decision": 25, "search": 5, "request page": 5}  # of a hundred steps


@dataclass
class Told:
    """What all of them saw. Lists are appended to by threads."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """One person's desk: a request, its documents, the proposals that are this person's to decide."""

    visitor: Visitor
    request: str
    documents: list[str]
    proposals: list[tuple[str, str, int]]
    chance: random.Random

    def step(self, name: str) -> None:
        """Does one step. Raises Failed."""
        steps: dict[str, Callable[[], object]] = {
            "review page": lambda: self.visitor.get(self._place()),
            "picture": lambda: self.visitor.get(self._place() + ".png"),
            "decision": self._decide,
            "search": lambda: self.visitor.get(f"/requests/{self.request}/search?text=minist%C3%A8re"),
            "request page": lambda: self.visitor.get(f"/requests/{self.request}"),
        }
        steps[name]()

    def _place(self) -> str:
        return f"/documents/{self.chance.choice(self.documents)}/pages/{self.chance.randint(1, PAGES)}"

    def _decide(self) -> None:
        name, document, page = self.chance.choice(self.proposals)
        fields = {"proposal": name, "document": document, "page": str(page), "reason": "motif", "seen": "1000000",
                  "outcome": "withhold"}  # fmt: skip
        self.visitor.post(f"/requests/{self.request}/decisions", fields)


def working(work: Work, told: Told, until: float) -> None:
    """Steps until the time is over."""
    while time.monotonic() < until:
        (name,) = work.chance.choices(list(SHARES), list(SHARES.values()))
        started = time.perf_counter()
        try:
            work.step(name)
        except (Failed, OSError) as error:
            told.failures.append(f"{name}: {type(error).__name__} {error}")
        told.times[name].append(1000 * (time.perf_counter() - started))
        time.sleep(work.chance.uniform(*THINKING))


def desks(store: Store, base: str, requests: list[str], people: int, actor: Actor) -> list[Work]:
    """A desk for each; no two decide on the same proposal."""
    made = []
    for number in range(people):
        request = requests[number % len(requests)]
        ids = [one.id for one in documents.listed(store, actor, request)]
        mine = ids[number::people]
        proposals = [(one.id, one.document, one.page) for each in mine
                     for one in reviewing.proposals(store, actor, request, document=each)]  # fmt: skip
        users.add(store, None, f"p{number}", name="p", password=PASSWORD, roles=[UserRole.OFFICER])
        made.append(Work(Visitor(base).sign_in(f"p{number}"), request, ids, proposals, random.Random(number)))
    return made


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=SECONDS)
    asked.add_argument("--people", type=int, default=PEOPLE)
    given = asked.parse_args()
    seconds, people = given.seconds, given.people
    told = Told()
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store, Sandbox() as sandbox:
        roles = [UserRole.OFFICER, UserRole.LEGAL]
        actor = users.add(store, None, "o", name="o", password=PASSWORD, roles=roles).actor
        requests = [filled(store, actor, DOCUMENTS) for _ in range(2)]
        with served(create_app(Services(store, sandbox, bundled()))) as base:
            every = desks(store, base, requests, people, actor)
            until = time.monotonic() + seconds
            threads = [threading.Thread(target=working, args=(one, told, until)) for one in every]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    _print(told, people, seconds)
    return len(told.failures)


def _print(told: Told, people: int, seconds: int) -> None:
    count = sum(len(times) for times in told.times.values())
    sys.stdout.write(f"{people} people, {seconds} s: {count} steps, {len(told.failures)} failures\n\n")
    sys.stdout.write("| step | count | median, ms | 95 of 100 under, ms | longest, ms |\n|---|---|---|---|---|\n")
    for name, times in sorted(told.times.items()):
        ordered = sorted(times)
        high = ordered[int(0.95 * (len(ordered) - 1))]
        sys.stdout.write(
            f"| {name} | {len(times)} | {statistics.median(times):.0f} | {high:.0f} | {ordered[-1]:.0f} |\n"
        )
    for one in sorted(set(told.failures))[:20]:
        sys.stdout.write(f"- {one}\n")
