"""The released note SC-38280, set again from its extracted text: note, pages of its form, annexed statute."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import typeset
from markup import inline

if TYPE_CHECKING:
    import pymupdf

SOURCE = Path(__file__).parent / "source" / "note-SC-38280.txt"
NEW_PAGES = (" ANALYSE", " 3.4 ", " 3.8 ", " chapitre A-2.1")  # a page of the extracted text begins with one blank
HEADINGS = ("RÉSUMÉ", "INTRODUCTION", "ANALYSE")
ANSWER = '<table class="answer"><tr><td>&#160;<br/>&#160;</td></tr></table>'
CHOICE = re.compile(r"^\s?(Oui|Non)\s*$")
HISTORY = re.compile(r"^(?:19|20)\d\d, c\. ")

CSS = """
table.answer td { border: 0.6px solid #555; }
.note h1 { text-align: center; font-size: 13pt; }
.form { font-family: sans-serif; font-size: 9.5pt; }
.form h2 { font-size: 10pt; border-top: 1.2px solid #222; padding-top: 3pt; }
.note { font-size: 9.8pt; }
.law { font-size: 10pt; }
.newpage { page-break-before: always; }
.sub { margin-left: 20pt; }
.history { font-size: 8.5pt; }
"""


def paragraphs(text: str) -> list[str]:
    """Paragraphs of the extracted text, their lines joined."""
    joined = re.sub(r"(propositions) \n\n(?=[a-zé])|(en) \n\n(?=éducation)", lambda m: m.group().strip() + " ", text)
    return [" ".join(part.split()) for part in re.split(r"\n[ \t\x0c]*\n", joined) if part.strip()]


def sections() -> list[str]:
    """The text cut where a new part begins: note, analysis, two pages of form, statute."""
    text = SOURCE.read_text(encoding="utf-8")
    cuts = [0, *(text.index("\n" + mark) + 1 for mark in NEW_PAGES), len(text)]
    return [text[a:b] for a, b in pairwise(cuts)]


def note_html(text: str) -> str:
    """The note: title block, headings, items of two levels, paragraphs."""
    out = []
    for part in paragraphs(text):
        if part.startswith("NOTE À"):
            out.append(f"<h1>{inline(part)}</h1>")
        elif part in HEADINGS or re.match(r"\d\. |Catégorie 1 – thèmes ciblés$", part):
            out.append(f"<h2>{inline(part)}</h2>")
        elif part.startswith(("OBJET", "Référence")):
            label, _, rest = part.partition(":")
            out.append(f"<p><b>{inline(label)} :</b> {inline(rest)}</p>")
        elif part.startswith("• "):
            out.append(f"<ul><li>{inline(part[2:])}</li></ul>")
        elif part.startswith("o "):
            out.append(f'<p class="sub">{inline(part)}</p>')
        else:
            out.append(f"<p>{inline(part)}</p>")
    return "".join(out)


def form_html(text: str) -> str:
    """A page of the form: numbered questions, an empty box under each, two boxes to tick."""
    out: list[str] = []
    for line in re.sub(r" *\n(?=[a-zé])", " ", text).split("\n"):
        if re.match(r"\s?3\.\d", line):
            out += [ANSWER] if out else []
            out.append(f"<h2>{inline(line)}</h2>")
        elif CHOICE.match(line):
            out.append(f"<p>☐ {inline(line)}</p>")
        elif line.strip():
            css = ' class="small"' if line.startswith(("Rappel", "Note")) else ""
            out.append(f"<p{css}>{inline(line)}</p>")
    return "".join([*out, ANSWER])


def law_html(text: str) -> str:
    """The annexed sections of the statute, with the history under each."""
    out = []
    for line in re.split(r"\n", "\n".join(paragraphs_of_law(text))):
        if line.startswith(("chapitre", "LOI SUR")):
            out.append(f'<p class="center"><b>{inline(line)}</b></p>')
        elif HISTORY.match(line):
            out.append(f'<p class="history">{inline(line)}</p>')
        else:
            out.append(re.sub(r"^<p>(\d+\.) ", r"<p><b>\1</b> ", f"<p>{inline(line)}</p>"))
    return "".join(out)


def paragraphs_of_law(text: str) -> list[str]:
    """Paragraphs of the statute; the history of a section stands on its own line, a broken page is joined again."""
    parts = paragraphs(text.replace("d’une \n décision", "d’une \ndécision"))
    return [re.sub(r"(?<=\.) ((?:19|20)\d\d, c\. \d+, a\. )", r"\n\1", part, count=1) for part in parts]


def furniture(page: pymupdf.Page, number: int, total: int) -> None:
    """A page number and nothing else: the letterhead of the note is not in its text."""
    typeset.centred(page, f"Page {number} de {total}", y=page.rect.height - 34)


def sheet() -> typeset.Sheet:
    """The six or so pages of the note, ready to be set."""
    note, analysis, form, form_end, law = sections()
    kinds = (
        ("note", note_html(note)),
        ("note newpage", note_html(analysis)),
        ("form newpage", form_html(form)),
        ("form newpage", form_html(form_end)),
        ("law newpage", law_html(law)),
    )
    html = "".join(f'<div class="{css}">{part}</div>' for css, part in kinds)
    return typeset.Sheet(html=html, css=CSS, title="Note SC-38280", furniture=furniture)
