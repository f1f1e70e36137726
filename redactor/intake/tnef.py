"""Reads what Outlook packs its messages in for others (TNEF, `winmail.dat`, [MS-OXTNEF]): bodies and attachments.

Written by hand: the one library for it has had no release since 2021, and this is a walk through two lists.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.errors import DamagedFile, TooDeep, TooManyParts
from redactor.intake.charsets import decoded
from redactor.intake.message import Message, part_of, printed
from redactor.intake.opened import Opened
from redactor.intake.outlook import (
    ANSI,
    ATTACHMENT_LIMIT,
    BINARY,
    BODY,
    DATA,
    HTML,
    LONG_NAME,
    NESTING,
    OBJECT,
    RTF,
    SHORT_NAME,
    SUBJECT,
    UNICODE,
    as_mime,
    unpacked,
)  # fmt: skip
from redactor.intake.sniff import TNEF_MARK, Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.intake.opened import Part

HEAD = 6  # bytes before the first attribute: mark and key
OF_ATTACHMENT = 2  # level of an attribute; [MS-OXTNEF] 2.1.3.1
OLD_SUBJECT, OLD_BODY, PROPERTIES = 0x8004, 0x800C, 0x9003  # attributes of the message; [MS-OXTNEF] 2.1.3.2
STARTS, TITLE, CONTENT, ATTACHED = 0x9002, 0x8010, 0x800F, 0x9005  # of an attachment
NAMED = 0x8000  # properties from here on carry a name
TEXTS = frozenset({UNICODE, ANSI})
LISTED = frozenset({UNICODE, ANSI, BINARY, OBJECT})  # types with a count before their values; [MS-OXTNEF] 2.1.3.4
WIDTHS = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}  # bytes
MANY = 0x1000  # flag of a type with several values
VALUE_LIMIT = 100_000  # values of one property
INTERFACE = 16  # bytes before an attached message: which kind of object it is
ERRORS = (struct.error, IndexError, ValueError, KeyError, OverflowError)


@dataclass(slots=True)
class _Attachment:
    """What is known so far of one attachment."""

    title: str = field(default="", repr=False)
    data: bytes = field(default=b"", repr=False)
    properties: dict[int, bytes] = field(default_factory=dict, repr=False)


def opened(data: bytes, *, lang: str | None) -> Opened:
    """The message on pages and its attachments. Raises DamagedFile, TooDeep, TooManyParts."""
    message = _message(data, depth=0)
    if message.plain is None and message.html is None and not any(message.fields):
        return Opened(Format.TNEF, parts=message.attachments)
    return printed(message, Format.TNEF, lang=lang)


def _message(data: bytes, *, depth: int) -> Message:
    if depth > NESTING:
        raise TooDeep(limit=NESTING)
    own: dict[int, bytes] = {}
    old: dict[int, bytes] = {}
    found: list[_Attachment] = []
    try:
        for level, kind, value in _attributes(data):
            if level == OF_ATTACHMENT:
                _of_attachment(kind, value, found)
            elif kind == PROPERTIES:
                own |= _properties(value)
            else:
                old[kind] = value
        parts = [_part(one, number, depth=depth) for number, one in enumerate(found, 1)]
    except ERRORS:
        raise DamagedFile from None
    plain = _words(own, BODY) or _narrow(old.get(OLD_BODY, b""))
    html = _narrow(own[HTML]) if own.get(HTML) else ""
    if not plain and not html and own.get(RTF):
        parts = [part_of("corps-du-message.rtf", unpacked(own[RTF]), number=0), *parts]
    subject = _words(own, SUBJECT) or _narrow(old.get(OLD_SUBJECT, b""))
    return Message(("", "", "", "", "", subject), plain=plain or None, html=html or None, attachments=tuple(parts))


def _attributes(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Level, number and value of each attribute; the sums after them are not checked, as readers do."""
    if not data.startswith(TNEF_MARK):
        raise ValueError
    at = HEAD
    while at + 9 <= len(data):
        level, kind, size = struct.unpack_from("<BII", data, at)
        at += 9
        if at + size > len(data):
            raise ValueError
        yield level, kind & 0xFFFF, data[at : at + size]
        at += size + 2


def _of_attachment(kind: int, value: bytes, found: list[_Attachment]) -> None:
    if kind == STARTS or not found:
        found.append(_Attachment())
        if len(found) > ATTACHMENT_LIMIT:
            raise TooManyParts(limit=ATTACHMENT_LIMIT)
    if kind == TITLE:
        found[-1].title = _narrow(value)
    elif kind == CONTENT:
        found[-1].data = value
    elif kind == ATTACHED:
        found[-1].properties = _properties(value)


def _part(one: _Attachment, number: int, *, depth: int) -> Part:
    name = _words(one.properties, LONG_NAME, SHORT_NAME) or one.title
    inner = one.properties.get(DATA, b"")
    if inner[INTERFACE:].startswith(TNEF_MARK):
        message = _message(inner[INTERFACE:], depth=depth + 1)
        return part_of(f"{name or f'message-{number}'}.eml", as_mime(message), number=number)
    return part_of(name, one.data or inner, number=number)


def _properties(data: bytes) -> dict[int, bytes]:
    """Values of the properties of a list, texts as UTF-16, by number."""
    (count,) = struct.unpack_from("<I", data)
    found: dict[int, bytes] = {}
    at = 4
    for _ in range(count):
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        if name >= NAMED:
            at = _after_name(data, at)
        value, at = _value(data, at, kind)
        if kind & ~MANY in TEXTS:
            value = value if kind == UNICODE else _narrow(value).encode("utf-16-le", "replace")
        found.setdefault(name, value)
    return found


def _after_name(data: bytes, at: int) -> int:
    """The place after the name of a property: a number, or words."""
    kind, size = struct.unpack_from("<II", data, at + 16)
    return at + 24 if kind == 0 else at + 24 + _padded(size)


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    """The first value of a property and the place after all of them."""
    plain = kind & ~MANY
    count = 1
    if kind & MANY or plain in LISTED:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    if count > VALUE_LIMIT:
        raise ValueError
    first = b""
    for number in range(count):
        size = WIDTHS.get(plain, 0)
        if plain in LISTED:
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        elif not size:
            raise ValueError
        if at + size > len(data):
            raise ValueError
        first = data[at : at + size] if number == 0 else first
        at += _padded(size)
    return first, at


def _padded(size: int) -> int:
    return size + -size % 4


def _words(properties: dict[int, bytes], *names: int) -> str:
    told = (properties.get(name, b"").decode("utf-16-le", "replace").rstrip("\x00").strip() for name in names)
    return next((one for one in told if one), "")


def _narrow(data: bytes) -> str:
    told = data.rstrip(b"\x00")
    read = decoded(told) if told else None
    return read.text if read is not None else told.decode("latin-1")
