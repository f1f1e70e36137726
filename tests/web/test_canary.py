"""Words of a document are looked for in every byte the service leaves on the disk: tables, blobs, cache, journal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from redactor.jobs.runner import Runner
from tests.web.conftest import SECRETS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.web.conftest import Case

ENCODINGS = ("utf-8", "utf-16-le", "latin-1")


def left_in(folder: Path) -> list[tuple[str, str]]:
    return [
        (path.name, word)
        for path in sorted(folder.rglob("*")) if path.is_file()
        for word in SECRETS for form in forms(word) if form in path.read_bytes()
    ]  # fmt: skip


def forms(word: str) -> Iterator[bytes]:
    for spelled in {word, word.casefold(), unicodedata.normalize("NFD", word), word.replace(" ", "")}:
        yield from (spelled.encode(one) for one in ENCODINGS)


def test_the_search_of_the_test_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("…Zyxwville…".encode("utf-16-le"))
    assert left_in(tmp_path) == [("a", "Zyxwville")]


def test_a_day_of_work_leaves_no_word_in_the_clear(case: Case) -> None:
    claire, one = case.reader("claire"), next(each for each in case.proposals() if each.open)
    place = f"/documents/{one.document}/pages/{one.page + 1}"
    for path in (place, f"{place}.png", f"{place}/preview", f"/requests/{case.request}/search?text=quetzal"):
        assert claire.get(path).status_code == 200
    claire.post(f"/requests/{case.request}/comments", {"text": "Mme Quetzal demande", "document": one.document})
    claire.post(
        f"/requests/{case.request}/decisions",
        {"proposal": one.id, "outcome": "withhold", "reason": "Zyxwville", "seen": case.version,
         "document": one.document, "page": one.page},
    )  # fmt: skip
    claire.post(f"/requests/{case.request}/facts", {"seen": case.version})
    with Runner(case.store) as runner:
        runner.run_until_idle()
    assert left_in(case.store.data) == []
