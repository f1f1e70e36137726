"""Makes the columns and rows of a sheet hold what stands in them, since LibreOffice cuts the rest. Bytes only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DATE_WIDTH = 19  # characters of a number with a format of its own: a date with its time
MOST = 60  # characters of a column; longer words go on on further lines of the cell
ROOM = 2  # characters more than the words: those of the widest letters
LEAST_HEIGHT = 3.0  # points: a lower row shows no letter
LEAST_WIDTH = 0.3  # characters: a narrower column shows none
ROW = re.compile(rb"<(?:\w{1,20}:)?row\b[^>]{0,500}>")
HEIGHT = re.compile(rb'\sht="([^"]{1,40})"')
HIDDEN = re.compile(rb'\shidden="[^"]{0,10}"')
TALL = re.compile(rb'(<(?:\w{1,20}:)?row\b[^>]{0,500}?)\scustomHeight="(?:1|true)"')
COLUMNS = re.compile(rb"<(?P<p>(?:\w{1,20}:)?)cols>(?P<in>.{0,500000}?)</(?:\w{1,20}:)?cols>", re.DOTALL)
COLUMN = re.compile(rb"<(?:\w{1,20}:)?col\b([^>]{0,500}?)/?>")
FIELD = re.compile(rb'\b(\w{1,20})="([^"]{0,40})"')
DATA = re.compile(rb"<(?P<p>(?:\w{1,20}:)?)sheetData\b")


def roomy(data: bytes, widths: Mapping[int, int]) -> bytes:
    """The sheet with columns as wide as their words; `widths` are characters of those that are not hidden, from 1.

    Rows of no height become hidden, others find their own height.
    """
    data = TALL.sub(rb"\1", ROW.sub(_flat_hidden, data))
    start = DATA.search(data)
    if start is None:
        return data
    known = COLUMNS.search(data, 0, start.start())
    columns = _known(known.group("in")) if known is not None else {}
    for number, wide in widths.items():
        told = columns.get(number, {})
        if number > 0 and _number(told.get("width", b"8.43")) < wide + ROOM and not _is_hidden(told):
            columns[number] = told | {"width": str(min(wide, MOST) + ROOM).encode(), "customWidth": b"1"}
    if not columns:
        return data
    prefix = start.group("p")
    rows = b"".join(_written(prefix, number, told) for number, told in sorted(columns.items()))
    made = b"<" + prefix + b"cols>" + rows + b"</" + prefix + b"cols>"
    if known is not None:
        return data[: known.start()] + made + data[known.end() :]
    return data[: start.start()] + made + data[start.start() :]


def is_flat(height: str) -> bool:
    """True for the height of a row, in points, that shows no letter; a row that states none finds its own."""
    return bool(height) and _number(height.encode()) < LEAST_HEIGHT


def is_narrow(width: str) -> bool:
    """True for the width of a column, in characters, that shows no letter."""
    return bool(width) and _number(width.encode()) < LEAST_WIDTH


def _flat_hidden(row: re.Match[bytes]) -> bytes:
    """The opening mark of a row, marked hidden where it is too low to show anything."""
    told = row.group()
    height = HEIGHT.search(told)
    if height is None or not is_flat(height.group(1).decode("latin-1")):
        return told
    return HEIGHT.sub(b' hidden="1"', HIDDEN.sub(b"", told))


def _known(inside: bytes) -> dict[int, dict[str, bytes]]:
    """The columns that the sheet speaks of, one by one; a run to the last column keeps its first two hundred."""
    found: dict[int, dict[str, bytes]] = {}
    for one in COLUMN.finditer(inside):
        told = {key.decode(): value for key, value in FIELD.findall(one.group(1))}
        first, last = int(_number(told.pop("min", b"0"))), int(_number(told.pop("max", b"0")))
        if is_narrow(told.get("width", b"").decode("latin-1")):
            told["hidden"] = b"1"
        found |= {number: dict(told) for number in range(first, min(last, first + 16_384) + 1)}
    return found


def _is_hidden(told: Mapping[str, bytes]) -> bool:
    return told.get("hidden") in {b"1", b"true"}


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _written(prefix: bytes, number: int, told: Mapping[str, bytes]) -> bytes:
    fields = b"".join(b" " + key.encode() + b'="' + value + b'"' for key, value in told.items())
    return b"<" + prefix + b'col min="%d" max="%d"' % (number, number) + fields + b"/>"
