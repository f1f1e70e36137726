"""Scans for tests, made in code: pages drawn as pictures, then leaned, dirtied and squeezed as an office does."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pymupdf
from PIL import Image

PAPER = 150  # of 255: lighter is paper for a scanner that knows black and white only


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a sheet was scanned: resolution, lean in degrees, grain of the sensor, quality of the JPEG, turn.

    `specks` is the share of pixels that dust turned black or white; `bilevel` scans are black and white only.
    """

    dpi: int = 300
    skew: float = 0.0
    noise: float = 0.0
    quality: int = 80
    turn: int = 0
    specks: float = 0.0
    bilevel: bool = False


def scanned(data: bytes, scanner: Scanner) -> bytes:
    """The PDF `data` as a PDF of page pictures without any text."""
    source, made = pymupdf.open(stream=data, filetype="pdf"), pymupdf.open()
    for number, page in enumerate(source):
        pixmap = page.get_pixmap(dpi=scanner.dpi, colorspace=pymupdf.csGRAY)
        picture = Image.frombytes("L", (pixmap.width, pixmap.height), bytes(pixmap.samples))
        picture = _worn(picture, scanner, seed=number).rotate(-scanner.turn, expand=True)
        stream = io.BytesIO()
        if scanner.bilevel:
            picture.point(lambda level: 255 * (level >= PAPER)).convert("1").save(stream, "PNG")
        else:
            picture.save(stream, "JPEG", quality=scanner.quality)
        sheet = made.new_page(width=picture.width * 72 / scanner.dpi, height=picture.height * 72 / scanner.dpi)
        sheet.insert_image(sheet.rect, stream=stream.getvalue())
    result: bytes = made.tobytes()
    return result


def _worn(picture: Image.Image, scanner: Scanner, *, seed: int) -> Image.Image:
    leaned = picture.rotate(scanner.skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if not scanner.noise and not scanner.specks:
        return leaned
    grains = np.random.default_rng(seed)
    levels = np.asarray(leaned).astype(np.float32)
    levels += grains.normal(0, 255 * scanner.noise, levels.shape)
    if scanner.specks:
        drawn = grains.random(levels.shape)
        levels[drawn < scanner.specks / 2] = 0
        levels[drawn > 1 - scanner.specks / 2] = 255
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))
