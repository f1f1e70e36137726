"""Builds the PDFs of `examples/demande-2024-118/`: `python examples/build.py`. The same bytes come out every time.

The texts are those of `tests/corpus/docs` (all invented) and of the note in `source/`; this file only says how
each kind of document looks.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pymupdf
import seed
import typeset
from markup import blocks_of, corpus_text, html_of, inline, paragraph_of, table_of
from typeset import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

OUT = Path(__file__).parent / "demande-2024-118"
SERIF, SANS = "body { font-family: serif; }", "body { font-family: sans-serif; }"
SIGNATURES = """
table.sign { margin-top: 18pt; }
table.sign td { width: 50%; padding: 4pt 14pt 0 0; vertical-align: top; }
.line { border-top: 0.8px solid #333; padding-top: 2pt; }
"""


def page_number(page: pymupdf.Page, number: int, total: int) -> None:
    """`Page 1 de 2`, centred at the foot."""
    typeset.centred(page, f"Page {number} de {total}", y=page.rect.height - 34)


def ministry(page: pymupdf.Page, number: int, total: int) -> None:
    """Letterhead of the first page, running header of the others, footer."""
    margin = 72.0
    if number == 1:
        typeset.leaves(page, x=margin, y=38)
        typeset.write(page, "Ministère de l'Éducation", at=(margin + 40, 51), size=11, font="hebo")
        typeset.write(page, "Direction du transport et de l'allocation des ressources", at=(margin + 40, 64), size=8.5)
        typeset.rule(page, y=78, margin=margin, width=1.0)
    else:
        typeset.write(page, "Note à l'intention de la sous-ministre", at=(margin, 44))
        typeset.to_right(page, "SC-51207-04", y=44, margin=margin)
        typeset.rule(page, y=50, margin=margin)
    typeset.rule(page, y=page.rect.height - 48, margin=margin)
    page_number(page, number, total)


def note() -> Sheet:
    """A ministry's note: title block in a ruled table, signature block with lines."""
    text = corpus_text("note_education_transport")
    head, rest = text.split("## RÉSUMÉ", 1)
    body, signed = rest.split("Rédigé par", 1)
    title, *fields = [line for line in head.split("\n") if line]
    rows = [f"| {line.replace(' : ', ' | ', 1)} |" for line in fields]
    html = f"<h1>{inline(title[2:])}</h1>" + table_of(rows, header=False) + html_of("## RÉSUMÉ" + body)
    return Sheet(
        html=html + signature_block("Rédigé par" + signed),
        css=SERIF + SIGNATURES,
        first_top=92,
        title="Note SC-51207-04",
        author="Direction du transport",
        furniture=ministry,
    )


def signature_block(text: str) -> str:
    """One cell a signatory: `Rédigé par : name, function`, under a line to sign on."""
    cells = []
    for line in text.strip().split("\n"):
        label, _, who = line.partition(" : ")
        name, _, function = who.partition(", ")
        cells.append(f"<td>{inline(label)} :<br/>&#160;<p class='line'>{inline(name)},<br/>{inline(function)}</p></td>")
    return f'<table class="sign"><tr>{"".join(cells)}</tr></table>'


def complaint() -> Sheet:
    """A citizen's letter: plain type, signed in italics, the body's stamp and its notes to file at the end."""
    text = corpus_text("plainte_saaq")
    letter, file_notes = text.split("---------- Note au dossier", 1)
    place, rest = letter.split("\n", 1)
    body, signed = rest.rstrip().rsplit("\n", 1)
    html = f'<p class="right">{inline(place)}</p>' + html_of(body)
    html += f"<p><i>{inline(signed)}</i></p>" + html_of("---------- Note au dossier" + file_notes)
    return Sheet(html=html, css=SERIF, margin=80, title="Lettre", furniture=stamped)


def stamped(page: pymupdf.Page, number: int, total: int) -> None:
    """The stamp of the mail room on page 1, and a page number."""
    if number == 1:
        page.draw_rect(pymupdf.Rect(420, 30, 532, 62), color=(0.55, 0.1, 0.1), width=1.4)
        typeset.write(page, "REÇU", at=(460, 44), size=10, font="hebo")
        typeset.write(page, "2 février 2024", at=(448, 56), size=8.5)
    page_number(page, number, total)


def thread() -> Sheet:
    """An e-mail thread as printed by a mail program: a rule over each message, labels of the header in bold."""
    text = corpus_text("courriel_fil_ecole", years=-1)
    out = ['<p class="owner"><b>Boisvert, Marie-Josée</b></p>']  # the mailbox it was printed from
    for block in blocks_of(text):
        quoted = block[0].startswith(">")
        header = any(line.lstrip("> ").startswith("De : ") for line in block)
        if header and not quoted:
            out.append(f'<div class="message">{paragraph_of(block, labels=True)}</div>')
        elif block[0].startswith("AVIS DE CONF"):
            out.append(f'<p class="small">{inline(" ".join(block))}</p>')
        else:
            out.append(paragraph_of(block, labels=header))
    css = SANS + "body { font-size: 9.5pt; } .message { border-top: 1px solid #666; padding-top: 4pt; margin: 8pt 0; }"
    css += " .owner { font-size: 11pt; }"
    return Sheet(html="".join(out), css=css, margin=62, title="RE: RE: TR: signalement", furniture=page_number)


def firm(page: pymupdf.Page, number: int, total: int) -> None:
    """The firm's emblem on the cover; a running header and a footer elsewhere."""
    margin = 68.0
    if number == 1:
        typeset.bars(page, x=margin, y=70)
        typeset.write(page, "Conseil Marchand, Sansregret et associés", at=(margin + 42, 92), size=12, font="hebo")
        page.draw_rect(pymupdf.Rect(0, 0, 22, page.rect.height), color=typeset.INK, fill=typeset.INK)
        return
    typeset.write(page, "Modernisation du système de traitement des rentes", at=(margin, 42))
    typeset.to_right(page, "Rapport d'étude d'opportunité", y=42, margin=margin)
    typeset.rule(page, y=48, margin=margin)
    typeset.rule(page, y=page.rect.height - 46, margin=margin)
    page_number(page, number, total)


def report() -> Sheet:
    """A consultant's report: cover page, numbered sections, tables, an outline."""
    text = corpus_text("rapport_consultant_ti", years=-1)
    cover, rest = text.split("## AVANT-PROPOS", 1)
    html = f'<div class="cover">{html_of(cover)}</div><div class="rest">{html_of("## AVANT-PROPOS" + rest)}</div>'
    css = SANS + "body { font-size: 10pt; } .cover h1 { font-size: 24pt; margin-bottom: 24pt; line-height: 1.15; }"
    css += " .cover p { font-size: 12pt; margin-bottom: 14pt; } .rest { page-break-before: always; }"
    return Sheet(
        html=html,
        css=css,
        margin=68,
        first_top=210,
        title="Modernisation du système de traitement des rentes",
        author="Conseil Marchand, Sansregret et associés",
        furniture=firm,
        outline=True,
        breaks=("2. ÉTAT", "9. COMMENTAIRES"),
    )


FIELD_LINE = re.compile(
    r"^(Nom|Adresse|Directrice|Nom et prénom|Fonction|Téléphone[^:]*|Courriel|Plateforme) ?[^:]* : "
)


def form() -> Sheet:
    """A proposal form: shaded bars, boxed fields, ruled tables."""
    text = corpus_text("proposition_clom_collegial")
    out: list[str] = []
    fields: list[str] = []
    for block in [*blocks_of(text), [""]]:
        if len(block) == 1 and FIELD_LINE.match(block[0]):
            fields.append(f"| {block[0].replace(' : ', ' | ', 1)} |")
            continue
        if fields:
            out.append(table_of(fields, header=False, css="grid fields"))
            fields = []
        out.append(html_of("\n".join(block)) if block[0] else "")
    bars = re.sub(r"<h2>((?:SECTION|ANNEXE)[^<]*)</h2>", r'<h2 class="bar">\1</h2>', "".join(out))
    css = SANS + "body { font-size: 9.5pt; } h1 { text-align: center; margin-bottom: 4pt; }"
    css += " h2 { font-size: 10pt; } h2.bar { font-size: 11pt; padding: 3pt 0; }"
    css += " h2.bar { border-top: 1.6px solid #222; border-bottom: 0.6px solid #222; }"
    return Sheet(
        html=bars,
        css=css,
        margin=58,
        first_top=88,
        title="Formulaire de proposition",
        furniture=form_furniture,
        breaks=("3.4", "SECTION 4", "5.4", "ANNEXE C"),
    )


def form_furniture(page: pymupdf.Page, number: int, total: int) -> None:
    """Emblem and body at the top of page 1, name of the form elsewhere."""
    margin = 58.0
    if number == 1:
        typeset.waves(page, x=margin, y=36)
        typeset.write(page, "Ministère de l'Enseignement supérieur", at=(margin + 40, 55), size=11, font="hebo")
        typeset.rule(page, y=76, margin=margin, width=1.2)
    else:
        typeset.write(page, "Appel à propositions 2023-2025 – Formulaire de proposition", at=(margin, 44))
        typeset.rule(page, y=50, margin=margin)
    typeset.write(page, "Formulaire CLOM-02", at=(margin, page.rect.height - 34), size=7)
    page_number(page, number, total)


def minutes() -> Sheet:
    """Minutes of a board: attendance as a list, numbered items, two signatures."""
    text = corpus_text("pv_ca_cegep")
    body, signed = text.rsplit("\n\n", 1)
    body = re.sub(r"^(Sont présents|Est absente|Assiste) : ", r"## \1 :\n\n", body, flags=re.MULTILINE)
    html = html_of(body.replace("; Mme", ";\nMme").replace("; M. ", ";\nM. "))
    cells = []
    for line in signed.split("\n"):
        name, _, function = line.partition(", ")
        cells.append(f"<td>&#160;<br/>&#160;<p class='line'>{inline(name)}, {inline(function)}</p></td>")
    html += f'<table class="sign"><tr>{"".join(cells)}</tr></table>'
    css = SERIF + SIGNATURES + "body { font-size: 10pt; }"
    return Sheet(html=html, css=css, first_top=96, title="Procès-verbal 311", furniture=college)


def college(page: pymupdf.Page, number: int, total: int) -> None:
    """Letterhead of a college; the number of the meeting runs on the other pages."""
    margin = 72.0
    if number == 1:
        typeset.waves(page, x=margin, y=40)
        typeset.write(page, "Cégep de la Rivière-du-Chêne", at=(margin + 40, 54), size=12, font="tibo")
        typeset.write(page, "Secrétariat général", at=(margin + 40, 67), size=9, font="tiro")
        typeset.rule(page, y=82, margin=margin, width=1.0)
    else:
        typeset.to_right(page, "Conseil d'administration – 311e séance ordinaire", y=44, margin=margin)
    page_number(page, number, total)


def people_table() -> Sheet:
    """A list of persons on wide pages."""
    html = html_of(corpus_text("table_personnes", years=-1))
    css = SANS + "body { font-size: 9pt; } table.grid td, table.grid th { font-size: 8pt; }"
    return Sheet(
        html=html,
        css=css,
        size=typeset.LANDSCAPE,
        margin=48,
        title="Cohorte",
        author="Point de service",
        breaks=("D. Notes",),
        furniture=partial(running, header="Ministère de l'Emploi et de la Solidarité sociale – Mesure de formation"),
    )


def running(page: pymupdf.Page, number: int, total: int, *, header: str) -> None:
    """One running header and a footer."""
    typeset.write(page, header, at=(48, 40))
    typeset.rule(page, y=46, margin=48)
    page_number(page, number, total)


DOCUMENTS: dict[str, tuple[Callable[[], Sheet], Callable[[], str]]] = {
    "note-SC-38280.pdf": (seed.sheet, lambda: seed.SOURCE.read_text(encoding="utf-8")),
    "note-transport-adapte.pdf": (note, lambda: corpus_text("note_education_transport")),
    "plainte-permis.pdf": (complaint, lambda: corpus_text("plainte_saaq")),
    "courriels-marchand-gill.pdf": (thread, lambda: corpus_text("courriel_fil_ecole", years=-1)),
    "rapport-modernisation.pdf": (report, lambda: corpus_text("rapport_consultant_ti", years=-1)),
    "formulaire-proposition-clom.pdf": (form, lambda: corpus_text("proposition_clom_collegial")),
    "proces-verbal-311.pdf": (minutes, lambda: corpus_text("pv_ca_cegep")),
    "liste-cohorte.pdf": (people_table, lambda: corpus_text("table_personnes", years=-1)),
}


def words(text: str) -> Counter[str]:
    """How often each word stands in a text, ligatures undone."""
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text)))


def text_of(data: bytes) -> str:
    """What can be read on the pages of a PDF."""
    with pymupdf.open("pdf", data) as document:
        return "\n".join(page.get_text() for page in document)


def write(name: str, data: bytes) -> bool:
    """Writes one example; True."""
    (OUT / name).write_bytes(data)
    return True


def is_unchanged(name: str, data: bytes) -> bool:
    """True when the file in the folder tells the same as the one just built."""
    path = OUT / name
    return path.is_file() and text_of(path.read_bytes()) == text_of(data)


def main(arguments: list[str]) -> int:
    """Writes every PDF, or with `--check` compares; 1 when a word of a source is on no page or a file differs."""
    OUT.mkdir(exist_ok=True)
    settle = is_unchanged if "--check" in arguments else write
    wrong = 0
    for name, (sheet, source) in DOCUMENTS.items():
        data = typeset.pdf_of(sheet())
        lost = words(source()) - words(text_of(data))
        right = settle(name, data) and not lost
        wrong += not right
        print(f"{name}: {len(data) // 1024} KB{'' if right else ', WRONG'}, {lost.total()} words lost")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
