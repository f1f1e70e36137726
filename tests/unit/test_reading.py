"""A file is read by chunks: a bad page costs itself, what was read is not read again, a bad file is told as such."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from redactor.errors import Crashed, DamagedPdf, OutOfMemory, PageFailed, RedactorError, TimedOut
from redactor.keeping import Damaged
from redactor.model import DocumentId, TextLayer
from redactor.pdf import reader
from redactor.reading import CHUNK, InHand, put_together, read_file, read_some
from tests.builders import pdf

ME = DocumentId("d7")


def pages(count: int) -> bytes:
    return pdf(*((f"Page numéro {number}", "Le pont a été construit en 1964.") for number in range(count)))


class Children:
    """Calls tasks here, as children would; those that are given a bad page end as `error`."""

    def __init__(self, bad: set[int] | None = None, error: RedactorError | None = None) -> None:
        self.bad, self.error = bad or set(), error or Crashed(exit=-9)
        self.ranges: list[tuple[int, int]] = []

    def call(self, task: Callable[..., Any], data: bytes, /, **options: Any) -> Any:
        if task is read_some:
            self.ranges.append((options["first"], options["count"]))
            if self.bad & set(range(options["first"], options["first"] + options["count"])):
                raise self.error
        return task(data, **options)


@pytest.mark.parametrize("count", [1, CHUNK, CHUNK + 1, 2 * CHUNK + 3])
def test_a_file_read_by_chunks_is_the_same_document(count: int) -> None:
    data = pages(count)
    read = read_file(data, document_id=ME, sha256="s", call=Children().call)
    whole = reader.read(data, document_id=ME)
    assert (read.document.text, read.document.blocks, read.document.pages) == (whole.text, whole.blocks, whole.pages)
    assert read.document.layout == whole.layout
    assert (read.document.id, read.document.sha256, read.lost) == (ME, "s", {})


@pytest.mark.parametrize("error", [Crashed(exit=-9), TimedOut(seconds=120), OutOfMemory()], ids=lambda one: one.code)
@pytest.mark.parametrize("bad", [0, 1, 17, CHUNK - 1, CHUNK, CHUNK + 4])
def test_one_bad_page_costs_one_page(bad: int, error: RedactorError) -> None:
    read = read_file(pages(CHUNK + 5), document_id=ME, sha256="s", call=Children({bad}, error).call)
    assert read.lost == {bad: error.code}
    assert len(read.document.pages) == CHUNK + 5
    assert read.document.pages[bad].text_layer is TextLayer.MISSING
    assert f"Page numéro {bad}\n" not in read.document.text + "\n"
    assert all(f"Page numéro {number}" in read.document.text for number in range(CHUNK + 5) if number != bad)


def test_a_chunk_is_halved_until_the_page_is_alone() -> None:
    children = Children({CHUNK + 2})
    read_file(pages(CHUNK + 4), document_id=ME, sha256="s", call=children.call)
    assert children.ranges == [(0, CHUNK), (CHUNK, 4), (CHUNK, 2), (CHUNK + 2, 2), (CHUNK + 2, 1), (CHUNK + 3, 1)]


def test_a_file_that_kills_whoever_opens_it_is_told_as_such() -> None:
    children = Children(set(range(1000)), TimedOut(seconds=120))
    with pytest.raises(TimedOut):
        read_file(pages(CHUNK), document_id=ME, sha256="s", call=children.call)
    assert len(children.ranges) == 4


def test_a_single_page_that_kills_its_child_is_a_bad_file() -> None:
    with pytest.raises(Crashed):
        read_file(pages(1), document_id=ME, sha256="s", call=Children({0}).call)


def test_a_file_with_many_bad_pages_is_left_whole_to_a_person() -> None:
    count = 3 * CHUNK
    with pytest.raises(PageFailed) as told:
        read_file(pages(count), document_id=ME, sha256="s", call=Children(set(range(CHUNK, count))).call)
    assert str(told.value.facts["pages"]).startswith("26,27,")


def test_a_damaged_file_is_no_bad_page() -> None:
    children = Children()
    with pytest.raises(DamagedPdf):
        read_file(pages(3)[:-800], document_id=ME, sha256="s", call=children.call)
    assert len(children.ranges) == 1


def test_what_is_known_is_not_read_again() -> None:
    data, parts, first, again = pages(3 * CHUNK), InHand(), Children(), Children()
    read_file(data, document_id=ME, sha256="s", call=first.call, parts=parts)
    read = read_file(data, document_id=ME, sha256="s", call=again.call, parts=parts)
    assert (len(first.ranges), again.ranges) == (3, [])
    assert len(read.document.pages) == 3 * CHUNK


def test_a_lost_page_is_known_too() -> None:
    data, parts, again = pages(2 * CHUNK), InHand(), Children({CHUNK + 1})
    read_file(data, document_id=ME, sha256="s", call=Children({CHUNK + 1}).call, parts=parts)
    assert read_file(data, document_id=ME, sha256="s", call=again.call, parts=parts).lost == {CHUNK + 1: Crashed.code}
    assert again.ranges == []


def test_bytes_that_are_no_part_are_refused() -> None:
    with pytest.raises(Damaged):
        put_together(b"no part", sizes=[7], document_id=ME, sha256="s")
