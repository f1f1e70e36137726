"""Puts pictures on PDF pages, one a page, at their own resolution and the right way up. What they show is not read."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import pymupdf
from PIL import Image, ImageOps, ImageSequence

from redactor.errors import DamagedFile, PictureTooLarge, TooManyPages
from redactor.settings import PAGE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

PIXEL_LIMIT = 150_000_000  # of one picture; an A0 sheet at 300 dpi has 140 million
KINDS = ("PNG", "JPEG", "TIFF")  # Pillow's names of what is opened; the others are never tried
USUAL_DPI = 200.0  # dots an inch where the file states none, or nonsense: an office scanner's
LEAST_DPI, MOST_DPI = 50.0, 2400.0  # dots an inch of a scanner; what lies outside is a camera's or an editor's mark
LONGEST_PT = 1224.0  # points, 17 in: longer pages are scaled to this, a sheet of tabloid
ORIENTED = 0x0112  # EXIF tag "Orientation"
ERRORS = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, OverflowError)


def pages_of_pictures(data: bytes) -> bytes:
    """A PDF with a page for each frame. Raises PictureTooLarge, TooManyPages, DamagedFile."""
    with pymupdf.open() as doc, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, frame in enumerate(_frames(data)):
            if number >= PAGE_LIMIT:
                raise TooManyPages(limit=PAGE_LIMIT)
            _add(doc, frame)
        made: bytes = doc.tobytes(deflate=True)
    return made


def _frames(data: bytes) -> Iterator[Image.Image]:
    Image.MAX_IMAGE_PIXELS = None  # our own limit, below, is stricter and has its own error
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as picture:
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > PIXEL_LIMIT:
                    raise PictureTooLarge(width=frame.width, height=frame.height, limit=PIXEL_LIMIT)
                frame.load()
                yield frame
    except ERRORS:
        raise DamagedFile from None


def _add(doc: Any, frame: Image.Image) -> None:
    across, down = _dpi(frame)
    if _orientation(frame) >= 5:  # EXIF: the four positions on a side
        across, down = down, across
    picture = ImageOps.exif_transpose(frame)
    width, height = picture.width * 72 / across, picture.height * 72 / down
    scale = min(1.0, LONGEST_PT / max(width, height))
    page = doc.new_page(width=max(width * scale, 3.0), height=max(height * scale, 3.0))
    page.insert_image(page.rect, stream=_plain(picture), keep_proportion=False)


def _dpi(frame: Image.Image) -> tuple[float, float]:
    told = frame.info.get("dpi")
    try:
        across, down = (float(one) for one in told or ())
    except ERRORS:
        return USUAL_DPI, USUAL_DPI
    known = LEAST_DPI <= across <= MOST_DPI and LEAST_DPI <= down <= MOST_DPI
    return (across, down) if known else (USUAL_DPI, USUAL_DPI)


def _orientation(frame: Image.Image) -> int:
    try:
        return int(frame.getexif().get(ORIENTED, 1))
    except ERRORS:
        return 1


def _plain(picture: Image.Image) -> bytes:
    """The pixels alone, without anything else the file said, on white where they let it through."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        picture = Image.alpha_composite(paper, layer).convert("RGB")
    elif picture.mode.startswith("I") or picture.mode == "F":
        low, high = picture.getextrema()
        span = max(float(high) - float(low), 1.0)  # type: ignore[arg-type]
        picture = picture.point(lambda v: (v - float(low)) * 255 / span).convert("L")  # type: ignore[arg-type]
    elif picture.mode not in {"1", "L", "RGB"}:
        picture = picture.convert("RGB")
    stream = io.BytesIO()
    Image.frombytes(picture.mode, picture.size, picture.tobytes()).save(stream, "PNG", compress_level=1)
    return stream.getvalue()
