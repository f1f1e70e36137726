"""Services for the tests of the web: one request read once, copied for each test that changes it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from redactor.jobs.runner import Runner
from redactor.sandbox import Sandbox
from redactor.store import documents, folders, requests, reviewing
from redactor.store.database import Store
from redactor.store.users import list_users
from tests.builders import pdf
from tests.web import kit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from redactor.store.values import Actor, ProposalView

LETTER = (
    "NOTE À LA SOUS-MINISTRE",
    "Le service a reçu 40 demandes en 2023.",
    "Mme Ludivine Quetzal, de Rimouski, a donné son NAS : 046 454 286.",
    "Elle peut être jointe au 418 555-0143.",
    "RECOMMANDATION",
    "Nous recommandons de refuser le projet de la rue Zyxwville.",
)
SECOND = ("COURRIEL", "Mme Ludivine Quetzal demande un suivi.", "Bonne journée,")
FACTS = """request: {number: "2026-007", received: 2026-11-02, requester: other}
defaults: {body: Ministère des Essais, body_kind: ministry, kind: note, author: staff, date: 2024-01-24}
documents:
  - {file: note.pdf, lang: fr}
  - {file: courriel.pdf, lang: fr, kind: email}
"""
SECRETS = ("Quetzal", "046 454 286", "Zyxwville", "418 555-0143")


@dataclass
class Case:
    """A running service with one request of two documents."""

    store: Store
    app: Flask
    request: str
    actors: dict[str, Actor]

    def reader(self, login: str | None = None) -> kit.Reader:
        return kit.reader(self.app, login)

    @property
    def officer(self) -> Actor:
        return self.actors["claire"]

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(one.id for one in documents.list_documents(self.store, self.officer, self.request))

    @property
    def version(self) -> int:
        return requests.get(self.store, self.officer, self.request).version

    def proposals(self, *, power: str | None = None) -> tuple[ProposalView, ...]:
        found = reviewing.proposals(self.store, self.officer, self.request, limit=100)
        return tuple(one for one in found if power in {None, one.power})


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    source = folder / "in"
    source.mkdir()
    (source / "note.pdf").write_bytes(pdf(LETTER, ("Page deux.",)))
    (source / "courriel.pdf").write_bytes(pdf(SECOND))
    (source / "request.yaml").write_text(FACTS, "utf-8")
    with Store.open(folder / "data") as store:
        people = kit.with_people(store)
        folders.load_folder(store, people["claire"].actor, source)
        runner = Runner(store)
        runner.run_until_idle()
        runner.stop()
        assert requests.list_requests(store, people["claire"].actor)[0].open > 0
    return folder / "data"


@pytest.fixture
def case(made: Path, tmp_path: Path, sandbox: Sandbox) -> Iterator[Case]:
    shutil.copytree(made, tmp_path / "data")
    with Store.open(tmp_path / "data") as store:
        actors = {one.login: one.actor for one in list_users(store, None)}
        found = requests.list_requests(store, actors["claire"])
        yield Case(store, kit.app_of(store, sandbox), found[0].id, actors)


@pytest.fixture
def empty(tmp_path: Path, sandbox: Sandbox) -> Iterator[Flask]:
    with Store.open(tmp_path / "empty") as store:
        yield kit.app_of(store, sandbox)
