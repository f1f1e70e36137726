"""Headings, told by size, weight, capitals and numbers."""

from __future__ import annotations

from redactor.model import BlockKind
from tests.unit.pdf.layout.typesetting import TEXT, Sheet, blocks_of, font_of


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
