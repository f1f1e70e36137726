"""Images of the copy: each placed image is decoded, cut to what can be seen, blacked out, and encoded anew."""

from __future__ import annotations

import hashlib
import io
import math
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf
from PIL import Image, ImageDraw

from redactor.pdf.geometry import Matrix, apply, box_through, grown, inverse
from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub.malformed import MALFORMED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from redactor.model import Box

PIXEL_LIMIT = 60_000_000  # pixels of one image: a 600 dpi tabloid page has 67 million in colour, 34 in letter size
JPEG_QUALITY = 85  # percent; Pillow's scale
JPEG_GAIN = 3  # times smaller than lossless that JPEG must be to be worth its loss
BLACK, WHITE, CLEAR = 0, 255, 8  # levels of 255; under CLEAR a pixel cannot be seen


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded image: mode `1`, `L` or `RGB`, its opacity (mode `L`), or a stencil (`1`: 0 where it paints)."""

    image: Image.Image = field(repr=False)
    opacity: Image.Image | None = field(default=None, repr=False)
    stencil: bool = False
    smooth: bool = False


@dataclass(slots=True)
class ImageShelf:
    """Decoded images by object number, and written ones by content, so that a logo is stored once."""

    pdf: Any
    decode: Callable[[int], Image.Image]
    decoded: dict[Any, Picture] = field(default_factory=dict)
    stored_by_hash: dict[bytes, Any] = field(default_factory=dict)

    def stored(self, source: Any) -> Picture:
        """The image object `source`, decoded."""
        key = source.objgen
        if key not in self.decoded:
            _check_size(source)
            self.decoded[key] = self._decoded(source)
        return self.decoded[key]

    def _decoded(self, source: Any) -> Picture:
        smooth = source.get("/Interpolate", False) is True
        image = self.decode(source.objgen[0])
        if source.get("/ImageMask", False) is True:
            return Picture(image.point(_stencil_level).convert("1", dither=Image.Dither.NONE), None, True, smooth)
        if source.get("/BitsPerComponent") == 1 and image.mode == "L":
            image = image.convert("1", dither=Image.Dither.NONE)
        return Picture(image, self._opacity(source), False, smooth)

    def _opacity(self, source: Any) -> Image.Image | None:
        mask = source.get("/SMask", source.get("/Mask"))
        if mask is None:
            return None
        if not isinstance(mask, pikepdf.Stream) or "/Matte" in mask:
            raise OutsideSchema(Reason.IMAGE_CODEC)
        _check_size(mask)
        return self.decode(mask.objgen[0]).convert("L")

    def inline(self, source: Any) -> Picture:
        """An inline image, decoded."""
        try:
            if source.width * source.height > PIXEL_LIMIT or source.image_mask:
                raise OutsideSchema(Reason.IMAGE_CODEC)
            image = source.as_pil_image()
        except MALFORMED:
            raise OutsideSchema(Reason.IMAGE_CODEC) from None
        return Picture(image if image.mode in {"1", "L"} else image.convert("RGB"))

    def place(self, picture: Picture, *, ctm: Matrix, visible: Box, masks: Sequence[Box]) -> tuple[Any, Matrix]:
        """The image object to draw at `ctm`, cut to `visible`, black under `masks`; and where in the unit square."""
        back = inverse(ctm)
        if back is None:
            raise OutsideSchema(Reason.IMAGE_CODEC)
        window = _window(box_through(back, visible), picture.image.size)
        placed = _treated(picture, back, window, masks)
        digest = _digest(placed)
        if digest not in self.stored_by_hash:
            self.stored_by_hash[digest] = _object(placed, self.pdf)
        return self.stored_by_hash[digest], _unit(window, picture.image.size)


def _stencil_level(paint: int) -> int:
    return 0 if paint >= 128 else WHITE


def _check_size(source: Any) -> None:
    width, height = source.get("/Width"), source.get("/Height")
    if not isinstance(width, int) or not isinstance(height, int) or not 0 < width * height <= PIXEL_LIMIT:
        raise OutsideSchema(Reason.IMAGE_CODEC)


Window = tuple[int, int, int, int]  # left, top, right, bottom in pixels


def _window(seen: Box, size: tuple[int, int]) -> Window:
    """The pixels that can be seen: `seen` is in the unit square of the image, y upwards."""
    width, height = size
    left, right = (max(0, min(width, edge)) for edge in (math.floor(seen.x0 * width), math.ceil(seen.x1 * width)))
    top, bottom = (max(0, min(height, edge)) for edge in (_row(seen.y1, height), _row(seen.y0, height, up=True)))
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _row(y: float, height: int, *, up: bool = False) -> int:
    return math.ceil((1 - y) * height) if up else math.floor((1 - y) * height)


def _unit(window: Window, size: tuple[int, int]) -> Matrix:
    left, top, right, bottom = window
    width, height = size
    return ((right - left) / width, 0, 0, (bottom - top) / height, left / width, 1 - bottom / height)


def _treated(picture: Picture, back: Matrix, window: Window, masks: Sequence[Box]) -> Picture:
    image, opacity = picture.image, picture.opacity
    if opacity is not None:
        image = _without_unseen(image, opacity)
    if masks:
        image = _masked(image, back, masks, WHITE if picture.stencil else BLACK)
        opacity = None if opacity is None else _masked(opacity, back, masks, WHITE)
    if opacity is not None:
        opacity = _cropped(opacity.resize(image.size), window)
    return Picture(_cropped(image, window), opacity, picture.stencil, picture.smooth)


def _without_unseen(image: Image.Image, opacity: Image.Image) -> Image.Image:
    """Pixels that opacity hides hold no colour."""
    seen = opacity.point(lambda level: WHITE if level >= CLEAR else 0).resize(image.size).convert("1")
    return Image.composite(image, Image.new(image.mode, image.size, _level(image, WHITE)), seen)


def _masked(image: Image.Image, back: Matrix, masks: Sequence[Box], level: int) -> Image.Image:
    made = image.copy()
    for mask in masks:
        _fill(made, _quad(mask, back, made.size), level)
    return made


def _cropped(image: Image.Image, window: Window) -> Image.Image:
    return image if window == (0, 0, *image.size) else image.crop(window)


def _level(image: Image.Image, level: int) -> int | tuple[int, ...]:
    return (level,) * 3 if image.mode == "RGB" else level


def _quad(box: Box, back: Matrix, size: tuple[int, int]) -> list[tuple[float, float]]:
    """Corners of `box` in pixels of an image of `size` whose unit square `back` leads to."""
    wide = grown(box, 0.5)
    corners = [(wide.x0, wide.y0), (wide.x1, wide.y0), (wide.x1, wide.y1), (wide.x0, wide.y1)]
    units = [apply(back, corner) for corner in corners]
    return [(_bounded(x) * size[0], (1 - _bounded(y)) * size[1]) for x, y in units]


def _bounded(value: float) -> float:
    return max(-100.0, min(100.0, value))


def _fill(image: Image.Image, quad: list[tuple[float, float]], level: int) -> None:
    colour = _level(image, level)
    ImageDraw.Draw(image).polygon(quad, fill=colour, outline=colour, width=2)


def _digest(picture: Picture) -> bytes:
    parts = [picture.image.mode.encode(), repr(picture.image.size).encode(), picture.image.tobytes()]
    if picture.opacity is not None:
        parts += [repr(picture.opacity.size).encode(), picture.opacity.tobytes()]
    parts.append(bytes([picture.stencil, picture.smooth]))
    return hashlib.sha256(b"|".join(parts)).digest()


def _object(picture: Picture, pdf: Any) -> Any:
    made = encoded(picture.image, pdf)
    if picture.smooth:
        made.Interpolate = True
    if picture.stencil:
        del made.ColorSpace
        made.ImageMask = True
    if picture.opacity is not None:
        made.SMask = encoded(picture.opacity, pdf)
    return made


def encoded(image: Image.Image, pdf: Any) -> Any:
    """A new image object: lossless, or JPEG where that is far smaller."""
    data, parameters = _lossless(image)
    stream = pdf.make_stream(data)
    stream.Filter = pikepdf.Name.FlateDecode
    if image.mode != "1":
        photo = _jpeg(image)
        if len(photo) * JPEG_GAIN < len(data):
            stream = pdf.make_stream(photo)
            stream.Filter, parameters = pikepdf.Name.DCTDecode, None
    if parameters is not None:
        stream.DecodeParms = parameters
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = image.size
    stream.BitsPerComponent = 1 if image.mode == "1" else 8
    stream.ColorSpace = pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray
    return stream


def _lossless(image: Image.Image) -> tuple[bytes, pikepdf.Dictionary | None]:
    if image.mode == "1":
        return zlib.compress(image.tobytes(), 9), None
    plain = zlib.compress(image.tobytes(), 6)
    predicted = _png_rows(image)
    if len(predicted) >= len(plain):
        return plain, None
    colours = 3 if image.mode == "RGB" else 1
    return predicted, pikepdf.Dictionary(Predictor=15, Colors=colours, BitsPerComponent=8, Columns=image.size[0])


def _png_rows(image: Image.Image) -> bytes:
    """The compressed rows of the image as Pillow's PNG writer filters them: the joined IDAT chunks."""
    out = io.BytesIO()
    image.save(out, format="PNG", compress_level=6)
    data, at, rows = out.getvalue(), 8, []
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind == b"IDAT":
            rows.append(data[at + 8 : at + 8 + length])
        at += 12 + length
    return b"".join(rows)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=JPEG_QUALITY, optimize=False)
    return out.getvalue()
