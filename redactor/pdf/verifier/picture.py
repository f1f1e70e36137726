"""A page as a person sees it, drawn by another library than the one that wrote it."""

from __future__ import annotations

import io

import pypdfium2

from redactor.errors import DamagedPdf

DPI = 200  # dots an inch; tesseract's own advice is 300, and 10 pt type is read at 200 (docs/security.md)
POINTS = 72  # points an inch


def page_png(data: bytes, *, page: int) -> bytes:
    """Page `page` (from 0) in grey, as PNG. Raises DamagedPdf."""
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            picture = pdf[page].render(scale=DPI / POINTS, grayscale=True).to_pil()
    except (pypdfium2.PdfiumError, IndexError):
        raise DamagedPdf(page=page + 1) from None
    out = io.BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()
