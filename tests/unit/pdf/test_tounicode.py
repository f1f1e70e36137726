"""Maps from codes to text: read from others, written anew."""

from __future__ import annotations

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.pdf.scrub import tounicode


def read(data: bytes) -> dict[int, str]:
    with pikepdf.new() as pdf:
        return tounicode.read(pdf.make_stream(data))


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"1 beginbfchar <01> <0041> endbfchar", {1: "A"}),
        (b"1 beginbfrange <0001> <0003> <0041> endbfrange", {1: "A", 2: "B", 3: "C"}),
        (b"1 beginbfrange <01> <02> [<0041> <00420043>] endbfrange", {1: "A", 2: "BC"}),
        (b"2 beginbfchar <01> <0041> % Quidonc\n<02> <d83dde00> endbfchar", {1: "A", 2: "\U0001f600"}),
        (b"1 beginbfrange <0000> <ffffffff> <0041> endbfrange", {}),  # a range nobody needs
        (b"1 beginbfrange <01> <02> [<0041>", {}),  # cut short
        (b"beginbfchar <0", {}),
        (b"", {}),
    ],
)
def test_read(data: bytes, texts: dict[int, str]) -> None:
    assert read(data) == texts


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4)


@given(st.dictionaries(st.integers(0, 65_535), TEXTS))
def test_written_and_read_again(texts: dict[int, str]) -> None:
    assert read(tounicode.written(texts, width=2)) == texts


def test_what_is_no_stream_is_no_map() -> None:
    assert tounicode.read(None) == {}
    assert tounicode.read(pikepdf.Name("/Identity-H")) == {}
