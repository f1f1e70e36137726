"""The facts screen: suggestions are shown and wait for a person; consents and the request itself have their forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from redactor.jobs.runner import Runner
from redactor.store import audit, documents, requests, reviewing

if TYPE_CHECKING:
    from redactor.store.values import DocumentView
    from tests.web.conftest import Case


def documents_of(case: Case) -> dict[str, DocumentView]:
    return {one.file: one for one in documents.list_documents(case.store, case.officer, case.request)}


def run(case: Case) -> None:
    runner = Runner(case.store)
    runner.run_until_idle()
    runner.stop()


@pytest.fixture
def unstated(case: Case) -> Case:
    """The same request, of whose documents nobody said anything."""
    told = dict.fromkeys(("kind", "author", "date", "body_kind"))
    requests.set_facts(case.store, case.officer, case.request, defaults=told, seen=case.version)
    rows = {one: {"kind": None} for one in case.documents}
    requests.set_document_facts(case.store, case.officer, case.request, documents=rows, seen=case.version)
    run(case)
    return case


def form_of(page: str) -> dict[str, str]:
    """The grid's fields as a browser would send them."""
    grid = page[page.index('id="grid"') :]
    grid = grid[: grid.index("</form>")]
    fields = dict(re.findall(r'<input type="(?:hidden|date)" name="([^"]+)" value="([^"]*)"', grid))
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', grid, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = chosen.group(1) if chosen else ""
    return fields


def saved(case: Case, **more: str) -> dict[str, dict[str, Any]]:
    claire = case.reader("claire")
    page = claire.get(f"/requests/{case.request}/facts").get_data(as_text=True)
    assert claire.post(f"/requests/{case.request}/facts", {**form_of(page), **more}).status_code == 303
    return {name: dict(one.facts) for name, one in documents_of(case).items()}


def test_a_suggestion_stands_in_its_field_with_its_place(unstated: Case) -> None:
    page = unstated.reader("claire").get(f"/requests/{unstated.request}/facts").get_data(as_text=True)
    note = documents_of(unstated)["note.pdf"]
    assert note.suggested["kind"]["value"] == "note"
    assert form_of(page)[f"{note.id}.kind"] == "note"
    assert f'<a href="/documents/{note.id}/pages/1">p. 1</a> : « NOTE' in page


def test_a_suggestion_is_no_fact_until_somebody_takes_it(unstated: Case) -> None:
    note = documents_of(unstated)["note.pdf"]
    assert "kind" not in saved(unstated)["note.pdf"]
    assert "kind" not in saved(unstated, **{f"{note.id}.date": "2024-02-01"})["note.pdf"]
    assert documents_of(unstated)["note.pdf"].facts["date"] == "2024-02-01"
    taken = saved(unstated, take=f"{note.id}.kind")
    assert taken["note.pdf"]["kind"] == "note"
    assert "kind" not in taken["courriel.pdf"]
    row = audit.rows(unstated.store, unstated.actors["vera"], limit=1000, act="document.facts")[-1]
    assert (row.object, row.facts["suggested"]) == (note.id, 1)


def test_all_suggestions_are_taken_by_one_button_and_a_changed_one_is_the_persons_own(unstated: Case) -> None:
    note = documents_of(unstated)["note.pdf"]
    told = saved(unstated, take="all", **{f"{note.id}.kind": "report"})
    assert told["note.pdf"]["kind"] == "report"
    for name, one in documents_of(unstated).items():
        assert set(one.suggested) <= set(told[name])


def test_what_is_stated_is_not_suggested(case: Case) -> None:
    page = case.reader("claire").get(f"/requests/{case.request}/facts").get_data(as_text=True)
    note = documents_of(case)["note.pdf"]
    assert note.suggested["kind"]["value"] == "note"
    assert f"hint.{note.id}.kind" not in page


def test_suggestions_change_no_mask(unstated: Case) -> None:
    asked = [one.now for one in unstated.proposals()]
    saved(unstated)
    run(unstated)
    assert [one.now for one in unstated.proposals()] == asked


def permission(**fields: str) -> dict[str, str]:
    return {
        "kind": "consents", "party": "person", "name": "Ludivine Quetzal", "provision": "53", "date": "2026-11-04",
        "by": "Claire Tremblay", **fields,
    }  # fmt: skip


def test_a_consent_shows_what_it_covers_and_its_end_hides_it_again(case: Case) -> None:
    claire = case.reader("claire")
    path = f"/requests/{case.request}/permissions"

    def masked() -> int:
        run(case)
        found = reviewing.proposals(case.store, case.officer, case.request, limit=100)
        return sum(1 for one in found if one.now == "masked" and one.provision == "53")

    before = masked()
    assert claire.post(path, {**permission(), "seen": case.version}).status_code == 303
    assert masked() < before
    page = claire.get(f"/requests/{case.request}/facts").get_data(as_text=True)
    assert "Ludivine Quetzal" in page
    assert claire.post(f"{path}/remove", {"kind": "consents", "at": 0, "seen": case.version}).status_code == 303
    assert masked() == before
    assert claire.post(f"{path}/remove", {"kind": "consents", "at": 0, "seen": case.version}).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "favours"}, {"party": "dog"}, {"name": ""}, {"date": "hier"}, {"date": ""}, {"provision": ""}],
)
def test_a_permission_that_is_none_changes_nothing(case: Case, wrong: dict[str, str]) -> None:
    claire = case.reader("claire")
    before = requests.facts(case.store, case.officer, case.request)
    answer = claire.post(f"/requests/{case.request}/permissions", {**permission(**wrong), "seen": case.version})
    assert answer.status_code in {400, 422}
    assert requests.facts(case.store, case.officer, case.request) == before


def test_the_request_itself_is_corrected(case: Case) -> None:
    claire = case.reader("claire")
    told = {"number": "2026-008", "received": "2026-11-03", "requester": "self", "hidden_content": "drop"}
    assert claire.post(f"/requests/{case.request}/header", {**told, "seen": case.version}).status_code == 303
    view = requests.get(case.store, case.officer, case.request)
    assert (view.number, str(view.received), view.requester) == ("2026-008", "2026-11-03", "self")
    assert requests.facts(case.store, case.officer, case.request)["request"]["hidden_content"] == "drop"
    wrong = {**told, "requester": "nobody", "seen": case.version}
    assert claire.post(f"/requests/{case.request}/header", wrong).status_code == 400
