"""The reader: whole files in, documents out; bad files end in a typed error."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redactor.errors import DamagedPdf, EmptyFile, EncryptedDocument, InputError, NotAPdf
from redactor.model import BlockKind, DocumentId, Span, TextLayer
from redactor.pdf.reader import read
from tests.unit.pdf.layout.typesetting import Sheet, blocks_of, box_of, width_of

if TYPE_CHECKING:
    from redactor.model import Document

WORDS = [
    "analyse",
    "avis",
    "budget",
    "citoyenne",
    "comité",
    "demande",
    "décision",
    "direction",
    "dossier",
    "élève",
    "employée",
    "enquête",
    "évaluation",
    "gouvernement",
    "l'hébergement",
    "janvier",
    "ministère",
    "municipalité",
    "naïf",
    "œuvre",
    "orthophoniste",
    "où",
    "prévoit",
    "québécoise",
    "réfection",
    "règlement",
    "sous-ministre",
    "transport",
    "vérification",
    "août",
    "déjà",
    "Beaulieu-Fortin",
    "Marie-Josée",
    "2024",
    "14",
    "000",
    "$",
    "n°",
    "(voir",
    "art.",
    "37)",
]
paragraphs = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
FONTS = ("tiro", "helv", "cour")


def long_text() -> str:
    return " ".join(WORDS * 3)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"PK\x03\x04 not a PDF at all", NotAPdf),
        (b"%PDF-1.7\nnothing more", DamagedPdf),
    ],
)
def test_a_file_that_is_no_pdf_is_refused(data: bytes, error: type[InputError]) -> None:
    with pytest.raises(error):
        read(data, document_id=DocumentId("d1"))


def test_a_file_cut_short_is_refused() -> None:
    sheet = Sheet()
    for _ in range(30):
        sheet.paragraph(long_text())
        sheet.new_page()
    data = sheet.data()
    for kept in (len(data) // 2, len(data) - 40):
        with pytest.raises(DamagedPdf):
            read(data[:kept], document_id=DocumentId("d1"))


def test_a_password_to_open_is_refused_and_one_to_own_is_not() -> None:
    sheet = Sheet()
    sheet.line("Bonjour")
    locked = sheet.doc.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="maître")
    with pytest.raises(EncryptedDocument):
        read(locked, document_id=DocumentId("d1"))
    restricted = sheet.doc.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="", owner_pw="maître", permissions=0)
    assert blocks_of(read(restricted, document_id=DocumentId("d1"))) == ["Bonjour"]


def test_nothing_reaches_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    sheet = Sheet()
    sheet.line("Bonjour")
    data = sheet.data()
    read(data.replace(b"startxref\n", b"startxref\n9"), document_id=DocumentId("d1"))
    with pytest.raises(DamagedPdf):
        read(data[:200], document_id=DocumentId("d1"))
    assert capfd.readouterr() == ("", "")


@given(st.binary(max_size=400))
@settings(max_examples=40, deadline=None)
def test_noise_under_a_pdf_header_ends_in_a_typed_error(noise: bytes) -> None:
    with pytest.raises(InputError):
        read(b"%PDF-1.7\n" + noise, document_id=DocumentId("d1"))


def test_the_document_tells_its_pages_and_hash() -> None:
    sheet = Sheet(size=(500.0, 700.0))
    sheet.line("Une ligne")
    sheet.new_page()
    document = sheet.read()
    assert [(page.index, page.width, page.height) for page in document.pages] == [(0, 500.0, 700.0), (1, 500.0, 700.0)]
    assert [page.text_layer for page in document.pages] == [TextLayer.TEXT, TextLayer.BLANK]
    assert len(document.sha256) == 64


@given(st.lists(paragraphs, min_size=1, max_size=5), st.sampled_from(FONTS), st.sampled_from((9.0, 11.0)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_paragraphs_come_back_word_for_word(texts: list[str], font: str, size: float) -> None:
    sheet = Sheet()
    sheet.paragraph(long_text(), font=font, size=size)
    for text in texts:
        sheet.paragraph(text, font=font, size=size)
    assert " ".join(blocks_of(sheet.read())) == " ".join([long_text(), *texts])


@given(st.sampled_from((0, 90, 180, 270)), st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=20, deadline=None)
def test_boxes_hold_all_ink_whatever_the_rotation_and_the_crop(rotation: int, left: int, top: int) -> None:
    sheet = Sheet()
    sheet.paragraph(long_text())
    sheet.grid([["Nom", "Âge"], ["Édith Gagné", "44"]], columns=[120, 60])
    sheet.page.clean_contents()
    sheet.page.set_cropbox(pymupdf.Rect(left, top, 612, 792))
    sheet.page.set_rotation(rotation)
    document = sheet.read()
    assert "Édith Gagné" in document.text
    assert ink_outside(sheet, document) == 0


def ink_outside(sheet: Sheet, document: Document) -> int:
    """Dark pixels of the words that no box covers; the rules of tables are wiped first."""
    page = pymupdf.open("pdf", sheet.data())[0]
    pixmap = page.get_pixmap(colorspace=pymupdf.csGRAY)
    boxes = [found.box for block in document.blocks for found in document.boxes_of(block.span)]
    drawn = [drawing["rect"] * page.rotation_matrix for drawing in page.get_drawings()]
    for box in [*boxes, *drawn]:
        pixmap.set_rect(pymupdf.IRect(int(box.x0) - 1, int(box.y0) - 1, int(box.x1) + 2, int(box.y1) + 2), (255,))
    return sum(1 for value in pixmap.samples if value < 128)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_text_that_stands_upright_as_shown_is_read_so(rotation: int) -> None:
    """A landscape page made by turning a portrait one: the words run up the sheet and stand upright on the screen."""
    doc = pymupdf.open()
    page = doc.new_page(width=612, height=792)
    page.set_rotation(rotation)
    for number, text in enumerate(("Première ligne du tableau", "Deuxième ligne du tableau")):
        point = pymupdf.Point(100, 100 + 14 * number) * page.derotation_matrix
        page.insert_text(point, text, fontsize=11, rotate=rotation)
    document = read(doc.tobytes(), document_id=DocumentId("d1"))
    assert blocks_of(document) == ["Première ligne du tableau", "Deuxième ligne du tableau"]
    box = box_of(document, "Première")
    assert box.x0 == pytest.approx(100, abs=0.5)
    assert box.y0 < 100 < box.y1


def test_every_glyph_is_reached_from_the_text_and_back() -> None:
    sheet = Sheet()
    sheet.line("Objet : suivi", font="tibo")
    sheet.paragraph(long_text())
    sheet.grid([["Poste", "Montant"], ["Loyer", "1 200 $"]], columns=[150, 150])
    document = sheet.read()
    layout = document.layout
    assert layout is not None
    reached = {glyph for block in document.blocks for glyph in layout.glyphs_of(block.span)}
    blanks = {glyph for glyph in range(len(layout.lines)) if glyph not in reached}
    assert not blanks
    assert len(layout.first) == len(layout.last) == len(document.text)
    for offset, glyph in enumerate(layout.first):
        assert (glyph == -1) == (document.text[offset] in "\n\t" or is_line_end(document, offset))


def is_line_end(document: Document, offset: int) -> bool:
    layout = document.layout
    assert layout is not None
    return document.text[offset] == " " and layout.first[offset] == -1


def test_a_word_broken_over_two_lines_has_two_boxes() -> None:
    sheet = Sheet()
    sheet.line("Le comité a tenu hier une rencontre avec la directrice pour lui faire part de sa recomman-")
    sheet.line("dation au sujet du pont.")
    document = sheet.read()
    at = document.text.index("recommandation")
    boxes = document.boxes_of(Span(at, at + len("recommandation")))
    assert [box.box.y0 < 100 for box in boxes] == [True, False] or len(boxes) == 2
    hyphen = 72 + width_of("Le comité a tenu hier une rencontre avec la directrice pour lui faire part de sa recomman-")
    assert boxes[0].box.x1 == pytest.approx(hyphen, abs=1.0)


def test_a_paragraph_goes_on_over_the_page() -> None:
    sheet = Sheet()
    sheet.paragraph(long_text())
    sheet.line("La rencontre du comité aura lieu à la date que les membres auront fixée ensemble et sans retard,")
    sheet.new_page()
    sheet.line("au local du ministère.")
    document = sheet.read()
    assert blocks_of(document)[-1].endswith("et sans retard, au local du ministère.")
    assert document.blocks[-1].page == 0


def test_headers_and_footers_come_last() -> None:
    sheet = Sheet()
    for number in (1, 2, 3):
        sheet.put("Ministère des Essais", x=72, y=40, size=9)
        sheet.put(f"Page {number} de 3", x=280, y=760, size=9)
        sheet.paragraph(long_text())
        if number < 3:
            sheet.new_page()
    document = sheet.read()
    kinds = [block.kind is BlockKind.RUNNING for block in document.blocks]
    assert kinds == sorted(kinds)
    assert blocks_of(document)[-6:] == [words for n in "123" for words in ("Ministère des Essais", f"Page {n} de 3")]


@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=40), st.integers(0, 10_000)
)
@settings(max_examples=40, deadline=None)
def test_a_damaged_file_is_read_or_refused_never_a_crash(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(damaged_source())
    for at, value in changes:
        data[at % len(data)] = value
    try:
        document = read(bytes(data[: max(len(data) - cut % 50, 1)]), document_id=DocumentId("d1"))
    except InputError:
        return
    assert all(document.boxes_of(block.span) for block in document.blocks)


@lru_cache(maxsize=1)
def damaged_source() -> bytes:
    sheet = Sheet()
    sheet.paragraph(long_text())
    written: bytes = sheet.doc.tobytes(deflate=False, expand=255)
    return written
