"""Pieces: what is on the page is read once, what nobody sees is not."""

from __future__ import annotations

import pymupdf
import pytest

from tests.unit.pdf.layout.typesetting import TEXT, Sheet, blocks_of, broken, font_of


def test_words_set_one_by_one_make_a_paragraph() -> None:
    """Justified type is often written word by word, with blanks of any width between."""
    sheet = Sheet()
    lines = broken(TEXT, width=sheet.width)
    for line in lines:
        words = line.split()
        room = sheet.width - sum(font_of("tiro").text_length(word, 11) for word in words)
        blank = room / (len(words) - 1) if line is not lines[-1] else 3.0
        sheet.y += 13.2
        x = sheet.left
        for word in words:
            sheet.put(word, x=x, y=sheet.y)
            x += font_of("tiro").text_length(word, 11) + blank
    assert blocks_of(sheet.read()) == [TEXT]


def test_raised_letters_stay_in_their_line() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    sheet.line("La 311")
    x = 72 + font_of("tiro").text_length("La 311", 11)
    sheet.put("e", x=x, y=sheet.y - 4, size=6.5)
    sheet.put("séance a eu lieu.", x=x + 6, y=sheet.y)
    assert blocks_of(sheet.read())[1] == "La 311e séance a eu lieu."


@pytest.mark.parametrize("kind", ["hidden", "beside"])
def test_text_nobody_sees_is_no_part_of_the_sentence(kind: str) -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    if kind == "hidden":
        sheet.page.insert_text((200, 104), "secret", fontsize=11, render_mode=3)
    else:
        sheet.page.insert_text((700, 104), "secret", fontsize=11)
    assert blocks_of(sheet.read()) == [TEXT]


def test_a_stamp_on_its_side_comes_after_the_text() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    sheet.page.insert_text((40, 500), "REÇU LE 5 MARS", fontsize=9, rotate=90)
    sheet.paragraph(TEXT)
    assert blocks_of(sheet.read()) == [TEXT, TEXT, "REÇU LE 5 MARS"]


def test_type_printed_twice_for_weight_is_read_once() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    for shift in (0.0, 0.3):
        sheet.page.insert_text((72 + shift, 400), "Marie-Josée Roy", fontsize=11)
    document = sheet.read()
    assert document.text.count("Marie-Josée Roy") == 1
    box = pymupdf.Rect(72, 390, 150, 402)
    assert any(found.box.x0 < box.x0 + 1 for found in document.boxes_of(document.blocks[-1].span))
