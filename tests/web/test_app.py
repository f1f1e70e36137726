"""The first page, health, and the headers that every answer carries."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint

import pytest

from redactor.cli import load
from tests.builders import call
from web.app import HEADERS, create_app


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/healthz", 200), ("/static/base.css", 200), ("/nothing", 404)]
)
def test_every_answer_carries_the_headers(path: str, status: int) -> None:
    answer = create_app().test_client().get(path)
    assert answer.status_code == status
    assert {name for name in HEADERS if name not in answer.headers} == set()
    answer.close()


def test_health_tells_nothing_else() -> None:
    assert create_app().test_client().get("/healthz").json == {"status": "ok"}


def test_a_foreign_host_is_refused() -> None:
    assert create_app().test_client().get("/", headers={"Host": "evil.example"}).status_code == 400


def test_the_first_page_is_french_first() -> None:
    page = create_app().test_client().get("/").get_data(as_text=True)
    assert '<html lang="fr">' in page
    assert page.index("Le caviardage") < page.index('lang="en"')


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
