"""Values on disk: whole or refused, never a program; one document at a time in memory; places of letters in a file."""

from __future__ import annotations

import os
import pickle
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor import keeping
from redactor.errors import NeedsOcr
from redactor.keeping import Damaged, Lately, Mapped, Shelf, sealed, unsealed
from redactor.layouts import kept, packed
from redactor.model import UNKNOWN, Document, DocumentId, Facts, Layout, Span
from redactor.pdf import reader
from tests.builders import pdf


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, write=_write)


def document() -> Document:
    return reader.read(pdf(), document_id=DocumentId("d1"))


@pytest.mark.parametrize("value", [Facts(), UNKNOWN, (Span(1, 2), frozenset({"a"})), {"a": array("i", [1])}])
def test_a_value_comes_back_as_it_was(value: object) -> None:
    assert unsealed(sealed(value)) == value


def test_an_error_comes_back_with_its_facts() -> None:
    told = unsealed(sealed(NeedsOcr(page=3)))
    assert (type(told), told.facts) == (NeedsOcr, {"page": 3})


class Hostile:
    def __reduce__(self) -> tuple[object, ...]:
        return (os.system, ("true",))


class Inner:
    def __reduce__(self) -> tuple[object, ...]:
        return (eval, ("1",))


@pytest.mark.parametrize("value", [Hostile(), Inner(), reader.read, Path.unlink, pickle.loads])
def test_a_file_that_names_anything_else_starts_nothing(value: object) -> None:
    with pytest.raises(Damaged):
        unsealed(sealed(value))


@pytest.mark.parametrize("at", [0, 31, 32, -1])
def test_one_changed_byte_is_seen(at: int) -> None:
    data = bytearray(sealed(Span(1, 2)))
    data[at] ^= 1
    with pytest.raises(Damaged):
        unsealed(bytes(data))


def test_items_are_put_away_before_the_next_is_made(shelf: Shelf, tmp_path: Path) -> None:
    there: list[int] = []

    def items() -> Iterator[str]:
        for number in range(3):
            there.append(len(list(tmp_path.iterdir())))
            yield f"item {number}"

    held = shelf.hold(items())
    assert there == [0, 1, 2]
    assert list(held) == ["item 0", "item 1", "item 2"]
    assert list(held[1:]) == ["item 1", "item 2"]
    assert held[-1] == "item 2"


def test_what_does_not_fit_is_read_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "HELD", 0)
    held = shelf.hold([Span(number, number + 1) for number in range(5)])
    assert held[3] == Span(3, 4)
    assert held[3] is not held[3]


def test_two_shelves_of_one_folder_do_not_mix(tmp_path: Path) -> None:
    first, second = (Shelf(tmp_path, write=_write).hold([name]) for name in ("first", "second"))
    assert (list(first), list(second)) == (["first"], ["second"])


def test_a_sequence_seen_through_a_function() -> None:
    seen = Mapped(str, range(4))
    assert (len(seen), list(seen), seen[2], list(seen[1:3])) == (4, ["0", "1", "2", "3"], "2", ["1", "2"])


def test_what_was_used_last_stays() -> None:
    made: list[int] = []

    def make(at: int) -> str:
        made.append(at)
        return str(at)

    values = Lately(make, 5, size=len, room=2)
    assert list(values) == ["0", "1", "2", "3", "4"]
    assert (values[4], values[3], values[0]) == ("4", "3", "0")
    assert made == [0, 1, 2, 3, 4, 0]
    with pytest.raises(IndexError):
        values[5]


def test_a_layout_in_a_file_answers_as_any_other(tmp_path: Path) -> None:
    read = document()
    assert isinstance(read.layout, Layout)
    path = tmp_path / "layout"
    path.write_bytes(packed(read.layout))
    away = kept(path)
    assert away is not None
    assert all(away.boxes_of(one.span) == read.boxes_of(one.span) for one in read.blocks)
    assert [away.page_of(at) for at in range(20)] == [read.layout.page_of(at) for at in range(20)]
    assert list(away.first) == list(read.layout.first)
    assert unsealed(sealed(away)).boxes_of(read.blocks[0].span) == read.boxes_of(read.blocks[0].span)


@pytest.mark.parametrize("cut", [0, 10, -1])
def test_a_layout_that_is_cut_short_is_none(tmp_path: Path, cut: int) -> None:
    read = document()
    assert read.layout is not None
    (tmp_path / "layout").write_bytes(packed(read.layout)[:cut])
    assert kept(tmp_path / "layout") is None
    assert kept(tmp_path / "nothing") is None
