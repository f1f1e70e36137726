"""What people do, and what may go wrong with it: decisions, conflicts, uploads, sessions, hostile names. No script."""

from __future__ import annotations

import html
import io
import logging
from typing import TYPE_CHECKING, Any

import pytest

from redactor.model import Role
from redactor.store import documents, people, requests, reviewing
from redactor.store.users import list_users
from redactor.store.values import UserRole
from tests.builders import pdf
from tests.web.conftest import SECRETS
from tests.web.kit import PASSWORD

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from redactor.store.values import Acted, ProposalView
    from tests.web.conftest import Case

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>.pdf"


def decision(case: Case, one: ProposalView, **fields: Any) -> dict[str, Any]:
    return {
        "proposal": one.id, "document": one.document, "page": one.page, "seen": case.version, "outcome": "withhold",
        "reason": "processus en cours", "filters": "", **fields,
    }  # fmt: skip


def discretionary(case: Case) -> ProposalView:
    return next(one for one in case.proposals(power="discretionary") if one.effect == "withhold")


def mandatory(case: Case) -> ProposalView:
    return next(one for one in case.proposals(power="mandatory") if one.now == "masked")


def test_a_decision_stands_when_another_person_acts_at_the_same_moment(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    claire, one = case.reader("claire"), discretionary(case)
    real = reviewing.decide

    def decide(*who: Any, **how: Any) -> Acted:
        acted = real(*who, **how)
        monkeypatch.undo()
        real(case.store, case.actors["denis"], case.request, proposals=[mandatory(case).id], outcome="withhold",
             seen=acted.version)  # fmt: skip
        return acted

    monkeypatch.setattr(reviewing, "decide", decide)
    answer = claire.post(f"/requests/{case.request}/decisions", decision(case, one))
    assert answer.status_code == 303
    assert requests.reasons(case.store, case.officer, case.request)[one.provision] == "processus en cours"


def test_a_decision_leads_to_the_next_passage_that_waits(case: Case) -> None:
    claire, one = case.reader("claire"), discretionary(case)
    answer = claire.post(f"/requests/{case.request}/decisions", decision(case, one))
    assert answer.status_code == 303
    told = reviewing.proposal(case.store, case.officer, one.id)
    assert told.decision is not None
    assert (told.decision.outcome, told.decision.reason, told.open) == ("withhold", "processus en cours", False)


def test_the_first_reason_serves_for_the_next_passages_of_the_provision(case: Case) -> None:
    claire, one = case.reader("claire"), discretionary(case)
    claire.post(f"/requests/{case.request}/decisions", decision(case, one))
    page = claire.get(f"/documents/{one.document}/pages/{one.page + 1}?p={one.id}").get_data(as_text=True)
    assert requests.reasons(case.store, case.officer, case.request)[one.provision] == "processus en cours"
    assert 'value="processus en cours"' in page


def test_a_mandatory_mask_is_not_lifted_without_its_ground(case: Case) -> None:
    claire, one = case.reader("claire"), mandatory(case)
    path = f"/requests/{case.request}/decisions"
    refused = claire.post(path, decision(case, one, outcome="keep"))
    assert refused.status_code == 422
    assert reviewing.proposal(case.store, case.officer, one.id).now == "masked"
    assert claire.post(path, decision(case, one, outcome="keep", ground="consent")).status_code == 303
    assert reviewing.proposal(case.store, case.officer, one.id).now == "kept"


def test_undo_and_redo_survive_a_new_session(case: Case) -> None:
    one = discretionary(case)
    case.reader("claire").post(f"/requests/{case.request}/decisions", decision(case, one, outcome="keep"))
    for path, outcome in (("undo", None), ("redo", "keep"), ("undo", None)):
        case.reader("claire").post(f"/requests/{case.request}/{path}")
        told = reviewing.proposal(case.store, case.officer, one.id).decision
        assert (told.outcome if told else None) == outcome
    assert case.reader("claire").post(f"/requests/{case.request}/undo").status_code in {303, 422}


def test_a_decision_on_a_stale_page_is_a_conflict_and_overwrites_nothing(case: Case) -> None:
    claire, denis, one = case.reader("claire"), case.reader("denis"), discretionary(case)
    seen_by_both = decision(case, one)
    assert claire.post(f"/requests/{case.request}/decisions", seen_by_both | {"outcome": "keep"}).status_code == 303
    late = denis.post(f"/requests/{case.request}/decisions", seen_by_both)
    assert late.status_code == 409
    told = reviewing.proposal(case.store, case.officer, one.id).decision
    assert told is not None
    assert told.outcome == "keep"


def test_two_tabs_on_two_passages_do_not_disturb_each_other(case: Case) -> None:
    claire = case.reader("claire")
    first, second = case.proposals()[:2]
    old = case.version
    for one in (first, second):
        fields = decision(case, one, seen=old, outcome="withhold")
        assert claire.post(f"/requests/{case.request}/decisions", fields).status_code == 303


def test_all_the_same_are_decided_by_one_act_and_undone_by_one(case: Case) -> None:
    claire = case.reader("claire")
    one = max(case.proposals(), key=lambda each: each.same_count)
    fields = decision(case, one, outcome=("withhold" if one.now != "masked" else "keep"), ground="consent")
    before = sum(each.decision is not None for each in case.proposals())
    assert claire.post(f"/requests/{case.request}/decisions/same", fields).status_code == 303
    assert sum(each.decision is not None for each in case.proposals()) == before + one.same_count
    claire.post(f"/requests/{case.request}/undo")
    assert sum(each.decision is not None for each in case.proposals()) == before


def test_masks_are_added_by_box_by_words_by_page_and_taken_back(case: Case) -> None:
    claire, document = case.reader("claire"), case.documents[0]
    words = documents.page_view(case.store, case.officer, document, 0).words
    base = {"provision": "53", "reason": "signature", "page": 0}
    box = {"x0": "72", "y0": "90", "x1": "300", "y1": "120"}
    for path, fields in (
        ("marks", box), ("marks", {"span": f"{words[0].start}-{words[1].end}"}), ("marks/page", {}),
        ("marks/all-but", {"keep": f"{words[0].start}-{words[0].end}"}),
    ):  # fmt: skip
        answer = claire.post(f"/documents/{document}/{path}", {**base, **fields, "seen": case.version})
        assert answer.status_code == 303, path
        marks = documents.page_view(case.store, case.officer, document, 0).marks
        assert marks, path
        for mark in marks:
            claire.post(f"/requests/{case.request}/marks/{mark.n}/take-back", {"seen": case.version})
        assert documents.page_view(case.store, case.officer, document, 0).marks == ()


@pytest.mark.parametrize(
    "wrong", [{"x0": "nan"}, {"x0": "inf"}, {"x0": ""}, {"span": "9-2"}, {"span": "a-b"}, {"page": "-1"}]
)
def test_a_place_that_is_none_is_refused(case: Case, wrong: dict[str, str]) -> None:
    fields = {
        "x0": "1",
        "y0": "1",
        "x1": "9",
        "y1": "9",
        "page": "0",
        "provision": "53",
        "reason": "x",
        "seen": case.version,
    }
    assert case.reader("claire").post(f"/documents/{case.documents[0]}/marks", fields | wrong).status_code == 400


def test_what_a_search_finds_is_masked_as_one_act(case: Case) -> None:
    claire = case.reader("claire")
    page = claire.get(f"/requests/{case.request}/search?text=RIMOUSKI").get_data(as_text=True)
    hits = [one.split('"')[0] for one in page.split('name="hit" value="')[1:]]
    assert len(hits) == 1
    fields = {"hit": hits, "provision": "53", "reason": "lieu", "seen": case.version}
    assert claire.post(f"/requests/{case.request}/marks/found", fields).status_code == 303
    assert claire.post(f"/requests/{case.request}/marks/found", {**fields, "hit": []}).status_code == 422


def test_a_hostile_expression_ends_in_time(case: Case) -> None:
    answer = case.reader("claire").get(f"/requests/{case.request}/search?regex=1&text=(a%2B)%2B%24")
    assert answer.status_code in {200, 422}


def test_one_choice_treats_every_mention_of_a_person_and_is_taken_back(case: Case) -> None:
    claire = case.reader("claire")
    page = claire.get(f"/requests/{case.request}/people").get_data(as_text=True)
    assert all(f'<option value="{role.value}"' in page for role in Role)
    (person,) = [one for one in people.list_people(case.store, case.officer, case.request) if "Quetzal" in one.name]
    path = f"/requests/{case.request}/people"
    fields = {"person": person.key, "role": "public_staff", "seen": case.version}
    assert claire.post(path, fields).status_code == 303
    chosen = {one.key: one.chosen for one in people.list_people(case.store, case.officer, case.request)}
    assert chosen[person.key] == "public_staff"
    assert claire.post(f"{path}/undo").status_code == 303
    chosen = {one.key: one.chosen for one in people.list_people(case.store, case.officer, case.request)}
    assert chosen[person.key] is None


def test_an_administrator_gives_any_role(case: Case) -> None:
    anne = case.reader("anne")
    page = anne.get("/users").get_data(as_text=True)
    assert all(f'name="role" value="{role.value}"' in page for role in UserRole)
    fields = {"login": "neuf", "name": "Neuve <i>Personne</i>", "password": PASSWORD, "role": ["officer", "legal"]}
    assert anne.post("/users", fields).status_code == 303
    made = next(one for one in list_users(case.store, None) if one.login == "neuf")
    assert made.roles == {UserRole.OFFICER, UserRole.LEGAL}
    assert "<i>Personne" not in anne.get("/users").get_data(as_text=True)


def test_facts_are_saved_from_the_grid_and_answers_from_the_questions(case: Case) -> None:
    claire, document = case.reader("claire"), case.documents[0]
    fields = {f"{document}.decision": "made", f"was.{document}.decision": "", "seen": case.version}
    assert claire.post(f"/requests/{case.request}/facts", fields).status_code == 303
    answered = {"fact": "document.decision_date", f"value.{document}": "2024-02-01", "seen": case.version}
    assert claire.post(f"/requests/{case.request}/answers", answered).status_code == 303
    facts = documents.get(case.store, case.officer, document).facts
    assert (facts["decision"], str(facts["decision_date"])) == ("made", "2024-02-01")
    wrong = {"fact": "document.date", f"value.{document}": "hier", "seen": case.version}
    assert claire.post(f"/requests/{case.request}/answers", wrong).status_code == 422


# --- uploads -------------------------------------------------------------------------------------------------------


def send(case: Case, name: str, data: bytes) -> TestResponse:
    claire = case.reader("claire")
    fields = {"files": (io.BytesIO(data), name)}
    claire.post(f"/requests/{case.request}/documents", fields, content_type="multipart/form-data")
    return claire.get(f"/requests/{case.request}/documents")


def test_a_hostile_file_name_is_shown_as_text(case: Case) -> None:
    page = send(case, HOSTILE, pdf(("Rien.",))).get_data(as_text=True)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert (
        html.escape("<script>alert(1)") in page or "&lt;script&gt;" in page or "script" not in page.split("<tbody>")[1]
    )


def test_a_file_of_no_known_kind_is_named_and_the_rest_goes_on(case: Case) -> None:
    page = send(case, "x.pdf", bytes(range(256)) * 40).get_data(as_text=True)
    assert 'class="note bad"' in page or "x.pdf" in page
    assert len(case.documents) in {2, 3}


def test_the_same_file_twice_is_one_document(case: Case) -> None:
    data = pdf(("Une page neuve.",))
    send(case, "a.pdf", data)
    page = send(case, "b.pdf", data).get_data(as_text=True)
    assert len(case.documents) == 3
    assert 'class="note warn"' in page


def test_an_interrupted_upload_goes_on_where_it_stopped(case: Case) -> None:
    claire, data = case.reader("claire"), pdf(("Envoi interrompu.",))
    begin = f"/requests/{case.request}/uploads"
    first = claire.post(begin, {"name": "long.pdf", "size": len(data)}).json
    assert first is not None
    half = len(data) // 2
    piece(claire.client, claire.token, first["id"], 0, data[:half])
    again = claire.post(begin, {"name": "long.pdf", "size": len(data)}).json
    assert again == {"id": first["id"], "received": half}
    assert claire.post(f"/uploads/{first['id']}/end").status_code in {400, 409}
    assert piece(claire.client, claire.token, first["id"], half + 1, data[half + 1 :]).status_code in {400, 409}
    piece(claire.client, claire.token, first["id"], half, data[half:])
    ended = claire.post(f"/uploads/{first['id']}/end").json
    assert ended is not None
    assert ended["document"] in case.documents


def piece(client: FlaskClient, token: str, upload: str, offset: int, data: bytes) -> TestResponse:
    fields = {"csrf_token": token, "offset": offset, "piece": (io.BytesIO(data), "piece")}
    return client.post(f"/uploads/{upload}/pieces", data=fields, content_type="multipart/form-data")


def test_somebody_else_does_not_go_on_with_an_upload(case: Case) -> None:
    claire, denis = case.reader("claire"), case.reader("denis")
    made = claire.post(f"/requests/{case.request}/uploads", {"name": "a.pdf", "size": 10}).json
    assert made is not None
    assert piece(denis.client, denis.token, made["id"], 0, b"0123456789").status_code in {403, 404, 409}


def test_what_is_too_large_is_refused_before_it_is_sent(case: Case) -> None:
    claire = case.reader("claire")
    assert claire.post(f"/requests/{case.request}/uploads", {"name": "a.pdf", "size": 2 << 30}).status_code == 413
    case.app.config["MAX_CONTENT_LENGTH"] = 1000
    fields = {"files": (io.BytesIO(b"0" * 2000), "a.pdf")}
    answer = claire.post(f"/requests/{case.request}/documents", fields, content_type="multipart/form-data")
    assert answer.status_code == 413


# --- sessions ------------------------------------------------------------------------------------------------------


def test_an_ended_session_keeps_the_work_and_the_place(case: Case) -> None:
    claire, one = case.reader("claire"), discretionary(case)
    fields = decision(case, one, reason="un motif écrit longtemps")
    here = f"http://localhost/documents/{one.document}/pages/1"
    claire.post("/sign-out")
    claire.get("/sign-in")
    kept = claire.post(f"/requests/{case.request}/decisions", fields, headers={"Referer": here})
    assert kept.status_code == 401
    page = kept.get_data(as_text=True)
    assert "un motif écrit longtemps" in page
    claire.get("/sign-in")
    again = claire.post("/sign-in", {
        "login": "claire", "password": PASSWORD, "next": here, "target": f"/requests/{case.request}/decisions",
        **{f"kept-{name}": value for name, value in fields.items()},
    })  # fmt: skip
    assert "un motif écrit longtemps" in again.get_data(as_text=True)
    assert f'action="/requests/{case.request}/decisions"' in again.get_data(as_text=True)
    claire.get("/help")
    assert claire.post(f"/requests/{case.request}/decisions", fields).status_code == 303


def test_after_sign_in_one_is_back_where_one_was(case: Case) -> None:
    claire = case.reader()
    path = f"/requests/{case.request}/facts"
    assert claire.get(path).headers["Location"].startswith("/sign-in?next=")
    claire.get(f"/sign-in?next={path}")
    answer = claire.post("/sign-in", {"login": "claire", "password": PASSWORD, "next": path})
    assert answer.headers["Location"] == path


def test_a_script_whose_session_ended_is_told_so(case: Case) -> None:
    someone = case.reader()
    answer = someone.post(f"/requests/{case.request}/decisions", {}, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, (answer.json or {}).get("code")) == (401, "signed_out")


def test_guessing_passwords_is_slowed_down(case: Case) -> None:
    someone = case.reader()
    answers = [someone.post("/sign-in", {"login": "claire", "password": "non"}).status_code for _ in range(12)]
    assert answers == [401] * 10 + [429] * 2
    assert someone.post("/sign-in", {"login": "claire", "password": PASSWORD}).status_code == 429


def test_an_office_may_sign_in_from_one_address(case: Case) -> None:
    answers = {case.reader().post("/sign-in", {"login": "claire", "password": PASSWORD}).status_code for _ in range(15)}
    assert answers == {302}


def test_a_session_cookie_is_closed_to_scripts(case: Case) -> None:
    answer = case.reader().post("/sign-in", {"login": "claire", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


# --- words ---------------------------------------------------------------------------------------------------------


def test_a_comment_is_text_and_never_a_formula(case: Case) -> None:
    claire = case.reader("claire")
    for text in ('=HYPERLINK("http://x")', "<b>gras</b><script>alert(3)</script>"):
        claire.post(f"/requests/{case.request}/comments", {"text": text})
    page = claire.get(f"/requests/{case.request}").get_data(as_text=True)
    assert "<script>alert(3)" not in page
    assert "&lt;b&gt;gras" in page
    csv = case.reader("vera").get("/journal.csv").get_data(as_text=True)
    assert "HYPERLINK" not in csv
    assert not any(cell.startswith(("=", "+", "@")) for line in csv.splitlines() for cell in line.split(","))


def test_no_log_and_no_error_page_holds_a_word_of_a_document(
    case: Case, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    claire, one = case.reader("claire"), mandatory(case)
    claire.get(f"/documents/{one.document}/pages/{one.page + 1}")
    monkeypatch.setattr("web.review.screen_of", broken)
    pages = [
        claire.get(f"/documents/{one.document}/pages/{one.page + 1}"),
        claire.post(f"/requests/{case.request}/decisions", decision(case, one, outcome="keep", reason="Quetzal")),
        claire.get(f"/requests/{case.request}/search?regex=1&text=Quetzal("),
        claire.get("/documents/Quetzal/pages/1"),
    ]
    assert pages[0].status_code == 500
    told = " ".join(
        [caplog.text, *capfd.readouterr(), pages[0].get_data(as_text=True), pages[1].get_data(as_text=True)]
    )
    assert [word for word in SECRETS if word in told] == []
    assert "Traceback" not in pages[0].get_data(as_text=True)


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("Mme Ludivine Quetzal, 046 454 286")
