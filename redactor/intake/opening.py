"""Opens one file of any known kind: its pages as a PDF, its parts, what its pages do not show.

Runs in a child process, on bytes that nobody trusts. What becomes of the parts is left to `prepare`.
"""

from __future__ import annotations

from pathlib import Path

from redactor.intake import annex, archives, mail, outlook, printing, signed, text_files, tnef
from redactor.intake.opened import Opened, Part
from redactor.intake.sniff import Format, format_of
from redactor.pdf.picture_pages import pages_of_pictures

OFFICE = frozenset(
    {
        Format.DOCX, Format.DOC, Format.ODT, Format.RTF, Format.XLSX, Format.XLS, Format.ODS, Format.PPTX, Format.PPT,
        Format.ODP,
    }
)  # fmt: skip
__all__ = ["Opened", "Part", "open_file"]


def open_file(
    data: bytes, *, soffice: str | None, scratch: str, seconds: float, choice: str | None, lang: str | None
) -> Opened:
    """What `data` holds. `soffice` is LibreOffice's path, `scratch` a private folder, `choice` for hidden content.

    Raises the kinds of InputError and ProcessingError that tell why it cannot be opened.
    """
    known = format_of(data)
    if known in OFFICE:
        opened = printing.opened(data, known, soffice=soffice, scratch=Path(scratch), seconds=seconds)
    else:
        opened = _without_program(known, data, lang)
    return annex.with_annex(opened, choice=choice, lang=lang)


def _without_program(known: Format, data: bytes, lang: str | None) -> Opened:
    match known:
        case Format.PNG | Format.JPEG | Format.TIFF:
            return Opened(known, pdf=pages_of_pictures(data))
        case Format.TEXT | Format.CSV:
            return text_files.opened(data, known)
        case Format.EML | Format.MSG | Format.TNEF | Format.P7M | Format.ZIP:
            return _holder(known, data, lang)
        case _:
            return Opened(known, pdf=data)


def _holder(known: Format, data: bytes, lang: str | None) -> Opened:
    """What a message, an archive or a signed file holds."""
    match known:
        case Format.EML:
            return mail.opened(data, lang=lang)
        case Format.MSG:
            return outlook.opened(data, lang=lang)
        case Format.TNEF:
            return tnef.opened(data, lang=lang)
        case Format.P7M:
            return signed.opened(data)
        case _:
            return archives.opened(data)
