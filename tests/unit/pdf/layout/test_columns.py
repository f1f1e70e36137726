"""Two columns are read one after the other."""

from __future__ import annotations

from tests.unit.pdf.layout.typesetting import OTHER, TEXT, Sheet, blocks_of, broken


def two_columns(sheet: Sheet, left: list[str], right: list[str]) -> None:
    for x, texts in ((72.0, left), (315.0, right)):
        y = sheet.y
        for text in texts:
            for line in broken(text, width=225):
                y += 13.2
                sheet.put(line, x=x, y=y)
            y += 7
    sheet.y += 260


def test_the_first_column_is_read_before_the_second() -> None:
    sheet = Sheet()
    sheet.paragraph(
        "Un titre qui tient toute la largeur de la page afin de passer par-dessus les deux colonnes du texte."
    )
    two_columns(sheet, [TEXT, OTHER], [OTHER, TEXT])
    assert blocks_of(sheet.read())[1:] == [TEXT, OTHER, OTHER, TEXT]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    sheet = Sheet()
    lines = broken(TEXT, width=225)
    for number, line in enumerate([*broken(OTHER, width=225), *lines[:4]]):
        sheet.put(line, x=72, y=100 + 13.2 * number)
    for number, line in enumerate([*lines[4:], *broken(OTHER, width=225)]):
        sheet.put(line, x=315, y=100 + 13.2 * number)
    assert TEXT in " ".join(blocks_of(sheet.read()))


def test_a_last_page_that_fills_one_column_keeps_its_width() -> None:
    sheet = Sheet()
    two_columns(sheet, [TEXT, OTHER, TEXT], [OTHER, TEXT, OTHER])
    sheet.new_page()
    two_columns(sheet, [TEXT, OTHER], [])
    assert blocks_of(sheet.read()) == [TEXT, OTHER, TEXT, OTHER, TEXT, OTHER, TEXT, OTHER]


def test_three_columns_are_read_in_turn() -> None:
    sheet = Sheet()
    for x, text in ((54.0, TEXT), (230.0, OTHER), (406.0, TEXT)):
        for number, line in enumerate(broken(text, width=160)):
            sheet.put(line, x=x, y=100 + 13.2 * number)
    assert blocks_of(sheet.read()) == [TEXT, OTHER, TEXT]
