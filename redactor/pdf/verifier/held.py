"""Images of written text pages that may hold text: what OCR should read, and which of them are no mere logo.

Size and contrast decide, on the pixels of the image itself; what stands over it on the page plays no part.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from redactor.errors import DamagedPdf
from redactor.pdf.geometry import box_through, common
from redactor.pdf.verifier.drawings import DEPTH, bounds
from redactor.pdf.verifier.words import frame_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Box

DPI = 200  # dots an inch of what is handed to OCR, as for whole pages
LEAST_WIDTH_PT, LEAST_HEIGHT_PT = 12.0, 5.0  # points: two letters of 5 pt type; a smaller image holds no word
LOGO_WIDTH_PT, LOGO_HEIGHT_PT = 200.0, 100.0  # points: 7 cm by 3.5 cm, what a letterhead gives its logo
SHARP = 64  # levels of 255 between neighbours that make an edge: the contrast of print, even when scanned
EDGES = 150  # sharp edges of some ten letters
LOOKED_AT = 4_000_000  # pixels of one image that are looked at; a larger one is thinned out


@dataclass(frozen=True, slots=True)
class Held:
    """One image that may hold text: its page from 0, its box as shown, its picture as PNG."""

    page: int
    box: Box
    png: bytes = field(repr=False)

    @property
    def is_logo_sized(self) -> bool:
        """True when it is no larger than the logo of a letterhead."""
        return self.box.width <= LOGO_WIDTH_PT and self.box.height <= LOGO_HEIGHT_PT

    @property
    def digest(self) -> str:
        """What tells it from other pictures: a logo on every page is read once."""
        return hashlib.sha256(self.png).hexdigest()


def images_to_read(data: bytes, *, pages: Sequence[int]) -> tuple[Held, ...]:
    """The images on `pages` of a written file that may hold text, in order. Raises DamagedPdf."""
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            return tuple(held for number in pages for held in _of_page(pdf[number], number))
    except (pypdfium2.PdfiumError, IndexError):
        raise DamagedPdf(part="images") from None


def _of_page(page: Any, number: int) -> Iterator[Held]:
    frame = frame_of(page)
    picture = None
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=DEPTH):
        shown = common(box_through(frame.sheet_to_shown, bounds(item)), frame.shown)
        if shown is None or shown.width < LEAST_WIDTH_PT or shown.height < LEAST_HEIGHT_PT or not _has_edges(item):
            continue
        picture = picture or page.render(scale=DPI / 72, grayscale=True).to_pil()
        yield Held(number, shown, _cut(picture, shown))


def _has_edges(item: Any) -> bool:
    """True when its pixels have the edges of print; an image that cannot be decoded may hold anything."""
    try:
        pixels = np.asarray(item.get_bitmap(render=False).to_numpy(), dtype=np.int16)
    except pypdfium2.PdfiumError:
        return True
    grey = pixels.reshape(*pixels.shape[:2], -1)[:, :, :3].mean(axis=2)
    step = max(1, int((grey.size / LOOKED_AT) ** 0.5))
    return int((np.abs(np.diff(grey[::step, ::step], axis=1)) >= SHARP).sum()) >= EDGES


def _cut(picture: Any, shown: Box) -> bytes:
    scale = DPI / 72
    out = io.BytesIO()
    picture.crop((shown.x0 * scale, shown.y0 * scale, shown.x1 * scale, shown.y1 * scale)).save(out, format="PNG")
    return out.getvalue()
