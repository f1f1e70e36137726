"""A rendered PDF read back by two libraries: does each gold word stand where the renderer says?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.evaluation.blocks import visible
from redactor.evaluation.reading import Glyph, read_pages

if TYPE_CHECKING:
    from redactor.evaluation.gold import GoldWord
    from redactor.evaluation.renderer import Rendered

SLACK_X, SLACK_Y = 0.3, 1.0  # points a glyph's centre may lie outside its word's box


def disagreements(rendered: Rendered) -> tuple[str, ...]:
    """What the two libraries read otherwise than the renderer set it; no words, only pages and counts."""
    gold = rendered.gold
    body = "".join(word.text for page in gold.pages for word in page if word.at)
    found = [] if body == visible(gold.document.text) else ["gold words do not spell the text"]
    for words, page in zip(gold.pages, read_pages(rendered.pdf), strict=True):
        number = page.index + 1
        if "".join(glyph.char for glyph in page.mupdf) != "".join(word.text for word in words):
            found.append(f"page {number}: characters or reading order differ")
        for name, glyphs in (("MuPDF", page.mupdf), ("PDFium", page.pdfium)):
            lost = sum(not stands(word, glyphs) for word in words if word.text != "•")
            found += [f"page {number}: {lost} words are elsewhere for {name}"] if lost else []
    return tuple(found)


def stands(word: GoldWord, glyphs: tuple[Glyph, ...]) -> bool:
    """True when the glyphs inside the word's box spell the word, punctuation left aside."""
    x0, y0, x1, y1 = word.box
    inside = "".join(
        glyph.char
        for glyph in glyphs
        if x0 - SLACK_X <= glyph.x <= x1 + SLACK_X and y0 - SLACK_Y <= glyph.y <= y1 + SLACK_Y
    )
    return inside == word.text or re.sub(r"\W", "", inside) == re.sub(r"\W", "", word.text)
