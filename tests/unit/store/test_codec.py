from __future__ import annotations

from pathlib import Path

import pytest

from redactor.errors import Tampered
from redactor.finding import find_in
from redactor.model import Analysed, Condition, DocumentId, Question, Span, Status, Trace
from redactor.pdf import reader
from redactor.store.codec import decode, decode_page, encode, encode_page, pack, pages_of, trace_json, trace_of

EXAMPLE = Path(__file__).parents[3] / "examples" / "demande-2024-118" / "note-transport-adapte.pdf"


@pytest.fixture(scope="module")
def analysed() -> Analysed:
    return find_in(reader.read(EXAMPLE.read_bytes(), document_id=DocumentId("d1")))


def test_a_document_comes_back_as_it_was(analysed: Analysed) -> None:
    assert decode(encode(analysed)) == analysed


def test_a_page_gives_the_boxes_of_the_document(analysed: Analysed) -> None:
    document = analysed.document
    pages = [decode_page(encode_page(one)) for one in pages_of(document)]
    assert [(one.width, one.height) for one in pages] == [(one.width, one.height) for one in document.pages]
    assert sum(len(words) for one in pages for _, words in one.runs) == len(document.text)
    for passage in analysed.passages:
        whole = [(box.page, box.box) for box in document.boxes_of(passage.span)]
        apart = [(page.index, box) for page in pages for box in page.boxes_of(passage.span.start, passage.span.end)]
        assert sorted(whole) == sorted(apart)
        words = " ".join(w for page in pages if (w := page.words_in(passage.span.start, passage.span.end)))
        assert words.split() == passage.span.of(document.text).split()


@pytest.mark.parametrize("data", [b"", b"x" * 40, pack({}), pack({"id": "d"})])
def test_bytes_that_are_no_document_are_told(data: bytes) -> None:
    with pytest.raises(Tampered):
        decode(data)


def test_a_trace_comes_back_as_it_was() -> None:
    trace = Trace(
        "r", "2020-01-01", "art.", (Condition("f", "w", "v", Status.UNKNOWN),), (Span(1, 2),), ("because",), ("x",),
        (Question("f", "q?", "q?", (("a", "b"),)),),
    )  # fmt: skip
    assert trace_of(trace_json(trace)) == trace
