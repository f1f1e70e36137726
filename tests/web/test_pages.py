"""Long lists are shown by pages: nothing is lost between them, and a document is found on its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import web.approval
import web.documents
import web.search
from redactor.store import approval, documents
from redactor.store.gates import TOLD
from redactor.store.risks import KINDS
from redactor.store.values import Where
from web.show import names
from web.show.pager import Pager
from web.show.places import by_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.web.conftest import Case


@pytest.mark.parametrize(
    ("offset", "total", "told"),
    [(0, 0, (0, 0, None, None)), (0, 3, (1, 2, None, 2)), (2, 3, (3, 3, 0, None)), (0, 2, (1, 2, None, None))],
)
def test_a_page_knows_its_neighbours(offset: int, total: int, told: tuple[int, int, int | None, int | None]) -> None:
    page = Pager(offset, 2, total)
    assert (page.first, page.last, page.before, page.after) == told


def test_documents_page_by_page_are_all_of_them(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.documents, "PAGE", 1)
    every = [one.id for one in documents.list_documents(case.store, case.officer, case.request)]
    assert len(every) > 1
    claire, path, found = case.reader("claire"), f"/requests/{case.request}/documents", []
    for n, name in enumerate(every):
        shown = claire.get(f"{path}?from={n}").get_data(as_text=True)
        found += re.findall(r'<tr id="d([0-9a-f]+)"', shown)
        assert ('rel="prev"' in shown, 'rel="next"' in shown) == (n > 0, n < len(every) - 1)
        assert f'<tr id="d{name}"' in claire.get(f"{path}?document={name}").get_data(as_text=True)
    assert found == every
    assert f'<tr id="d{every[-1]}"' in claire.get(f"{path}?from=999").get_data(as_text=True)


def test_the_second_look_page_by_page_names_every_place(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    unopened = approval.unopened(case.store, case.officer, case.request)
    assert approval.unopened_total(case.store, case.officer, case.request) == len(unopened) > 1
    monkeypatch.setattr(web.approval, "PAGE", 1)
    claire, path, found = case.reader("claire"), f"/requests/{case.request}/second-look", []
    for n in range(len(unopened)):
        shown = claire.get(f"{path}?pages={n}").get_data(as_text=True).rpartition("<section")[0]
        found += re.findall(r'<a href="/documents/([0-9a-f]+)/pages/(\d+)">', shown.rpartition('class="places"')[2])
    assert set(found) >= {(one.document, str((one.page or 0) + 1)) for one in unopened}


def test_a_document_beyond_the_offered_ones_is_searched_by_its_link(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.search, "CHOICES", 1)
    last = documents.list_documents(case.store, case.officer, case.request)[-1].id
    shown = case.reader("claire").get(f"/requests/{case.request}/search?document={last}").get_data(as_text=True)
    assert f'<option value="{last}" selected>' in shown


def test_places_of_one_page_stand_on_one_line() -> None:
    """Seventy-seven links of the same words told nothing."""
    places = [Where("a", 0, "x"), Where("a", 0, "y"), Where("a", 1, "z"), Where("b", 1), Where("a", 0, "w")]
    assert [[one.proposal for one in group] for group in by_page(places)] == [["x", "y"], ["z"], [None], ["w"]]
    assert by_page([]) == []


@pytest.mark.parametrize(("kind", "codes"), [("gate", TOLD), ("risk", KINDS)])
def test_every_code_of_the_store_has_words(kind: str, codes: Iterable[str]) -> None:
    """`analysis` stood on the release page as it is called in the code."""
    assert [one for one in codes if f"{kind}.{one}" not in names.WORDS] == []
