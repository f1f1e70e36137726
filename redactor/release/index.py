"""The index of what was withheld: document by document, passage by passage, never the text; CSV and XLSX.

Documents go by their number and released name only. Cells that a spreadsheet would take for a formula are quoted.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LETTER = 1  # US letter, as spreadsheets count paper (ECMA-376, ST_PaperSize)
COLUMNS = (
    ("no", "No", 6),
    ("demande", "Demande", 14),
    ("document", "Document remis", 34),
    ("etat", "État", 14),
    ("pages", "Pages", 7),
    ("verdict", "Verdict", 11),
    ("page", "Page", 7),
    ("disposition", "Disposition", 12),
    ("pouvoir", "Pouvoir", 16),
    ("nature", "Nature", 18),
    ("regle", "Règle", 38),
    ("issue", "Issue", 12),
    ("decide_par", "Décidé par", 24),
    ("motif", "Motif", 40),
)  # fmt: skip  key, heading, width in characters
STATES = {
    "released": "remis", "draft": "projet", "withheld": "refusé", "needs_person": "à examiner", "rejected": "rejeté",
    "failed": "échec",
}  # fmt: skip
VERDICTS = {"release": "remise", "partial": "partielle", "refuse": "refus", None: ""}
ISSUES = {"masked": "caviardé", "ask": "caviardé, fait à préciser", "flag": "lisible, à vérifier", "kept": "lisible"}
POWERS = {"mandatory": "obligatoire", "discretionary": "discrétionnaire", None: ""}


def entries(documents: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """One entry a proposal that hides or flags, one for a document without any; `documents` are report rows."""
    for number, row in enumerate(documents, 1):
        head = {
            "no": number, "demande": row["request"] or "", "document": row["released"] or "",
            "etat": STATES[row["state"]], "pages": row["pages"] or "", "verdict": VERDICTS[row["verdict"]],
        }  # fmt: skip
        told = [one for one in row["proposals"] if one["state"] != "kept"]
        yield from ({**head, **_passage(one)} for one in told)
        if not told:
            yield head


def _passage(proposal: Mapping[str, Any]) -> dict[str, Any]:
    decided = proposal["decided"] or {"by": "", "reason": ""}
    return {
        "page": proposal["page"] or "",
        "disposition": f"art. {proposal['provision']}",
        "pouvoir": POWERS[proposal["power"]],
        "nature": proposal["label"],
        "regle": proposal["rule"],
        "issue": ISSUES[proposal["state"]],
        "decide_par": decided["by"],
        "motif": decided["reason"],
    }


def as_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel shows the accents."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heading for _, heading, _ in COLUMNS)
    writer.writerows([_safe(row.get(key, "")) for key, _, _ in COLUMNS] for row in rows)
    return "\ufeff".encode() + text.getvalue().encode()


def as_xlsx(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A sheet with frozen headings and a filter; each row is written as it comes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Index")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", LETTER
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    for at, (_, _, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.append([_heading(sheet, heading) for _, heading, _ in COLUMNS])
    count = 1
    for row in rows:
        sheet.append([_safe(row.get(key, "")) for key, _, _ in COLUMNS])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{count}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _heading(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, words)
    cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3A5F")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _safe(value: object) -> Any:
    """A text that begins like a formula is shown as text (OWASP, "CSV injection")."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value
