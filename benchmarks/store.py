"""Times of the store's acts on a large request and on a small one. Run: `python benchmarks/store.py`.

The large request has 500 documents of 10 pages and 10,000 proposals, the small one 5 documents. Pages are copies of one
real page; rows are written directly, since reading is not what is measured.
"""

from __future__ import annotations

import hashlib
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redactor.model import DocumentId
from redactor.pdf import reader
from redactor.store import approval, documents, requests, reviewing, search, users
from redactor.store.acts import now
from redactor.store.codec import PageText, encode_page, pages_of
from redactor.store.database import Store
from redactor.store.search import pack_texts
from redactor.store.standing import recount
from redactor.store.tables import DocumentRow, PageRow, ProposalRow, RequestRow
from redactor.store.values import Actor, UserRole
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = Path(__file__).parent.parent / "examples" / "demande-2024-118" / "note-transport-adapte.pdf"
PAGES, PER_PAGE = 10, 2
EMPTY: dict[str, Any] = {"rule": "r", "version_from": None, "citation": "c"} | {
    name: [] for name in ("conditions", "evidence", "because", "counterfactuals", "questions")
}


def proposal(request: str, document: str, order: int, page: int, number: int, start: int) -> ProposalRow:
    return ProposalRow(
        request=request, document=document, key=f"p{page}-{number}", order=order, position=page * PER_PAGE + number,
        page=page, last_page=page, spans=[[start, start + 20]], label="AVIS.staff", rule="qc-a2.1/s037/opinion-staff",
        provision="37", effect="withhold", power="discretionary", strength="STRONG", state="masked", now="masked",
        open=True, version=1, mark="m", same=f"{number}-{order // 5}", trace=EMPTY,
    )  # fmt: skip


def filled(store: Store, actor: Actor, count: int, page: PageText) -> str:
    request = requests.create(store, actor, number=str(count), received=None).id
    blob, texts = store.blobs.put(encode_page(page)), {}
    with store.acting() as session:
        row = session.get(RequestRow, request)
        assert row is not None
        for order in range(count):
            digest = hashlib.sha256(f"{count}-{order}".encode()).hexdigest()
            document = DocumentRow(
                request=request, position=order, file=f"{order}.pdf", sha256=digest, digest=digest, blob=blob, size=1,
                media="application/pdf", pages=PAGES, state="joined", facts={}, suggested={}, code_facts={},
                created=now(), version=1, found=blob,
            )  # fmt: skip
            session.add(document)
            session.flush()
            texts[document.id] = fold(page.text * PAGES)
            runs = [[start, start + len(words)] for start, words in page.runs]
            for index in range(PAGES):
                session.add(PageRow(document=document.id, index=index, width=612, height=792, layer="text", runs=runs,
                                    blob=blob))  # fmt: skip
                session.add_all(proposal(request, document.id, order, index, k, runs[0][0] + 50 * k)
                                for k in range(PER_PAGE))  # fmt: skip
            recount(session, [document.id])
        row.texts, row.joined_version, row.pack = store.blobs.put(pack_texts(texts)), row.input_version, store.pack.id
    return request


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
    document = reader.read(SOURCE.read_bytes(), document_id=DocumentId("d1"))
    page = next(iter(pages_of(document)))
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        roles = [UserRole.OFFICER, UserRole.LEGAL]
        actor = users.add(store, None, "o", name="o", password="x" * 12, roles=roles).actor
        small, large = (measured(store, actor, filled(store, actor, count, page)) for count in (5, 500))
    sys.stdout.write("| act | 5 documents, ms | 500 documents, ms | ratio |\n|---|---|---|---|\n")
    for name, before in small.items():
        sys.stdout.write(f"| {name} | {before:.1f} | {large[name]:.1f} | {large[name] / before:.1f} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
