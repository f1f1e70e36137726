"""A request as large as one wants, written into a store at once: what times of the store and of the web are taken on.

Pages are copies of one real page; rows are written directly, since reading is not what is measured.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pymupdf

from redactor.model import DocumentId
from redactor.pdf import reader
from redactor.store import requests
from redactor.store.acts import now
from redactor.store.codec import encode_page, pages_of
from redactor.store.search import pack_texts
from redactor.store.standing import recount
from redactor.store.tables import DocumentRow, PageRow, ProposalRow, RequestRow
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from redactor.store.database import Store
    from redactor.store.values import Actor

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


def ten_pages() -> bytes:
    """The first page of the example, ten times."""
    with pymupdf.open(SOURCE) as source, pymupdf.open() as made:
        for _ in range(PAGES):
            made.insert_pdf(source, to_page=0)
        written: bytes = made.tobytes(garbage=4, deflate=True)
    return written


def filled(store: Store, actor: Actor, count: int) -> str:
    """The id of a new request of `count` documents, each of ten pages with two open proposals a page."""
    request = requests.create(store, actor, number=str(count), received=None).id
    pdf = ten_pages()
    page = next(iter(pages_of(reader.read(pdf, document_id=DocumentId("d1")))))
    file, blob, texts = store.blobs.put(pdf), store.blobs.put(encode_page(page)), {}
    with store.acting() as session:
        row = session.get(RequestRow, request)
        assert row is not None
        for order in range(count):
            digest = hashlib.sha256(f"{count}-{order}".encode()).hexdigest()
            document = DocumentRow(
                request=request, position=order, file=f"{order}.pdf", sha256=digest, digest=digest, blob=file, size=1,
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
