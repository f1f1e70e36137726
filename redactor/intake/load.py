"""Brings the bytes of one file in, within limits. It does not look at what they are."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from redactor.errors import ChangedMeanwhile, EmptyFile, MissingFile, TooLarge, UnreadableFile
from redactor.settings import FILE_LIMIT_BYTES

if TYPE_CHECKING:
    from pathlib import Path


def load(path: Path | None) -> bytes:
    """The bytes of a file. Raises MissingFile, UnreadableFile (a link too), EmptyFile, TooLarge."""
    if path is None:
        raise MissingFile
    try:
        if path.is_symlink() or not path.is_file():
            raise UnreadableFile
        if path.stat().st_size > FILE_LIMIT_BYTES:
            raise TooLarge(limit_bytes=FILE_LIMIT_BYTES)
        data = path.read_bytes()
    except OSError:
        raise UnreadableFile from None
    if not data:
        raise EmptyFile
    return data


def load_again(path: Path | None, *, sha256: str) -> bytes:
    """The same bytes as before. Raises ChangedMeanwhile when they are others."""
    data = load(path)
    if fingerprint(data) != sha256:
        raise ChangedMeanwhile
    return data


def fingerprint(data: bytes) -> str:
    """SHA-256, lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()
