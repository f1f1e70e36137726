"""What holds for every answer: headers, hosts, languages, the first page without users, the command's missing extra."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from redactor.cli import load
from tests.builders import call
from tests.web.kit import reader
from web.headers import HEADERS

if TYPE_CHECKING:
    from flask import Flask

    from tests.web.conftest import Case

WEB = Path(__file__).parents[2] / "web"
SCREENS = ("", "/documents", "/facts", "/people", "/second-look", "/release", "/search?text=quetzal")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\son\w+\s*=\s*[\"']|\sstyle\s*=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize(
    ("path", "status"), [("/sign-in", 200), ("/healthz", 200), ("/static/css/base.css", 200), ("/nothing", 404)]
)
def test_every_answer_carries_the_headers(empty: Flask, path: str, status: int) -> None:
    answer = empty.test_client().get(path)
    assert answer.status_code == status
    assert {name for name in HEADERS if name not in answer.headers} == set()
    answer.close()


def test_health_tells_nothing_else(empty: Flask) -> None:
    assert empty.test_client().get("/healthz").json == {"status": "ok"}


def test_a_foreign_host_is_refused(empty: Flask) -> None:
    assert empty.test_client().get("/healthz", headers={"Host": "evil.example"}).status_code == 400


def test_without_users_a_page_names_the_command(empty: Flask) -> None:
    page = empty.test_client().get("/", follow_redirects=True).get_data(as_text=True)
    assert "redactor user add" in page
    assert '<html lang="fr"' in page


def test_the_content_policy_allows_nothing_inline() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_page_holds_an_inline_script_or_style(case: Case, lang: str) -> None:
    claire = case.reader("claire")
    claire.post("/language", {"lang": lang})
    for path in screens(case):
        answer = claire.get(path)
        assert answer.status_code == 200, path
        assert INLINE.findall(answer.get_data(as_text=True)) == [], path


def screens(case: Case) -> list[str]:
    document = case.documents[0]
    own = [f"/requests/{case.request}{path}" for path in SCREENS]
    return ["/requests", "/help", *own, f"/documents/{document}/pages/1", f"/documents/{document}/pages/1/preview"]


def test_french_first_english_on_demand_and_kept(case: Case) -> None:
    claire = case.reader("claire")
    assert "Demandes d’accès" in claire.get("/requests").get_data(as_text=True)
    claire.post("/language", {"lang": "en", "back": "/requests"})
    assert "Access requests" in claire.get("/requests").get_data(as_text=True)


def test_a_page_is_a_picture_for_a_reader(case: Case) -> None:
    answer = case.reader("claire").get(f"/documents/{case.documents[0]}/pages/1.png")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_that_is_not_there_is_said(case: Case) -> None:
    claire = case.reader("claire")
    assert claire.get(f"/documents/{case.documents[0]}/pages/99.png").status_code in {404, 422}
    assert claire.get(f"/documents/{case.documents[0]}/pages/99").status_code == 404
    assert claire.get(f"/documents/{case.documents[0]}/pages/0").status_code == 404


def test_views_are_short() -> None:
    long = []
    for path in sorted(WEB.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("bp." in ast.unparse(one) for one in node.decorator_list):
                body = (node.end_lineno or 0) - node.body[0].lineno + 1
                long += [f"{path.name}:{node.name} {body}"] if body > 15 else []
    assert long == []


def test_a_command_whose_extra_is_missing_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "flask", None)
    for name in [one for one in sys.modules if one == "web" or one.startswith("web.")]:
        monkeypatch.delitem(sys.modules, name)
    command = load(EntryPoint("serve", "web.command:serve", "redactor.commands"))
    assert "pip install 'redactor[web]'" in (command.help or "")
    ended = call(capsys, "serve")
    assert ended.code == 2
    assert "redactor[web]" in ended.err


def test_an_address_of_elsewhere_is_not_followed(empty: Flask) -> None:
    someone = reader(empty)
    someone.get("/sign-in")
    for back in ("https://evil.example/x", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil"):
        answer = someone.post("/language", {"lang": "en", "back": back})
        assert answer.headers["Location"] == "/", back
