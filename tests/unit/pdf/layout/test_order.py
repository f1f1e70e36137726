"""Columns, tables and rows without rules, running lines: what is read after what."""

from __future__ import annotations

from redactor.model import BlockKind
from tests.unit.pdf.layout.typesetting import Sheet, blocks_of, broken

TEXT = (
    "La direction a reçu quatorze demandes au cours de l'année et en a traité onze dans le délai prévu; les trois "
    "autres attendent les documents que la municipalité doit fournir, et la rencontre de septembre permettra d'en "
    "fixer la date."
)
OTHER = (
    "Le comité de suivi propose de revoir les délais avant la fin de l'exercice, sans attendre le rapport du "
    "vérificateur, que le conseil examinera en novembre; la directrice en fera part aux gestionnaires concernés."
)


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


def test_ruled_cells_are_cells() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    sheet.grid([["Nom", "Naissance", "NAS"], ["Roy, Line", "1988-12-02", "000 000 000"]], columns=[90, 60, 90])
    sheet.paragraph(OTHER)
    document = sheet.read()
    assert blocks_of(document) == [TEXT, "Nom | Naissance | NAS", "Roy, Line | 1988-12-02 | 000 000 000", OTHER]
    assert [block.kind for block in document.blocks if block.cells] == [BlockKind.TABLE_ROW] * 2
    assert "Roy, Line\t1988-12-02" in document.text


def test_a_cell_of_several_lines_is_one_cell() -> None:
    sheet = Sheet()
    for x in (72, 180, 400):
        sheet.page.draw_line((x, 100), (x, 160), width=0.5)
    for y in (100, 160):
        sheet.page.draw_line((72, y), (400, y), width=0.5)
    for number, line in enumerate(broken("exclue de la cohorte pour absences", width=90)):
        sheet.put(line, x=76, y=114 + 12 * number)
    sheet.put("475 $", x=184, y=114)
    assert blocks_of(sheet.read()) == ["exclue de la cohorte pour absences | 475 $"]


def test_a_cell_that_spans_rows_belongs_to_the_first() -> None:
    sheet = Sheet()
    for x in (72, 180, 400):
        sheet.page.draw_line((x, 100), (x, 160), width=0.5)
    for x0, y in ((72, 100), (180, 130), (72, 160)):
        sheet.page.draw_line((x0, y), (400, y), width=0.5)
    sheet.put("Total", x=76, y=145)
    sheet.put("12 $", x=184, y=115)
    sheet.put("14 $", x=184, y=145)
    assert blocks_of(sheet.read()) == ["Total | 12 $", "14 $"]


def test_rules_drawn_as_thin_bars_cell_by_cell_make_a_table() -> None:
    """As some word processors write them: each side of each cell filled by itself."""
    sheet = Sheet()
    for row in range(2):
        for column in range(2):
            x, y = 72 + 120 * column, 100 + 20 * row
            for bar in (
                (x, y, x + 120, y + 0.5),
                (x, y + 20, x + 120, y + 20.5),
                (x, y, x + 0.5, y + 20),
                (x + 120, y, x + 120.5, y + 20),
            ):
                sheet.page.draw_rect(bar, color=None, fill=(0, 0, 0))
            sheet.put(f"c{row}{column}", x=x + 4, y=y + 14)
    assert blocks_of(sheet.read()) == ["c00 | c01", "c10 | c11"]


def test_words_in_a_frame_keep_flowing() -> None:
    sheet = Sheet()
    sheet.page.draw_rect((66, 86, 546, 160), width=0.8)
    sheet.paragraph(TEXT)
    assert blocks_of(sheet.read()) == [TEXT]


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


def test_a_table_across_a_landscape_page_is_read_upright() -> None:
    sheet = Sheet()
    sheet.page.set_rotation(90)
    for y in (100, 200, 300):  # drawn on the sheet as it lies: upright once shown
        sheet.page.draw_line((100, y), (140, y), width=0.5)
    for x in (100, 120, 140):
        sheet.page.draw_line((x, 100), (x, 300), width=0.5)
    for x, left, right in ((115, "Nom", "Âge"), (135, "Line Roy", "44")):
        sheet.page.insert_text((x, 295), left, fontsize=9, rotate=90)
        sheet.page.insert_text((x, 195), right, fontsize=9, rotate=90)
    assert blocks_of(sheet.read()) == ["Nom | Âge", "Line Roy | 44"]


def test_a_line_at_the_top_of_one_page_is_text() -> None:
    sheet = Sheet()
    sheet.put("Madame la Ministre, voici la suite de notre échange au sujet du pont de la rivière.", x=72, y=80)
    sheet.y = 84
    sheet.paragraph(TEXT)
    assert BlockKind.RUNNING not in {block.kind for block in sheet.read().blocks}


def test_a_page_number_alone_runs() -> None:
    sheet = Sheet()
    sheet.paragraph(TEXT)
    sheet.put("- 3 -", x=300, y=760)
    assert [block.kind for block in sheet.read().blocks] == [BlockKind.PARAGRAPH, BlockKind.RUNNING]
