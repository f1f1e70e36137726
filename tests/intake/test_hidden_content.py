"""Whole requests with a secret in every place that no page shows: what is dropped, printed, waited for, said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest

from tests.builders import SIN, mail, office, opendocument, pdf, text_of
from tests.builders.requests import flattened, hiding, lines, turned
from tests.builders.secrets import Secrets
from tests.intake.kit import ends, everything, needs_libreoffice, ran

pytestmark = [pytest.mark.slow, needs_libreoffice]
PERSONAL = f"NAS : {SIN}"


def test_what_is_dropped_reaches_no_output(tmp_path: Path, capsys: Any) -> None:
    secrets = Secrets()
    rows = ran(tmp_path, hiding(secrets, older=False), capsys)
    assert len(secrets.places) >= 60
    assert secrets.found_in(everything(tmp_path / "out")) == []
    pictures = {"page.jpg", "page.png", "pages.tif"}  # they go the way of scans
    assert {file: end for file, end in ends(rows).items() if end != ("released", None) and file not in pictures} == {}
    assert "Le pont a été construit en 1964" in text_of(tmp_path / "out/released/note.pdf")
    hidden = rows["note.docx"]["hidden_content"]
    assert (hidden["tracked_changes"], hidden["comments"], hidden["hidden_text"], hidden["headers"]) == (4, 1, 3, 2)


def test_an_old_form_hides_no_more_than_the_new_one(tmp_path: Path, capsys: Any) -> None:
    secrets = Secrets()
    files = {
        "ancienne.doc": turned(office.docx(secrets), "docx", "doc"),
        "ancien.xls": flattened(turned(office.xlsx(secrets), "xlsx", "xls"), row=2),
    }
    rows = ran(tmp_path, files, capsys)
    assert (rows["ancienne.doc"]["format"], rows["ancienne.doc"]["state"]) == ("doc", "released")
    assert {"comments", "hidden_text"} <= set(rows["ancienne.doc"]["hidden_content"])
    assert rows["ancien.xls"]["state"] == "released"
    assert rows["ancien.xls"]["hidden_content"]["hidden_rows"] >= 2
    assert secrets.found_in(everything(tmp_path / "out")) == []


def test_what_is_printed_is_annexed_and_masked_like_the_rest(tmp_path: Path, capsys: Any) -> None:
    planted = Secrets(fixed=PERSONAL)
    files = {
        "note.docx": office.docx(planted),
        "exposé.pptx": office.pptx(planted),
        "lettre.odt": opendocument.odt(planted),
    }
    rows = ran(tmp_path, files, capsys, choice="print")
    assert {rows[file]["state"] for file in files} == {"released"}
    for name in ("note", "exposé", "lettre"):
        released = text_of(tmp_path / f"out/released/{name}.pdf")
        assert "Contenu non imprimé" in released
        assert SIN not in released
    assert SIN not in everything(tmp_path / "out")


def test_what_nobody_settled_makes_the_document_wait_and_says_what_to_write(tmp_path: Path, capsys: Any) -> None:
    files = {
        "note.docx": office.docx(Secrets()),
        "bonne.pdf": pdf(lines(0)),
        "simple.docx": office.plain_docx(*lines(1)),
    }
    rows = ran(tmp_path, files, capsys, choice=None)
    assert ends(rows) == {
        "note.docx": ("needs_person", "input.hidden_content"), "bonne.pdf": ("released", None),
        "simple.docx": ("released", None),
    }  # fmt: skip
    failure = rows["note.docx"]["failure"]
    assert failure["facts"]["comments"] == "1"
    assert "properties" not in failure["facts"]
    assert all("hidden_content: print" in failure[key] and "drop" in failure[key] for key in ("advice", "conseil"))


def test_properties_alone_make_nobody_wait(tmp_path: Path, capsys: Any) -> None:
    parts = office.properties(Secrets(), "docx")
    del parts["docProps/custom.xml"]
    data = office.with_parts(office.plain_docx(*lines(1)), parts)
    rows = ran(tmp_path, {"note.docx": data}, capsys, choice=None)
    assert (rows["note.docx"]["state"], rows["note.docx"]["hidden_content"]) == ("released", {"properties": 3})


def test_a_part_takes_the_facts_of_its_container_or_its_own(tmp_path: Path, capsys: Any) -> None:
    data = mail.eml(Secrets(fixed=""), attachments={"a.pdf": pdf(lines(1)), "b.pdf": pdf(lines(2))})
    extra = "  - {file: m.eml/b.pdf, author: consultant, hidden_content: print}\n  - {file: m.eml/absente.pdf}\n"
    rows = ran(tmp_path, {"m.eml": data}, capsys, extra=extra)
    assert [rows[f"m.eml/{name}.pdf"]["facts"]["author"] for name in "ab"] == ["staff", "consultant"]
    assert ends(rows)["m.eml/absente.pdf"] == ("rejected", "input.missing")
    assert rows["m.eml/a.pdf"]["container"] == "m.eml"
    assert rows["m.eml/a.pdf"]["released"] == "released/m/a.pdf"


def carrying() -> bytes:
    with pymupdf.open(stream=pdf(lines(3)), filetype="pdf") as doc:
        doc.embfile_add("note", "\n".join(lines(4)).encode(), filename="note.txt")
        doc[0].add_file_annot((300, 700), "\n".join(lines(5)).encode(), "épinglée.txt", ufilename="épinglée.txt")
        data: bytes = doc.tobytes(use_objstms=1)
    return data


def test_files_attached_to_a_pdf_wait_are_dropped_or_become_documents(tmp_path: Path, capsys: Any) -> None:
    ended = {}
    for choice in (None, "drop", "print"):
        rows = ran(tmp_path, {"avis.pdf": carrying()}, capsys, choice=choice)
        ended[choice] = {
            file: (row["state"], row["hidden_content"].get("embedded_objects")) for file, row in rows.items()
        }
    assert ended[None] == {"avis.pdf": ("needs_person", 2)}
    assert ended["drop"] == {"avis.pdf": ("released", 2)}
    attached = {"avis.pdf/note.txt": ("released", None), "avis.pdf/épinglée.txt": ("released", None)}
    assert ended["print"] == {"avis.pdf": ("released", 2), **attached}
