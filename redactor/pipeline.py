"""The whole run: requests in, proved files, report and index out. Each step is a line; the steps live elsewhere.

A request is published at once when all its files are proved: an interruption leaves earlier requests whole and
nothing of the one in hand.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from redactor import __version__, duplicates, events, same_values
from redactor.analysis import analyse, prepared, target
from redactor.decisions import Decisions
from redactor.errors import (
    Contradiction,
    DiskFull,
    HiddenContent,
    InputError,
    Interrupted,
    NeedsOcr,
    NotAnalysed,
    OutputOfAnotherRun,
    PageFailed,
    ProofFailed,
    RedactorError,
)
from redactor.events import Event
from redactor.intake.load import fingerprint, load
from redactor.keeping import Mapped
from redactor.making import Making, made_of
from redactor.model import Unknown
from redactor.policy import consistency
from redactor.production import Product
from redactor.reading import page_failed
from redactor.release import containers, publish
from redactor.release.folder import DRAFTS, RELEASED
from redactor.release.names import released_names
from redactor.release.rows import DocumentState, Row
from redactor.release.table import Rows, Table, table_of
from redactor.release.workspace import DONE, OLD, unbroken
from redactor.scanning import SCAN_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redactor.intake.files import Batch, Input
    from redactor.model import Document
    from redactor.outcome import Outcome, Tools
    from redactor.pdf.targets import Target
    from redactor.production import Style
    from redactor.release.folder import OutFolder
    from redactor.release.workspace import Workspace
    from redactor.review import Decider
    from redactor.same_values import Value


BEGUN = "begun"  # step of the workspace: names of the files that are being published
ROWS, STOPPED = "rows.jsonl", "stopped.jsonl"  # files of the workspace: rows of reports


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for. Without a decider the run makes drafts."""

    style: Style
    decider: Decider | None = None
    decisions: Decisions = field(default_factory=Decisions)
    targets: tuple[Target, ...] | None = None  # exactly these, nothing else


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended: the rows of its report, and whether something is owed."""

    rows: Rows = field(repr=False)
    unchanged: int
    removed: int

    @property
    def is_complete(self) -> bool:
        """True when every document was drafted, released or lawfully withheld."""
        return all(DocumentState(row["state"]).is_complete for row in self.rows.heads)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run writes: OUT, and the workspace of the request in hand."""

    folder: OutFolder
    work: Workspace


@dataclass(frozen=True, slots=True)
class _Earlier:
    """Rows of earlier runs: those of the last report, and of the requests that a run published before it was killed."""

    old: Table
    done: Table
    begun: tuple[str, ...]  # names of the files of a request whose publishing was cut off

    @classmethod
    def of(cls, place: Place) -> _Earlier:
        """What earlier runs left in OUT and in the workspace."""
        old = publish.previous(place.folder, path=place.work.folder / OLD)
        return cls(old, Table(place.work.folder / DONE), tuple(place.work.known(BEGUN) or ()))

    def written(self) -> Iterator[Mapping[str, Any]]:
        """Rows of all that was, or may have been, written to OUT."""
        yield from self.old.heads
        yield from self.done.heads
        for name in self.begun:
            yield {"released": f"{RELEASED}/{name}"}
            yield {"released": None, "draft": f"{DRAFTS}/{name}"}

    def standing(self, mark: str, batch: Batch, folder: OutFolder) -> list[tuple[Table, int]]:
        """Rows that hold still: same fingerprint, files intact, nothing owed; else none."""
        files = {one.file for one in batch.inputs}
        for table in (self.done, self.old):
            rows = list({row["file"]: at for at, row in enumerate(table.heads) if row["fingerprint"] == mark}.values())
            heads = [table.heads[at] for at in rows]
            if files <= {row["file"] for row in heads} and all(publish.stands(folder, row) for row in heads):
                return [(table, at) for at in rows]
        return []


def run(batches: Sequence[Batch], options: Options, tools: Tools, place: Place) -> Run:
    """Treats every request and writes all of OUT. Raises OutputOfAnotherRun; on Ctrl-C the report is written first."""
    folder, work = place.folder, place.work
    earlier = _Earlier.of(place)
    written = list(earlier.written())
    _refuse_other_run(batches, earlier.old.heads)
    rows: list[tuple[Table, int]] = []
    unchanged = 0
    try:
        for number, batch in enumerate(batches, 1):
            tools.progress.request(number, len(batches))
            mark = _mark(batch, options, tools)
            kept = earlier.standing(mark, batch, folder)
            unchanged += len(kept)
            rows += kept
            if not kept:
                ready = _treated(batch, options, tools, place, mark)
                with unbroken():  # Ctrl-C waits: a request is published whole, its rows with it
                    told = _published_all(ready, batch, options, place, mark)
                    rows += [(earlier.done, earlier.done.add(row)) for row in told]
                    work.clear()
    except KeyboardInterrupt:
        done = {table.heads[at]["file"] for table, at in rows}
        left = [one for batch in batches for one in batch.inputs if one.file not in done]
        stopped = table_of(work.folder / STOPPED, (_stopped(one) for one in left))
        _write(folder, Rows([*rows, *((stopped, at) for at in range(len(stopped)))]), tools)
        raise
    whole = Rows(rows)
    removed = publish.drop_stale(folder, written, whole.heads)
    _write(folder, whole, tools)
    if unchanged:
        events.record(Event.UNCHANGED, documents=unchanged)
    return Run(whole, unchanged, removed)


def _write(folder: OutFolder, rows: Rows, tools: Tools) -> None:
    publish.write_report(folder, rows, pack=tools.pack.id)


def _stopped(source: Input, error: RedactorError | None = None) -> dict[str, Any]:
    return Row(source.file, None, DocumentState.FAILED, source.facts, failure=error or Interrupted()).as_json()


def _refuse_other_run(batches: Sequence[Batch], old: Sequence[Mapping[str, Any]]) -> None:
    files = {one.file for batch in batches for one in batch.inputs}
    if old and files.isdisjoint(row["file"] for row in old):
        raise OutputOfAnotherRun


def _mark(batch: Batch, options: Options, tools: Tools) -> str:
    """Fingerprint of all that the result of a request depends on: program, pack, facts, decisions, bytes."""
    undated = any(isinstance(one.facts.request_date, Unknown) for one in batch.inputs)
    told = [
        __version__, tools.pack.mark, tools.today if undated else None, dataclasses.asdict(options),
        dataclasses.asdict(batch), [_digest(one) for one in batch.inputs],
    ]  # fmt: skip
    return fingerprint(repr(told).encode())


def _digest(source: Input) -> str:
    try:
        return fingerprint(load(source.path))
    except RedactorError as error:
        return error.code


def _treated(batch: Batch, options: Options, tools: Tools, place: Place, mark: str) -> _Ready | DiskFull:
    """One request from its bytes to its proved files. A full disk ends the request, and the others go on."""
    try:
        return _ready(batch, options, tools, place, mark)
    except DiskFull as error:
        return error


@dataclass(frozen=True, slots=True)
class _Ready:
    """A request of which every file is proved. `whole` are its inputs with what holds others."""

    whole: Batch
    outcomes: Sequence[Outcome]
    products: tuple[Product | None, ...]
    names: tuple[str, ...] = field(repr=False)
    twins: Mapping[str, tuple[duplicates.Twin, ...]] = field(repr=False)


def _ready(batch: Batch, options: Options, tools: Tools, place: Place, mark: str) -> _Ready:
    work = place.work
    whole = prepared(batch, tools, work)
    if options.targets is not None:  # they name places in the pages of the file itself, not in those of its parts
        whole = replace(whole, inputs=whole.inputs[:1])
    batch = _documents(whole)
    outcomes: Sequence[Outcome]
    if options.targets is None:
        outcomes = analyse(batch, tools, work, decisions=options.decisions.by_document)
    else:
        outcomes = target(batch, tools, work, targets=options.targets)
    outcomes = _without_contradictions(outcomes, options.decisions.cleared)
    values = _values(outcomes)
    products = made_of(outcomes, Making(values, options.style, tools, work, mark))
    names = released_names(
        [one.file for one in batch.inputs], [" ".join(one.pieces) for one in values], number=batch.request.number,
        containers={one.container for one in batch.inputs if one.container is not None},
    )  # fmt: skip
    twins = duplicates.found(Mapped(lambda one: duplicates.Text(one.input.file, one.sha256, one.document), outcomes))
    return _Ready(whole, outcomes, products, tuple(names), twins)


def _published_all(
    ready: _Ready | DiskFull, batch: Batch, options: Options, place: Place, mark: str
) -> Iterator[Mapping[str, Any]]:
    """The rows of a request, the file of each document written before its row; what holds files before its parts."""
    if isinstance(ready, DiskFull):
        yield from (_stopped(one, ready) for one in batch.inputs)
        return
    documents = _documents(ready.whole)
    place.work.keep(BEGUN, ready.names)
    done = (
        _Done(one, product, name, ready.twins.get(one.input.file, ()))
        for one, product, name in zip(ready.outcomes, ready.products, ready.names, strict=True)
    )
    rows = table_of(place.work.folder / ROWS, (_published(one, documents, options, place.folder, mark) for one in done))
    yield from containers.with_folders(
        map(rows.row, range(len(rows))), ready.whole, mark=mark, heads=rows.heads
    )  # fmt: skip


def _without_contradictions(outcomes: Sequence[Outcome], cleared: frozenset[str]) -> Sequence[Outcome]:
    """The same outcomes; a document that shows what another place hides, with no reason on record, is stopped."""
    settled = [at for at, one in enumerate(outcomes) if one.analysed is not None and one.settled is not None]
    found = consistency.inconsistencies(Mapped(lambda at: _settled(outcomes[at]), settled), cleared=cleared)
    for one in found:
        events.record(
            Event.CONTRADICTION, contradiction=one.id, hidden=one.hidden.document, shown=one.readable.document
        )
    number = {document: at for at, document in enumerate(Mapped(lambda one: one.id, outcomes))} if found else {}
    stopped = {
        one.readable.document: _contradiction(
            one, outcomes[number[one.hidden.document]].document, outcomes[number[one.readable.document]].document
        )
        for one in found
    }
    return Mapped(lambda one: replace(one, failure=stopped[one.id]) if one.id in stopped else one, outcomes)


def _settled(outcome: Outcome) -> consistency.Settled:
    if outcome.analysed is None or outcome.settled is None:
        raise LookupError("a document that was not analysed")
    return consistency.Settled(outcome.analysed, outcome.input.facts, outcome.settled.proposals)


def _contradiction(found: consistency.Inconsistency, hidden: Document | None, shown: Document | None) -> Contradiction:
    return Contradiction(
        id=found.id, provision=found.provision, hidden_in=found.hidden.document,
        hidden_page=hidden.page_of(found.hidden.span) + 1 if hidden is not None else 0,
        hidden_span=f"{found.hidden.span.start}-{found.hidden.span.end}",
        readable_page=shown.page_of(found.readable.span) + 1 if shown is not None else 0,
        readable_span=f"{found.readable.span.start}-{found.readable.span.end}",
    )  # fmt: skip


def _values(outcomes: Sequence[Outcome]) -> frozenset[Value]:
    """Identifying values withheld anywhere in the request."""
    found: set[Value] = set()
    for one in outcomes:
        if one.document is not None and one.settled is not None:
            found |= same_values.values_of(one.document, one.settled.proposals)
    return frozenset(found)


def analysed_rows(batch: Batch, tools: Tools, work: Workspace) -> Iterator[Mapping[str, Any]]:
    """Rows of documents that are analysed and not written."""
    whole = prepared(batch, tools, work)
    batch = _documents(whole)
    outcomes = analyse(batch, tools, work, decisions={})
    done = Mapped(lambda one: _Done(one, _unread(one), ""), outcomes)
    rows = table_of(work.folder / ROWS, (_row(one, batch, _state(one, draft=True)).as_json() for one in done))
    told = (rows.row(at) for at in range(len(rows)))
    yield from containers.with_folders(told, whole, mark=None, heads=rows.heads)
    work.clear()


def _unread(outcome: Outcome) -> Product | None:
    return Product(failure=page_failed(outcome.lost)) if outcome.lost else None


def _documents(batch: Batch) -> Batch:
    """The batch without what has no page of its own."""
    return replace(batch, inputs=tuple(one for one in batch.inputs if not one.is_folder))


@dataclass(frozen=True, slots=True)
class _Done:
    outcome: Outcome
    product: Product | None
    name: str
    twins: tuple[duplicates.Twin, ...] = ()

    @property
    def failure(self) -> RedactorError | None:
        return self.outcome.failure or (self.product.failure if self.product is not None else None)


def _published(done: _Done, batch: Batch, options: Options, folder: OutFolder, mark: str) -> Mapping[str, Any]:
    """Writes the file of one document, if it has one, and gives its row."""
    outcome = done.outcome
    state = _state(done, draft=options.style.draft)
    try:
        output = _written(done, state, folder)
    except DiskFull as error:
        done = _Done(replace(outcome, failure=error), None, done.name)
        state, output = _state(done, draft=options.style.draft), None
    row = replace(_row(done, batch, state), output=output, decider=options.decider, fingerprint=mark)
    events.record(Event.RELEASED if output else Event.WITHHELD, document=outcome.id)
    return row.as_json()


def _row(done: _Done, batch: Batch, state: DocumentState) -> Row:
    outcome, product = done.outcome, done.product or Product()
    document, settled, judged = outcome.document, outcome.settled, outcome.verdict
    return Row(
        outcome.input.file, batch.request.number, state, outcome.input.facts,
        sha256=outcome.sha256, pages=len(document.pages) if document is not None else None,
        output_sha256=product.proof.sha256 if product.proof is not None else None,
        verdict=judged.outcome if judged is not None else None, reasons=judged.reasons if judged is not None else (),
        provisions=settled.provisions if settled is not None else (), document=document, settled=settled,
        routes=product.routes, notes=_notes(outcome, product), scans=outcome.scans, origin=outcome.input,
        duplicates=tuple(one.as_json() for one in done.twins), residual=product.residual, failure=done.failure,
        timings_ms={**outcome.timings_ms, **product.timings_ms},
    )  # fmt: skip


def _notes(outcome: Outcome, product: Product) -> tuple[str, ...]:
    marked = any(one.marks for one in outcome.scans.values())
    return (*outcome.input.notes, *product.notes, *((SCAN_MARKS,) if marked else ()))


def _written(done: _Done, state: DocumentState, folder: OutFolder) -> str | None:
    """Path of the file relative to OUT; None where there is none. Only a release opens `released/`."""
    product = done.product
    if product is None or product.proof is None or product.path is None:
        return None
    data = product.path.read_bytes()
    if state is DocumentState.DRAFT:
        return publish.drafted(folder, done.name, data, proof=product.proof)
    if product.release is None:
        raise ProofFailed(document=done.outcome.id, channels="no release")
    return publish.released(folder, done.name, data, release=product.release)


def _state(done: _Done, *, draft: bool) -> DocumentState:
    match done.failure:
        case InputError():
            return DocumentState.REJECTED
        case NeedsOcr() | NotAnalysed() | PageFailed() | ProofFailed() | Contradiction() | HiddenContent():
            return DocumentState.NEEDS_PERSON
        case RedactorError():
            return DocumentState.FAILED
        case None:
            if done.product is None:
                return DocumentState.WITHHELD
            return DocumentState.DRAFT if draft else DocumentState.RELEASED
