"""Scanned pages: read straight and surely, masked on their pixels, or left to a person."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PIL import Image, ImageFilter

from redactor import ocr
from redactor.errors import NeedsOcr, RedactorError, ScanDoubtful
from redactor.model import DocumentId, TextLayer
from redactor.pdf import reader
from redactor.pdf.hands import Hands
from redactor.pdf.scans import skew_of
from redactor.sandbox import Sandbox
from redactor.scanning import Read, read_scans
from tests.builders import NOTE, SIN, call, pdf
from tests.scans_kit import Scanner, scanned

pytestmark = pytest.mark.skipif(
    not (ocr.languages() or frozenset()) >= set(ocr.LANGUAGES), reason="tesseract with fra and eng is missing"
)


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def read(data: bytes, box: Sandbox, *pages: int) -> Read:
    return read_scans(data, pages=pages or (0,), hands=Hands(box.call, box.each))


def text_of(done: Read) -> str:
    sure = {page: one.confidence for page, one in done.pages.items()}
    return reader.read(done.data, document_id=DocumentId("d1"), scans=sure).text


SCANNERS = {
    "300 dpi": Scanner(),
    "200 dpi, squeezed": Scanner(dpi=200, quality=40),
    "leaning right, dusty": Scanner(skew=-2.5, noise=0.06),
    "leaning left, 200 dpi": Scanner(dpi=200, skew=3.0, noise=0.03),
    "on its side": Scanner(turn=90),
    "upside down, leaning": Scanner(turn=180, skew=1.0),
}


@pytest.mark.slow
@pytest.mark.parametrize("scanner", SCANNERS.values(), ids=SCANNERS.keys())
def test_a_scan_reads_as_the_page_it_was_made_from(scanner: Scanner, box: Sandbox) -> None:
    done = read(scanned(pdf(), scanner), box)
    wanted, got = " ".join(NOTE).split(), text_of(done).split()
    assert difflib.SequenceMatcher(None, wanted, got, autojunk=False).ratio() > 0.95
    assert SIN in text_of(done)
    assert done.pages[0].confidence > 85


@pytest.mark.parametrize("lean", [-4.3, -1.0, -0.3, 0.0, 0.2, 1.5, 4.8])
def test_a_lean_is_measured_to_a_tenth_of_a_degree(lean: float) -> None:
    page = pymupdf.open(stream=pdf(), filetype="pdf")[0].get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (page.width, page.height), bytes(page.samples))
    assert abs(skew_of(picture.rotate(lean, fillcolor=255)) - lean) <= 0.15


def test_without_tesseract_a_scan_is_left_to_a_person(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NeedsOcr):
        read(scanned(pdf(), Scanner(dpi=200)), box)


def test_a_blurred_scan_is_not_called_read(box: Sandbox) -> None:
    page = pymupdf.open(stream=pdf(), filetype="pdf")[0].get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (page.width, page.height), bytes(page.samples))
    stream = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(9)).save(stream, "PNG")
    made = pymupdf.open()
    sheet = made.new_page(width=612, height=792)
    sheet.insert_image(sheet.rect, stream=stream.getvalue())
    with pytest.raises(ScanDoubtful):
        read(made.tobytes(), box)


def test_an_empty_sheet_is_read_as_empty(box: Sandbox) -> None:
    done = read(scanned(pdf(()), Scanner(noise=0.02)), box)
    assert done.pages[0].words == 0
    assert text_of(done) == ""


def ruled() -> bytes:
    doc = pymupdf.open()
    page = doc.new_page(width=612, height=792)
    for row, cells in enumerate((("Nom", "NAS"), ("Ludivine Quetzal", SIN), ("Fulbert Xanthe", "057 591 836"))):
        for column, cell in enumerate(cells):
            box = pymupdf.Rect(72 + 110 * column, 72 + 22 * row, 182 + 110 * column, 94 + 22 * row)
            page.draw_rect(box, width=0.7)
            page.insert_text((box.x0 + 4, box.y0 + 15), cell, fontsize=11)
    data: bytes = doc.tobytes()
    return data


def test_the_rules_of_a_scanned_table_part_its_cells(box: Sandbox) -> None:
    done = read(scanned(ruled(), Scanner(skew=1.2)), box)
    assert f"Ludivine Quetzal\t{SIN}" in text_of(done)


def signed() -> bytes:
    doc = pymupdf.open(stream=pdf(), filetype="pdf")
    points = [(100 + 6 * n, 500 + (25 if n % 2 else -25) + n) for n in range(20)]
    doc[0].draw_polyline([pymupdf.Point(*one) for one in points], width=1.8)
    data: bytes = doc.tobytes()
    return data


def test_a_signature_is_counted_and_plain_words_are_not(box: Sandbox) -> None:
    assert read(scanned(signed(), Scanner()), box).pages[0].marks > 10
    assert read(scanned(pdf(), Scanner()), box).pages[0].marks == 0


def test_pages_with_text_stay_as_they_are(box: Sandbox) -> None:
    doc = pymupdf.open(stream=pdf(("Une page de texte ordinaire.",)), filetype="pdf")
    doc.insert_pdf(pymupdf.open(stream=scanned(pdf(), Scanner()), filetype="pdf"))
    data = doc.tobytes()
    pages = reader.read(data, document_id=DocumentId("d1")).pages
    assert [one.text_layer for one in pages] == [TextLayer.TEXT, TextLayer.MISSING]
    text = text_of(read(data, box, 1))
    assert text.startswith("Une page de texte ordinaire.")
    assert SIN in text


@pytest.mark.slow
def test_masks_of_a_scan_fall_on_its_pixels_and_the_rest_can_be_searched(tmp_path: Path, capsys: Any) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    (inputs / "note.pdf").write_bytes(scanned(pdf(), Scanner(dpi=200, skew=1.5, noise=0.03)))
    (inputs / "request.yaml").write_text(
        "request: {number: '7', received: 2024-10-02}\n"
        "documents: [{file: note.pdf, kind: note, lang: fr, date: 2024-01-05}]\n"
    )
    ended = call(capsys, "redact", inputs, "--out", out, "--decided-by", "A. B.", "--reason", "essai", "--json")
    (row,) = ended.json["documents"]
    assert row["state"] == "released"
    assert row["routes"] == {"1": "picture"}
    assert row["scans"]["1"]["confidence"] > 80
    released = pymupdf.open(out / row["released"])
    layer = released[0].get_text()
    assert "4 300 véhicules" in layer.replace("\n", " ")
    seen = ocr.text_of(released[0].get_pixmap(dpi=300).tobytes("png"))
    assert seen is not None
    for one in (SIN, "Quetzal", "555-0143"):
        assert one not in layer
        assert one not in seen
    assert "véhicules par jour" in seen


def test_what_stops_a_scan_has_advice_in_both_languages() -> None:
    for error in (NeedsOcr(page=1), ScanDoubtful(page=1, confidence=3)):
        assert isinstance(error, RedactorError)
        assert error.advice
        assert error.conseil
