"""The places of a document's letters kept in a file: forty bytes a letter, needed only where something is cut out.

Everything that asks a `Layout` may ask a `KeptLayout`: the system brings in the parts of the file that are touched.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from redactor.model import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redactor.model import PageBox, Span

FIELDS = ("first", "last", "boxes", "lines", "line_pages")
Code = Literal["i", "f"]  # of the module array: a text has fewer than 2^31 letters
CODES: dict[str, Code] = {"first": "i", "last": "i", "boxes": "f", "lines": "i", "line_pages": "i"}
OPEN = 16  # files held open at once; those that are not touched cost nothing
_HEAD = struct.Struct("=5q")  # number of values of each field


class KeptLayout(Layout):
    """The layout that `packed` wrote to a file. It travels as the name of the file."""

    __slots__ = ("path",)
    path: Path

    def __init__(self, path: Path) -> None:
        object.__setattr__(self, "path", path)

    def __getattribute__(self, name: str) -> Any:
        """The values of a field come from the file."""
        if name in CODES:
            return getattr(_layout(object.__getattribute__(self, "path")), name)
        return object.__getattribute__(self, name)

    def glyphs_of(self, span: Span) -> range:
        """As of any layout."""
        return _layout(self.path).glyphs_of(span)

    def boxes_of(self, span: Span) -> tuple[PageBox, ...]:
        """As of any layout."""
        return _layout(self.path).boxes_of(span)

    def page_of(self, offset: int) -> int | None:
        """As of any layout."""
        return _layout(self.path).page_of(offset)

    def __reduce__(self) -> tuple[object, ...]:
        return (KeptLayout, (self.path,))


def packed(layout: Layout) -> bytes:
    """`layout` as the bytes of its file."""
    fields = [_as(CODES[name], getattr(layout, name)) for name in FIELDS]
    return b"".join([_HEAD.pack(*map(len, fields)), *(one.tobytes() for one in fields)])


def _as(code: str, values: array[Any]) -> array[Any]:
    return values if isinstance(values, array) and values.typecode == code else array(code, values)


def kept(path: Path) -> KeptLayout | None:
    """The layout of a file; None when there is none, or not all of it."""
    try:
        with path.open("rb") as file:
            counts = _HEAD.unpack(file.read(_HEAD.size))
        is_whole = path.stat().st_size == _HEAD.size + 4 * sum(counts)
    except (OSError, struct.error):
        return None
    return KeptLayout(path) if is_whole else None


@lru_cache(maxsize=OPEN)
def _layout(path: Path) -> Layout:
    with path.open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    return Layout(**dict(_fields(whole, _HEAD.unpack(whole[: _HEAD.size]))))


def _fields(whole: memoryview, counts: tuple[int, ...]) -> Iterator[tuple[str, Any]]:
    start = _HEAD.size
    for name, count in zip(FIELDS, counts, strict=True):
        part = whole[start : start + 4 * count]
        yield name, part.cast("f") if CODES[name] == "f" else part.cast("i")
        start += 4 * count
