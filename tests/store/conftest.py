from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from redactor.pdf.typeset import Lines, typeset
from redactor.store import documents, folders, requests, users
from redactor.store.database import Store
from redactor.store.values import Actor, DocumentView
from tests.store import postgres
from tests.store.kit import EXAMPLE, Team, run, team

FILES = ("note-transport-adapte.pdf", "courriels-marchand-gill.pdf")
LETTER = (
    "Madame Zoé Bellefeuille demeure au 45, rue des Pruches, à Lévis, et son numéro de téléphone est le 418 555-0134.",
    "Le 3 mars, Madame Zoé Bellefeuille a déposé une plainte au sujet de sa pension alimentaire.",
    "Le dossier de Madame Zoé Bellefeuille a été fermé; on la joint au 418 555-0134.",
)


@dataclass(frozen=True)
class Case:
    """A store with one request of three documents, read and joined."""

    store: Store
    who: Team
    request: str

    def documents(self) -> tuple[DocumentView, ...]:
        return documents.list_documents(self.store, self.who.officer, self.request)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that tests copy: reading takes seconds."""
    folder = tmp_path_factory.mktemp("made")
    source = folder / "in"
    source.mkdir()
    for name in FILES:
        shutil.copy(EXAMPLE / name, source / name)
    (source / "lettre.pdf").write_bytes(typeset([Lines(LETTER)]))
    told = (EXAMPLE / "request.yaml").read_text("utf-8").split("documents:")[0]
    rows = "".join(
        f"  - {{file: {name}, kind: note, author: staff, date: 2024-01-24, body_kind: ministry}}\n"
        for name in (*FILES, "lettre.pdf")
    )
    (source / "request.yaml").write_text(f"{told}documents:\n{rows}", "utf-8")
    with Store.open(folder / "data") as store:
        folders.load_folder(store, team(store).officer, source)
        run(store)
    return folder / "data"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def who(store: Store) -> Team:
    return team(store)


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Iterator[Case]:
    shutil.copytree(made, tmp_path / "copy")
    with Store.open(tmp_path / "copy") as opened:
        people = {one.login: one.actor for one in users.list_users(opened, None)}

        def actor(login: str) -> Actor:
            return people[login]

        who = Team(actor("alix"), actor("line"), actor("bo"), actor("ada"), actor("guy"))
        (request,) = requests.list_requests(opened, who.officer)
        yield Case(opened, who, request.id)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if reason := postgres.why_not():
        pytest.skip(reason)
    pytest.importorskip("psycopg", reason="the extra `cluster` is not installed")
    with postgres.cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new store on each engine."""
    url = None if request.param == "sqlite" else postgres.new_database(request.getfixturevalue("server"))
    with Store.open(tmp_path / "data", url=url) as opened:
        yield opened
