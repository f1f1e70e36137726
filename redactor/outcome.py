"""What a run works with: its tools, how far it is, and what is known of each document, step by step."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from redactor.errors import RedactorError
    from redactor.intake.files import Input
    from redactor.model import Analysed, Document, DocumentId, Proposal, Redaction
    from redactor.policy.pack import Pack
    from redactor.policy.verdict import Verdict
    from redactor.review import Settled
    from redactor.sandbox import Sandbox
    from redactor.scanning import PageRead

S = TypeVar("S")
T = TypeVar("T")


class Phase(StrEnum):
    """What is being done with the pages of a request."""

    READ = "read"
    FIND = "find"
    MAKE = "make"


class Progress:
    """Told how far a run is. This one tells nobody."""

    def request(self, number: int, total: int) -> None:
        """Request `number` of `total`, from 1, begins."""

    def close(self) -> None:
        """Nothing follows."""

    def begin(self, phase: Phase, pages: int) -> None:
        """A phase begins, with so many pages to treat."""

    def done(self, pages: int) -> None:
        """So many more pages are treated."""

    def failed(self) -> None:
        """A document is left to a person."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a run needs besides its files. `today` stands in for a request date that nobody gave."""

    pack: Pack
    sandbox: Sandbox
    workers: int
    today: dt.date
    progress: Progress = field(default_factory=Progress)

    def each(self, task: Callable[[S], T], items: Sequence[S]) -> tuple[T, ...]:
        """`task` of every item, several at a time, in order. An interruption ends the children at once."""
        threads = ThreadPoolExecutor(self.workers)
        try:
            return tuple(threads.map(task, items))
        except BaseException:
            self.sandbox.stop()
            raise
        finally:
            threads.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document after analysis: all of it, or the error that stopped it."""

    input: Input
    id: DocumentId
    sha256: str | None = None  # of the file as it came
    pdf_sha256: str | None = None  # of its pages, the same for a PDF
    document: Document | None = None
    lost: Mapping[int, str] = field(default_factory=dict)  # pages, from 0, that stopped whatever read them, and why
    scans: Mapping[int, PageRead] = field(default_factory=dict)  # how well each scanned page was read, from 0
    analysed: Analysed | None = None
    proposals: tuple[Proposal, ...] = ()  # before decisions
    settled: Settled | None = None
    verdict: Verdict | None = None
    redactions: tuple[Redaction, ...] | None = None  # exactly these, where a person listed them
    failure: RedactorError | None = None
    timings_ms: Mapping[str, int] = field(default_factory=dict)
