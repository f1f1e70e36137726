"""Times of the store's acts on a large request and on a small one. Run: `python benchmarks/store.py`.

The large request has 500 documents of 10 pages and 10,000 proposals, the small one 5 documents (`large_request.py`).
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.large_request import PAGES, filled
from redactor.store import approval, documents, requests, reviewing, search, users
from redactor.store.database import Store
from redactor.store.values import Actor, UserRole

if TYPE_CHECKING:
    from collections.abc import Callable


def timed(task: Callable[[int], object], times: int = 15) -> float:
    found = []
    for turn in range(times):
        started = time.perf_counter()
        task(turn)
        found.append(1000 * (time.perf_counter() - started))
    return statistics.median(found)


def measured(store: Store, actor: Actor, request: str) -> dict[str, float]:
    ids = [one.id for one in documents.list_documents(store, actor, request)]
    some = [one.id for one in reviewing.proposals(store, actor, request, limit=20)]
    tasks: dict[str, Callable[[int], object]] = {
        "request page": lambda _: (requests.get(store, actor, request),
                                   documents.list_documents(store, actor, request, limit=50)),
        "page": lambda n: documents.page_view(store, actor, ids[n % len(ids)], n % PAGES),
        "next open": lambda _: reviewing.next_open(store, actor, request),
        "decision": lambda n: reviewing.decide(store, actor, request, proposals=[some[n]], outcome="withhold",
                                               reason="m", seen=1_000_000),
        "undo": lambda _: reviewing.undo(store, actor, request),
        "search": lambda _: search.search(store, actor, request, text="ministère", limit=50),
        "gates": lambda _: approval.gates(store, actor, request),
        "risks": lambda _: approval.risks(store, actor, request),
    }  # fmt: skip
    return {name: timed(task) for name, task in tasks.items()}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        roles = [UserRole.OFFICER, UserRole.LEGAL]
        actor = users.add(store, None, "o", name="o", password="x" * 12, roles=roles).actor
        small, large = (measured(store, actor, filled(store, actor, count)) for count in (5, 500))
    sys.stdout.write("| act | 5 documents, ms | 500 documents, ms | ratio |\n|---|---|---|---|\n")
    for name, before in small.items():
        sys.stdout.write(f"| {name} | {before:.1f} | {large[name]:.1f} | {large[name] / before:.1f} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
