"""What a file is, and what its bytes say: formats by content, encodings, tables, safe names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import EncryptedDocument, UnknownFormat
from redactor.intake.charsets import decoded, delimiter_of
from redactor.intake.names import all_different, is_outside, safe_name, safe_path
from redactor.intake.sniff import Format, format_of, is_pdf
from tests.builders import mail, office, opendocument, outlook, pdf
from tests.builders.requests import archive, picture, rtf
from tests.builders.secrets import Secrets

NOTHING = Secrets(fixed="")


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (pdf(), Format.PDF), (office.docx(NOTHING), Format.DOCX), (office.xlsx(NOTHING), Format.XLSX),
        (office.pptx(NOTHING), Format.PPTX), (opendocument.odt(NOTHING), Format.ODT),
        (opendocument.ods(NOTHING), Format.ODS),
        (opendocument.odp(NOTHING), Format.ODP), (rtf(NOTHING), Format.RTF), (mail.eml(NOTHING), Format.EML),
        (outlook.msg(NOTHING), Format.MSG), (outlook.compound({"WordDocument": bytes(5000)}), Format.DOC),
        (outlook.compound({"Workbook": bytes(5000)}), Format.XLS), (picture(NOTHING, "PNG"), Format.PNG),
        (outlook.compound({"PowerPoint Document": bytes(5000)}), Format.PPT), (picture(NOTHING, "JPEG"), Format.JPEG),
        (picture(NOTHING, "TIFF"), Format.TIFF), (archive(NOTHING, {"a.txt": b"x"}), Format.ZIP),
        (b"Nom;Ville\nA;B\nC;D\n", Format.CSV), ("Une note.\nDeux lignes, sans table.".encode("utf-16"), Format.TEXT),
        (b"De : Ada\nObjet : pont\n\nUne note.", Format.TEXT), (b"PK\x03\x04%PDF-1.7" + bytes(20), None),
    ],
)  # fmt: skip
def test_formats_are_told_by_content(data: bytes, known: Format | None) -> None:
    assert is_pdf(data) == (known is Format.PDF)
    if known is not None:
        assert format_of(data) is known


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (bytes(range(256)), UnknownFormat),
        (outlook.compound({"EncryptedPackage": b"x"}), EncryptedDocument),
        (outlook.compound({"Nothing": b"x"}), UnknownFormat),
    ],
)
def test_what_cannot_be_opened_says_why(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        format_of(data)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_accents_survive_every_encoding(charset: str) -> None:
    text = "Élève à Montréal, œuvre de 1 000 $ : « fin »"
    read = decoded(text.encode(charset))
    assert read is not None
    assert read.text == text


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reading_fall(data: bytes) -> None:
    read = decoded(data, stated="utf-42")
    assert read is None or isinstance(read.text, str)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a;b\nc;d\ne;f", ";"), ("a;b\nc;d", None), ("a\tb\nc\td", "\t"), ("a,b,c\nd,e,f\ng,h,i", ","),
        ('a;"x;y"\nc;d\ne;f', ";"),
        ("Bonjour, Ada.\nMerci, Léo.", None), ("une seule ligne; oui", None), ("rien\nrien", None),
    ],
)  # fmt: skip
def test_tables_are_told_from_prose(text: str, mark: str | None) -> None:
    assert delimiter_of(text) == mark


@pytest.mark.parametrize(
    ("name", "outside", "safe"),
    [
        ("note.docx", False, "note.docx"), ("sous/note.docx", False, "sous/note.docx"), ("../../etc/x", True, "etc/x"),
        ("/etc/passwd", True, "etc/passwd"), ("C:\\x\\y.txt", True, "C/x/y.txt"),
        ("a\x00b\u202egpj.exe", False, "abgpj.exe"),
        ("...", False, "piece"), ("", False, "piece"), ("x" * 300 + ".docx", False, "x" * 108 + ".docx"),
    ],
)  # fmt: skip
def test_names_of_strangers_are_made_safe(name: str, outside: bool, safe: str) -> None:
    assert is_outside(name) is outside
    assert safe_path(name, fallback="piece") == safe
    assert "/" not in safe_name(name, fallback="piece")


def test_names_that_collide_are_numbered() -> None:
    assert all_different(["a.pdf", "A.pdf", "a.pdf", "b"]) == ["a.pdf", "A (2).pdf", "a (3).pdf", "b"]
