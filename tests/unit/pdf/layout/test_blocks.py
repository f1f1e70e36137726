"""Paragraphs and items: which line ends are soft, and which are meant."""

from __future__ import annotations

from redactor.model import BlockKind
from tests.unit.pdf.layout.typesetting import TEXT, Sheet, blocks_of, broken, width_of


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
