"""Rows that gaps alone part, labels with their values, signatures side by side."""

from __future__ import annotations

from tests.unit.pdf.layout.typesetting import OTHER, TEXT, Sheet, blocks_of, broken, width_of


def test_rows_parted_by_gaps_alone_are_rows() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    rows = [("Poste", "2021", "2022"), ("Licences", "2,2 M$", "2,6 M$"), ("Total général", "11,1 M$", "11,8 M$")]
    for row in rows:
        sheet.y += 14
        for x, cell in zip((72, 250, 350), row, strict=True):
            sheet.put(cell, x=x, y=sheet.y)
    sheet.y += 10
    sheet.paragraph(OTHER)
    assert blocks_of(sheet.read()) == [TEXT, *(" | ".join(row) for row in rows), OTHER]


def test_a_label_and_its_value_are_one_line() -> None:
    sheet = Sheet()
    for label, value in (("De :", "Gagné, Paule"), ("Envoyé :", "12 juin 2025"), ("Objet :", "Dossier du pont")):
        sheet.y += 14
        sheet.put(label, x=72, y=sheet.y)
        sheet.put(value, x=160, y=sheet.y)
    sheet.y += 14
    sheet.paragraph(TEXT)
    assert blocks_of(sheet.read())[:3] == ["De : Gagné, Paule", "Envoyé : 12 juin 2025", "Objet : Dossier du pont"]


def test_two_signatures_side_by_side_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    for left, right in (
        ("Préparé par :", "Approuvé par :"),
        ("Paule Gagné", "Jean Roy"),
        ("analyste", "directeur général"),
    ):
        sheet.y += 14
        sheet.put(left, x=72, y=sheet.y)
        sheet.put(right, x=330, y=sheet.y)
    assert blocks_of(sheet.read())[1:] == [
        "Préparé par :", "Paule Gagné", "analyste", "Approuvé par :", "Jean Roy", "directeur général",
    ]  # fmt: skip


def test_a_cell_wrapped_under_its_column_is_one_cell() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    rows = [("Licences", "du logiciel", "2,2 M$"), ("", "de gestion", ""), ("Main-d'œuvre", "interne", "4,1 M$")]
    for number, row in enumerate(rows):
        for x, cell in zip((72, 250, 400), row, strict=True):
            if cell:
                sheet.put(cell, x=x, y=200 + (0, 13, 40)[number])
    assert blocks_of(sheet.read())[1:] == [
        "Licences | du logiciel de gestion | 2,2 M$",
        "Main-d'œuvre | interne | 4,1 M$",
    ]


def test_figures_set_flush_right_stand_in_their_column() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    for number, (label, amount) in enumerate(
        (("Loyer annuel", "1 200 $"), ("Chauffage", "80 $"), ("Total", "1 280 $"))
    ):
        sheet.put(label, x=72, y=200 + 14 * number)
        sheet.put(amount, x=400 - width_of(amount), y=200 + 14 * number)
    assert blocks_of(sheet.read())[1:] == ["Loyer annuel | 1 200 $", "Chauffage | 80 $", "Total | 1 280 $"]


def test_a_wide_blank_in_justified_prose_makes_no_row() -> None:
    sheet = Sheet()
    lines = broken(TEXT, width=sheet.width)
    for number, line in enumerate(lines):
        sheet.y += 13.2
        head, _, tail = line.partition(" ")
        sheet.put(head, x=72, y=sheet.y)
        sheet.put(tail, x=72 + width_of(head) + (19 if number == 1 else 3), y=sheet.y)
    assert blocks_of(sheet.read()) == [TEXT]
