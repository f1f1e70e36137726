"""Tesseract: what it reads, what its absence means, and that a failure is never "nothing found"."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any, NoReturn

import pytest

from redactor import ocr
from redactor.errors import ProofFailed
from redactor.model import DocumentId
from redactor.pdf.verifier.picture import page_png
from redactor.production import OCR_SKIPPED, Product, _read_pictures
from redactor.same_values import Value
from tests.builders import pdf

needs_tesseract = pytest.mark.skipif(
    not (ocr.languages() or frozenset()).issuperset(ocr.LANGUAGES),
    reason="tesseract with fra and eng is not installed: apt-get install tesseract-ocr tesseract-ocr-fra",
)
PICTURE = Product(data=pdf(("La plaignante est Mme Ludivine Quetzal, de Rimouski.",)), routes=(("picture", "asked"),))


class Here:
    """A sandbox that runs in this process."""

    def call(self, task: Any, data: bytes, **options: Any) -> Any:
        return task(data, **options)


def test_without_tesseract_nothing_is_read_and_it_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert ocr.languages() is None
    assert ocr.text_of(b"x") is None
    assert _read_pictures(PICTURE, (), DocumentId("d1"), Here()) == (OCR_SKIPPED,)  # type: ignore[arg-type]


def test_a_language_that_is_missing_is_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "languages", lambda: frozenset({"eng"}))
    assert ocr.text_of(b"x") is None


def test_a_failure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> NoReturn:
        raise subprocess.TimeoutExpired("tesseract", 1)

    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/tesseract")
    monkeypatch.setattr(subprocess, "run", broken)
    assert ocr.languages() is None
    monkeypatch.setattr(ocr, "languages", lambda: frozenset(ocr.LANGUAGES))
    with pytest.raises(ocr.OcrFailed):
        ocr.text_of(b"x")


@needs_tesseract
def test_a_page_is_read_with_its_accents() -> None:
    seen = ocr.text_of(page_png(pdf(("Le règlement a été publié à l'été.",)), page=0))
    assert seen is not None
    assert "règlement" in seen


@needs_tesseract
def test_a_value_left_on_a_picture_stops_the_release() -> None:
    left = Value("PI.name", ("ludivine", "quetzal"))
    gone = Value("PI.name", ("odile", "zorblax"))
    with pytest.raises(ProofFailed):
        _read_pictures(PICTURE, (left,), DocumentId("d1"), Here())  # type: ignore[arg-type]
    assert _read_pictures(PICTURE, (gone,), DocumentId("d1"), Here()) == ()  # type: ignore[arg-type]
