"""Takes the files out of a ZIP, each as a part. What cannot be taken out is a part with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.errors import ArchiveBomb, EmptyArchive, InputError, RedactorError, TooLarge, UnsafeName
from redactor.intake.archive import Archive, is_link
from redactor.intake.names import all_different, is_outside, safe_path
from redactor.intake.opened import Opened, Part
from redactor.intake.sniff import Format
from redactor.settings import FILE_LIMIT_BYTES

if TYPE_CHECKING:
    from zipfile import ZipInfo

SYSTEM = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")  # made by desktops, hold no document


def opened(data: bytes) -> Opened:
    """The parts of an archive. Raises DamagedFile, ArchiveBomb, TooManyParts, EmptyArchive."""
    archive = Archive(data)
    members = [one for one in archive.members() if not _is_system(one.filename)]
    if not members:
        raise EmptyArchive
    names = all_different(
        [safe_path(one.filename, fallback=f"piece-{number}") for number, one in enumerate(members, 1)]
    )
    return Opened(Format.ZIP, parts=tuple(_part(archive, *pair) for pair in zip(members, names, strict=True)))


def _is_system(name: str) -> bool:
    return name.startswith(SYSTEM[0]) or name.rsplit("/", 1)[-1] in SYSTEM[1:]


def _part(archive: Archive, member: ZipInfo, name: str) -> Part:
    try:
        if is_outside(member.filename) or is_link(member):
            raise UnsafeName
        if member.file_size > FILE_LIMIT_BYTES:
            raise TooLarge(limit_bytes=FILE_LIMIT_BYTES)
        return Part(name, archive.read(member))
    except ArchiveBomb:
        raise
    except InputError as error:
        return Part(name, failure=_plain(error))


def _plain(error: RedactorError) -> RedactorError:
    return type(error)(**error.facts)
