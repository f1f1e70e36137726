"""From the files of a request to its documents: everything opened in children, each part a row of its own, as PDF.

A file that cannot be opened keeps its row with the reason; the others go on. PDF files stay where they are.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from redactor.errors import (
    HiddenContent,
    MissingFile,
    RedactorError,
    TooDeep,
    TooLarge,
    TooManyParts,
)
from redactor.intake import attached, hidden, office, threads
from redactor.intake.load import fingerprint, load
from redactor.intake.opening import open_file
from redactor.intake.sniff import is_pdf
from redactor.model import Unknown
from redactor.settings import FILE_LIMIT_BYTES, MIB

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from redactor.intake.files import Batch, Input
    from redactor.intake.opened import Opened, Part, Thread
    from redactor.model import Facts

DEPTH_LIMIT = 10  # files inside files: a message in a message in an archive is three
PART_LIMIT = 5_000  # parts of one file, those of its parts included
BYTES_LIMIT = 2048 * MIB  # of all the parts of one file
CONVERTER_SECONDS = 90.0  # for a file of no size; under the two minutes of its child, so that the child can tell
SECONDS_PER_MIB = 45.0  # more for each MiB; the child has a minute


class Keeper(Protocol):
    """Where prepared files lie while the request is in hand."""

    @property
    def folder(self) -> Path:
        """A private folder."""

    def put(self, name: str, data: bytes) -> Path:
        """Keeps `data`; gives its path."""


@dataclass(slots=True)
class _Budget:
    """What one file may still unpack to."""

    number: int
    parts: int
    left: int
    put: int = 0

    def take(self, parts: Sequence[Part]) -> None:
        self.parts -= len(parts)
        self.left -= sum(len(one.data) for one in parts)
        if self.parts < 0 or self.left < 0:
            raise TooManyParts(limit=PART_LIMIT, limit_bytes=BYTES_LIMIT)


@dataclass(frozen=True, slots=True)
class Opener:
    """How files are opened: `call` runs a task in a child, `each` several tasks at a time, `keeper` holds results."""

    call: Callable[..., Any]
    each: Callable[..., Any]
    keeper: Keeper


def prepare(batch: Batch, opener: Opener) -> Batch:
    """The batch with the documents that its files hold, each file before its parts."""
    found = opener.each(lambda pair: _opened(pair[0], pair[1], opener), list(enumerate(batch.inputs, 1)))
    rows = [row for rows in found for row in rows]
    groups = threads.groups([thread for _, thread in rows])
    return replace(
        batch, inputs=tuple(replace(one, thread=group) for (one, _), group in zip(rows, groups, strict=True))
    )


_Rows = list[tuple["Input", "Thread | None"]]


def _opened(number: int, source: Input, opener: Opener) -> _Rows:
    """One file of the request and all that it holds."""
    try:
        data = load(source.path)
    except RedactorError as error:
        return [(replace(source, failure=error), None)]
    rows = _expanded(source, data, opener, _Budget(number, PART_LIMIT, BYTES_LIMIT), depth=0)
    there = {one.file for one, _ in rows}
    absent = [(name, facts) for name, facts in source.parts.items() if f"{source.file}/{name}" not in there]
    return rows + [(_part_input(source, name, facts, failure=MissingFile()), None) for name, facts in absent]


def _part_input(source: Input, name: str, facts: Facts, *, failure: RedactorError | None = None) -> Input:
    return replace(
        source, file=f"{source.file}/{name}", path=None, facts=facts, container=source.file, failure=failure, parts={}
    )


def _expanded(source: Input, data: bytes, opener: Opener, budget: _Budget, *, depth: int) -> _Rows:
    """The rows of one file whose bytes are at hand, its parts after it."""
    source = replace(source, sha256=fingerprint(data))
    try:
        if depth > DEPTH_LIMIT:
            raise TooDeep(limit=DEPTH_LIMIT)
        if len(data) > FILE_LIMIT_BYTES:
            raise TooLarge(limit_bytes=FILE_LIMIT_BYTES)
        opened = _in_child(source, data, opener)
        budget.take(opened.parts)
        row = _row(source, opened, opener, budget, own=data if depth == 0 else None)
    except RedactorError as error:
        return [(replace(source, failure=error), None)]
    rows: _Rows = [(row, opened.thread)]
    for part in opened.parts:
        rows += _part_rows(source, part, opener, budget, depth=depth + 1)
    return rows


def _part_rows(source: Input, part: Part, opener: Opener, budget: _Budget, *, depth: int) -> _Rows:
    inner = {
        name.removeprefix(f"{part.name}/"): facts
        for name, facts in source.parts.items()
        if name.startswith(f"{part.name}/")
    }
    row = _part_input(source, part.name, source.parts.get(part.name, source.facts), failure=part.failure)
    if part.failure is not None:
        return [(row, None)]
    return _expanded(replace(row, parts=inner), part.data, opener, budget, depth=depth)


def _in_child(source: Input, data: bytes, opener: Opener) -> Opened:
    """What a child finds in `data`; its folder goes afterwards, however the child ended."""
    if is_pdf(data):
        carried: Opened = opener.call(attached.carried, data, choice=_stated(source.facts.hidden_content))
        return replace(carried, pdf=data)
    scratch = tempfile.mkdtemp(dir=opener.keeper.folder)
    seconds = CONVERTER_SECONDS + SECONDS_PER_MIB * len(data) / MIB
    try:
        opened: Opened = opener.call(
            open_file, data, soffice=office.program(), scratch=scratch, seconds=seconds,
            choice=_stated(source.facts.hidden_content), lang=_stated(source.facts.lang),
        )  # fmt: skip
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return opened


def _stated(value: str | Unknown) -> str | None:
    return None if isinstance(value, Unknown) else value


def _row(source: Input, opened: Opened, opener: Opener, budget: _Budget, *, own: bytes | None) -> Input:
    """The row of a file; `own` are its bytes where it stands in the request's folder."""
    row = replace(source, format=opened.format, hidden=hidden.counted(opened.hidden), notes=opened.notes)
    if opened.waits:
        return replace(row, failure=HiddenContent(**hidden.asks(opened.hidden)))
    if opened.pdf is None:
        return replace(row, is_folder=True)
    return _with_pdf(row, opened.pdf, opener, budget, is_own=opened.pdf is own)


def _with_pdf(row: Input, pdf: bytes, opener: Opener, budget: _Budget, *, is_own: bool) -> Input:
    """The row with the place of its pages: the file itself where it is a PDF that stands in the request's folder."""
    if is_own:
        return replace(row, pdf_sha256=row.sha256)
    budget.put += 1
    path = opener.keeper.put(f"in-{budget.number}-{budget.put}.pdf", pdf)
    return replace(row, path=path, pdf_sha256=fingerprint(pdf))
