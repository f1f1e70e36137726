"""Scans for tests, made in code: pages drawn as pictures, then leaned, dirtied and squeezed as an office does."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pymupdf
from PIL import Image


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a sheet was scanned: resolution, lean in degrees, grains of dust, quality of the JPEG, turn of the sheet."""

    dpi: int = 300
    skew: float = 0.0
    noise: float = 0.0
    quality: int = 80
    turn: int = 0


def scanned(data: bytes, scanner: Scanner) -> bytes:
    """The PDF `data` as a PDF of page pictures without any text."""
    source, made = pymupdf.open(stream=data, filetype="pdf"), pymupdf.open()
    for number, page in enumerate(source):
        pixmap = page.get_pixmap(dpi=scanner.dpi, colorspace=pymupdf.csGRAY)
        picture = Image.frombytes("L", (pixmap.width, pixmap.height), bytes(pixmap.samples))
        picture = _worn(picture, scanner, seed=number).rotate(-scanner.turn, expand=True)
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=scanner.quality)
        sheet = made.new_page(width=picture.width * 72 / scanner.dpi, height=picture.height * 72 / scanner.dpi)
        sheet.insert_image(sheet.rect, stream=stream.getvalue())
    result: bytes = made.tobytes()
    return result


def _worn(picture: Image.Image, scanner: Scanner, *, seed: int) -> Image.Image:
    leaned = picture.rotate(scanner.skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if not scanner.noise:
        return leaned
    grains = np.random.default_rng(seed)
    levels = np.asarray(leaned).astype(np.float32)
    levels += grains.normal(0, 255 * scanner.noise, levels.shape)
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))
