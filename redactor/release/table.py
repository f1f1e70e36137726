"""Rows of a report in a file, one a line: a request of thousands of pages has more of them than the memory should hold.

Only what tells a row from others stays in memory. No text of a document stands in a row.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from redactor.errors import DiskFull

if TYPE_CHECKING:
    from pathlib import Path

JsonRow = Mapping[str, Any]
HEAD = ("file", "request", "state", "released", "draft", "output_sha256", "fingerprint", "parts", "container")


class Table:
    """Rows that are added one after the other, each flushed to the disk, and read again one at a time."""

    def __init__(self, path: Path) -> None:
        """The rows of `path`, if it is there; a last one that was cut short is dropped."""
        self._path = path
        self._places: list[int] = []
        self.heads: list[JsonRow] = []
        self._end = 0
        if path.is_file():
            self._read()

    def _read(self) -> None:
        with self._path.open("rb") as file:
            for line in file:
                row = _row(line)
                if row is None:
                    break
                self._note(row, len(line))

    def _note(self, row: JsonRow, size: int) -> None:
        self._places.append(self._end)
        self._end += size
        self.heads.append({key: row.get(key) for key in HEAD})

    def __len__(self) -> int:
        return len(self.heads)

    def add(self, row: JsonRow) -> int:
        """Adds a row; gives its number. Raises DiskFull."""
        try:
            with open(self._path, "r+b" if self._end else "wb", opener=_private) as file:
                file.truncate(self._end)
                file.seek(self._end)
                size = sum(file.write(piece.encode()) for piece in _line(row))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            raise DiskFull from None
        self._note(row, size)
        return len(self.heads) - 1

    def row(self, number: int) -> JsonRow:
        """A row by its number."""
        with self._path.open("rb") as file:
            file.seek(self._places[number])
            row: JsonRow = json.loads(file.readline())
        return row


def _line(row: JsonRow) -> Iterator[str]:
    """A row as a line of JSON, lists item by item: whole, that of a file of thousands of pages takes 100 MiB."""
    yield "{"
    for number, (key, value) in enumerate(row.items()):
        yield f"{', ' if number else ''}{_json(key)}: "
        yield from _items(value) if isinstance(value, list) else (_json(value),)
    yield "}\n"


def _items(values: list[Any]) -> Iterator[str]:
    yield "["
    for number, one in enumerate(values):
        yield f"{', ' if number else ''}{_json(one)}"
    yield "]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _row(line: bytes) -> JsonRow | None:
    try:
        row = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


class Rows(Sequence[JsonRow]):
    """Some rows of some tables, in an order of their own."""

    def __init__(self, places: Iterable[tuple[Table, int]] = ()) -> None:
        self.places = list(places)

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> JsonRow: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[JsonRow]: ...

    def __getitem__(self, at: int | slice) -> JsonRow | Sequence[JsonRow]:
        if isinstance(at, slice):
            return Rows(self.places[at])
        table, number = self.places[at]
        return table.row(number)

    def __iter__(self) -> Iterator[JsonRow]:
        return (table.row(number) for table, number in self.places)

    @property
    def heads(self) -> Iterator[JsonRow]:
        """What tells each row from the others."""
        return (table.heads[number] for table, number in self.places)


def table_of(path: Path, rows: Iterable[JsonRow]) -> Table:
    """A new table of `rows`. Raises DiskFull."""
    path.unlink(missing_ok=True)
    table = Table(path)
    for row in rows:
        table.add(row)
    return table
