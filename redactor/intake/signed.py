"""Takes the content out of what is signed (CMS, RFC 5652: `.p7m`, S/MIME), which is encrypted or not. No check of who.

BER is read by hand as far as the content goes: mailers write it in pieces of unknown length, which few libraries take.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.errors import ArchiveBomb, DamagedFile, EmptyArchive, EncryptedMessage, UnknownFormat
from redactor.intake.hidden import Found, Hidden
from redactor.intake.opened import Opened, Part
from redactor.intake.sniff import Format
from redactor.settings import FILE_LIMIT_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNED = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2, RFC 5652 section 5
PLAIN = bytes.fromhex("2a864886f70d010701")  # 1.2.840.113549.1.7.1, section 4
CLOSED = frozenset(
    {
        bytes.fromhex("2a864886f70d010703"),  # enveloped data, section 6
        bytes.fromhex("2a864886f70d010704"),  # signed and enveloped, PKCS #7
        bytes.fromhex("2a864886f70d010706"),  # encrypted data, section 8
        bytes.fromhex("2a864886f70d0109100117"),  # authenticated and enveloped, RFC 5083
    }
)
PACKED = bytes.fromhex("2a864886f70d0109100109")  # compressed data, RFC 3274
OID, OCTETS, SEQUENCE, GIVEN = 0x06, 0x04, 0x30, 0xA0  # tags: [0] explicit for what is given
CONSTRUCTED = 0x20  # flag of a tag whose value is more of the same
NESTING = 24  # values in one another; a message signed twice has some sixteen
NAME = "contenu"  # of what was signed, which has none of its own


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of BER: its tag, and where its content stands."""

    tag: int
    start: int
    end: int


def opened(data: bytes) -> Opened:
    """What a signed file holds, as its part. Raises EmptyArchive for a signature alone, else as `content_of`."""
    content = content_of(_bare(data))
    if not content:
        raise EmptyArchive
    return Opened(Format.P7M, parts=(Part(NAME, content),), hidden=(Found(Hidden.SIGNATURES),))


def _bare(data: bytes) -> bytes:
    """The bytes of a file that may be written in letters between two lines."""
    if not data.startswith(b"-----BEGIN"):
        return data
    try:
        return base64.b64decode(b"".join(data.split(b"-----", 3)[2:3]))
    except binascii.Error:
        raise DamagedFile from None


def content_of(data: bytes, *, depth: int = 0) -> bytes:
    """The bytes that were signed, none where they stand elsewhere.

    Raises EncryptedMessage, DamagedFile, ArchiveBomb, UnknownFormat for other kinds.
    """
    if depth > NESTING:
        raise DamagedFile
    try:
        kind, held = _content_info(data)
        if kind in CLOSED:
            raise EncryptedMessage
        if kind not in {SIGNED, PACKED}:
            raise UnknownFormat
        inner, content = _encapsulated(data, held)
    except (IndexError, StopIteration, RecursionError):
        raise DamagedFile from None
    if kind == PACKED:
        content = _inflated(content)
    return content if inner == PLAIN or not content else content_of(content, depth=depth + 1)


def _content_info(data: bytes) -> tuple[bytes, _Value]:
    """The kind of a file, and the value it holds."""
    whole = _one(data, 0, len(data))
    if whole.tag != SEQUENCE:
        raise UnknownFormat
    kind, given = _first_two(data, whole)
    if kind.tag != OID or given is None or given.tag != GIVEN:
        raise UnknownFormat
    return data[kind.start : kind.end], _one(data, given.start, given.end)


def _encapsulated(data: bytes, held: _Value) -> tuple[bytes, bytes]:
    """Kind and bytes of what the value wraps: the first sequence in it that begins with a kind of content."""
    for inner in _inside(data, held):
        if inner.tag == SEQUENCE:
            kind, given = _first_two(data, inner)
            if data[kind.start : kind.start + 5] == PLAIN[:5] and data[kind.start : kind.end] == PLAIN:
                return PLAIN, b"" if given is None else _octets(data, _one(data, given.start, given.end), depth=0)
            if kind.tag == OID and given is not None and given.tag == GIVEN:
                return data[kind.start : kind.end], _octets(data, _one(data, given.start, given.end), depth=0)
    return PLAIN, b""


def _first_two(data: bytes, whole: _Value) -> tuple[_Value, _Value | None]:
    values = _inside(data, whole)
    return next(values), next(values, None)


def _octets(data: bytes, value: _Value, *, depth: int) -> bytes:
    """The bytes of a string, which may come in pieces."""
    if depth > NESTING:
        raise DamagedFile
    if not value.tag & CONSTRUCTED:
        return data[value.start : value.end]
    return b"".join(_octets(data, one, depth=depth + 1) for one in _inside(data, value))


def _inside(data: bytes, value: _Value) -> Iterator[_Value]:
    """The values in a value, one after the other."""
    at = value.start
    while at < value.end:
        one = _one(data, at, value.end)
        yield one
        at = one.end + (2 if _is_open(data, at) else 0)


def _is_open(data: bytes, at: int) -> bool:
    """True for a value whose length is not told beforehand."""
    return data[_after_tag(data, at)] == 0x80


def _after_tag(data: bytes, at: int) -> int:
    if data[at] & 0x1F != 0x1F:
        return at + 1
    at += 1
    while data[at] & 0x80:
        at += 1
    return at + 1


def _one(data: bytes, at: int, end: int, depth: int = 0) -> _Value:
    """The value that begins at a place. Raises IndexError, DamagedFile."""
    tag, at = data[at], _after_tag(data, at)
    size, at = data[at], at + 1
    if size == 0x80:
        return _Value(tag, at, _end_of_open(data, at, end, depth))
    if size > 0x80:
        wide = size & 0x7F
        size, at = int.from_bytes(data[at : at + wide], "big"), at + wide
    if at + size > end:
        raise DamagedFile
    return _Value(tag, at, at + size)


def _end_of_open(data: bytes, at: int, end: int, depth: int) -> int:
    """Where the two zeros stand that end a value without a length."""
    if depth > NESTING:
        raise DamagedFile
    while data[at : at + 2] != b"\x00\x00":
        if at >= end:
            raise DamagedFile
        one = _one(data, at, end, depth + 1)
        at = one.end + (2 if _is_open(data, at) else 0)
    return at


def _inflated(packed: bytes) -> bytes:
    reader = zlib.decompressobj()
    try:
        content = reader.decompress(packed, FILE_LIMIT_BYTES)
    except zlib.error:
        raise DamagedFile from None
    if reader.unconsumed_tail:
        raise ArchiveBomb(limit_bytes=FILE_LIMIT_BYTES)
    return content
