"""What each format hides is found in the file itself, before anything is printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redactor.intake import odf, ooxml, sheets, slides, word
from redactor.intake.hidden import NAMES, QUIET, Found, Hidden, asks, counted, printable
from redactor.intake.package import Package
from redactor.intake.sheet_layout import roomy
from tests.builders import office, opendocument
from tests.builders.secrets import Secrets


def of_docx(package: Package) -> list[Found]:
    return [*word.cleared(package), *word.edges(package), *ooxml.common(package)[0]]


def of_xlsx(package: Package) -> list[Found]:
    found, edges, _ = sheets.cleared(package)
    return [*found, *edges, *ooxml.common(package)[0]]


def of_pptx(package: Package) -> list[Found]:
    return [*slides.cleared(package), *ooxml.common(package)[0]]


def of_odf(package: Package) -> list[Found]:
    found, edges, _ = odf.cleared(package)
    return [*found, *edges]


SEEN_IN_PRINT = {"docx:white", "docx:tiny", "xlsx:white", "pptx:white", "pptx:off slide", "odt:white", "odp:off slide"}
WITHOUT_WORDS = ("author", "title", "company", "macro", "embedded", "sound", "thumbnail")  # counted, never quoted


@pytest.mark.parametrize(
    ("build", "read"),
    [
        (office.docx, of_docx), (office.xlsx, of_xlsx), (office.pptx, of_pptx), (opendocument.odt, of_odf),
        (opendocument.ods, of_odf), (opendocument.odp, of_odf),
    ],
)  # fmt: skip
def test_every_hidden_place_is_found(build: Callable[[Secrets], bytes], read: Callable[[Package], list[Found]]) -> None:
    secrets = Secrets()
    package = Package(build(secrets))
    found = read(package)
    told = secrets.found_in("\n".join(one.text for one in found))
    missing = {place for place in secrets.places if place not in told} - SEEN_IN_PRINT
    assert {place for place in missing if not place.endswith(WITHOUT_WORDS)} == set()
    assert Hidden.MACROS in {one.kind for one in found} or build is office.pptx


@pytest.mark.parametrize("build", [office.docx, opendocument.odt])
def test_a_cleared_text_holds_no_change_comment_or_hidden_run(build: Callable[[Secrets], bytes]) -> None:
    secrets = Secrets()
    package = Package(build(secrets))
    (word.cleared if build is office.docx else odf.cleared)(package)
    name = "word/document.xml" if build is office.docx else "content.xml"
    left = set(secrets.found_in(package.read(name).decode()))
    assert left <= {"docx:white", "docx:tiny", "docx:list", "odt:white", "odt:link", "odt:hidden field"}


def test_a_plain_file_hides_nothing_and_is_not_rewritten_in_vain() -> None:
    package = Package(office.plain_docx("Le pont."))
    assert of_docx(package) == []
    assert word.shown(package) == ["Le pont."]


def test_kinds_have_names_in_both_languages_and_quiet_ones_do_not_ask() -> None:
    found = [Found(kind, "x") for kind in Hidden]
    assert set(NAMES) == set(Hidden)
    assert set(counted(found)) - set(asks(found)) == {kind.value for kind in QUIET}
    assert Hidden.PROPERTIES not in dict(printable(found))


def test_columns_hold_their_words_and_flat_rows_are_hidden() -> None:
    columns = b'<cols><col min="1" max="2" width="5"/></cols>'
    sheet = b"<worksheet>" + columns + b'<sheetData><row r="1" ht="0"><c r="A1"/></row></sheetData>'
    made = roomy(sheet, {1: 30, 4: 100})
    assert b'<col min="1" max="1" width="32" customWidth="1"/><col min="2" max="2" width="5"/>' in made
    assert b'<col min="4" max="4" width="62" customWidth="1"/>' in made
    assert b'<row r="1" hidden="1">' in made


def test_fields_that_bring_files_in_are_silenced() -> None:
    body = office.para('<w:r><w:instrText> INCLUDETEXT "/etc/passwd" </w:instrText></w:r>' + office.run("vu"))
    document = f"<w:document {office.W}><w:body>{body}</w:body></w:document>"
    package = Package(office.with_parts(office.plain_docx("x"), {"word/document.xml": document}))
    found = word.cleared(package)
    assert [one.kind for one in found] == [Hidden.EXTERNAL_LINKS]
    assert b"INCLUDETEXT" not in package.read("word/document.xml")
