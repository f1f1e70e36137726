"""Text and pictures on pages: every character is there, nothing of a picture but its pixels."""

from __future__ import annotations

import io

import pymupdf
import pytest
from PIL import Image

from redactor.errors import DamagedFile, PictureTooLarge
from redactor.model import BlockKind, DocumentId, TextLayer
from redactor.pdf import picture_pages, reader
from redactor.pdf.picture_pages import pages_of_pictures
from redactor.pdf.typeset import Break, Heading, Lines, Table, joined, typeset
from redactor.pdf.unseen import without_unseen
from tests.builders.requests import picture
from tests.builders.secrets import Secrets


def text_of(data: bytes) -> str:
    with pymupdf.open(stream=data, filetype="pdf") as doc:
        return "\n".join(page.get_text() for page in doc)


def test_every_character_is_shown_or_told() -> None:
    text = "Élève « œuvre » 1\u202f000\xa0$ Łódź Ω Ж 漢字 😀"
    told = text_of(typeset([Lines((text,))]))
    for word in ("Élève", "«", "œuvre", "Łódź", "Ω", "Ж", "漢字", "[U+1F600]"):
        assert word in told


def test_long_words_and_lines_lose_nothing() -> None:
    data = typeset([Lines(("x" * 5_000, "mot " * 3_000))])
    told = text_of(data)
    assert told.count("x") == 5_000
    assert told.count("mot") == 3_000


def test_a_table_is_read_back_as_rows() -> None:
    data = typeset(
        [Heading("Liste"), Table((("Nom", "Ville"), ("Ada", "Québec"), ("Léo", "Lévis"))), Break(), Lines(("fin",))]
    )
    read = reader.read(data, document_id=DocumentId("d1"))
    rows = [block.span.of(read.text) for block in read.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows == ["Nom\tVille", "Ada\tQuébec", "Léo\tLévis"]
    assert len(read.pages) == 2
    assert len(reader.read(joined(data, data), document_id=DocumentId("d1")).pages) == 4


def test_a_table_breaks_no_word_that_has_room() -> None:
    """The headings of an index were cut in two: `P age`, `Disp osition`."""
    heads = ("No", "Document", "Page", "Disposition", "Pouvoir", "Nature", "Issue", "Motif")
    row = ("1", "note-transport-adapte-2024.pdf", "12", "art. 37", "discrétionnaire", "AVIS.staff", "caviardé", "x")
    words = text_of(typeset([Table((heads, row))])).split()
    assert {*heads, *row[:3], *row[4:], "37"} <= set(words)


def test_words_without_room_are_still_all_there() -> None:
    rows = (tuple("x" * 40 for _ in range(9)), tuple("y" * 40 for _ in range(9)))
    told = text_of(typeset([Table(rows)]))
    assert (told.count("x"), told.count("y")) == (360, 360)


def test_a_wide_table_is_set_row_by_row() -> None:
    rows = (tuple(f"C{n}" for n in range(30)), tuple(f"v{n}" for n in range(30)))
    assert "C29 : v29" in text_of(typeset([Table(rows)]))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_a_page_of_its_size_without_its_properties(kind: str) -> None:
    secrets = Secrets()
    data = pages_of_pictures(picture(secrets, kind))
    read = reader.read(data, document_id=DocumentId("d1"))
    assert [(round(page.width), round(page.height), page.text_layer) for page in read.pages] == [
        (612, 792, TextLayer.MISSING)
    ]
    assert secrets.found_in(data.decode("latin-1")) == []


def test_a_turned_picture_stands_upright_and_every_frame_has_a_page() -> None:
    upright, turned = (pages_of_pictures(picture(Secrets(), "JPEG", turn=turn)) for turn in (1, 6))
    sizes = [[(round(p.rect.width), round(p.rect.height)) for p in pymupdf.open(stream=d)] for d in (upright, turned)]
    assert sizes == [[(612, 792)]] * 2
    assert pymupdf.open(stream=pages_of_pictures(picture(Secrets(), "TIFF", pages=3))).page_count == 3


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_every_kind_of_pixels_is_taken(mode: str) -> None:
    stream = io.BytesIO()
    Image.new(mode, (40, 60)).save(stream, "TIFF")
    assert pymupdf.open(stream=pages_of_pictures(stream.getvalue())).page_count == 1


def test_a_picture_that_is_too_large_or_cut_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = picture(Secrets(), "PNG")
    with pytest.raises(DamagedFile):
        pages_of_pictures(data[: len(data) // 2])
    monkeypatch.setattr(picture_pages, "PIXEL_LIMIT", 100)
    with pytest.raises(PictureTooLarge):
        pages_of_pictures(data)


def test_text_that_nobody_sees_is_taken_off_and_told() -> None:
    with pymupdf.open() as doc:
        page = doc.new_page()
        page.insert_text((72, 72), "Visible")
        page.insert_text((72, 100), "Blanc", color=(1, 1, 1))
        page.insert_text((72, 130), "Minuscule", fontsize=0.8)
        page.insert_text((900, 130), "Dehors")
        data = doc.tobytes()
    cleared, unseen, left = without_unseen(data)
    assert set(unseen) == {"Blanc", "Minuscule", "Dehors"}
    assert text_of(cleared).split() == left.split() == ["Visible"]
