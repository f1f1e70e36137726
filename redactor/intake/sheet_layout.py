"""Makes the columns and rows of a sheet hold what stands in them, since LibreOffice cuts the rest. Bytes only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DATE_WIDTH = 19  # characters of a number with a format of its own: a date with its time
MOST = 60  # characters of a column; longer words go on on further lines of the cell
ROOM = 2  # characters more than the words: those of the widest letters
FLAT = re.compile(rb'(<(?:\w{1,20}:)?row\b(?![^>]{0,500}\bhidden=))([^>]{0,500}\sht="0(?:\.0{1,9})?")')
TALL = re.compile(rb'(<(?:\w{1,20}:)?row\b[^>]{0,500}?)\scustomHeight="(?:1|true)"')
COLUMNS = re.compile(rb"<(?P<p>(?:\w{1,20}:)?)cols>(?P<in>.{0,500000}?)</(?:\w{1,20}:)?cols>", re.DOTALL)
COLUMN = re.compile(rb"<(?:\w{1,20}:)?col\b([^>]{0,500}?)/?>")
FIELD = re.compile(rb'\b(\w{1,20})="([^"]{0,40})"')
DATA = re.compile(rb"<(?P<p>(?:\w{1,20}:)?)sheetData\b")


def roomy(data: bytes, widths: Mapping[int, int]) -> bytes:
    """The sheet with columns as wide as their words; `widths` are characters of those that are not hidden, from 1.

    Rows of no height become hidden, others find their own height.
    """
    data = TALL.sub(rb"\1", FLAT.sub(rb'\1 hidden="1"\2', data))
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


def _known(inside: bytes) -> dict[int, dict[str, bytes]]:
    """The columns that the sheet speaks of, one by one; a run to the last column keeps its first two hundred."""
    found: dict[int, dict[str, bytes]] = {}
    for one in COLUMN.finditer(inside):
        told = {key.decode(): value for key, value in FIELD.findall(one.group(1))}
        first, last = int(_number(told.pop("min", b"0"))), int(_number(told.pop("max", b"0")))
        if told.get("width") in {b"0", b"0.0"}:
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
