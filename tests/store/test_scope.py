"""Pages and documents outside the request: said with a reason, withheld whole, asked about no more, taken back."""

from __future__ import annotations

import pytest
import yaml

from redactor.errors import BadDecision, Forbidden, NotFound
from redactor.jobs.produce import load
from redactor.review import redactions_of
from redactor.store import audit, documents, folders, importing, requests, reviewing, scope, wholes
from tests.store.conftest import Case
from tests.store.kit import all_proposals, run, version


def now_seen(case: Case) -> int:
    return version(case.store, case.who.officer, case.request)


def page_with_open(case: Case) -> tuple[str, int]:
    one = next(p for p in all_proposals(case.store, case.who.officer, case.request, open_=True))
    return one.document, one.page


def open_on(case: Case, document: str, page: int) -> int:
    found = all_proposals(case.store, case.who.officer, case.request, open_=True, document=document)
    return sum(1 for one in found if one.page == page)


def test_a_page_outside_is_withheld_whole_and_asks_nothing(case: Case) -> None:
    store, actor = case.store, case.who.officer
    document, page = page_with_open(case)
    before = open_on(case, document, page)
    assert before > 0
    scope.mark_pages(store, actor, document, [page], scope="already_sent", reason="remise en 2023", seen=now_seen(case))
    assert open_on(case, document, page) == 0
    assert documents.get(store, actor, document).outside_pages == (page,)
    shown = documents.page_view(store, actor, document, page)
    (whole,) = [one for one in shown.burnt if one.kind == "area"]
    assert whole.boxes == ((0.0, 0.0, shown.width, shown.height),)
    assert whole.label == f"art. {scope.section_of(store.pack, 'already_sent')}"
    text = reviewing.released_text(store, actor, document, page)
    assert not [word for word in shown.text.split() if len(word) > 5 and word in text]
    known = load(store, document)
    assert known is not None
    assert any(one.kind.value == "area" for one in redactions_of(known.analysed.document, known.settled, prefix="art."))
    reviewing.undo(store, actor, case.request)
    assert open_on(case, document, page) == before
    assert documents.get(store, actor, document).outside_pages == ()


def test_what_is_said_of_a_page_outlives_another_analysis(case: Case) -> None:
    store, actor = case.store, case.who.officer
    document, page = page_with_open(case)
    scope.mark_pages(store, actor, document, [page], scope="outside", reason="autre dossier", seen=now_seen(case))
    requests.analyse_again(store, actor, case.request)
    run(store)
    assert open_on(case, document, page) == 0


def test_a_document_outside_asks_nothing_and_comes_back(case: Case) -> None:
    store, actor = case.store, case.who.officer
    document, _ = page_with_open(case)
    scope.set_document(store, actor, document, scope="other_body", reason="la Ville", seen=now_seen(case))
    run(store)
    view = documents.get(store, actor, document)
    assert (view.facts["in_scope"], view.why, view.open, view.verdict) == ("other_body", "la Ville", 0, None)
    scope.set_document(store, actor, document, scope=None, reason="relu", seen=now_seen(case))
    run(store)
    assert documents.get(store, actor, document).open > 0


def test_a_reason_a_known_scope_and_a_role_are_needed(case: Case) -> None:
    store, actor, seen = case.store, case.who.officer, now_seen(case)
    document = case.documents()[0].id
    for how in ({"scope": "outside", "reason": " "}, {"scope": "elsewhere", "reason": "m"}):
        with pytest.raises(BadDecision):
            scope.mark_pages(store, actor, document, [0], seen=seen, **how)
        with pytest.raises(BadDecision):
            scope.set_document(store, actor, document, seen=seen, **how)
    with pytest.raises(BadDecision):
        scope.mark_pages(store, actor, document, [], scope="outside", reason="m", seen=seen)
    with pytest.raises(NotFound):
        scope.mark_pages(store, actor, document, [999], scope="outside", reason="m", seen=seen)
    for other in (case.who.admin, case.who.auditor):
        with pytest.raises(Forbidden):
            scope.mark_pages(store, other, document, [0], scope="outside", reason="m", seen=seen)
        with pytest.raises(Forbidden):
            scope.set_document(store, other, document, scope="outside", reason="m", seen=seen)
    assert all("autre" not in str(one) for one in audit.rows(store, case.who.auditor, limit=1000))


def test_the_decisions_file_carries_pages_and_wholes_there_and_back(case: Case) -> None:
    """What the file says is undone, then taken in again from the file: everything stands as before."""
    store, actor, request = case.store, case.who.officer, case.request
    document, page = page_with_open(case)
    scope.mark_pages(store, actor, document, [page], scope="already_sent", reason="déjà remis", seen=now_seen(case))
    wholes.decide_whole(store, actor, document, withhold=False, reason="en partie", seen=now_seen(case))
    told = folders.decisions_file(store, actor, request)
    (row,) = yaml.safe_load(told)["documents"]
    assert row["whole"]["outcome"] == "release"
    assert row["decisions"][0]["ground"] == "already_sent"
    reviewing.undo(store, actor, request)
    reviewing.undo(store, actor, request)
    undone = documents.get(store, actor, document)
    assert (undone.outside_pages, undone.whole) == ((), None)
    importing.take_decisions(store, actor, request, told, seen=now_seen(case))
    assert documents.get(store, actor, document).outside_pages == (page,)
    assert open_on(case, document, page) == 0
    assert documents.get(store, actor, document).whole == "release"
    assert folders.decisions_file(store, actor, request).count(b"already_sent") == 1
    reviewing.undo(store, actor, request)
    taken = documents.get(store, actor, document)
    assert (taken.outside_pages, taken.whole) == ((), None)


BY = "by: x, at: 2026-01-01T00:00:00"
ROW = 'pack: {pack}\ndocuments:\n  - {{sha256: "{sha}", decisions: [{{%s, ' + BY + "}}]}}\n"


@pytest.mark.parametrize(
    "text",
    [
        "", "pack: other@1\n", "pack: {pack}\n", ROW.replace("{sha}", "0" * 64) % "proposal: p1, outcome: keep",
        ROW % "proposal: none, outcome: keep",
        ROW % 'page: 99, box: [1, 1, 2, 2], provision: "53", outcome: withhold',
        ROW % 'span: [9000000, 9000009], provision: "53", outcome: withhold',
    ],
)  # fmt: skip
def test_a_decisions_file_that_does_not_fit_changes_nothing(case: Case, text: str) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    data = text.format(pack=store.pack.id, sha=case.documents()[0].sha256).encode()
    before = folders.decisions_file(store, actor, request)
    with pytest.raises((BadDecision, NotFound)):
        importing.take_decisions(store, actor, request, data, seen=now_seen(case))
    assert folders.decisions_file(store, actor, request) == before
