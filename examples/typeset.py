"""Sets HTML on pages with letterhead, running header and numbered footer, and writes the same bytes every time."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pymupdf

if TYPE_CHECKING:
    from collections.abc import Callable

LETTER = (612.0, 792.0)  # points
LANDSCAPE = (792.0, 612.0)  # points
INK = (0.16, 0.20, 0.28)
RULE = (0.45, 0.48, 0.55)
DATE = "D:20241002090000-04'00'"  # fixed, so that two builds give the same bytes

BASE_CSS = """
body { margin: 0; padding: 0; font-size: 10.5pt; line-height: 1.32; }
h1 { font-size: 14pt; margin: 4pt 0 10pt 0; }
h2 { font-size: 11pt; margin: 11pt 0 4pt 0; }
p { margin: 0 0 6pt 0; }
ul { margin: 0 0 6pt 0; }
li { margin: 0 0 3pt 0; }
table { width: 100%; border-collapse: collapse; margin: 4pt 0 10pt 0; }
table.grid td, table.grid th { border: 0.6px solid #444; padding: 3pt 4pt; font-size: 9pt; text-align: left; }
table.grid th { border-bottom: 1.4px solid #222; }
table.plain td { padding: 1pt 4pt; vertical-align: top; }
.small { font-size: 8pt; }
.right { text-align: right; }
.center { text-align: center; }
.newpage { page-break-before: always; }
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the pages of one document look. `first_top` is where the text of page 1 begins, under a letterhead."""

    html: str
    css: str = ""
    size: tuple[float, float] = LETTER
    margin: float = 72.0
    first_top: float = 72.0
    top: float = 66.0
    bottom: float = 64.0
    title: str = ""
    author: str = ""
    furniture: Callable[[pymupdf.Page, int, int], None] | None = None
    outline: bool = False
    breaks: tuple[str, ...] = ()  # headings that open a page, so that no table is torn


def write(page: pymupdf.Page, text: str, *, at: tuple[float, float], size: float = 8.0, font: str = "helv") -> None:
    """One line of furniture at a baseline point; the colour is the letterhead's ink."""
    writer = pymupdf.TextWriter(page.rect, color=INK)
    writer.append(at, text, font=pymupdf.Font(font), fontsize=size)
    writer.write_text(page)


def centred(page: pymupdf.Page, text: str, *, y: float, size: float = 8.0) -> None:
    """One line of furniture in the middle of the page."""
    width = pymupdf.Font("helv").text_length(text, size)
    write(page, text, at=((page.rect.width - width) / 2, y), size=size)


def to_right(page: pymupdf.Page, text: str, *, y: float, margin: float, size: float = 8.0) -> None:
    """One line of furniture that ends at the right margin."""
    width = pymupdf.Font("helv").text_length(text, size)
    write(page, text, at=(page.rect.width - margin - width, y), size=size)


def rule(page: pymupdf.Page, *, y: float, margin: float, width: float = 0.6) -> None:
    """A line across the page between the margins."""
    page.draw_line((margin, y), (page.rect.width - margin, y), color=RULE, width=width)


def waves(page: pymupdf.Page, *, x: float, y: float) -> None:
    """Emblem of three waves in a disc, 30 points wide; no body bears it."""
    page.draw_circle((x + 15, y + 15), 15, color=INK, width=1.2)
    for step in range(3):
        level = y + 9 + 6 * step
        page.draw_bezier(
            (x + 4, level), (x + 11, level - 6), (x + 19, level + 6), (x + 26, level), color=INK, width=1.1
        )


def leaves(page: pymupdf.Page, *, x: float, y: float) -> None:
    """Emblem of a square and two leaves, 30 points wide; no body bears it."""
    page.draw_rect(pymupdf.Rect(x, y, x + 30, y + 30), color=INK, width=1.0)
    for tip in (x + 6, x + 24):
        page.draw_bezier((x + 15, y + 26), (tip, y + 22), (tip, y + 10), (x + 15, y + 5), color=INK, width=1.0)


def bars(page: pymupdf.Page, *, x: float, y: float) -> None:
    """Emblem of four bars of a rising chart, 30 points wide; no firm bears it."""
    for step in range(4):
        left, height = x + 8 * step, 8.0 + 7 * step
        page.draw_rect(pymupdf.Rect(left, y + 30 - height, left + 6, y + 30), color=INK, fill=INK, width=0.5)


def _flow(sheet: Sheet) -> bytes:
    stream = io.BytesIO()
    writer = pymupdf.DocumentWriter(stream)
    html = sheet.html
    for heading in sheet.breaks:
        html = re.sub(rf'<h2( class="bar")?>{re.escape(heading)}', rf'<div class="newpage"></div><h2\1>{heading}', html)
    story = pymupdf.Story(html, user_css=BASE_CSS + sheet.css)
    width, height = sheet.size
    more, top = 1, sheet.first_top
    while more:
        device = writer.begin_page(pymupdf.Rect(0, 0, width, height))
        more, _ = story.place(pymupdf.Rect(sheet.margin, top, width - sheet.margin, height - sheet.bottom))
        story.draw(device)
        writer.end_page()
        top = sheet.top
    writer.close()
    return stream.getvalue()


def _headings(document: pymupdf.Document) -> list[tuple[int, str, int]]:
    found: list[tuple[int, str, int]] = []
    for number, page in enumerate(document, 1):
        for block in page.get_text("dict")["blocks"]:
            spans = [span for line in block.get("lines", []) for span in line["spans"]]
            text = " ".join(span["text"].strip() for span in spans)
            if spans and all("Bold" in span["font"] and span["size"] > 10.9 for span in spans):
                found.append((1, text, number))
    return found


def pdf_of(sheet: Sheet) -> bytes:
    """The PDF of a sheet: fonts embedded and cut to the glyphs in use, no date and no id that changes."""
    document = pymupdf.open("pdf", _flow(sheet))
    if sheet.furniture:
        for number in range(document.page_count):
            document[number].wrap_contents()  # the flow leaves the axes turned
            sheet.furniture(document[number], number + 1, document.page_count)
    if sheet.outline:
        document.set_toc(_headings(document))
    document.set_metadata({"title": sheet.title, "author": sheet.author, "creationDate": DATE, "modDate": DATE})
    document.subset_fonts()
    written: bytes = document.tobytes(garbage=4, deflate=True, no_new_id=True)
    return written
