"""What goes by itself: files no row names, folders of dead processes. What a row names stays."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from redactor.errors import NotFound
from redactor.store import audit, documents, requests, upkeep, users
from redactor.store.database import Store
from redactor.store.tables import Base
from redactor.store.values import Actor, UserRole
from tests.builders import pdf

# String columns of 64 and more that hold no address of a blob: digests, names of workers, codes.
NO_ADDRESS = {
    "document.digest", "chunk.worker", "chunk.code", "chunk.key", "proposal.same", "proposal.mark", "place.group",
    "product.sha256", "product.code", "release.sha256", "release.audit_head", "audit.previous", "audit.mac",
    "audit.object", "audit.facts", "document.code", "document.media", "request.pack", "proposal.key", "proposal.label",
    "proposal.rule", "decision.proposal", "comment.proposal", "cleared.contradiction", "user.login", "user.password",
}  # fmt: skip
NAMED = {
    "document.blob", "document.pdf", "document.found", "page.blob", "request.texts", "product.blob", "settled.blob",
    "release.blob", "chunk.result",
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "data")


@pytest.fixture
def officer(store: Store) -> Actor:
    roles = (UserRole.OFFICER, UserRole.AUDITOR)
    return users.add(store, None, "alix", name="Alix", password="une longue phrase", roles=roles).actor


def blobs(store: Store) -> set[str]:
    return {one.name for one in upkeep._files(store.blobs.folder)}


def test_every_column_that_may_hold_an_address_is_known() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables for column in table.columns
        if (getattr(column.type, "length", None) or 0) >= 64
    }  # fmt: skip
    assert found == NO_ADDRESS | NAMED


def test_bytes_of_a_removed_document_go_after_its_row_of_the_journal(store: Store, officer: Actor) -> None:
    request = requests.create(store, officer, number="1", received=None).id
    gone = documents.add(store, officer, request, name="a.pdf", data=pdf(("Un.",)))
    kept = documents.add(store, officer, request, name="b.pdf", data=pdf(("Deux.",)))
    assert len(blobs(store)) == 2
    assert upkeep.sweep(store, grace=0) == 0
    documents.remove(store, officer, gone.document, reason="par erreur", seen=kept.version)
    assert upkeep.sweep(store) == 0
    assert upkeep.sweep(store, grace=0) == 1
    assert documents.pdf_bytes(store, officer, kept.document)
    acts = [one.act for one in audit.rows(store, officer, limit=100)]
    assert acts.index("document.remove") < acts.index("store.sweep")
    assert audit.verify(store) == ()


def test_bytes_that_another_request_holds_stay(store: Store, officer: Actor) -> None:
    data = pdf(("Le même.",))
    first, second = (requests.create(store, officer, number=n, received=None).id for n in ("1", "2"))
    gone = documents.add(store, officer, first, name="a.pdf", data=data)
    kept = documents.add(store, officer, second, name="a.pdf", data=data)
    documents.remove(store, officer, gone.document, reason="m", seen=gone.version)
    assert upkeep.sweep(store, grace=0) == 0
    assert documents.pdf_bytes(store, officer, kept.document) == data


def test_an_upload_on_its_way_and_what_is_kept_again_stay(store: Store, officer: Actor) -> None:
    request = requests.create(store, officer, number="1", received=None).id
    upload = documents.upload_begin(store, officer, request, name="a.pdf", size=6)
    documents.upload_piece(store, officer, upload.id, offset=0, data=b"abc")
    assert upkeep.sweep(store, grace=0) == 0
    address = store.blobs.put(b"nobody's")
    os.utime(store.blobs.folder / address[:2] / address, (1, 1))
    store.blobs.put(b"nobody's")
    assert upkeep.sweep(store) == 0
    os.utime(store.blobs.folder / address[:2] / address, (1, 1))
    assert upkeep.sweep(store) == 1
    with pytest.raises(NotFound):
        store.blobs.get(address)


def test_a_file_half_written_goes_when_it_is_old(store: Store) -> None:
    left = store.blobs.folder / "ab" / ".0123.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert upkeep.sweep(store) == 0
    os.utime(left, (1, 1))
    assert upkeep.sweep(store) == 1


def test_folders_of_dead_processes_go_and_those_of_living_ones_stay(store: Store) -> None:
    mine = Path(upkeep.scratch(store))
    (mine / "page.png").write_bytes(b"x")
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    dead = mine.with_name(re.sub(r"_\d+_", f"_{ended.stdout.decode().strip()}_", mine.name))
    dead.mkdir()
    (dead / "words").write_text("secret")
    elsewhere = mine.with_name(f"othermachine_{ended.stdout.decode().strip()}_x")
    elsewhere.mkdir()
    assert upkeep.clear_work(store) == 1
    assert (mine.exists(), dead.exists(), elsewhere.exists()) == (True, False, True)
