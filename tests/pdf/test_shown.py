"""The picture of a page: turned as shown, in the frame of the boxes, grey where it is grey; never half a picture."""

from __future__ import annotations

import io

import pymupdf
import pytest
from PIL import Image

from redactor.errors import InputError, NoPages
from redactor.model import DocumentId, Span
from redactor.pdf.reader import read
from redactor.pdf.shown import PIXEL_BUDGET, page_png
from tests.builders import pdf

DPI = 72  # one dot a point: boxes are dots


def picture(data: bytes, *, page: int = 0, dpi: int = DPI) -> Image.Image:
    return Image.open(io.BytesIO(page_png(data, page=page, dpi=dpi)))


def turned(degrees: int) -> bytes:
    doc = pymupdf.open(stream=pdf(("Un mot.",)), filetype="pdf")
    doc[0].set_rotation(degrees)
    return bytes(doc.tobytes())


@pytest.mark.parametrize(("degrees", "size"), [(0, (612, 792)), (90, (792, 612)), (180, (612, 792)), (270, (792, 612))])
def test_every_word_lies_under_its_box_as_the_page_is_shown(degrees: int, size: tuple[int, int]) -> None:
    data = turned(degrees)
    image = picture(data)
    assert image.size == size
    document = read(data, document_id=DocumentId("d1"))
    dark = image.convert("L").point(lambda level: 255 if level < 200 else 0).getbbox()
    boxes = [one.box for one in document.boxes_of(Span(0, len(document.text.rstrip())))]
    assert dark is not None
    assert min(box.x0 for box in boxes) - 1.5 <= dark[0]
    assert dark[2] <= max(box.x1 for box in boxes) + 1.5
    assert min(box.y0 for box in boxes) - 1.5 <= dark[1]
    assert dark[3] <= max(box.y1 for box in boxes) + 1.5


def test_black_on_white_is_kept_as_grey() -> None:
    assert picture(pdf()).mode == "L"


def test_a_huge_page_is_drawn_with_fewer_dots() -> None:
    doc = pymupdf.open()
    doc.new_page(width=14_000, height=14_000)
    width, height = picture(doc.tobytes(), dpi=120).size
    assert width * height <= PIXEL_BUDGET * 1.01


@pytest.mark.parametrize("page", [-1, 1, 99])
def test_a_page_that_is_not_there_is_said(page: int) -> None:
    with pytest.raises(NoPages):
        page_png(pdf(("Seule.",)), page=page, dpi=DPI)


@pytest.mark.parametrize("data", [b"", b"%PDF-", b"no pdf at all", pdf()[:200]])
def test_what_is_no_pdf_is_a_typed_error(data: bytes) -> None:
    with pytest.raises(InputError):
        page_png(data, page=0, dpi=DPI)
