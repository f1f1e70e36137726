"""From an office file to its pages: what they would not show is listed, what must not print cleared, then printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redactor.errors import ConverterMissing, DamagedFile, HiddenUnsure
from redactor.intake import odf, office, old_sheets, old_word, ooxml, sheets, slides, word
from redactor.intake.hidden import Found, Hidden
from redactor.intake.ole import Compound
from redactor.intake.opened import Opened, Part
from redactor.intake.package import Package
from redactor.intake.sniff import OLE_MARK, Format
from redactor.pdf.unseen import without_unseen
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MODERN = {Format.DOC: Format.DOCX, Format.RTF: Format.DOCX, Format.XLS: Format.XLSX, Format.PPT: Format.PPTX}
MACRO_FOLDERS = frozenset({"macros", "_vba_project_cur", "_vba_project", "vba"})
WORDS = re.compile(r"\w{3,}")
MISSING = 0.5  # share of the words of a paragraph that no page shows; some are cut in two at the end of a line
LETTERS = re.compile(r"\w+")


def opened(data: bytes, known: Format, *, soffice: str | None, scratch: Path, seconds: float) -> Opened:
    """The pages of an office file. Raises ConverterMissing, ConversionFailed, ConversionTimedOut, DamagedFile."""
    if soffice is None:
        raise ConverterMissing
    press = _Press(soffice, scratch, seconds / 2)
    found = _macros_of(data)
    modern = MODERN.get(known, known)
    gone, data = _of_old_form(data, known)
    package = Package(data if modern is known else press.turned(data, known, modern))
    inside = _cleared(package, modern)
    ready = package.written()
    if modern is Format.ODS:  # columns are made wide enough in the other form
        modern, package = Format.XLSX, Package(press.turned(ready, modern, Format.XLSX))
        inside = replace(inside, texts=_cleared(package, modern).texts)
        ready = package.written()
    pdf, unseen, left = without_unseen(press.turned(ready, modern, Format.PDF))
    found += [*inside.found, *_unprinted(inside.edges, left), *(Found(Hidden.UNSEEN_TEXT, text) for text in unseen)]
    found += _absent(inside.texts, f"{left} {' '.join(unseen)}")
    _refuse_lost(gone, found, left)
    return Opened(known, pdf=pdf, hidden=tuple(found), embedded=inside.embedded)


@dataclass(frozen=True, slots=True)
class _Press:
    """LibreOffice, for one file."""

    soffice: str
    scratch: Path
    seconds: float

    def turned(self, data: bytes, known: Format, to: Format) -> bytes:
        """`data` as another kind."""
        return office.converted(
            data, soffice=self.soffice, ending=known.value, to=to.value, scratch=self.scratch, seconds=self.seconds
        )


@dataclass(frozen=True, slots=True)
class _Inside:
    """What is hidden, headers and footers that may print, words that pages should show, embedded files."""

    found: tuple[Found, ...]
    edges: tuple[Found, ...]
    texts: tuple[str, ...] = field(repr=False)
    embedded: tuple[Part, ...] = ()


def _cleared(package: Package, known: Format) -> _Inside:
    """What stands in a package, which keeps what its pages show."""
    match known:
        case Format.DOCX:
            found, edges, texts = word.cleared(package), word.edges(package), word.shown(package)
        case Format.XLSX:
            found, edges, texts = sheets.cleared(package)
        case Format.PPTX:
            found, edges, texts = slides.cleared(package), [], slides.shown(package)
        case _:
            found, edges, embedded = odf.cleared(package)
            return _Inside(tuple(found), tuple(edges), tuple(odf.shown(package)), tuple(embedded))
    more, embedded = ooxml.common(package)
    return _Inside((*found, *more), tuple(edges), tuple(texts), tuple(embedded))


def _absent(texts: Sequence[str], left: str) -> list[Found]:
    """Words that pages should show and do not: cut by a cell, off a slide, in a shape that is not drawn."""
    seen = set(WORDS.findall(fold(left)))
    found = []
    for text in texts:
        words = set(WORDS.findall(fold(text)))
        if words and len(words - seen) > MISSING * len(words):
            found.append(Found(Hidden.UNSEEN_TEXT, text))
    return found


def _unprinted(edges: Sequence[Found], left: str) -> list[Found]:
    """The headers and footers that no page shows."""
    seen = _letters(left)
    return [one for one in edges if _letters(one.text) not in seen]


def _of_old_form(data: bytes, known: Format) -> tuple[tuple[str, ...], bytes]:
    """Words that an old form deletes or hides, told by its own bytes; the file, with what its conversion would lose.

    Raises HiddenUnsure for a form that cannot be read so far.
    """
    if not data.startswith(OLE_MARK):
        return (), data
    ole = Compound(data)
    match known:
        case Format.DOC:
            return _gone_from(ole), data
        case Format.XLS:
            name = "Workbook" if ole.has("Workbook") else "Book"
            stream = ole.read(name)
            marked = old_sheets.hidden_rows_marked(stream)
            return (), data if marked == stream else ole.replaced(name, marked)
        case _:
            return (), data


def _gone_from(ole: Compound) -> tuple[str, ...]:
    document = ole.read("WordDocument")
    try:
        table = old_word.table_of(document)
        if table is not None:
            return old_word.gone_from(document, ole.read(table))
    except DamagedFile:
        pass
    raise HiddenUnsure


def _refuse_lost(gone: Sequence[str], found: Sequence[Found], left: str) -> None:
    """Raises HiddenUnsure when the pages show words that the file deletes or hides, and the conversion told of none."""
    told, seen = _letters(" ".join(one.text for one in found)), _letters(left)
    lost = [text for text in gone if (word := _letters(text)) and word not in told and word in seen]
    if lost:
        raise HiddenUnsure(words=sum(len(text.split()) for text in lost))


def _letters(text: str) -> str:
    return "".join(LETTERS.findall(fold(text)))


def _macros_of(data: bytes) -> list[Found]:
    """Macros of an old Office file, which its conversion leaves behind."""
    if not data.startswith(OLE_MARK):
        return []
    folders = {step.lower() for name in Compound(data).names for step in name[:-1]}
    return [Found(Hidden.MACROS)] if folders & MACRO_FOLDERS else []
