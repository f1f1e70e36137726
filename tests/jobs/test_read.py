"""What comes in: messages with attachments, archives, pages nobody can read, pieces of an upload."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from redactor.errors import EmptyFile, Forbidden, TooLarge, UploadBroken
from redactor.pdf.typeset import Lines, typeset
from redactor.settings import FILE_LIMIT_BYTES
from redactor.store import documents, requests
from redactor.store.database import Store
from redactor.store.values import DocumentView
from tests.store.kit import Team, run, team, version

WORDS = ("Bonjour, le rapport est joint.", "Monsieur Aurélien Castonguay, 418 555-0177.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened


@pytest.fixture
def who(store: Store) -> Team:
    return team(store)


@pytest.fixture
def request_id(store: Store, who: Team) -> str:
    return requests.create(store, who.officer, number="1", received=None).id


def message() -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@body.example", "b@body.example", "Rapport"
    made["Date"] = "Mon, 04 Mar 2024 10:00:00 -0500"
    made.set_content("\n".join(WORDS))
    made.add_attachment(typeset([Lines(WORDS)]), maintype="application", subtype="pdf", filename="rapport.pdf")
    return made.as_bytes()


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("courriel.eml", message())
        made.writestr("note.txt", "\n".join(WORDS))
        made.writestr("vide.pdf", b"")
    return stream.getvalue()


def found(store: Store, who: Team, request: str) -> dict[str, DocumentView]:
    return {one.file: one for one in documents.list_documents(store, who.officer, request)}


@pytest.mark.slow
def test_what_stands_in_an_archive_becomes_documents(store: Store, who: Team, request_id: str) -> None:
    data = archive()
    documents.add(store, who.officer, request_id, name="envoi.zip", data=data)
    run(store)
    rows = found(store, who, request_id)
    assert {name: one.state for name, one in rows.items()} == {
        "envoi.zip": "folder", "envoi.zip/courriel.eml": "joined", "envoi.zip/courriel.eml/rapport.pdf": "joined",
        "envoi.zip/note.txt": "joined", "envoi.zip/vide.pdf": "rejected",
    }  # fmt: skip
    assert rows["envoi.zip/note.txt"].parent == rows["envoi.zip"].id
    again = documents.add(store, who.officer, request_id, name="encore.zip", data=data)
    assert again.duplicate_of == rows["envoi.zip"].id
    documents.remove(store, who.officer, rows["envoi.zip"].id, reason="hors sujet",
                     seen=version(store, who.officer, request_id))  # fmt: skip
    assert found(store, who, request_id) == {}


def test_a_document_that_was_replaced_is_read_anew(store: Store, who: Team, request_id: str) -> None:
    one = documents.add(store, who.officer, request_id, name="a.pdf", data=typeset([Lines(WORDS)]))
    run(store)
    requests.set_document_facts(store, who.officer, request_id, documents={one.document: {"kind": "letter"}},
                                seen=version(store, who.officer, request_id))  # fmt: skip
    documents.replace(store, who.officer, one.document, name="b.pdf", data=typeset([Lines(WORDS[:1])]),
                      seen=version(store, who.officer, request_id))  # fmt: skip
    assert documents.get(store, who.officer, one.document).state == "waiting"
    run(store)
    after = documents.get(store, who.officer, one.document)
    assert (after.state, after.file, after.facts) == ("joined", "b.pdf", {"kind": "letter"})
    assert WORDS[1] not in documents.page_view(store, who.officer, one.document, 0).text


def test_names_lose_what_could_lead_astray(store: Store, who: Team, request_id: str) -> None:
    kept = {"../../etc/passwd": "etc/passwd", "C:\\a\\b.pdf": "C:/a/b.pdf", "a\n\x00b": "ab", "..": "document",
            "x" * 600: "x" * 500}  # fmt: skip
    for name, clean in kept.items():
        assert documents.clean_name(name) == clean
    with pytest.raises(EmptyFile):
        documents.add(store, who.officer, request_id, name="a", data=b"")
    for actor in (who.admin, who.auditor):
        with pytest.raises(Forbidden):
            documents.add(store, actor, request_id, name="a", data=b"x")


def test_an_upload_goes_on_where_it_stopped(store: Store, who: Team, request_id: str) -> None:
    data = typeset([Lines(WORDS)])
    first = documents.upload_begin(store, who.officer, request_id, name="a.pdf", size=len(data))
    documents.upload_piece(store, who.officer, first.id, offset=0, data=data[:100])
    assert documents.upload_piece(store, who.officer, first.id, offset=0, data=data[:100]).received == 100
    with pytest.raises(UploadBroken):
        documents.upload_piece(store, who.officer, first.id, offset=300, data=data[300:])
    with pytest.raises(UploadBroken):
        documents.upload_piece(store, who.officer, first.id, offset=100, data=data)
    with pytest.raises(UploadBroken):
        documents.upload_end(store, who.officer, first.id)
    with pytest.raises(UploadBroken):
        documents.upload_piece(store, who.legal, first.id, offset=100, data=data[100:])
    resumed = documents.upload_begin(store, who.officer, request_id, name="a.pdf", size=len(data))
    assert (resumed.id, resumed.received) == (first.id, 100)
    documents.upload_piece(store, who.officer, first.id, offset=100, data=data[100:])
    added = documents.upload_end(store, who.officer, first.id)
    assert documents.pdf_bytes(store, who.officer, added.document) == data
    blobs = [one for one in (store.data / "blobs").rglob("*") if one.is_file()]
    assert len(blobs) == 1
    with pytest.raises(TooLarge):
        documents.upload_begin(store, who.officer, request_id, name="b", size=FILE_LIMIT_BYTES + 1)
