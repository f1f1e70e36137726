"""Ruled tables become rows of cells, however their rules are drawn."""

from __future__ import annotations

from redactor.model import BlockKind
from tests.unit.pdf.layout.typesetting import OTHER, TEXT, Sheet, blocks_of, broken


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
