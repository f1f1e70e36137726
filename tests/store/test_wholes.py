"""Decisions on a document as a whole: made, taken back, made again, and ended by what changes the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redactor.errors import NotFound
from redactor.pdf.typeset import Lines, typeset
from redactor.store import documents, marks, reviewing, scope, wholes
from redactor.store.tables import DecisionRow
from tests.store.conftest import Case
from tests.store.kit import version

if TYPE_CHECKING:
    from collections.abc import Callable


def now_seen(case: Case) -> int:
    return version(case.store, case.who.officer, case.request)


def _decide(case: Case, *, withhold: bool, reason: str = "motif") -> None:
    wholes.decide_whole(
        case.store, case.who.officer, case.documents()[0].id, withhold=withhold, provision="14" if withhold else None,
        reason=reason, seen=now_seen(case),
    )  # fmt: skip


def _told(case: Case) -> tuple[str | None, str]:
    one = case.documents()[0]
    return one.whole, one.why


def test_each_undo_brings_back_the_choice_before(case: Case) -> None:
    _decide(case, withhold=True, reason="premier")
    _decide(case, withhold=False, reason="second")
    assert _told(case) == ("release", "second")
    for expected in (("withhold", "premier"), (None, "")):
        reviewing.undo(case.store, case.who.officer, case.request)
        assert _told(case) == expected
    for expected in (("withhold", "premier"), ("release", "second")):
        reviewing.redo(case.store, case.who.officer, case.request)
        assert _told(case) == expected


def test_an_undo_raises_the_version_of_the_document(case: Case) -> None:
    """A second tab that still shows the choice is stale."""
    _decide(case, withhold=True)
    before = case.documents()[0].version
    reviewing.undo(case.store, case.who.officer, case.request)
    assert case.documents()[0].version > before


def _replaced(case: Case) -> None:
    data = typeset([Lines(("Une autre note.",))])
    documents.replace(
        case.store, case.who.officer, case.documents()[0].id, name="autre.pdf", data=data, seen=now_seen(case)
    )


def _outside(case: Case) -> None:
    scope.set_document(case.store, case.who.officer, case.documents()[0].id, scope="outside", reason="dehors",
                       seen=now_seen(case))  # fmt: skip


@pytest.mark.parametrize("act", [_replaced, _outside])
def test_what_changes_the_document_ends_the_choice_for_good(case: Case, act: Callable[[Case], None]) -> None:
    """Neither an undo nor a redo brings a choice back that was made of another document."""
    _decide(case, withhold=True, reason="premier")
    _decide(case, withhold=False)
    act(case)
    reason = case.documents()[0].why
    reviewing.undo(case.store, case.who.officer, case.request)
    assert _told(case) == (None, reason)
    reviewing.redo(case.store, case.who.officer, case.request)
    assert _told(case) == (None, reason)


def test_a_choice_of_the_whole_is_no_mark(case: Case) -> None:
    _decide(case, withhold=True)
    with case.store.reading() as session:
        made = session.query(DecisionRow).filter(DecisionRow.document == case.documents()[0].id).one()
    with pytest.raises(NotFound):
        marks.unmark(case.store, case.who.officer, case.request, made.n, seen=now_seen(case))
    assert case.documents()[0].whole == "withhold"
