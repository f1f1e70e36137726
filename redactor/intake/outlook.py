"""Reads messages of Outlook (MSG, [MS-OXMSG]): fields, bodies, attachments; a message in it becomes one of MIME.

Written by hand over the streams: the library at hand leaves out messages attached to messages.
"""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass, field
from email import encoders
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import TYPE_CHECKING

from redactor.errors import DamagedFile, TooDeep, TooManyParts
from redactor.intake.charsets import decoded
from redactor.intake.mail import IDS, day_of
from redactor.intake.message import Message, part_of, printed
from redactor.intake.ole import Compound
from redactor.intake.sniff import Format

if TYPE_CHECKING:
    from redactor.intake.opened import Opened, Part

FIELDS = "__properties_version1.0"
SUBSTANCE = "__substg1.0_"
UNICODE, ANSI, BINARY, TIME, INTEGER, OBJECT = 0x001F, 0x001E, 0x0102, 0x0040, 0x0003, 0x000D  # [MS-OXCDATA] 2.11.1
SUBJECT, BODY, HTML, RTF, HEADERS, MESSAGE_ID, REPLY_TO, REFERENCES = (
    0x0037,
    0x1000,
    0x1013,
    0x1009,
    0x007D,
    0x1035,
    0x1042,
    0x1039,
)  # fmt: skip  [MS-OXPROPS]
SENDER, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
BEHALF, BEHALF_ADDRESS = 0x0042, 0x0065
SHOWN_TO, SHOWN_CC, SHOWN_BCC = 0x0E04, 0x0E03, 0x0E02
SENT, DELIVERED, CODEPAGE = 0x0039, 0x0E06, 0x3FDE
NAME, ADDRESS, SMTP, RECIPIENT_KIND = 0x3001, 0x3003, 0x39FE, 0x0C15
DATA, LONG_NAME, SHORT_NAME = 0x3701, 0x3707, 0x3704
EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)  # of FILETIME, whose unit is 100 ns
NESTING = 10  # messages in one another inside one file
ATTACHMENT_LIMIT = 2_000  # of one message
RTF_LIMIT = 64 << 20  # bytes that a packed body may unpack to
RTF_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)  # [MS-OXRTFCP] 2.1.2.1: what the dictionary holds before the first byte


@dataclass(frozen=True, slots=True)
class _Folder:
    """A storage of the file with the properties that stand in its list."""

    ole: Compound
    path: tuple[str, ...] = field(repr=False)
    fixed: dict[int, bytes] = field(default_factory=dict, repr=False)

    def text(self, *properties: int) -> str:
        """The first of these properties that is a text with words in it."""
        for one in properties:
            wide = self.ole.read(*self.path, f"{SUBSTANCE}{one:04X}{UNICODE:04X}")
            if wide:
                return wide.decode("utf-16-le", "replace").rstrip("\x00")
            narrow = self.ole.read(*self.path, f"{SUBSTANCE}{one:04X}{ANSI:04X}")
            if narrow:
                read = decoded(narrow.rstrip(b"\x00"), stated=self._charset())
                return read.text if read is not None else narrow.decode("latin-1")
        return ""

    def binary(self, one: int) -> bytes:
        """A property of bytes."""
        return self.ole.read(*self.path, f"{SUBSTANCE}{one:04X}{BINARY:04X}")

    def number(self, one: int) -> int:
        """A whole number; 0 where it is missing."""
        return int.from_bytes(self.fixed.get(one, b"")[:4], "little")

    def moment(self, *properties: int) -> dt.datetime | None:
        """A date in UTC."""
        for one in properties:
            ticks = int.from_bytes(self.fixed.get(one, b""), "little")
            if 0 < ticks < 1 << 62:
                return EPOCH + dt.timedelta(microseconds=ticks // 10)
        return None

    def _charset(self) -> str | None:
        page = self.number(CODEPAGE)
        return {65001: "utf-8", 28591: "latin-1", 20127: "ascii"}.get(page, f"cp{page}") if page else None


def opened(data: bytes, *, lang: str | None) -> Opened:
    """The message on pages and its attachments. Raises DamagedFile, TooDeep, TooManyParts."""
    ole = Compound(data)
    return printed(_message(_folder(ole, (), head=32), lang=lang, depth=0), Format.MSG, lang=lang)


def _folder(ole: Compound, path: tuple[str, ...], *, head: int) -> _Folder:
    """A storage; `head` is the number of bytes before the first property of its list."""
    listed = ole.read(*path, FIELDS)
    fixed: dict[int, bytes] = {}
    for at in range(head, len(listed) - 15, 16):
        kind, name = struct.unpack_from("<HH", listed, at)
        if kind in {TIME, INTEGER}:
            fixed[name] = listed[at + 8 : at + 16]
    return _Folder(ole, path, fixed)


def _message(folder: _Folder, *, lang: str | None, depth: int) -> Message:
    if depth > NESTING:
        raise TooDeep(limit=NESTING)
    to, cc, bcc = _recipients(folder)
    sent = folder.moment(SENT, DELIVERED)
    attachments = _attachments(folder, depth=depth)
    plain, html = folder.text(BODY) or None, _html(folder)
    if plain is None and html is None and folder.binary(RTF):
        attachments = [part_of("corps-du-message.rtf", unpacked(folder.binary(RTF)), number=0), *attachments]
    ids = IDS.findall(" ".join(folder.text(one) for one in (MESSAGE_ID, REPLY_TO, REFERENCES)))
    return Message(
        (_sender(folder), to, cc, bcc, f"{day_of(sent, lang)} (UTC)" if sent is not None else "", folder.text(SUBJECT)),
        plain=plain, html=html, attachments=tuple(attachments),
        technical=tuple(line for line in folder.text(HEADERS).split("\n") if line.strip()), ids=tuple(ids),
    )  # fmt: skip


def _sender(folder: _Folder) -> str:
    told = _named(folder.text(SENDER, BEHALF), folder.text(SENDER_SMTP, SENDER_ADDRESS, BEHALF_ADDRESS))
    behalf = folder.text(BEHALF)
    return f"{told} (pour {behalf})" if behalf and behalf not in told else told


def _named(name: str, address: str) -> str:
    """A name with its address, but for the internal addresses of a directory, which tell nobody anything."""
    if "@" not in address or address == name:
        return name or address
    return f"{name} <{address}>" if name else address


def _recipients(folder: _Folder) -> tuple[str, str, str]:
    """Recipients as they stand one by one; else as the message shows them."""
    found: dict[int, list[str]] = {1: [], 2: [], 3: []}
    for name in folder.ole.folders(*folder.path):
        if name.startswith("__recip_version1.0_"):
            one = _folder(folder.ole, (*folder.path, name), head=8)
            found.setdefault(one.number(RECIPIENT_KIND), []).append(_named(one.text(NAME), one.text(SMTP, ADDRESS)))
    shown = (folder.text(SHOWN_TO), folder.text(SHOWN_CC), folder.text(SHOWN_BCC))
    to, cc, bcc = (", ".join(found[kind]) or shown[kind - 1] for kind in (1, 2, 3))
    return to, cc, bcc


def _html(folder: _Folder) -> str | None:
    data = folder.binary(HTML)
    if not data:
        return folder.text(HTML) or None
    read = decoded(data)
    return read.text if read is not None else data.decode("latin-1")


def _attachments(folder: _Folder, *, depth: int) -> list[Part]:
    names = [name for name in folder.ole.folders(*folder.path) if name.startswith("__attach_version1.0_")]
    if len(names) > ATTACHMENT_LIMIT:
        raise TooManyParts(limit=ATTACHMENT_LIMIT)
    found: list[Part] = []
    for number, name in enumerate(names, 1):
        one = _folder(folder.ole, (*folder.path, name), head=8)
        told = one.text(LONG_NAME, SHORT_NAME, NAME)
        inner = (*one.path, f"{SUBSTANCE}{DATA:04X}{OBJECT:04X}")
        if folder.ole.has(*inner, FIELDS):
            message = _message(_folder(folder.ole, inner, head=24), lang=None, depth=depth + 1)
            ended = told if told.lower().endswith(".msg") else f"{told or f'message-{number}'}.msg"
            found.append(part_of(ended, as_mime(message), number=number))
        else:
            found.append(part_of(told, one.binary(DATA), number=number))
    return found


def as_mime(message: Message) -> bytes:
    """A message in the form of MIME, the same bytes each time."""
    whole = MIMEMultipart("mixed", boundary="=_redactor")
    sender, to, cc, bcc, day, subject = message.fields
    told = {"From": sender, "To": to, "Cc": cc, "Bcc": bcc, "Date": day, "Subject": subject}
    told |= {"References": " ".join(message.ids)}
    for name, value in told.items():
        if value or name == "Subject":
            whole[name] = Header(" ".join(value.split()), "utf-8", maxlinelen=998).encode()
    bodies = [(words, kind) for words, kind in ((message.plain, "plain"), (message.html, "html")) if words is not None]
    both = MIMEMultipart("alternative", boundary="=_redactor-bodies")
    for words, kind in bodies:
        both.attach(MIMEText(words.encode("utf-8", "replace").decode(), kind, "utf-8"))
    whole.attach(both)
    for number, one in enumerate(message.attachments):
        part = MIMEBase("application", "octet-stream")
        part.set_payload(one.data)
        encoders.encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", one.name or f"piece-{number}"))
        whole.attach(part)
    return whole.as_bytes()


def unpacked(data: bytes) -> bytes:
    """A packed RTF body, unpacked ([MS-OXRTFCP]). Raises DamagedFile."""
    if len(data) < 16:
        raise DamagedFile
    size, kind = int.from_bytes(data[4:8], "little"), data[8:12]
    if kind == b"MELA":
        return data[16 : 16 + size]
    if kind != b"LZFu" or size > RTF_LIMIT:
        raise DamagedFile
    return _inflated(data[16:], size)


def _inflated(packed: bytes, size: int) -> bytes:
    """Runs of a ring of 4,096 bytes: eight items after each byte of flags."""
    ring = bytearray(RTF_START.ljust(4096, b"\x00"))
    at, out, read = len(RTF_START), bytearray(), 0
    while read < len(packed) and len(out) < size:
        flags, read = packed[read], read + 1
        for bit in range(8):
            if read >= len(packed) or len(out) >= size:
                break
            if not flags >> bit & 1:
                run, read = packed[read : read + 1], read + 1
            else:
                pair, read = int.from_bytes(packed[read : read + 2], "big"), read + 2
                start, length = pair >> 4, (pair & 15) + 2
                if start == at % 4096:
                    return bytes(out)
                run = b""
                for step in range(length):
                    byte = ring[(start + step) % 4096]
                    ring[(at + step) % 4096] = byte
                    run += bytes((byte,))
            for step, byte in enumerate(run):
                ring[(at + step) % 4096] = byte
            at, out = at + len(run), out + run
    return bytes(out)
