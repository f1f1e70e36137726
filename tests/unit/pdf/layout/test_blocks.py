"""Paragraphs, items, headings: which line ends are soft, and which are meant."""

from __future__ import annotations

import pymupdf
import pytest

from redactor.model import BlockKind
from tests.unit.pdf.layout.typesetting import Sheet, blocks_of, broken, font_of, width_of

TEXT = (
    "La direction a reçu quatorze demandes au cours de l'année et en a traité onze dans le délai prévu; les trois "
    "autres attendent les documents que la municipalité doit fournir, et la rencontre de septembre permettra d'en "
    "fixer la date."
)


def test_short_lines_stay_apart() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    lines = [
        "Alice Cyr",
        "1244, 8e Avenue, app. 3, Québec (Québec) G1J 9Z8",
        "Tél. : 418 555-0163",
        "Québec, le 2 mars 2025",
    ]
    for line in lines:
        sheet.line(line)
    assert blocks_of(sheet.read()) == [TEXT, *lines]


def test_a_full_line_before_a_label_ends_there() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    full = broken(TEXT, width=sheet.width)[0]
    sheet.line(full)
    sheet.line("Objet : suivi")
    assert blocks_of(sheet.read())[1:] == [full, "Objet : suivi"]


def test_indented_paragraphs_without_white_between_them_are_two() -> None:
    sheet = Sheet()
    for _ in range(2):
        first, *others = broken("\u2003\u2003" + TEXT, width=sheet.width)
        sheet.line(first.strip(), indent=24)
        for line in others:
            sheet.line(line)
    assert blocks_of(sheet.read()) == [TEXT, TEXT]


def test_hanging_items_are_one_block_each() -> None:
    sheet = Sheet()
    for mark in ("•", "–", "1.", "a)"):
        first, *others = broken(TEXT, width=sheet.width - 18)
        sheet.line(mark)
        sheet.y -= 1.2 * 11
        sheet.line(first, indent=18)
        for line in others:
            sheet.line(line, indent=18)
    document = sheet.read()
    assert blocks_of(document) == [TEXT, TEXT, "1. " + TEXT, "a) " + TEXT]
    assert {block.kind for block in document.blocks} == {BlockKind.LIST_ITEM}


def test_a_sentence_that_begins_a_line_with_a_number_goes_on() -> None:
    begun = "La séance du comité s'est ouverte au siège du ministère, en présence des membres, à 9 h"
    sheet = Sheet(width=width_of(begun) + 1)
    for _ in range(2):
        sheet.paragraph(TEXT)
    whole = begun + " 12. L'ordre du jour a été adopté."
    sheet.paragraph(whole)
    assert blocks_of(sheet.read())[2] == whole


def test_initials_are_no_numbers_of_items() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    sheet.line("M. Roy est venu.")
    sheet.line("c. c. : bureau du député")
    assert {block.kind for block in sheet.read().blocks} == {BlockKind.PARAGRAPH}


def test_quoted_lines_lose_their_signs_and_keep_their_depth() -> None:
    sheet = Sheet()
    for line in broken(TEXT, width=sheet.width - 20):
        sheet.line("> " + line)
    sheet.line(">> Oui, tout à fait.")
    sheet.line("Je réponds ici.")
    document = sheet.read()
    assert blocks_of(document) == [TEXT, "Oui, tout à fait.", "Je réponds ici."]
    assert [block.quote_depth for block in document.blocks] == [1, 2, 0]


def test_a_message_wrapped_short_of_the_page_is_still_whole() -> None:
    """A plain text message keeps lines of 72 characters on a wider page."""
    sheet = Sheet()
    for line in broken(TEXT, width=330, font="cour", size=9):
        sheet.line(line, font="cour", size=9)
    sheet.y += 40
    sheet.paragraph(TEXT, font="cour", size=9)
    assert blocks_of(sheet.read()) == [TEXT, TEXT]


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


def test_headings_by_size_weight_capitals_and_number() -> None:
    sheet = Sheet()
    sheet.line("Note au ministre", size=16, font="tibo")
    sheet.y += 10
    sheet.line("CONTEXTE")
    sheet.paragraph(TEXT)
    sheet.line("Coûts", font="tibo")
    sheet.paragraph(TEXT)
    sheet.line("3. Suites à donner")
    sheet.paragraph(TEXT)
    document = sheet.read()
    headings = {
        block.span.of(document.text): block.level for block in document.blocks if block.kind is BlockKind.HEADING
    }
    assert list(headings) == ["Note au ministre", "CONTEXTE", "Coûts", "3. Suites à donner"]
    assert headings["Note au ministre"] == 1
    assert headings["Coûts"] > 1


def test_a_centred_title_of_two_lines_is_one_heading() -> None:
    sheet = Sheet()
    for line in ("PROCÈS-VERBAL DE LA TROIS CENT ONZIÈME SÉANCE", "DU CONSEIL"):
        sheet.y += 17
        sheet.put(line, x=(612 - font_of("tibo").text_length(line, 14)) / 2, y=sheet.y, size=14, font="tibo")
    sheet.y += 20
    sheet.paragraph(TEXT)
    assert blocks_of(sheet.read())[0].startswith("PROCÈS-VERBAL DE LA TROIS CENT ONZIÈME SÉANCE")


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


def test_a_paragraph_goes_on_past_the_notes_at_the_foot_of_its_page() -> None:
    lines = broken(TEXT, width=468)
    sheet = Sheet()
    sheet.paragraph(TEXT)
    for line in lines[:2]:
        sheet.line(line)
    sheet.put("1 Voir le rapport annuel de la direction.", x=72, y=700, size=7)
    sheet.new_page()
    for line in lines[2:]:
        sheet.line(line)
    assert blocks_of(sheet.read()) == [TEXT, TEXT, "1 Voir le rapport annuel de la direction."]
