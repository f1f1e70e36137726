"""Reads the files of a request, several at a time, by chunks, and keeps in the workspace what a kill must not cost.

What stands in a file's pages is all that is known afterwards; what it means is left to `analysis`. One document at a
time is in memory: the places of its letters stay in a file of their own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from redactor import __version__, events
from redactor.errors import DiskFull, RedactorError
from redactor.events import Event
from redactor.intake.load import fingerprint, load, load_again
from redactor.layouts import kept, packed
from redactor.model import DocumentId
from redactor.outcome import Outcome, Phase
from redactor.pdf.hands import Hands
from redactor.reading import NOBODY, File, Part, others, read_file
from redactor.scanning import read_scans, unread, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from redactor.intake.files import Batch, Input
    from redactor.keeping import Held, Shelf
    from redactor.model import Document
    from redactor.outcome import Tools
    from redactor.scanning import PageRead


class Keeper(Protocol):
    """Where the work on a request lies: files, and results of steps that a later run may go on from."""

    @property
    def folder(self) -> Path:
        """A private folder."""

    def put(self, name: str, data: bytes) -> Path:
        """Keeps a file; gives its path. Raises DiskFull."""

    def keep(self, step: str, value: object) -> None:
        """Keeps the result of a step. Raises DiskFull."""

    def known(self, step: str) -> Any | None:
        """The result of a step, or None."""

    def forget(self, step: str) -> None:
        """Removes the result of a step."""

    def shelf(self) -> Shelf:
        """Room for what is too large for the memory."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the reading of a file gave. The layout lies in `layout`, the pages with the words of scans in `scan`."""

    document: Document
    layout: str
    pdf_sha256: str
    lost: Mapping[int, str]
    scans: Mapping[int, PageRead] = field(default_factory=dict)
    scan: str | None = None
    failure: RedactorError | None = None
    timings_ms: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of one file in the workspace."""

    keeper: Keeper
    key: str

    def known(self, first: int) -> Part | None:
        """The part that begins with page `first`, from 0."""
        part = self.keeper.known(f"part-{self.key}-{first}")
        return part if isinstance(part, Part) else None

    def keep(self, part: Part) -> None:
        """Keeps a part."""
        self.keeper.keep(f"part-{self.key}-{part.first}", part)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file of which the first chunk is read; `failure` where that was not possible."""

    outcome: Outcome
    key: str = ""
    total: int = 0
    is_known: bool = False


def step_key(*told: object) -> str:
    """Names a step by all that its result depends on, the program's version included."""
    return fingerprint(repr((__version__, *told)).encode())


@dataclass(frozen=True, slots=True)
class Gathering:
    """Reads one request."""

    tools: Tools
    keeper: Keeper
    shelf: Shelf

    def read_all(self, batch: Batch, *, scans: bool) -> Held[Outcome]:
        """The documents of a request in the order of its inputs; with `scans`, pages without a text are read too."""
        progress = self.tools.progress
        begun = self.tools.each(lambda pair: self._begun(*pair), list(enumerate(batch.inputs, 1)))
        progress.begin(Phase.READ, sum(one.total for one in begun))
        chunks = [(one, first) for one in begun if not one.is_known for first in others(one.total)]
        for one in begun:
            progress.done(one.total if one.is_known else one.total - _left(one.total))
        failed = self.tools.each(lambda pair: self._chunk(*pair), chunks)
        errors = {one.outcome.id: error for (one, _), error in zip(chunks, failed, strict=True) if error is not None}
        return self.shelf.gather(
            self.tools.each(lambda one: self._put(self._whole(one, errors.get(one.outcome.id), scans)), begun)
        )

    def _put(self, outcome: Outcome) -> str:
        if outcome.failure is not None:
            self.tools.progress.failed()
        name = f"read-{outcome.id}"
        self.shelf.put(name, outcome)
        return name

    def _begun(self, number: int, source: Input) -> _Begun:
        outcome = Outcome(source, DocumentId(f"d{number}"))
        try:
            if source.failure is not None:
                outcome = replace(outcome, sha256=source.sha256)
                raise source.failure
            digest = fingerprint(load(source.path))
            outcome = replace(outcome, sha256=source.sha256 or digest, pdf_sha256=digest)
            known = self._known(step_key(digest))
            if known is not None:
                return _Begun(outcome, step_key(digest), len(known.document.pages), is_known=True)
            return _Begun(outcome, step_key(digest), self._file(outcome, step_key(digest)).begin())
        except RedactorError as error:
            events.record(Event.SET_ASIDE, document=outcome.id, code=error.code)
            return _Begun(replace(outcome, failure=error))

    def _file(self, outcome: Outcome, key: str) -> File:
        return File(
            lambda: load_again(outcome.input.path, sha256=outcome.pdf_sha256 or ""), call=self.tools.sandbox.call,
            parts=_Parts(self.keeper, key),
        )  # fmt: skip

    def _chunk(self, one: _Begun, first: int) -> RedactorError | None:
        try:
            self._file(one.outcome, one.key).read(first, total=one.total)
        except RedactorError as error:
            return error
        self.tools.progress.done(min(one.total - first, others(one.total).step))
        return None

    def _whole(self, one: _Begun, error: RedactorError | None, scans: bool) -> Outcome:
        outcome = one.outcome
        if outcome.failure is not None or error is not None:
            return replace(outcome, failure=outcome.failure or error)
        try:
            found = self._known(one.key) or self._put_together(one)
            if scans and found.failure is not None:
                found = self._known(f"{one.key}-scans") or self._with_scans(one, found)
        except RedactorError as failure:
            events.record(Event.SET_ASIDE, document=outcome.id, code=failure.code)
            return replace(outcome, failure=failure)
        events.record(Event.READ, document=outcome.id, pages=len(found.document.pages))
        return self._outcome(outcome, found)

    def _put_together(self, one: _Begun) -> _Kept:
        """The document of the chunks, kept in their place."""
        started = time.monotonic()
        whole = self._file(one.outcome, one.key).whole(document_id=NOBODY, sha256=one.outcome.pdf_sha256 or "")
        kept_ = self._keep(one.key, _Kept(
            whole.document, "", one.outcome.pdf_sha256 or "", whole.lost,
            failure=unreadable(whole.document, but=whole.lost), timings_ms={"read": _ms(started)},
        ))  # fmt: skip
        for first in (0, *others(one.total)):
            self.keeper.forget(f"part-{one.key}-{first}")
        return kept_

    def _with_scans(self, one: _Begun, found: _Kept) -> _Kept:
        """The same with the words of its scanned pages, where tesseract is there and sure of them."""
        started, key, sandbox = time.monotonic(), f"{one.key}-scans", self.tools.sandbox
        document = found.document
        data = load_again(one.outcome.input.path, sha256=found.pdf_sha256)
        pages = unread(document, but=found.lost)
        try:
            read = read_scans(
                data, pages=pages, hands=Hands(sandbox.call, sandbox.each), steps=_Steps(self.keeper, key)
            )
            digest, sure = fingerprint(read.data), {page: told.confidence for page, told in read.pages.items()}
            whole = read_file(read.data, document_id=NOBODY, sha256=digest, call=sandbox.call, scans=sure)
        except DiskFull:
            raise
        except RedactorError as error:
            return replace(found, failure=error)
        self.keeper.put(key, read.data)
        return self._keep(key, _Kept(
            whole.document, "", digest, whole.lost, read.pages, key, unreadable(whole.document, but=whole.lost),
            {**found.timings_ms, "ocr": _ms(started)},
        ))  # fmt: skip

    def _keep(self, key: str, found: _Kept) -> _Kept:
        name = f"layout-{key}"
        if found.document.layout is not None:
            path = self.keeper.put(name, packed(found.document.layout))
            found = replace(found, layout=name, document=replace(found.document, layout=None))
            self.keeper.keep(key, found)
            return replace(found, document=replace(found.document, layout=kept(path)))
        self.keeper.keep(key, found)
        return found

    def _known(self, key: str) -> _Kept | None:
        """What an earlier run read, with the files that belong to it; None where something of it is missing."""
        found = self.keeper.known(key)
        if not isinstance(found, _Kept) or (found.scan and not (self.keeper.folder / found.scan).is_file()):
            return None
        if not found.layout:
            return found
        layout = kept(self.keeper.folder / found.layout)
        return replace(found, document=replace(found.document, layout=layout)) if layout is not None else None

    def _outcome(self, outcome: Outcome, found: _Kept) -> Outcome:
        source = outcome.input
        if found.scan is not None:
            source = replace(source, path=self.keeper.folder / found.scan)
        return replace(
            outcome, input=source, pdf_sha256=found.pdf_sha256, document=replace(found.document, id=outcome.id),
            lost=found.lost, scans=found.scans, failure=found.failure, timings_ms=found.timings_ms,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Steps:
    """Pages read by tesseract, in the workspace."""

    keeper: Keeper
    key: str

    def known(self, name: str) -> Any | None:
        """The result of that name, or None."""
        return self.keeper.known(f"{self.key}-{name}")

    def keep(self, name: str, value: object) -> None:
        """Keeps a result."""
        self.keeper.keep(f"{self.key}-{name}", value)


def _left(total: int) -> int:
    """Pages of a file behind its first chunk."""
    return max(total - others(total).step, 0)


def _ms(started: float) -> int:
    return round(1000 * (time.monotonic() - started))
