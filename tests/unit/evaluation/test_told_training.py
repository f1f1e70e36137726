"""What is said of persons is learnt from marks: a piece counts by its words, and withheld advice tells neither way."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor.evaluation.corpus import documents
from redactor.evaluation.faults import faults_of
from redactor.evaluation.ranked import read
from redactor.evaluation.told_training import Told, rows

LIVES = Path(__file__).parents[2] / "corpus" / "lives"


@pytest.mark.parametrize(
    ("told", "is_so", "counts"),
    [
        (Told(4, telling=3, values=0, passages=0), True, True),
        (Told(4, telling=1, values=0, passages=0), False, True),
        (Told(4, telling=1, values=2, passages=0), True, True),  # half of what is no name
        (Told(4, telling=0, values=4, passages=0), False, False),  # a name alone
        (Told(4, telling=0, values=0, passages=3), False, False),  # advice
        (Told(4, telling=3, values=0, passages=3), True, True),
    ],
)
def test_a_piece_counts_by_what_its_words_are(told: Told, *, is_so: bool, counts: bool) -> None:
    assert told.row == (is_so, told.row[1])
    assert bool(told.row[1]) is counts


def test_the_bank_of_invented_lives_is_sound() -> None:
    told = documents(LIVES)
    assert not [fault for one in told for fault in faults_of(one)]
    clauses = [mark for one in told for mark in one.marks if mark.label == "PI" and mark.subtype != "name"]
    assert len(clauses) >= 200
    assert {str(one.meta["lang"]) for one in told} == {"fr", "en"}


def test_pieces_of_a_document_are_examples_of_both_kinds() -> None:
    one = next(one for one in documents(LIVES) if one.name == "table_en")
    found = list(rows(read(one)))
    assert {row.is_so for row in found if row.weight} == {True, False}
    assert all(row.document == "table_en" for row in found)
