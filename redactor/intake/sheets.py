"""What an XLSX holds and its pages do not show: rows, columns, sheets, names, lists, caches. Print areas are lifted."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redactor.errors import TooManyRows
from redactor.intake import xml
from redactor.intake.hidden import Found, Hidden
from redactor.intake.sheet_layout import DATE_WIDTH, is_flat, is_narrow, roomy

if TYPE_CHECKING:
    from redactor.intake.package import Package

ROW_LIMIT = 50_000  # visible rows with something in them, of all sheets: some 1,000 pages of narrow sheets
LAST_COLUMN = 16_384  # of a sheet; ECMA-376
STREAMED = frozenset(
    {"col", "row", "dataValidation", "headerFooter", "filterColumn", "scenario", "sheetFormatPr"}
)  # fmt: skip
QUOTED = re.compile(r'"([^"]{1,8192})"')  # words in a formula, whose longest has 8,192 characters
REFERENCE = re.compile(r"([A-Z]{1,3})\d{1,7}")
CODES = re.compile(r'&(?:[LCRPNDTFAGZBIUESXYOH]|"[^"]{0,200}"|K[0-9A-F]{6}|K\d\d[+-]\d{3}|\d{1,3}|&)')
BLANK_FORMAT = re.compile(r';\s?;\s?;?|"";"";""(?:;"")?')
STATES = {"hidden": Hidden.HIDDEN_SHEETS, "veryHidden": Hidden.VERY_HIDDEN_SHEETS}


@dataclass(slots=True)
class _Book:
    """What all sheets share, and what is gathered."""

    strings: list[str] = field(default_factory=list, repr=False)
    blank_styles: frozenset[str] = frozenset()
    rows: int = 0
    texts: list[str] = field(default_factory=list, repr=False)  # words that pages show
    found: list[Found] = field(default_factory=list)
    edges: list[Found] = field(default_factory=list)


def cleared(package: Package) -> tuple[list[Found], list[Found], list[str]]:
    """What is hidden, headers and footers that a page may show, words that pages show. Raises TooManyRows."""
    book = _Book(_strings(package), _blank_styles(package))
    for name in package.parts("workbook"):
        _workbook(package, name, book)
    _beside(package, book)
    return book.found, book.edges, book.texts


def _workbook(package: Package, name: str, book: _Book) -> None:
    root, parts = package.tree(name), package.related(name)
    for one in xml.all_of(root, "definedName"):
        told = xml.attr(one, "name")
        if told == "_xlnm.Print_Area":
            xml.remove(one)
        elif not told.startswith("_xlnm."):
            book.found.append(Found(Hidden.DEFINED_NAMES, f"{told} = {one.text or ''}"))
    for sheet in xml.all_of(root, "sheet"):
        part = parts.get(xml.attr(sheet, "id"), "")
        if part in package.names and package.root_of(part) in {"worksheet", "dialogsheet", "macrosheet"}:
            widths = _sheet(package.read(part), sheet, book)
            package.put_bytes(part, roomy(package.read(part), widths))
    package.put(name, root)


def _sheet(data: bytes, sheet: Any, book: _Book) -> dict[int, int]:
    """One sheet, read as a stream: it may have a million rows. Gives the characters that each column must hold."""
    widths: dict[int, int] = {}
    state = STATES.get(xml.attr(sheet, "state"))
    columns: set[int] = set()
    lines: list[str] = []
    aside: dict[int, list[str]] = defaultdict(list)
    for one in xml.streamed(data, STREAMED):
        match xml.name_of(one):
            case "col":
                if xml.is_on(one, "hidden") or is_narrow(xml.attr(one, "width")):
                    columns.update(_span(one))
            case "row":
                _row(one, book, columns, aside, lines if state is not None else None)
                _widen(one, book, widths)
            case _:
                _furniture(one, book)
    if state is not None:
        book.found.append(Found(state, xml.tidy("\n".join([xml.attr(sheet, "name"), *lines]))))
    book.found += [Found(Hidden.HIDDEN_COLUMNS, xml.tidy("\n".join(texts))) for _, texts in sorted(aside.items())]
    return {number: wide for number, wide in widths.items() if number not in columns}


def _widen(row: Any, book: _Book, widths: dict[int, int]) -> None:
    """Notes how wide the words of a row are: LibreOffice cuts what its column does not hold."""
    for cell in row:
        text = _value(cell, book)
        least = DATE_WIDTH if text and xml.attr(cell, "s") not in {"", "0"} and xml.attr(cell, "t") in {"", "n"} else 0
        longest = max((len(line) for line in text.split("\n")), default=0)
        widths[_column(cell)] = max(widths.get(_column(cell), 0), longest, least)


def _span(column: Any) -> range:
    """Numbers of the columns that one element speaks of."""
    first, last = xml.attr(column, "min"), xml.attr(column, "max")
    if not (first.isdecimal() and last.isdecimal()):
        return range(0)
    return range(int(first), min(int(last), LAST_COLUMN) + 1)


def _formulas(row: Any, book: _Book) -> None:
    """Counts the formulas of a row; those that hold words are quoted."""
    for cell in row:
        formula = xml.child(cell, "f")
        if formula is not None:
            book.found.append(Found(Hidden.FORMULAS, with_words(formula.text or "")))


def with_words(formula: str) -> str:
    """A formula that holds words of its own; empty for one that only reckons."""
    return formula if any(letter.isalpha() for text in QUOTED.findall(formula) for letter in text) else ""


def _row(row: Any, book: _Book, columns: set[int], aside: dict[int, list[str]], lines: list[str] | None) -> None:
    _formulas(row, book)
    cells = [(cell, text) for cell in row if xml.name_of(cell) == "c" and (text := _value(cell, book).strip())]
    if not cells:
        return
    whole = "\t".join(text for _, text in cells)
    if lines is not None:
        lines.append(whole)
        return
    if xml.is_on(row, "hidden") or is_flat(xml.attr(row, "ht")):
        book.found.append(Found(Hidden.HIDDEN_ROWS, whole))
        return
    book.rows += 1
    if book.rows > ROW_LIMIT:
        raise TooManyRows(limit=ROW_LIMIT)
    for cell, text in cells:
        if _column(cell) in columns:
            aside[_column(cell)].append(text)
        elif xml.attr(cell, "s") in book.blank_styles:
            book.found.append(Found(Hidden.HIDDEN_TEXT, text))
        elif xml.attr(cell, "t") in {"s", "inlineStr", "str"}:
            book.texts.append(text)


def _column(cell: Any) -> int:
    """Number of a cell's column from 1; 0 where the cell does not say."""
    told = REFERENCE.fullmatch(xml.attr(cell, "r"))
    number = 0
    for letter in told.group(1) if told else "":
        number = number * 26 + ord(letter) - 64
    return number


def _value(cell: Any, book: _Book) -> str:
    if xml.attr(cell, "t") == "inlineStr":
        return xml.words_in(cell, leaves={"t"})
    value = xml.child(cell, "v")
    text = "" if value is None else value.text or ""
    if xml.attr(cell, "t") == "s" and text.isdecimal() and int(text) < len(book.strings):
        return book.strings[int(text)]
    return text


def _furniture(one: Any, book: _Book) -> None:
    match xml.name_of(one):
        case "dataValidation":
            formula = xml.child(one, "formula1")
            if xml.attr(one, "type") == "list" and formula is not None:
                book.found.append(Found(Hidden.VALIDATION_LISTS, formula.text or ""))
            texts = [xml.attr(one, key) for key in ("promptTitle", "prompt", "errorTitle", "error")]
            book.found += [Found(Hidden.ALTERNATE_TEXTS, text) for text in texts if text]
        case "headerFooter":
            texts = [xml.tidy(CODES.sub(" ", part.text or "")) for part in one]
            book.edges += [Found(Hidden.HEADERS, text) for text in texts if text]
        case "filterColumn":
            values = [xml.attr(item, "val") for item in one.iter() if xml.attr(item, "val")]
            book.found.append(Found(Hidden.FILTERS, ", ".join(values)))
        case "scenario":
            values = [xml.attr(one, "name"), xml.attr(one, "comment"), *(xml.attr(item, "val") for item in one)]
            book.found.append(Found(Hidden.HIDDEN_TEXT, xml.tidy("\n".join(values))))


def _strings(package: Package) -> list[str]:
    return [
        xml.words_in(one, leaves={"t"})
        for name in package.parts("sst")
        for one in xml.streamed(package.read(name), {"si"})
    ]


def _blank_styles(package: Package) -> frozenset[str]:
    """Numbers of the cell styles whose format shows nothing."""
    blank: set[str] = set()
    for name in package.parts("styleSheet"):
        root = package.tree(name)
        formats = {
            xml.attr(one, "numFmtId")
            for one in xml.all_of(root, "numFmt")
            if BLANK_FORMAT.fullmatch(xml.attr(one, "formatCode").strip())
        }
        styles = xml.all_of(root, "cellXfs")
        rows = [xf for one in styles[:1] for xf in one]
        blank |= {str(number) for number, xf in enumerate(rows) if xml.attr(xf, "numFmtId") in formats}
    return frozenset(blank)


def _beside(package: Package, book: _Book) -> None:
    """Comments, caches, links and logs, which have parts of their own."""
    for name in package.parts("comments", "ThreadedComments"):
        root = package.tree(name)
        for one in xml.all_of(root, "comment", "threadedComment"):
            book.found.append(
                Found(Hidden.COMMENTS, f"{xml.attr(one, 'ref')} : {xml.words_in(one, leaves={'t', 'text'})}")
            )
            xml.remove(one)  # some are set to be shown beside their cell
        package.put(name, root)
    for name in package.parts("pivotCacheDefinition", "pivotCacheRecords"):
        values = [
            xml.attr(one, "v") or xml.attr(one, "name")
            for one in xml.all_of(package.tree(name), "s", "d", "cacheField")
        ]
        book.found.append(Found(Hidden.PIVOT_CACHES, xml.tidy("\n".join(values))))
    for name in package.parts("externalLink"):
        values = [one.text or "" for one in xml.all_of(package.tree(name), "v")]
        book.found.append(Found(Hidden.EXTERNAL_LINKS, xml.tidy("\n".join(values))))
    for name in package.parts("connections"):
        for one in xml.all_of(package.tree(name), "connection"):
            told = [str(value) for item in one.iter() for value in item.attrib.values() if len(str(value)) > 3]
            book.found.append(Found(Hidden.EXTERNAL_LINKS, xml.tidy("\n".join(told))))
    for name in package.parts("revisions"):
        book.found.append(Found(Hidden.OLD_VERSIONS, xml.all_words(package.tree(name))))
    for name in package.parts("wsDr"):
        _drawing(package, name, book)


def _drawing(package: Package, name: str, book: _Book) -> None:
    """Shapes over the cells: hidden ones go, alternate texts are told."""
    root = package.tree(name)
    for one in xml.all_of(root, "cNvPr"):
        if text := xml.attr(one, "descr"):
            book.found.append(Found(Hidden.ALTERNATE_TEXTS, text))
        anchor = next((up for up in one.iterancestors() if xml.name_of(up).endswith("Anchor")), None)
        if xml.is_on(one, "hidden") and anchor is not None:
            book.found.append(Found(Hidden.HIDDEN_TEXT, xml.words_in(anchor, leaves={"t"}, breaks={"p"})))
            xml.remove(anchor)
    package.put(name, root)
