"""A folder of the command line opens as a request; what is decided there is taken by the command line again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pymupdf
import pytest
import yaml
from click.testing import CliRunner

from redactor.commands.redact import redact
from redactor.errors import Forbidden, MissingInput
from redactor.store import approval, documents, folders, people, releases, requests, reviewing, scope, wholes
from redactor.store.database import Store
from redactor.store.tables import ProductRow
from redactor.store.values import UserRole
from tests.store.conftest import Case
from tests.store.kit import EXAMPLE, Team, all_proposals, clear_all, decide_all, look_at_all, run, version


def test_a_folder_opens_with_its_facts(store: Store, who: Team) -> None:
    (view,) = folders.load_folder(store, who.officer, EXAMPLE)
    assert (view.number, view.documents) == ("2024-118", 8)
    assert view.received is not None
    assert view.due is not None
    assert (view.due - view.received).days == 20
    told = requests.facts(store, who.officer, view.id)
    assert told["defaults"] == {"lang": "fr", "in_scope": True}
    first = documents.list_documents(store, who.officer, view.id)[0]
    assert (first.file, first.facts["published"]) == ("note-SC-38280.pdf", True)
    requests.set_extended(store, who.officer, view.id, extended=True, seen=view.version)
    longer = requests.get(store, who.officer, view.id)
    assert longer.due is not None
    assert (longer.due - view.due).days == 10


def test_files_that_no_request_names_become_one(store: Store, who: Team, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "sous"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("un")
    (tmp_path / "in" / "b.txt").write_text("deux")
    (view,) = folders.load_folder(store, who.officer, tmp_path / "in")
    found = [one.file for one in documents.list_documents(store, who.officer, view.id)]
    assert sorted(found) == ["b.txt", "sous/a.txt"]
    with pytest.raises(MissingInput):
        folders.load_folder(store, who.officer, tmp_path / "nothing")


@pytest.mark.slow
def test_decisions_give_the_same_masks_on_the_command_line(case: Case, made: Path, tmp_path: Path) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    outside = documents.list_documents(store, actor, request)[0]
    scope.mark_pages(store, actor, outside.id, [1], scope="already_sent", reason="déjà remis",
                     seen=version(store, actor, request))  # fmt: skip
    person = people.list_people(store, actor, request)[0]
    people.choose_role(store, actor, request, person=person.key, role="private", seen=version(store, actor, request))
    run(store)
    decide_all(store, actor, request)
    lifted = next(p for p in all_proposals(store, actor, request, now="masked") if p.power == "mandatory")
    reviewing.decide(store, actor, request, proposals=[lifted.id], outcome="keep", ground="consent", reason="écrit",
                     seen=version(store, actor, request))  # fmt: skip
    for one in documents.list_documents(store, actor, request):
        if one.verdict == "refuse":
            wholes.decide_whole(store, actor, one.id, withhold=True, provision="14", reason="m",
                                   seen=version(store, actor, request))  # fmt: skip
    clear_all(store, actor, request)
    look_at_all(store, actor, request)
    seen = version(store, actor, request)
    approval.submit(store, actor, request, seen=seen)
    approval.approve(store, case.who.legal, request, seen=seen)
    releases.produce(store, actor, request, seen=seen)
    run(store)

    source = tmp_path / "in"
    shutil.copytree(made.parent / "in", source)
    (source / "request.yaml").write_bytes(folders.request_file(store, actor, request))
    told = folders.decisions_file(store, actor, request)
    assert yaml.safe_load(told)["pack"] == store.pack.id
    (tmp_path / "decisions.yaml").write_bytes(told)
    done = CliRunner().invoke(
        redact,
        [str(source), "--out", str(tmp_path / "out"), "--decided-by", "Personne alix", "--reason", "m",
         "--decisions", str(tmp_path / "decisions.yaml")],
        standalone_mode=False,
    )  # fmt: skip
    assert done.exception is None
    report = json.loads((tmp_path / "out" / "internal" / "report.json").read_text())
    with store.reading() as session:
        kept = {row.row["file"]: row.row for row in session.query(ProductRow)}
    for row in report["documents"]:
        mine = kept[row["file"]]
        assert mine["state"] == row["state"]
        assert _masks(mine) == _masks(row)
        if row["released"]:
            mine_pdf = releases.product_pdf(store, actor, _id(case, row["file"]))
            words = _same_words(mine_pdf, tmp_path / "out" / row["released"])
            assert row["file"] != outside.file or set(words[1].split()) == {"art.", "48"}


def _id(case: Case, file: str) -> str:
    return next(one.id for one in case.documents() if one.file == file)


def _same_words(mine: bytes, other: Path) -> list[str]:
    """The words of each page, which are the same in both files."""
    with pymupdf.open(stream=mine) as first, pymupdf.open(other) as second:
        told = [page.get_text() for page in first]
        assert told == [page.get_text() for page in second]
    return told


def _masks(row: dict[str, object]) -> list[tuple[object, ...]]:
    found = row["proposals"]
    assert isinstance(found, list)
    return sorted((p["id"], p["state"], str(p["boxes"])) for p in found if p.get("id"))


def test_an_administrator_sees_no_document(case: Case) -> None:
    for actor in (case.who.admin, case.who.auditor):
        for call in (folders.request_file, folders.decisions_file, approval.gates, requests.questions):
            with pytest.raises(Forbidden):
                call(case.store, actor, case.request)
    assert UserRole.ADMIN in case.who.admin.roles
