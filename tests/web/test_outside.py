"""Pages and documents outside the request, decisions carried over and brought in, the body's setting, several runs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from redactor.jobs.runner import Runner
from redactor.store import approval, audit, documents, folders, requests, reviewing, scope, settings
from tests.builders import pdf
from tests.web.conftest import SECOND

if TYPE_CHECKING:
    from tests.web.conftest import Case


def run(case: Case) -> None:
    runner = Runner(case.store)
    runner.run_until_idle()
    runner.stop()


def note(case: Case) -> str:
    return next(one.document for one in case.proposals(power="discretionary"))


def outside(case: Case, **fields: Any) -> dict[str, Any]:
    return {"scope": "already_sent", "pages": "", "reason": "remis en 2023", "seen": case.version, **fields}


def test_a_page_is_put_outside_and_taken_back(case: Case) -> None:
    claire, document = case.reader("claire"), note(case)
    assert claire.post(f"/documents/{document}/outside", outside(case, pages="1")).status_code == 303
    assert documents.get(case.store, case.officer, document).outside_pages == (0,)
    listed = claire.get(f"/requests/{case.request}/documents").get_data(as_text=True)
    assert "1 page hors de la demande" in listed
    page = claire.get(f"/documents/{document}/pages/1").get_data(as_text=True)
    assert "Page entière : Déjà transmis" in page
    assert "remis en 2023" in page
    (mark,) = documents.page_view(case.store, case.officer, document, 0).marks
    claire.post(f"/requests/{case.request}/marks/{mark.n}/take-back", {"seen": case.version})
    assert documents.get(case.store, case.officer, document).outside_pages == ()


def test_the_second_reader_sees_what_was_put_outside(case: Case) -> None:
    document = note(case)
    scope.mark_pages(case.store, case.officer, document, [1], scope="outside", reason="m", seen=case.version)
    kinds = [(one.kind, one.where.page) for one in approval.risks(case.store, case.actors["louis"], case.request)]
    assert ("scope", 1) in kinds


def test_a_whole_document_is_put_outside(case: Case) -> None:
    claire, document = case.reader("claire"), note(case)
    told = outside(case, scope="other_body", reason="de la Ville d’Essai")
    assert claire.post(f"/documents/{document}/outside", told).status_code == 303
    run(case)
    assert documents.get(case.store, case.officer, document).open == 0
    assert "de la Ville d’Essai" in claire.get(f"/requests/{case.request}/documents").get_data(as_text=True)
    claire.post(f"/documents/{document}/outside", outside(case, scope="within"))
    run(case)
    assert documents.get(case.store, case.officer, document).facts["in_scope"] is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": "elsewhere"}, {"reason": ""}, {"pages": "3"}, {"pages": "0"}, {"pages": "2-1"}, {"pages": "x"},
        {"pages": "1,"}, {"pages": "1-99999999"}, {"scope": "within", "pages": "1"},
    ],
)  # fmt: skip
def test_what_is_no_page_or_no_reason_is_refused(case: Case, wrong: dict[str, str]) -> None:
    claire, document = case.reader("claire"), note(case)
    assert claire.post(f"/documents/{document}/outside", outside(case, **wrong)).status_code == 422
    view = documents.get(case.store, case.officer, document)
    assert (view.outside_pages, view.why) == ((), "")


@pytest.mark.parametrize("told", ["1", "1, 2", "1-2", "1–2"])
def test_pages_are_told_one_by_one_or_from_to(case: Case, told: str) -> None:
    claire, document = case.reader("claire"), note(case)
    claire.post(f"/documents/{document}/outside", outside(case, pages=told))
    assert documents.get(case.store, case.officer, document).outside_pages == ((0,) if told == "1" else (0, 1))


def test_decisions_go_over_to_a_copy_with_the_readable_reason(case: Case) -> None:
    """The same letter came twice with other bytes: what was decided on one is carried over to the other, and undone."""
    letter = ("COURRIEL", *(f"Ligne {n} du même texte, sans rien." for n in range(8)), *SECOND[1:])
    for name in ("un.pdf", "deux.pdf"):
        documents.add(case.store, case.officer, case.request, name=name, data=pdf((*letter, name[:0]), (name,)))
    run(case)
    files = {one.file: one for one in documents.list_documents(case.store, case.officer, case.request)}
    first, second = files["un.pdf"], files["deux.pdf"]
    assert [one.document for one in first.relations] == [second.id]
    page = case.reader("claire").get(f"/requests/{case.request}/documents").get_data(as_text=True)
    assert first.relations[0].raison in page


def test_a_decisions_file_goes_out_and_comes_in_again(case: Case) -> None:
    claire = case.reader("claire")
    one = next(one for one in case.proposals(power="discretionary") if one.effect == "withhold")
    reviewing.decide(case.store, case.officer, case.request, proposals=[one.id], outcome="withhold", reason="m",
                     seen=case.version)  # fmt: skip
    told = claire.get(f"/requests/{case.request}/decisions.yaml").get_data()
    reviewing.undo(case.store, case.officer, case.request)
    sent = {"file": (io.BytesIO(told), "decisions.yaml"), "seen": case.version}
    path = f"/requests/{case.request}/decisions.yaml"
    assert claire.post(path, sent, content_type="multipart/form-data").status_code == 303
    again = reviewing.proposal(case.store, case.officer, one.id)
    assert again.decision is not None
    assert again.decision.reason == "m"
    wrong = {"file": (io.BytesIO(b"pack: [\n"), "d.yaml"), "seen": case.version}
    assert claire.post(path, wrong, content_type="multipart/form-data").status_code == 422
    assert b"2026-007" in claire.get(f"/requests/{case.request}/request.yaml").get_data()


def test_a_request_is_analysed_again_on_demand(case: Case) -> None:
    claire = case.reader("claire")
    assert "Analyser de nouveau" in claire.get(f"/requests/{case.request}").get_data(as_text=True)
    sent = {"what": "again", "seen": case.version}
    assert claire.post(f"/requests/{case.request}/settings", sent).status_code == 303
    assert not requests.get(case.store, case.officer, case.request).is_joined
    Runner(case.store).run_until_idle()
    assert requests.get(case.store, case.officer, case.request).is_joined


def test_the_body_says_whether_one_person_decides_alone(case: Case) -> None:
    anne, claire = case.reader("anne"), case.reader("claire")
    assert settings.is_alone(case.store) is False
    anne.get("/settings")
    assert anne.post("/settings", {"alone": "1"}).status_code == 303
    assert requests.get(case.store, case.officer, case.request).alone
    claire.post("/requests", {"number": "n", "received": "", "requester": "other"})
    newest = requests.list_requests(case.store, case.officer)[0]
    assert newest.alone
    last = audit.rows(case.store, case.actors["vera"], limit=1000, act="setting.alone")[-1]
    assert (last.actor, last.facts["alone"]) == (case.actors["anne"].user_id, True)
    anne.post("/settings", {"alone": "0"})
    assert not requests.get(case.store, case.officer, case.request).alone
    assert claire.post("/settings", {"alone": "1"}).status_code == 403
    assert not settings.is_alone(case.store)


def test_who_decides_alone_approves_alone_and_nobody_else_does(case: Case) -> None:
    claire = case.reader("claire")
    path = f"/requests/{case.request}/approve"
    assert claire.post(path, {"seen": case.version}).status_code in {403, 422}
    settings.set_alone(case.store, case.actors["anne"], alone=True)
    page = claire.get(f"/requests/{case.request}/second-look").get_data(as_text=True)
    assert "Une seule personne décide ici" in page


def test_several_runs_of_words_are_masked_or_kept_at_once(case: Case) -> None:
    claire, document = case.reader("claire"), note(case)
    words = documents.page_view(case.store, case.officer, document, 0).words
    runs = [f"{words[n].start}-{words[n + 1].end}" for n in (0, 6)]
    told = {"provision": "53", "reason": "m", "page": 0}
    claire.post(f"/documents/{document}/marks", {**told, "span": ",".join(runs), "seen": case.version})
    marks = documents.page_view(case.store, case.officer, document, 0).marks
    assert [f"{one.span[0]}-{one.span[1]}" for one in marks if one.span] == runs
    assert len({one.batch for one in marks}) == 1
    reviewing.undo(case.store, case.officer, case.request)
    claire.post(f"/documents/{document}/marks/all-but", {**told, "keep": ",".join(runs), "seen": case.version})
    text = reviewing.released_text(case.store, case.officer, document, 0)
    assert words[0].text in text
    assert words[6].text in text
    for wrong in ("1-", "a-b", "5-4", "1-2,,3-4"):
        answer = claire.post(f"/documents/{document}/marks", {**told, "span": wrong, "seen": case.version})
        assert answer.status_code == 400


def test_a_file_of_decisions_is_the_persons_own_act(case: Case) -> None:
    told = folders.decisions_file(case.store, case.officer, case.request)
    louis = case.reader("louis")
    sent = {"file": (io.BytesIO(told), "decisions.yaml"), "seen": case.version}
    path = f"/requests/{case.request}/decisions.yaml"
    assert louis.post(path, sent, content_type="multipart/form-data").status_code == 403
