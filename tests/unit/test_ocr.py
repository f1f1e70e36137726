"""Tesseract: what it reads, what its absence means, and that a failure is never "nothing found"."""

from __future__ import annotations

import shutil
import subprocess
from typing import NoReturn

import pytest

from redactor import ocr
from redactor.errors import ProofFailed
from redactor.model import DocumentId
from redactor.pdf.hands import Hands
from redactor.pdf.verifier.picture import page_png
from redactor.production import OCR_SKIPPED, Product, _read_pictures
from redactor.same_values import Value
from tests.builders import pdf

needs_tesseract = pytest.mark.skipif(
    not (ocr.languages() or frozenset()).issuperset(ocr.LANGUAGES),
    reason="tesseract with fra and eng is not installed: apt-get install tesseract-ocr tesseract-ocr-fra",
)
PICTURE = Product(data=pdf(("La plaignante est Mme Ludivine Quetzal, de Rimouski.",)), routes=(("picture", "asked"),))


def test_without_tesseract_nothing_is_read_and_it_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert ocr.languages() is None
    assert ocr.text_of(b"x") is None
    assert _read_pictures(PICTURE, (), DocumentId("d1"), Hands()) == (OCR_SKIPPED,)  # type: ignore[arg-type]


def test_a_language_that_is_missing_is_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "languages", lambda: frozenset({"eng"}))
    assert ocr.text_of(b"x") is None


def test_a_failure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> NoReturn:
        raise subprocess.TimeoutExpired("tesseract", 1)

    monkeypatch.setattr(shutil, "which", lambda _: "/nowhere/tesseract")
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
        _read_pictures(PICTURE, (left,), DocumentId("d1"), Hands())  # type: ignore[arg-type]
    assert _read_pictures(PICTURE, (gone,), DocumentId("d1"), Hands()) == ()  # type: ignore[arg-type]


READ = {
    "address cut before its sign": ("ml.roy @pre.example;", "ml.roy@pre.example;"),
    "zero of a number": ("O46 454 286", "046 454 286"),
    "zero in a number": ("418 555-O1O3", "418 555-0103"),
    "one of a number": ("NAS 957l59183", "NAS 957159183"),
    "word with digits": ("10l 2e B12", "10l 2e B12"),
    "postal code": ("(Québec) G4X 971.", "(Québec) G4X 9Z1."),
    "number after a code": ("article A4B 1712", "article A4B 1712"),
    "figures": ("12 971 ponts", "12 971 ponts"),
}


@pytest.mark.parametrize(("told", "wanted"), READ.values(), ids=READ.keys())
def test_what_its_form_shows_to_be_misread_is_mended(told: str, wanted: str) -> None:
    texts = told.split()
    ends = [30 * sum(len(one) + (n > 0 and not one.startswith("@")) for n, one in enumerate(texts[: k + 1]))
            for k in range(len(texts))]  # fmt: skip
    words = [
        ocr.Word(one, end - 30 * len(one) + 1, 0, end, 40, (1, 1, 1), 70) for one, end in zip(texts, ends, strict=True)
    ]
    assert " ".join(one.text for one in ocr.mended(words)) == wanted


def test_what_is_read_surely_is_left_as_it_is() -> None:
    words = [ocr.Word("A4B", 0, 0, 90, 40, (1, 1, 1), 96), ocr.Word("171", 100, 0, 190, 40, (1, 1, 1), 96)]
    assert ocr.mended(words) == tuple(words)
    assert ocr.mended(()) == ()


@needs_tesseract
def test_the_languages_are_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ocr.languages() is not None

    def again(*_: object, **__: object) -> NoReturn:
        raise AssertionError("asked again")

    monkeypatch.setattr(subprocess, "run", again)
    assert ocr.languages() is not None
