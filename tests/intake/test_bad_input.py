"""Bad files of every format: each is named with its reason, and a good note beside it is released all the same."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from redactor.intake import prepare
from redactor.intake.office import program
from tests.builders import call, mail, office, outlook, pdf
from tests.builders.requests import lines
from tests.builders.secrets import Secrets
from tests.cli.test_redact import DECIDED, report_of
from tests.intake.kit import ends, needs_libreoffice, ran

LOCKED = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "owner_pw": "o", "user_pw": "u"}
GOOD = {"bonne.pdf": pdf(lines(0))}


def big_png(width: int, height: int) -> bytes:
    """A few bytes that declare a picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")
    )


def zip_of(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return stream.getvalue()


def with_link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        link = zipfile.ZipInfo("lien.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        out.writestr(link, "/etc/passwd")
        out.writestr("note.txt", "\n".join(lines(1)))
    return stream.getvalue()


def locked_zip() -> bytes:
    """A member that says a password closes it."""
    data = bytearray(zip_of({"note.txt": b"Le pont."}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def locked_doc() -> bytes:
    head = bytearray(6000)
    struct.pack_into("<H", head, 0x0A, 0x0100)
    return outlook.compound({"WordDocument": bytes(head)})


def locked_xls() -> bytes:
    return outlook.compound({"Workbook": (b"\x09\x08\x10\x00" + bytes(16) + b"\x2f\x00\x36\x00").ljust(6000, b"\x00")})


@pytest.mark.parametrize(
    ("name", "data", "state", "code"),
    [
        ("vide.docx", b"", "rejected", "input.empty"),
        ("inconnu.docx", os.urandom(400), "rejected", "input.unknown_format"),
        ("fermé.docx", outlook.compound({"EncryptedPackage": bytes(5000)}), "rejected", "input.encrypted"),
        ("fermé.doc", locked_doc(), "rejected", "input.encrypted"),
        ("fermé.xls", locked_xls(), "rejected", "input.encrypted"),
        ("fermé.pdf", pdf(**LOCKED), "rejected", "input.encrypted"),
        ("coupé.docx", office.plain_docx("Le pont.")[:300], "rejected", "input.damaged_file"),
        ("coupé.msg", outlook.msg(Secrets())[:900], "rejected", "input.damaged_file"),
        ("coupé.png", big_png(40, 40), "rejected", "input.damaged_file"),
        ("immense.png", big_png(50_000, 50_000), "rejected", "input.picture_too_large"),
        ("bombe.zip", zip_of({"x.txt": bytes(400 << 20)}), "rejected", "input.archive_bomb"),
        ("foule.zip", zip_of({f"{n}.txt": b"x" for n in range(20_001)}), "rejected", "input.too_many_parts"),
        ("vide.zip", zip_of({}), "rejected", "input.empty_archive"),
        ("entité.docx", zip_of({
            "[Content_Types].xml": office.types(word__document_dot_xml=f"{office.WORD}.document.main+xml").encode(),
            "word/document.xml": f'<!DOCTYPE w:document [<!ENTITY a "x">]><w:document {office.W}/>'.encode(),
        }), "rejected", "input.damaged_file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_bad_file_is_named_and_the_rest_goes_on(
    name: str, data: bytes, state: str, code: str, tmp_path: Path, capsys: Any
) -> None:
    if name == "entité.docx" and program() is None:
        pytest.skip("LibreOffice is not installed here")
    rows = ran(tmp_path, {name: data, **GOOD}, capsys)
    assert ends(rows) == {name: (state, code), "bonne.pdf": ("released", None)}
    assert rows[name]["failure"]["conseil"]


def test_places_outside_an_archive_and_links_are_not_opened(tmp_path: Path, capsys: Any) -> None:
    good = "\n".join(lines(1)).encode()
    files = {"a.zip": zip_of({"../../dehors.txt": good, "/absolu.txt": good, "C:\\x.txt": good, "note.txt": good})}
    rows = ran(tmp_path, {**files, "b.zip": with_link(), "c.zip": locked_zip()}, capsys)
    unsafe, closed = ("rejected", "input.unsafe_name"), ("rejected", "input.encrypted")
    assert ends(rows) == {
        "a.zip": ("released", None), "a.zip/dehors.txt": unsafe, "a.zip/absolu.txt": unsafe, "a.zip/C/x.txt": unsafe,
        "a.zip/note.txt": ("released", None), "b.zip": ("released", None), "b.zip/lien.txt": unsafe,
        "b.zip/note.txt": ("released", None), "c.zip": ("needs_person", None), "c.zip/note.txt": closed,
    }  # fmt: skip
    released = tmp_path / "out/released"
    assert sorted(str(one.relative_to(released)) for one in released.rglob("*.pdf")) == ["a/note.pdf", "b/note.pdf"]


def test_messages_in_one_another_end_at_a_depth(tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "DEPTH_LIMIT", 3)
    rows = ran(tmp_path, {"m.eml": mail.nested(100), **GOOD}, capsys)
    found = ends(rows)
    assert [state for state, _ in found.values()] == ["released"] * 4 + ["rejected", "released"]
    assert found["m.eml/m.eml/m.eml/m.eml/m.eml"] == ("rejected", "input.too_deep")


def test_archives_in_one_another_share_one_budget(tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "PART_LIMIT", 3)
    two = zip_of({"1.txt": b"Le pont.", "2.txt": b"Le pont."})
    rows = ran(tmp_path, {"lot.zip": zip_of({"a.zip": two, "b.zip": two}), **GOOD}, capsys)
    assert [code for _, code in ends(rows).values()] == [None, "input.too_many_parts", "input.too_many_parts", None]


def test_a_file_of_two_gigabytes(tmp_path: Path, capsys: Any) -> None:
    ran(tmp_path, {"énorme.docx": b"PK\x03\x04", **GOOD}, capsys)
    with (tmp_path / "in/énorme.docx").open("r+b") as file:
        file.truncate(2 << 30)
    call(capsys, "redact", tmp_path / "in", "--out", tmp_path / "out", *DECIDED)
    rows = {row["file"]: row for row in report_of(tmp_path / "out")["documents"]}
    assert ends(rows) == {"énorme.docx": ("rejected", "input.too_large"), "bonne.pdf": ("released", None)}


def test_a_message_with_a_broken_charset_is_read_and_noted(tmp_path: Path, capsys: Any) -> None:
    data = (
        b"From: a@x.example\r\nSubject: =?utf-42?Q?R=E9fection?=\r\nDate: hier\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nLe pont a \xe9t\xe9 construit \x81 en 1964.\r\n"
    )
    rows = ran(tmp_path, {"m.eml": data}, capsys)
    assert (rows["m.eml"]["state"], rows["m.eml"]["notes"]) == ("released", ["charset-guessed"])


@needs_libreoffice
def test_a_sheet_of_a_million_rows_is_refused_before_it_is_printed(tmp_path: Path, capsys: Any) -> None:
    body = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 1_048_577))
    parts = {
        info.filename: z.read(info)
        for z in [zipfile.ZipFile(io.BytesIO(office.plain_xlsx([])))]
        for info in z.infolist()
    }
    parts["xl/worksheets/sheet1.xml"] = (
        f"<worksheet {office.S}><sheetData>".encode() + body + b"</sheetData></worksheet>"
    )
    rows = ran(tmp_path, {"long.xlsx": zip_of(parts), **GOOD}, capsys)
    assert ends(rows) == {"long.xlsx": ("rejected", "input.too_many_rows"), "bonne.pdf": ("released", None)}


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("kill -SEGV $$", "input.conversion_failed"),
        ("sleep 600 & sleep 600", "input.conversion_timed_out"),
        ("exit 0", "input.conversion_failed"),
    ],
    ids=["crashes", "hangs", "writes nothing"],
)
def test_a_converter_that_fails_costs_one_file(
    script: str, code: str, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin/soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(prepare, "CONVERTER_SECONDS", 2.0)
    rows = ran(tmp_path, {"note.docx": office.plain_docx("Le pont."), **GOOD}, capsys)
    assert ends(rows) == {"note.docx": ("failed", code), "bonne.pdf": ("released", None)}
    assert not list((tmp_path / "out").rglob(".redactor-work-*"))


def test_without_libreoffice_the_report_says_how_to_install_it(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    rows = ran(tmp_path, {"note.docx": office.plain_docx("Le pont."), **GOOD}, capsys)
    assert ends(rows) == {"note.docx": ("rejected", "input.converter_missing"), "bonne.pdf": ("released", None)}
    assert all(
        "apt-get install libreoffice-writer-nogui" in rows["note.docx"]["failure"][key] for key in ("advice", "conseil")
    )


@needs_libreoffice
def test_a_wrong_ending_changes_nothing(tmp_path: Path, capsys: Any) -> None:
    rows = ran(tmp_path, {"note.pdf": office.plain_docx(*lines(1)), "image.txt": pdf(lines(2))}, capsys)
    assert [(row["format"], row["state"]) for row in rows.values()] == [("docx", "released"), ("pdf", "released")]
