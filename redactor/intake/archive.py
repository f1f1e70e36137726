"""Reads ZIP files within limits: number of members, size and ratio of what they unpack to. It knows no format."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING

from redactor.errors import ArchiveBomb, DamagedFile, EncryptedDocument, TooManyParts
from redactor.settings import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBER_LIMIT = 20_000  # members of one archive; a large workbook has some thousands
UNPACKED_LIMIT = 1024 * MIB  # bytes that one archive may unpack to; twice the limit of a file
RATIO_LIMIT = 250  # times its packed size; text packs to about a tenth, an empty sheet to a hundredth
SMALL = 32 * MIB  # bytes under which the ratio tells nothing: blank pictures pack a thousandfold
CHUNK = 1 << 20  # bytes read at once
ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, KeyError)
NAME_LIMIT = 4096  # characters of a member's name; POSIX PATH_MAX


class Archive:
    """A ZIP file held in memory. Raises DamagedFile, ArchiveBomb, TooManyParts when it cannot be trusted."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except ERRORS:
            raise DamagedFile from None
        self._left = UNPACKED_LIMIT
        infos = self._zip.infolist()
        if len(infos) > MEMBER_LIMIT:
            raise TooManyParts(limit=MEMBER_LIMIT)
        declared = sum(info.file_size for info in infos)
        if declared > UNPACKED_LIMIT or (declared > SMALL and declared > RATIO_LIMIT * max(len(data), 1)):
            raise ArchiveBomb(limit_bytes=UNPACKED_LIMIT)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, folders left out, in their order."""
        return tuple(info.filename for info in self._zip.infolist() if not info.is_dir())

    def members(self) -> Iterator[zipfile.ZipInfo]:
        """The members that are files or links."""
        return (info for info in self._zip.infolist() if not info.is_dir())

    def read(self, name: str | zipfile.ZipInfo) -> bytes:
        """The bytes of a member. Raises DamagedFile, EncryptedDocument, ArchiveBomb when it holds more than it says."""
        info = self._zip.getinfo(name) if isinstance(name, str) else name
        if info.flag_bits & 1:
            raise EncryptedDocument
        parts: list[bytes] = []
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise ArchiveBomb(limit_bytes=UNPACKED_LIMIT)
                    parts.append(chunk)
        except ERRORS:
            raise DamagedFile from None
        return b"".join(parts)


def is_link(info: zipfile.ZipInfo) -> bool:
    """True for a symbolic link, a device or a pipe: anything that is no plain file."""
    mode = info.external_attr >> 16
    return mode != 0 and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}


def rewritten(data: bytes, changed: dict[str, bytes], dropped: frozenset[str] = frozenset()) -> bytes:
    """The archive with some members replaced and some left out; the order stays, as OpenDocument asks."""
    archive = Archive(data)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        for info in archive.members():
            if info.filename in dropped:
                continue
            content = changed[info.filename] if info.filename in changed else archive.read(info)
            kind = zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED
            out.writestr(zipfile.ZipInfo(info.filename), content, compress_type=kind)
    return stream.getvalue()
