"""What the tests of whole requests share: a run, its report, everything an output holds."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from openpyxl import load_workbook

from redactor.intake import office
from tests.builders import call, folder_of
from tests.cli.test_redact import DECIDED, report_of

FACTS = "kind: note, lang: fr, author: staff, date: 2024-03-01, decision: pending, body_kind: ministry"
needs_libreoffice = pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed here")


def ran(
    root: Path, files: dict[str, bytes], capsys: Any, *, choice: str | None = "drop", extra: str = ""
) -> dict[str, Any]:
    """The rows of a run over `files`, by their `file`; the output lies in `root/out`."""
    shutil.rmtree(root / "in", ignore_errors=True)
    header = f"request: {{number: 2024-118{f', hidden_content: {choice}' if choice else ''}}}\n"
    rows = "".join(f"  - {{file: '{name}'}}\n" for name in files)
    source = folder_of(root / "in", files, request=f"{header}defaults: {{{FACTS}}}\ndocuments:\n{rows}{extra}")
    call(capsys, "redact", source, "--out", root / "out", *DECIDED)
    return {row["file"]: row for row in report_of(root / "out")["documents"]}


def ends(rows: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    """State and code of failure of each row."""
    return {file: (row["state"], row["failure"] and row["failure"]["code"]) for file, row in rows.items()}


def everything(out: Path) -> str:
    """All that the output files say, but for names of files: text, streams, properties, cells."""
    told: list[str] = []
    for path in sorted(out.rglob("*.*")):
        if path.suffix == ".pdf":
            told.append(_of_pdf(path))
        elif path.suffix == ".xlsx":
            sheet = load_workbook(path).worksheets[0]
            told += [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
        elif path.is_file():
            told.append(path.read_text("utf-8"))
    return "\n".join(told)


def _of_pdf(path: Path) -> str:
    with pymupdf.open(path) as doc:
        told = [str(doc.metadata), *(page.get_text() for page in doc)]
    with pikepdf.open(path) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                try:
                    told.append(one.read_bytes().decode("latin-1"))
                except pikepdf.PdfError:
                    told.append(one.read_raw_bytes().decode("latin-1"))
            else:
                told.append(str(one)[:100_000])
    return "\n".join(told)
