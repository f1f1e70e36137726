"""The request of the examples, from its folder to the ZIP, by two people."""

from __future__ import annotations

import io
import json
import zipfile

import pymupdf
import pytest

from redactor.errors import Blocked, Forbidden, Stale
from redactor.store import approval, audit, documents, folders, people, releases, requests, reviewing, wholes
from redactor.store.database import Store
from redactor.store.values import ReleaseView
from tests.store.kit import EXAMPLE, Team, all_proposals, clear_all, decide_all, look_at_all, red, run, team, version


@pytest.mark.slow
def test_from_the_folder_to_the_zip(either: Store) -> None:
    store, who = either, team(either)
    (view,) = folders.load_folder(store, who.officer, EXAMPLE)
    run(store)
    _everything_was_read(store, who, view.id)
    _decisions_outlive_another_analysis(store, who, view.id)
    _everything_is_decided(store, who, view.id)
    made = _approved_and_released(store, who, view.id)
    _check_zip(releases.zip_bytes(store, who.officer, made.id))
    assert audit.verify(store, head=made.audit_head) == ()
    _a_change_fells_the_approval(store, who, view.id, made.version)


def _everything_was_read(store: Store, who: Team, request: str) -> None:
    view = requests.get(store, who.officer, request)
    assert (view.documents, view.failed, view.chunks_left, view.is_joined) == (8, 0, 0, True)
    assert view.pages == view.pages_read == 29
    assert view.open > 0
    second = documents.list_documents(store, who.officer, request)[1]
    page = documents.page_view(store, who.officer, second.id, 0)
    assert all((page.words, page.passages, page.burnt, page.text))


def _decisions_outlive_another_analysis(store: Store, who: Team, request: str) -> None:
    one = reviewing.next_open(store, who.officer, request)
    assert one is not None
    assert one.proposal is not None
    seen = version(store, who.officer, request)
    acted = reviewing.decide(
        store, who.officer, request, proposals=[one.proposal], outcome="withhold", reason="motif", seen=seen
    )
    person = people.list_people(store, who.officer, request)[-1]
    people.choose_role(store, who.officer, request, person=person.key, role="private", seen=acted.version)
    assert "work" in red(store, who.officer, request)
    run(store)
    kept = reviewing.proposal(store, who.officer, one.proposal)
    assert kept.decision is not None
    assert kept.decision.reason == "motif"
    chosen = {p.key: p for p in people.list_people(store, who.officer, request)}[person.key]
    assert (chosen.role, chosen.chosen) == ("private", "private")
    reviewing.undo(store, who.officer, request)
    assert reviewing.proposal(store, who.officer, one.proposal).decision is None
    reviewing.redo(store, who.officer, request)
    assert reviewing.proposal(store, who.officer, one.proposal).decision is not None


def _everything_is_decided(store: Store, who: Team, request: str) -> None:
    with pytest.raises(Blocked) as stopped:
        approval.submit(store, who.officer, request, seen=version(store, who.officer, request))
    assert "discretionary" in str(stopped.value.facts["gates"])
    decide_all(store, who.officer, request)
    for document in documents.list_documents(store, who.officer, request):
        if document.verdict == "refuse":
            seen = version(store, who.officer, request)
            wholes.decide_whole(
                store, who.officer, document.id, withhold=True, provision="14", reason="la substance", seen=seen
            )
    clear_all(store, who.officer, request)
    look_at_all(store, who.officer, request)
    assert red(store, who.officer, request) == {"approval", "proof"}


def _approved_and_released(store: Store, who: Team, request: str) -> ReleaseView:
    seen = version(store, who.officer, request)
    approval.submit(store, who.officer, request, seen=seen)
    with pytest.raises(Forbidden):
        approval.approve(store, who.officer, request, seen=seen)
    assert [one.id for one in approval.queue(store, who.legal)] == [request]
    assert approval.risks(store, who.legal, request)
    with pytest.raises(Blocked):
        releases.produce(store, who.officer, request, seen=seen)
    approval.approve(store, who.legal, request, seen=seen)
    with pytest.raises(Blocked):
        releases.make_zip(store, who.officer, request, seen=seen)
    releases.produce(store, who.officer, request, seen=seen)
    run(store)
    assert {one.state for one in releases.products(store, who.officer, request)} == {"released", "withheld"}
    return releases.make_zip(store, who.officer, request, seen=seen)


def _a_change_fells_the_approval(store: Store, who: Team, request: str, seen: int) -> None:
    some = all_proposals(store, who.officer, request, now="masked")[0]
    reviewing.decide(
        store, who.officer, request, proposals=[some.id], outcome="keep", ground="consent", reason="consentement",
        seen=seen,
    )  # fmt: skip
    assert requests.get(store, who.officer, request).stage == "open"
    assert "approval" in red(store, who.officer, request)
    assert any(one.act.startswith("decide.") for one in approval.differences(store, who.officer, request))
    with pytest.raises(Stale):
        releases.make_zip(store, who.officer, request, seen=seen)


def _check_zip(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert {
            "index.csv",
            "index.xlsx",
            "index.pdf",
            "articles.pdf",
            "proof.json",
            "certificate.json",
            "certificat.pdf",
        } <= set(names)
        certificate = json.loads(archive.read("certificate.json"))
        assert certificate["decided"]["alone"] is False
        released = [name for name in names if name.startswith("released/")]
        assert {one["file"] for one in certificate["files"]} == set(released)
        for name in [*released, "index.pdf", "articles.pdf", "certificat.pdf"]:
            with pymupdf.open(stream=archive.read(name), filetype="pdf") as pdf:
                assert len(pdf) > 0
        with pymupdf.open(stream=archive.read("articles.pdf"), filetype="pdf") as pdf:
            words = "".join(page.get_text() for page in pdf)
        assert "37. " in words or "Article 37" in words
        assert "Texte à consulter" in words  # 53 has no confirmed wording
