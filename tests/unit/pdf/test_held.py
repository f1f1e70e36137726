"""Images that may hold text: which are read, which stop a release where nothing can read them."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from redactor import ocr
from redactor.errors import DamagedPdf, ImageUnread, ProofFailed
from redactor.model import Box, DocumentId, PageBox, Redaction, RedactionKind
from redactor.pdf import candidate
from redactor.pdf.plan import BurnPlan, RouteKind
from redactor.pdf.verifier import held
from redactor.pdf.verifier.held import images_to_read
from redactor.production import IMAGE_TEXT, OCR_SKIPPED, Product, _read_images
from redactor.same_values import Value
from tests.pdf.kit import add, append, document, flate_image, secret_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.verifier.held import Held

MASKED = (Redaction((secret_box(),), "art. 53"),)
NAME = Value("PI.name", ("ludivine", "quetzal"))
PARAGRAPH = "La plaignante est Ludivine Quetzal\net demeure depuis longtemps à Rimouski."

needs_tesseract = pytest.mark.skipif(
    not (ocr.languages() or frozenset()).issuperset(ocr.LANGUAGES),
    reason="tesseract with fra and eng is not installed: apt-get install tesseract-ocr tesseract-ocr-fra",
)


class Here:
    """A sandbox that runs in this process."""

    def call(self, task: Any, data: bytes, **options: Any) -> Any:
        return task(data, **options)


def lettered(text: str = PARAGRAPH, size: tuple[int, int] = (1300, 200)) -> Image.Image:
    """A picture of some lines of type, sharp as a screen shot."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).multiline_text((20, 30), text, fill=0, font=ImageFont.load_default(48), spacing=20)
    return image


def with_image(image: Image.Image, width: float, height: float, *, at: tuple[float, float] = (72, 300)) -> bytes:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "XObject", "I0", flate_image(pdf, image))
        append(pdf, page, b"q %g 0 0 %g %g %g cm /I0 Do Q\n" % (width, height, *at))

    return document(mutate=mutate)


def made(data: bytes, redactions: Sequence[Redaction] = MASKED) -> Product:
    done = candidate.make(data, plan=BurnPlan(tuple(redactions), title="Document"))
    return Product(done.data, routes=tuple((route.kind.value, route.reason.value) for route in done.routes))


def found(data: bytes) -> tuple[Held, ...]:
    return images_to_read(made(data).data, pages=(0,))


def read(product: Product, hidden: Sequence[Value] = (), **plan: Any) -> tuple[str, ...]:
    wanted = BurnPlan(plan.pop("redactions", MASKED), **plan)
    return _read_images(product, hidden, wanted, DocumentId("d1"), Here())  # type: ignore[arg-type]


def test_a_picture_of_words_may_hold_text() -> None:
    (one,) = found(with_image(lettered(), 400, 62))
    assert not one.is_logo_sized
    assert [round(v) for v in (one.box.x0, one.box.y0, one.box.x1, one.box.y1)] == [72, 430, 472, 492]
    assert Image.open(io.BytesIO(one.png)).size[0] == pytest.approx(400 * held.DPI / 72, abs=2)


def smooth() -> Image.Image:
    return Image.linear_gradient("L").resize((600, 300))


@pytest.mark.parametrize(
    ("image", "width", "height"),
    [(smooth(), 400, 200), (Image.new("L", (400, 200), 90), 400, 200), (lettered(), 10, 4)],
    ids=["a shade", "one colour", "too small for a word"],
)
def test_what_holds_no_text(image: Image.Image, width: float, height: float) -> None:
    assert found(with_image(image, width, height)) == ()


def test_a_logo_is_told_by_its_size() -> None:
    (one,) = found(with_image(lettered(), 180, 28))
    assert one.is_logo_sized


def test_an_image_off_the_page_or_on_another_is_not_asked() -> None:
    product = made(with_image(lettered(), 400, 62))
    assert images_to_read(product.data, pages=()) == ()


def test_a_large_image_is_thinned_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "LOOKED_AT", 60_000)
    assert len(found(with_image(lettered(), 400, 62))) == 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n"])
def test_what_cannot_be_read_is_no_empty_answer(data: bytes) -> None:
    with pytest.raises(DamagedPdf):
        images_to_read(data, pages=(0,))


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """No tesseract on this machine."""
    monkeypatch.setattr(shutil, "which", lambda _: None)


@pytest.mark.usefixtures("blind")
def test_unread_words_beside_masks_stop_the_release() -> None:
    product = made(with_image(lettered(), 400, 62))
    assert product.routes == (("text", "none"),)
    with pytest.raises(ImageUnread) as stopped:
        read(product)
    assert stopped.value.facts["page"] == 1
    assert "apt-get install tesseract-ocr" in stopped.value.advice


@pytest.mark.usefixtures("blind")
def test_a_logo_stops_nothing() -> None:
    assert read(made(with_image(lettered(), 180, 28))) == ()


@pytest.mark.usefixtures("blind")
def test_a_page_without_masks_goes_with_a_note() -> None:
    assert read(made(with_image(lettered(), 400, 62), ()), redactions=()) == (OCR_SKIPPED,)


@pytest.mark.usefixtures("blind")
def test_a_draft_goes_with_a_note() -> None:
    assert read(made(with_image(lettered(), 400, 62)), stamp="PROJET") == (OCR_SKIPPED,)


@pytest.mark.usefixtures("blind")
def test_an_image_that_somebody_drew_a_box_on_was_looked_at() -> None:
    drawn = (*MASKED, Redaction((PageBox(0, Box(300, 440, 380, 480)),), "art. 53", RedactionKind.AREA))
    assert read(made(with_image(lettered(), 400, 62), drawn), redactions=drawn) == (OCR_SKIPPED,)


def test_a_file_without_images_is_not_opened_again() -> None:
    class Never:
        def call(self, *_: object, **__: object) -> None:
            raise AssertionError

    product = Product(made(document()).data, routes=((RouteKind.TEXT.value, "none"),))
    assert _read_images(product, (), BurnPlan(MASKED), DocumentId("d1"), Never()) == ()  # type: ignore[arg-type]


@needs_tesseract
def test_a_hidden_value_in_an_image_stops_the_release() -> None:
    with pytest.raises(ProofFailed):
        read(made(with_image(lettered(), 400, 62)), (NAME,))


@needs_tesseract
def test_other_words_in_an_image_are_noted() -> None:
    gone = Value("PI.name", ("odile", "zorblax"))
    assert read(made(with_image(lettered(), 400, 62)), (gone,)) == (IMAGE_TEXT,)


@needs_tesseract
def test_the_same_logo_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def note(png: bytes) -> str:
        seen.append(png)
        return ""

    monkeypatch.setattr(ocr, "text_of", note)
    product = made(with_image(lettered(), 180, 28))
    monkeypatch.setattr("redactor.production._images", lambda p, s: images_to_read(p.data, pages=(0,)) * 3)
    assert read(product) == ()
    assert len(seen) == 1
