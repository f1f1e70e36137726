"""Headers and footers, and lines that only look like them."""

from __future__ import annotations

from redactor.model import BlockKind
from tests.unit.pdf.layout.typesetting import TEXT, Sheet


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
