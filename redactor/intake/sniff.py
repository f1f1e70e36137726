"""Says what a file is by its bytes, never by its name. It looks at marks and lists of members, and at no text."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from redactor.errors import EncryptedDocument, EncryptedMessage, UnknownFormat
from redactor.intake import charsets
from redactor.intake.archive import Archive
from redactor.intake.ole import Compound

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER_WINDOW = 1024  # bytes from the start in which "%PDF-" may stand; ISO 32000-1, annex H.3.4.1
TEXT_WINDOW = 1 << 16  # bytes looked at to tell text from data
FIB_FLAGS = 0x0A  # byte of the flags in the stream WordDocument; [MS-DOC] 2.5.2
FIB_ENCRYPTED = 0x0100  # flag of an encrypted Word document; [MS-DOC] 2.5.2
FILEPASS = b"\x2f\x00"  # record of an encrypted workbook; [MS-XLS] 2.4.117
PPT_ENCRYPTED = b"\xdf\xc4\xd1\xf3"  # token of an encrypted presentation; [MS-PPT] 2.3.2


class Format(StrEnum):
    """What intake knows to open."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    PPTX = "pptx"
    PPT = "ppt"
    ODP = "odp"
    EML = "eml"
    MSG = "msg"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    P7M = "p7m"
    TNEF = "tnef"
    TEXT = "text"
    ZIP = "zip"


TNEF_MARK = b"\x78\x9f\x3e\x22"  # [MS-OXTNEF] 2.1.2
MARKS: tuple[tuple[bytes, Format], ...] = (
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"{\\rtf", Format.RTF),
    (TNEF_MARK, Format.TNEF),
    (b"-----BEGIN PKCS7-----", Format.P7M),
    (b"-----BEGIN CMS-----", Format.P7M),
)  # fmt: skip
CLOSED_MARKS = (
    b"-----BEGIN PGP MESSAGE-----",
    b"\x76\xe8\x04\x60\xc4\x11\xe3\x86",
)  # RFC 9580 6.2; [MS-OFFCRYPTO] rpmsg
CMS = re.compile(
    rb"\x30(?:\x80|[\x00-\x7f]|\x81.|\x82..|\x83...|\x84....)\x06[\x09\x0b]\x2a\x86\x48\x86\xf7\x0d\x01(?:\x07|\x09\x10\x01)",
    re.DOTALL,
)  # the head of a file of RFC 5652
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODF: Mapping[str, Format] = {
    "application/vnd.oasis.opendocument.text": Format.ODT,
    "application/vnd.oasis.opendocument.spreadsheet": Format.ODS,
    "application/vnd.oasis.opendocument.presentation": Format.ODP,
}
OOXML: Mapping[str, Format] = {
    "wordprocessingml.": Format.DOCX, "spreadsheetml.": Format.XLSX, "presentationml.": Format.PPTX,
    "ms-word.": Format.DOCX, "ms-excel.": Format.XLSX, "ms-powerpoint.": Format.PPTX,
}  # fmt: skip
MAIN_PART = re.compile(rb'ContentType="application/vnd\.([A-Za-z0-9.-]{1,100})main(\+xml)?"')
OLE_STREAMS: tuple[tuple[str, Format], ...] = (
    ("WordDocument", Format.DOC), ("Workbook", Format.XLS), ("Book", Format.XLS),
    ("PowerPoint Document", Format.PPT), ("__properties_version1.0", Format.MSG),
)  # fmt: skip
MAIL_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?")
MAIL_SIGNS = frozenset({"date", "message-id", "mime-version", "received", "return-path", "content-type"})
MIME_PART = frozenset({"content-transfer-encoding", "mime-version", "content-disposition"})
MAIL_PARTIES = frozenset({"from", "to", "subject", "sender", "cc", "bcc"})


def is_pdf(data: bytes) -> bool:
    """True for bytes that hold the mark of a PDF where a reader looks for it, and no mark of another kind."""
    marks = (*ZIP_MARKS, OLE_MARK, *(mark for mark, _ in MARKS))
    return not data.startswith(marks) and b"%PDF-" in data[:HEADER_WINDOW]


def format_of(data: bytes) -> Format:
    """The format of a file. Raises UnknownFormat, DamagedFile, EncryptedDocument (a password), EncryptedMessage."""
    if is_pdf(data):
        return Format.PDF
    for mark, known in MARKS:
        if data.startswith(mark):
            return known
    if data.startswith(CLOSED_MARKS):
        raise EncryptedMessage
    if CMS.match(data):
        return Format.P7M
    if data.startswith(ZIP_MARKS):
        return _of_zip(data)
    if data.startswith(OLE_MARK):
        return _of_ole(data)
    return _of_text(data)


def _of_zip(data: bytes) -> Format:
    archive = Archive(data)
    names = set(archive.names)
    if "mimetype" in names:
        kind = ODF.get(archive.read("mimetype")[:200].decode("ascii", "replace").strip())
        if kind is not None:
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise EncryptedDocument
            return kind
    if "[Content_Types].xml" in names:
        return _of_package(archive.read("[Content_Types].xml"))
    return Format.ZIP


def _of_package(types: bytes) -> Format:
    for main in MAIN_PART.finditer(types):
        told = main.group(1).decode("ascii").lower()
        if ".binary." in told:
            return Format.XLS  # a workbook whose parts are records, as in the old form
        for words, known in OOXML.items():
            if words in told:
                return known
    raise UnknownFormat


def _of_ole(data: bytes) -> Format:
    ole = Compound(data)
    if ole.has("EncryptedPackage"):
        raise EncryptedDocument
    for stream, known in OLE_STREAMS:
        if ole.has(stream):
            if _is_closed(known, ole.read(stream, most=1 << 16), ole):
                raise EncryptedDocument
            return known
    raise UnknownFormat


def _is_closed(known: Format, head: bytes, ole: Compound) -> bool:
    """True for an old Office file that a password closes."""
    match known:
        case Format.DOC:
            return bool(int.from_bytes(head[FIB_FLAGS : FIB_FLAGS + 2], "little") & FIB_ENCRYPTED)
        case Format.XLS:
            return _has_filepass(head)
        case Format.PPT:
            return PPT_ENCRYPTED in ole.read("Current User", most=64)
        case _:
            return False


def _has_filepass(stream: bytes) -> bool:
    """Walks the first records of a workbook; the password's comes right after the first."""
    at = 0
    for _ in range(32):
        record, size = stream[at : at + 2], int.from_bytes(stream[at + 2 : at + 4], "little")
        if record == FILEPASS:
            return True
        at += 4 + size
    return False


def _of_text(data: bytes) -> Format:
    head = charsets.decoded(data[:TEXT_WINDOW], cut=len(data) > TEXT_WINDOW)
    if head is None:
        raise UnknownFormat
    if _is_mail(head.text):
        return Format.EML
    return Format.CSV if charsets.delimiter_of(head.text) else Format.TEXT


def _is_mail(text: str) -> bool:
    """True when the text opens with fields of a message, or of the MIME part that one signs."""
    fields: set[str] = set()
    for line in text.split("\n")[:200]:
        if not line.strip():
            break
        named = MAIL_FIELD.match(line)
        if named is not None:
            fields.add(named.group(1).lower())
        elif not (line[0] in " \t" and fields) and not line.startswith(("From ", ">From ")):
            return False
    if text[:40].lower().startswith("content-type: multipart/"):
        return True
    return bool(fields & MAIL_SIGNS) and bool(fields & (MAIL_PARTIES | MIME_PART))
