"""What keeps a file from being opened has its own error; no error of a library comes through or quotes the file."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from redactor.errors import (
    DamagedPdf,
    EmptyFile,
    EncryptedDocument,
    InputError,
    NoPages,
    NotAPdf,
    TooManyPages,
    UnsupportedPdf,
)
from redactor.pdf import opening
from redactor.pdf.opening import Work, opened, written
from tests.pdf.kit import SECRET, document


class Failing:
    """An open file of one page of which one method fails, with an error that quotes the file."""

    def __init__(self, which: str) -> None:
        self.which = which

    def __getattr__(self, name: str) -> Any:
        if name == self.which == "page_count":
            raise ValueError(SECRET)
        if name == self.which:
            return self.fail
        return {"needs_pass": False, "page_count": 1, "bake": lambda: None, "close": lambda: None}[name]

    def fail(self, *_: object, **__: object) -> None:
        raise RuntimeError(SECRET)


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="lac", owner="lac"))
    return out.getvalue()


def without_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile), (b"a letter", NotAPdf), (b" " * 1024 + b"%PDF-1.7\n", NotAPdf), (locked(), EncryptedDocument),
        (without_pages(), NoPages),
    ],
    ids=["empty", "no PDF", "header too far", "locked", "no pages"],
)  # fmt: skip
def test_files_that_are_not_opened(data: bytes, error: type[InputError]) -> None:
    with pytest.raises(error), opened(data):
        pass


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PAGE_LIMIT", 1)
    with opened(document()) as work:
        assert len(work.frames) == 1
    with pytest.raises(TooManyPages), opened(document(pages=2)):
        pass


@pytest.mark.parametrize(
    ("which", "error"), [("page_count", DamagedPdf), ("bake", UnsupportedPdf), ("load_page", DamagedPdf)]
)
def test_files_that_fail_while_they_are_opened(
    monkeypatch: pytest.MonkeyPatch, which: str, error: type[InputError]
) -> None:
    monkeypatch.setattr("redactor.pdf.opening.pymupdf.open", lambda **_: Failing(which))
    with pytest.raises(error) as stopped, opened(document()):
        pass
    assert stopped.value.__suppress_context__
    assert SECRET not in str(stopped.value)


@pytest.mark.parametrize(
    ("which", "call"), [("load_page", lambda work: work.page(0)), ("tobytes", written)], ids=["page", "bytes"]
)
def test_files_that_fail_later(which: str, call: Callable[[Work], Any]) -> None:
    with pytest.raises(DamagedPdf) as stopped:
        call(Work(Failing(which), (), 1))
    assert stopped.value.__suppress_context__


def test_bytes_that_no_reader_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("redactor.pdf.opening.pymupdf.open", fail)
    with pytest.raises(DamagedPdf), opened(document()):
        pass
