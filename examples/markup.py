"""Corpus notation to HTML for the examples: headings, items, tables and label lines. Pages are `typeset`'s matter."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "tests" / "corpus" / "docs"
OPENING = re.compile("⟦[A-Z]+(?:\\.[a-z_]+)?\\|")
YEAR = re.compile(r"\b20[12]\d\b")  # years before 2010 are births and histories: they stay
FIELD = re.compile(r"^([^:|<>]{1,60}) : (\S.*)$")


def corpus_text(name: str, *, years: int = 0) -> str:
    """Text of a corpus document without front matter and marks, its years since 2010 moved by `years`."""
    raw = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    body = raw.split("\n---\n", 1)[1]
    plain = OPENING.sub("", body).replace("⟧", "").strip("\n")
    return YEAR.sub(lambda found: str(int(found.group()) + years), plain)


def blocks_of(text: str) -> list[list[str]]:
    """Lines of each block; headings and items stand alone, table rows stay together."""
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        alone = line.startswith(("# ", "## ", "- "))
        if alone or not line.strip():
            blocks += [[line], []] if alone else [[]]
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def inline(text: str) -> str:
    """Escaped text; two blanks in a row (before a postal code) are kept."""
    return escape(text.strip(), quote=False).replace("  ", "\u00a0 ")


def table_of(rows: list[str], *, header: bool = True, css: str = "grid") -> str:
    """A ruled table of rows written `| a | b |`."""
    cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
    wide = max(len(row) for row in cells)
    body = []
    for number, row in enumerate(cells):
        tag = "th" if header and number == 0 and len(cells) > 1 else "td"
        filled = row + [""] * (wide - len(row))
        body.append("<tr>" + "".join(f"<{tag}>{inline(cell) or '&#160;'}</{tag}>" for cell in filled) + "</tr>")
    return f'<table class="{css}">' + "".join(body) + "</table>"


def paragraph_of(lines: list[str], *, labels: bool) -> str:
    """A paragraph; hard line ends are kept and, where asked, the label before a colon is set in bold."""
    told = []
    for line in lines:
        field = FIELD.match(line) if labels else None
        told.append(f"<b>{inline(field[1])} :</b> {inline(field[2])}" if field else inline(line))
    return "<p>" + "<br/>".join(told) + "</p>"


def html_of(text: str, *, labels: bool = False) -> str:
    """HTML of a whole text in corpus notation."""
    out: list[str] = []
    items: list[str] = []
    for block in [*blocks_of(text), [""]]:
        if block[0].startswith("- "):
            items.append(f"<li>{inline(block[0][2:])}</li>")
            continue
        if items:
            out.append("<ul>" + "".join(items) + "</ul>")
            items = []
        out.append(_block(block, labels=labels))
    return "".join(out)


def _block(block: list[str], *, labels: bool) -> str:
    if not block[0]:
        return ""
    if block[0].startswith("# "):
        return f"<h1>{inline(block[0][2:])}</h1>"
    if block[0].startswith("## "):
        return f"<h2>{inline(block[0][3:])}</h2>"
    if block[0].startswith("|"):
        return table_of(block)
    return paragraph_of(block, labels=labels)
