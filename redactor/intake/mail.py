"""Reads messages of RFC 5322 and MIME (EML), however badly written: bodies, headers, attachments, nested messages."""

from __future__ import annotations

import email
import email.errors
import email.header
import re
from dataclasses import dataclass, field
from email import policy
from email.message import Message as Mime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from redactor.errors import DamagedFile, EncryptedMessage, TooDeep, TooManyParts
from redactor.intake.charsets import decoded
from redactor.intake.message import Message, part_of, printed
from redactor.intake.signed import content_of
from redactor.intake.sniff import Format
from redactor.intake.text_files import GUESSED

if TYPE_CHECKING:
    import datetime as dt

    from redactor.intake.opened import Opened, Part

PRINTED = ("from", "to", "cc", "bcc", "date", "subject")
PART_LIMIT = 2_000  # MIME parts of one message
SIGNED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})  # RFC 8551; encrypted ones too
SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
CLOSED = frozenset({"multipart/encrypted", "application/pgp-encrypted"})  # RFC 3156
NESTING = 60  # multiparts in one another inside one message; clients nest three or four
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
ENDINGS = {
    "text/plain": "txt",
    "text/html": "html",
    "text/calendar": "ics",
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/tiff": "tif",
    "message/rfc822": "eml",
    "text/csv": "csv",
}  # fmt: skip  endings for parts without a name
IDS = re.compile(r"<[^<>\s]{1,500}>")


@dataclass(slots=True)
class _Gathered:
    """What the walk through the parts finds."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)
    parts: int = 0
    signatures: int = 0
    guessed: bool = False


def opened(data: bytes, *, lang: str | None) -> Opened:
    """The message on pages and its attachments. Raises DamagedFile, TooManyParts, TooDeep."""
    mime = _parsed(data)
    found = _Gathered()
    _walk(mime, found, depth=0)
    return printed(_message(mime, found, lang=lang), Format.EML, lang=lang)


def _message(mime: Mime, found: _Gathered, *, lang: str | None) -> Message:
    told = {name: _header(mime, name) for name in PRINTED}
    technical = tuple(
        f"{name}: {' '.join(text(str(value)).split())}" for name, value in mime.items() if name.lower() not in PRINTED
    )
    return Message(
        (told["from"], told["to"], told["cc"], told["bcc"], _day(told["date"], lang), told["subject"]),
        plain="\n".join(found.plain) or None, html="\n".join(found.html) or None, others=tuple(found.others),
        attachments=tuple(found.attachments), technical=technical, ids=_ids(mime),
        notes=(GUESSED,) if found.guessed else (),
        signatures=found.signatures,
    )  # fmt: skip


def _walk(mime: Mime, found: _Gathered, *, depth: int, alternative: bool = False) -> None:
    found.parts += 1
    if found.parts > PART_LIMIT:
        raise TooManyParts(limit=PART_LIMIT)
    if depth > NESTING:
        raise TooDeep(limit=NESTING)
    kind = mime.get_content_type()
    if kind in CLOSED:
        raise EncryptedMessage
    if kind in SIGNED:
        _walk_signed(mime, found, depth=depth)
    elif kind in SIGNATURES:
        found.signatures += 1
    elif kind in {"message/rfc822", "message/global"}:
        _attach(mime, found, _nested(mime))
    elif mime.is_multipart():
        for part in mime.get_payload():
            if isinstance(part, Mime):
                _walk(part, found, depth=depth + 1, alternative=kind == "multipart/alternative")
    elif kind in {"text/plain", "text/html"} and not _is_attached(mime):
        _add_body(mime, found, kind, alternative=alternative)
    else:
        _attach(mime, found, _payload(mime))


def _walk_signed(mime: Mime, found: _Gathered, *, depth: int) -> None:
    """A part that its signature wraps: what was signed takes its place. Raises EncryptedMessage."""
    found.signatures += 1
    data = content_of(_payload(mime))
    if data:
        _walk(_parsed(data), found, depth=depth + 1)


def _parsed(data: bytes) -> Mime:
    try:
        return email.message_from_bytes(data, policy=policy.compat32)
    except (ValueError, TypeError, LookupError, RecursionError, email.errors.MessageError):
        raise DamagedFile from None


def _add_body(mime: Mime, found: _Gathered, kind: str, *, alternative: bool) -> None:
    """A body part. Alternatives say the same twice; further parts go on after the first."""
    words = _text(mime, found)
    if kind == "text/html":
        (found.others if found.html and alternative else found.html).append(words)
    elif found.html and not alternative:
        found.html.append(f"<pre>{_escaped(words)}</pre>")
    else:
        (found.others if found.plain and alternative else found.plain).append(words)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _is_attached(mime: Mime) -> bool:
    return mime.get_content_disposition() == "attachment" or bool(_file_name(mime))


def _attach(mime: Mime, found: _Gathered, data: bytes) -> None:
    number = len(found.attachments) + 1
    kind = mime.get_content_type()
    name = (
        _file_name(mime)
        or f"{'message' if kind.startswith('message/') else 'piece'}-{number}.{ENDINGS.get(kind, 'bin')}"
    )
    found.attachments.append(part_of(name, data, number=number))


def _file_name(mime: Mime) -> str:
    try:
        return text(mime.get_filename("") or "")
    except (ValueError, TypeError, LookupError, IndexError):
        return ""


def _nested(mime: Mime) -> bytes:
    """The bytes of a message attached to this one."""
    inner = mime.get_payload()
    try:
        if isinstance(inner, list):
            return b"\n".join(bytes(one) for one in inner if isinstance(one, Mime))
    except (ValueError, TypeError, LookupError, RecursionError, UnicodeError, KeyError):
        raise DamagedFile from None
    return _payload(mime)


def _payload(mime: Mime) -> bytes:
    try:
        data = mime.get_payload(decode=True)
    except (ValueError, TypeError, LookupError, AssertionError):
        data = None
    return data if isinstance(data, bytes) else str(mime.get_payload()).encode("utf-8", "replace")


def _text(mime: Mime, found: _Gathered) -> str:
    """The words of a body part, in the charset it states, else in the one it seems to have."""
    data = _payload(mime)
    stated = mime.get_content_charset()
    read = decoded(data, stated=None if stated in {None, "us-ascii"} else stated)
    if read is None:
        found.guessed = True
        return data.decode("latin-1").replace("\r\n", "\n")
    found.guessed = found.guessed or not read.is_sure
    return read.text


def _header(mime: Mime, name: str) -> str:
    return ", ".join(text(str(value)) for value in mime.get_all(name, []))


def text(raw: str) -> str:
    """A header's words: encoded words decoded, stray bytes read as best can be."""
    try:
        parts = email.header.decode_header(raw)
    except (ValueError, email.errors.MessageError):
        parts = [(raw, None)]
    told = ""
    for value, charset in parts:
        if isinstance(value, bytes):
            read = decoded(value, stated=charset)
            told += read.text if read is not None else value.decode("latin-1")
        else:
            told += _unescaped(value)
    return told


def _unescaped(value: str) -> str:
    """Bytes that stood raw in a header came in as surrogates."""
    if value.isascii():
        return value
    read = decoded(value.encode("utf-8", "surrogateescape"))
    return read.text if read is not None else value.encode("utf-8", "replace").decode("utf-8")


def _day(raw: str, lang: str | None) -> str:
    """The date as a reader prints it; as written where it is none."""
    try:
        return day_of(parsedate_to_datetime(raw), lang)
    except (ValueError, TypeError, IndexError, OverflowError):
        return raw


def day_of(at: dt.datetime, lang: str | None) -> str:
    """A moment as a reader prints it, in the words of a language."""
    if lang == "en":
        return f"{at:%B} {at.day}, {at.year} {at:%H:%M}"
    return f"{at.day} {MONTHS[at.month - 1]} {at.year} {at:%H:%M}"


def _ids(mime: Mime) -> tuple[str, ...]:
    names = ("message-id", "in-reply-to", "references")
    return tuple(
        dict.fromkeys(one for name in names for one in IDS.findall(" ".join(map(str, mime.get_all(name, [])))))
    )
