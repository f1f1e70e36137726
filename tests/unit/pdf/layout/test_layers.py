"""What stands behind the pixels of a page. In doubt, a person looks."""

from __future__ import annotations

import pymupdf
import pytest

from redactor.model import TextLayer
from tests.unit.pdf.layout.typesetting import Sheet

TEXT = "La direction a reçu quatorze demandes au cours de l'année et en a traité onze dans le délai prévu. " * 8


def picture(width: int = 60, height: int = 80) -> bytes:
    pixmap = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, width, height))
    pixmap.clear_with(200)
    written: bytes = pixmap.tobytes("png")
    return written


def scan_of(sheet: Sheet, *, overlay: bool = True) -> None:
    sheet.page.insert_image(sheet.page.rect, stream=picture(), overlay=overlay)


def blank(sheet: Sheet) -> None:
    sheet.page.draw_rect((0, 0, 612, 792), color=None, fill=(1, 1, 1))


def text(sheet: Sheet) -> None:
    sheet.paragraph(TEXT)


def scan(sheet: Sheet) -> None:
    scan_of(sheet)


def outlines(sheet: Sheet) -> None:
    sheet.page.draw_bezier((10, 10), (20, 40), (40, 40), (50, 10))


def scan_with_stamp(sheet: Sheet) -> None:
    scan_of(sheet)
    sheet.line("Page 3 – pièce P-14")


def scan_with_hidden_text(sheet: Sheet) -> None:
    scan_of(sheet)
    for number in range(20):
        sheet.page.insert_text((72, 100 + 14 * number), TEXT[:80], fontsize=11, render_mode=3)


def scan_over_text(sheet: Sheet) -> None:
    sheet.paragraph(TEXT)
    scan_of(sheet)


def bar_over_text(sheet: Sheet) -> None:
    sheet.paragraph(TEXT)
    sheet.page.draw_rect((0, 0, 612, 700), color=None, fill=(0, 0, 0))


def text_over_background(sheet: Sheet) -> None:
    scan_of(sheet, overlay=False)
    sheet.paragraph(TEXT)


def strips(sheet: Sheet) -> None:
    for number in range(20):
        sheet.page.insert_image(pymupdf.Rect(0, 39 * number, 612, 39 * number + 39), stream=picture(60, 4))
    sheet.line("1")


def shifted_letters(sheet: Sheet) -> None:
    sheet.paragraph("".join(chr(ord(char) + 1) if "a" <= char <= "y" else char for char in TEXT))


def letters_as_curves(sheet: Sheet) -> None:
    shape = sheet.page.new_shape()
    for number in range(300):
        x, y = 72 + 4 * (number % 100), 100 + 20 * (number // 100)
        shape.draw_bezier((x, y), (x + 1, y + 6), (x + 3, y + 6), (x + 3, y))
        shape.finish(fill=(0, 0, 0))
    shape.commit()
    sheet.line("Page 1")


@pytest.mark.parametrize(
    ("made", "layer"),
    [
        (blank, TextLayer.BLANK),
        (text, TextLayer.TEXT),
        (text_over_background, TextLayer.TEXT),
        (scan, TextLayer.MISSING),
        (outlines, TextLayer.MISSING),
        (scan_with_stamp, TextLayer.DOUBTFUL),
        (scan_with_hidden_text, TextLayer.DOUBTFUL),
        (scan_over_text, TextLayer.DOUBTFUL),
        (bar_over_text, TextLayer.DOUBTFUL),
        (strips, TextLayer.DOUBTFUL),
        (shifted_letters, TextLayer.DOUBTFUL),
        (letters_as_curves, TextLayer.DOUBTFUL),
    ],
)
def test_the_state_of_a_page(made: object, layer: TextLayer) -> None:
    sheet = Sheet()
    assert callable(made)
    made(sheet)
    assert sheet.read().pages[0].text_layer is layer


def test_the_words_of_a_scan_are_read_all_the_same() -> None:
    sheet = Sheet()
    scan_with_hidden_text(sheet)
    assert "quatorze demandes" in sheet.read().text
