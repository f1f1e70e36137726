"""Streams that hold more than what they are for: programs, spare bytes, unseen pixels, letters no page shows."""

from __future__ import annotations

import io
import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
from PIL import Image

from redactor.pdf.verifier.claims import Channel, Leak
from redactor.pdf.verifier.readers import READ_ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

CALCULATOR = 4  # function type of a program; ISO 32000-1, 7.10.5
CHANNELS = {"/DeviceGray": 1, "/DeviceRGB": 3}
CLEAR = 8  # levels of 255 of opacity under which a pixel cannot be seen
NEAR = 24  # levels of 255 by which JPEG may move a white pixel
SQUARE = 16  # pixels a side of what JPEG codes together
CFF_NAME = re.compile(rb"Rebuilt|[cg]\d{1,5}")
MAPPED = re.compile(rb"<[0-9A-F]{2,4}> <([0-9A-F]{4,16})>")  # one row of a map to text as we write it
END_OF_JPEG = b"\xff\xd9"


def leaks_in(pdf: Any) -> Iterator[Leak]:
    """Streams of an open file (pikepdf) that carry what nobody sees."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            try:
                fit = _is_fit(thing)
            except (*READ_ERRORS, OSError):
                fit = False
            if not fit:
                yield Leak(Channel.IMAGE if thing.get("/Subtype") == pikepdf.Name.Image else Channel.OBJECT)


def spare_letters(pdf: Any, *, seen: frozenset[str]) -> Iterator[Leak]:
    """A leak when a font of an open file (pikepdf) has a letter that no page shows: it was used by what is masked.

    `seen` are the letters and digits of all pages, folded by `letters_of`.
    """
    told = frozenset[str]()
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and isinstance(thing.get("/ToUnicode"), pikepdf.Stream):
            rows = MAPPED.findall(thing.ToUnicode.read_bytes())
            told |= letters_of("".join(bytes.fromhex(row.decode()).decode("utf-16-be", "ignore") for row in rows))
    if not told <= seen:
        yield Leak(Channel.FONT)


def letters_of(text: str) -> frozenset[str]:
    """The letters and digits of `text`, ligatures and presentation forms undone."""
    plain = unicodedata.normalize("NFKC", text)
    return frozenset(letter for letter in plain if letter.isalnum())


def _is_fit(stream: Any) -> bool:
    if "/FunctionType" in stream:
        return stream.FunctionType != CALCULATOR and _is_table_full(stream)
    if stream.get("/Subtype") == pikepdf.Name.Image:
        return _is_whole_image(stream) and _is_white_where_clear(stream)
    if stream.get("/Subtype") in {pikepdf.Name.Type1C, pikepdf.Name.CIDFontType0C}:
        return _has_own_names(stream.read_bytes())
    return True


def _is_table_full(stream: Any) -> bool:
    """True when the samples of a function are as many as it needs."""
    count = len(stream.Range) // 2
    for side in stream.Size:
        count *= int(side)
    return len(stream.read_bytes()) <= -(-count * int(stream.BitsPerSample) // 8)


def _is_whole_image(stream: Any) -> bool:
    """True when the bytes of an image are those of its pixels and no more."""
    if stream.get("/Filter") == pikepdf.Name.DCTDecode:
        return bool(stream.read_raw_bytes().endswith(END_OF_JPEG))
    bits = 1 if stream.get("/ImageMask") is True else int(stream.BitsPerComponent) * _channels(stream)
    return len(stream.read_bytes()) == -(-int(stream.Width) * bits // 8) * int(stream.Height)


def _channels(stream: Any) -> int:
    return CHANNELS[str(stream.ColorSpace)]


def _is_white_where_clear(stream: Any) -> bool:
    """True when pixels that opacity hides are white: their colour could be read all the same."""
    if "/SMask" not in stream:
        return True
    colour, opacity = _pixels(stream), _pixels(stream.SMask)
    if colour.shape[:2] != opacity.shape[:2]:
        return False
    hidden = opacity[:, :, 0] < CLEAR
    far = (255 - colour).max(axis=2) > NEAR
    if stream.get("/Filter") == pikepdf.Name.DCTDecode:
        hidden = _whole_squares(hidden)
    return not bool((hidden & far).any())


def _whole_squares(marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`marks` that fill a square which JPEG codes apart: at an edge it mixes the pixels of both sides."""
    height, width = (side - side % SQUARE for side in marks.shape)
    cells = marks[:height, :width].reshape(height // SQUARE, SQUARE, width // SQUARE, SQUARE).all(axis=(1, 3))
    made = np.zeros_like(marks)
    made[:height, :width] = cells.repeat(SQUARE, axis=0).repeat(SQUARE, axis=1)
    return made


def _pixels(stream: Any) -> NDArray[np.uint8]:
    """Levels of an image that we wrote, in rows, columns and channels."""
    if stream.get("/Filter") == pikepdf.Name.DCTDecode:
        with Image.open(io.BytesIO(stream.read_raw_bytes())) as image:
            found = np.asarray(image)
    elif int(stream.BitsPerComponent) == 1:
        row = -(-int(stream.Width) // 8)
        packed = np.frombuffer(stream.read_bytes(), dtype=np.uint8).reshape(int(stream.Height), row)
        found = np.unpackbits(packed, axis=1)[:, : int(stream.Width)] * np.uint8(255)
    else:
        found = np.frombuffer(stream.read_bytes(), dtype=np.uint8)
    return found.reshape(int(stream.Height), int(stream.Width), -1)


def _has_own_names(program: bytes) -> bool:
    """True when the name and the strings of a bare CFF program are ours (Adobe Technical Note 5176, 7 to 10)."""
    names, at = _index(program, program[2])
    _, at = _index(program, at)
    strings, _ = _index(program, at)
    return all(CFF_NAME.fullmatch(one) for one in (*names, *strings))


def _index(data: bytes, at: int) -> tuple[list[bytes], int]:
    """The items of the INDEX at `at`, and where it ends."""
    count = int.from_bytes(data[at : at + 2], "big")
    if not count:
        return [], at + 2
    size = data[at + 2]
    table = at + 3
    ends = [int.from_bytes(data[table + size * n : table + size * (n + 1)], "big") for n in range(count + 1)]
    base = table + size * (count + 1) - 1
    return [data[base + first : base + last] for first, last in pairwise(ends)], base + ends[-1]
