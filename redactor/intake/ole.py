"""Reads compound files, the form of old Office files and Outlook's messages: streams by name; and replaces one."""

from __future__ import annotations

import io
from typing import Any

import olefile  # type: ignore[import-untyped]

from redactor.errors import DamagedFile

ERRORS = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)
STREAM_LIMIT = 512 << 20  # bytes of one stream


class Compound:
    """A compound file held in memory. Raises DamagedFile where it cannot be read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._ole: Any = olefile.OleFileIO(data)
            self.names: tuple[tuple[str, ...], ...] = tuple(tuple(one) for one in self._ole.listdir())
        except ERRORS:
            raise DamagedFile from None
        self._known = {tuple(step.lower() for step in name) for name in self.names}

    def has(self, *name: str) -> bool:
        """True for a stream of that path."""
        return tuple(step.lower() for step in name) in self._known

    def read(self, *name: str, most: int = STREAM_LIMIT) -> bytes:
        """The bytes of a stream, `most` of them at the most; none where it is missing."""
        if not self.has(*name):
            return b""
        try:
            data: bytes = self._ole.openstream(list(name)).read(most)
        except ERRORS:
            raise DamagedFile from None
        return data

    def replaced(self, name: str, stream: bytes) -> bytes:
        """The whole file with one stream replaced by another of the same length. Raises DamagedFile."""
        whole = io.BytesIO(self._data)
        try:
            with olefile.OleFileIO(whole, write_mode=True) as ole:
                ole.write_stream(name, stream)
                return whole.getvalue()
        except ERRORS:
            raise DamagedFile from None

    def folders(self, *within: str) -> tuple[str, ...]:
        """Names of the storages right below `within`, each once, in order."""
        depth = len(within)
        names = (name[depth] for name in self.names if len(name) > depth + 1 and name[:depth] == within)
        return tuple(dict.fromkeys(names))
