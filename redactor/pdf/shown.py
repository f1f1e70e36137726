"""One page as the reader sees it, for the screen: the same flattened page, in the same frame, that the burner cuts.

The caller runs it in a child process and keeps what comes back.
"""

from __future__ import annotations

import pymupdf

from redactor.errors import NoPages, UnsupportedPdf
from redactor.pdf.opening import ERRORS, opened

PIXEL_BUDGET = 12_000_000  # pixels of one picture: a tabloid page at 150 dpi has 4 million


def page_png(data: bytes, *, page: int, dpi: int) -> bytes:
    """Page `page` (from 0) as a grey or colour PNG, turned as shown. Fewer dots an inch when it would be too large.

    Raises NoPages, or the kinds of `InputError` that tell why the file cannot be treated.
    """
    with opened(data) as work:
        if not 0 <= page < len(work.frames):
            raise NoPages(page=page + 1)
        frame = work.frames[page]
        scale = min(dpi / 72, (PIXEL_BUDGET / (frame.width * frame.height)) ** 0.5)
        matrix = pymupdf.Matrix(scale, scale).prerotate(frame.rotation)
        try:
            pixmap = work.page(page).get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)
            if pixmap.is_monochrome or _is_grey(pixmap):
                pixmap = pymupdf.Pixmap(pymupdf.csGRAY, pixmap)
            return bytes(pixmap.tobytes("png"))
        except ERRORS:
            raise UnsupportedPdf(part="page") from None


def _is_grey(pixmap: pymupdf.Pixmap) -> bool:
    """True when red, green and blue agree at every dot."""
    samples = bytes(pixmap.samples)
    return samples[0::3] == samples[1::3] == samples[2::3]
