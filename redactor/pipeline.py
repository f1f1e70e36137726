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
    ProofFailed,
    RedactorError,
)
from redactor.events import Event
from redactor.intake.load import fingerprint, load
from redactor.model import Unknown
from redactor.policy import consistency
from redactor.production import Product, produce
from redactor.release import containers, publish
from redactor.release.names import released_names
from redactor.release.rows import DocumentState, Row
from redactor.scanning import SCAN_MARKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.analysis import Outcome, Tools
    from redactor.intake.files import Batch, Input
    from redactor.pdf.targets import Target
    from redactor.production import Style
    from redactor.release.folder import OutFolder
    from redactor.release.workspace import Workspace
    from redactor.review import Decider
    from redactor.same_values import Value


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for. Without a decider the run makes drafts."""

    style: Style
    decider: Decider | None = None
    decisions: Decisions = field(default_factory=Decisions)
    targets: tuple[Target, ...] | None = None  # exactly these, nothing else


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended: the report, and whether something is owed."""

    report: Mapping[str, Any] = field(repr=False)
    unchanged: int
    removed: int

    @property
    def is_complete(self) -> bool:
        """True when every document was drafted, released or lawfully withheld."""
        return all(DocumentState(row["state"]).is_complete for row in self.report["documents"])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run writes: OUT, and the workspace of the request in hand."""

    folder: OutFolder
    work: Workspace


def run(batches: Sequence[Batch], options: Options, tools: Tools, place: Place) -> Run:
    """Treats every request and writes all of OUT. Raises OutputOfAnotherRun; on Ctrl-C the report is written first."""
    folder = place.folder
    old = publish.previous(folder)
    _refuse_other_run(batches, old)
    rows: list[Mapping[str, Any]] = []
    unchanged = 0
    try:
        for batch in batches:
            mark = _mark(batch, options, tools)
            kept = _unchanged(mark, batch, old, folder)
            unchanged += len(kept)
            rows += kept or _treat(batch, options, tools, place, mark)
    except KeyboardInterrupt:
        done = {row["file"] for row in rows}
        left = [one for batch in batches for one in batch.inputs if one.file not in done]
        _write(folder, [*rows, *(_stopped(one) for one in left)], tools)
        raise
    removed = publish.drop_stale(folder, old, rows)
    return Run(_write(folder, rows, tools), unchanged, removed)


def _write(folder: OutFolder, rows: Sequence[Mapping[str, Any]], tools: Tools) -> dict[str, Any]:
    report = publish.report_of(rows, pack=tools.pack.id)
    publish.write_report(folder, report)
    return report


def _stopped(source: Input) -> dict[str, Any]:
    return Row(source.file, None, DocumentState.FAILED, source.facts, failure=Interrupted()).as_json()


def _refuse_other_run(batches: Sequence[Batch], old: Sequence[Mapping[str, Any]]) -> None:
    files = {one.file for batch in batches for one in batch.inputs}
    if old and files.isdisjoint(row["file"] for row in old):
        raise OutputOfAnotherRun


def _mark(batch: Batch, options: Options, tools: Tools) -> str:
    """Fingerprint of all that the result of a request depends on: program, pack, facts, decisions, bytes."""
    undated = any(isinstance(one.facts.request_date, Unknown) for one in batch.inputs)
    told = [
        __version__, tools.pack.id, tools.today if undated else None, dataclasses.asdict(options),
        dataclasses.asdict(batch), [_digest(one) for one in batch.inputs],
    ]  # fmt: skip
    return fingerprint(repr(told).encode())


def _digest(source: Input) -> str:
    try:
        return fingerprint(load(source.path))
    except RedactorError as error:
        return error.code


def _unchanged(
    mark: str, batch: Batch, old: Sequence[Mapping[str, Any]], folder: OutFolder
) -> tuple[Mapping[str, Any], ...]:
    """Rows of an earlier run that hold still: same fingerprint, files intact, nothing owed; else none."""
    files = {one.file for one in batch.inputs}
    rows = tuple(row for row in old if row.get("fingerprint") == mark)
    if not files <= {row["file"] for row in rows} or not all(publish.stands(folder, row) for row in rows):
        return ()
    events.record(Event.UNCHANGED, documents=len(rows))
    return rows


def _treat(batch: Batch, options: Options, tools: Tools, place: Place, mark: str) -> list[Mapping[str, Any]]:
    """One request from its bytes to its published files; what holds files stands before them in the report."""
    whole = prepared(batch, tools, place.work)
    if options.targets is not None:  # they name places in the pages of the file itself, not in those of its parts
        whole = replace(whole, inputs=whole.inputs[:1])
    batch = _documents(whole)
    if options.targets is None:
        outcomes = analyse(batch, tools, place.work, decisions=options.decisions.by_document)
    else:
        outcomes = target(batch, tools, targets=options.targets)
    outcomes = _without_contradictions(outcomes, options.decisions.cleared)
    values = _values(outcomes)
    products = tools.each(lambda one: _put_aside(_product(one, values, options, tools), one, place.work), outcomes)
    names = released_names(
        [one.input.file for one in outcomes], [" ".join(one.pieces) for one in values], number=batch.request.number,
        containers={one.input.container for one in outcomes if one.input.container is not None},
    )  # fmt: skip
    twins = duplicates.found([duplicates.Text(one.input.file, one.sha256, one.document) for one in outcomes])
    rows = [
        _published(_Done(one, product, name, twins.get(one.input.file, ())), batch, options, place.folder, mark)
        for one, product, name in zip(outcomes, products, names, strict=True)
    ]
    place.work.clear()
    return containers.with_folders(rows, whole, mark=mark)


def _put_aside(product: Product | None, outcome: Outcome, work: Workspace) -> Product | None:
    """The same product with its bytes on disk: the files of a large request do not fit in memory."""
    if product is None or product.failure is not None:
        return product
    try:
        return replace(product, data=b"", path=work.put(outcome.id, product.data))
    except DiskFull as error:
        return Product(failure=error)


def _without_contradictions(outcomes: Sequence[Outcome], cleared: frozenset[str]) -> tuple[Outcome, ...]:
    """The same outcomes; a document that shows what another place hides, with no reason on record, is stopped."""
    settled = [
        consistency.Settled(one.analysed, one.input.facts, one.settled.proposals)
        for one in outcomes
        if one.analysed is not None and one.settled is not None
    ]
    found = consistency.inconsistencies(settled, cleared=cleared)
    stopped = {one.readable.document: one for one in found}
    for one in found:
        events.record(
            Event.CONTRADICTION, contradiction=one.id, hidden=one.hidden.document, shown=one.readable.document
        )
    return tuple(
        replace(one, failure=_contradiction(stopped[one.id], outcomes)) if one.id in stopped else one
        for one in outcomes
    )


def _contradiction(found: consistency.Inconsistency, outcomes: Sequence[Outcome]) -> Contradiction:
    pages = {one.id: one.document for one in outcomes}
    hidden, shown = pages[found.hidden.document], pages[found.readable.document]
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


def _product(outcome: Outcome, values: frozenset[Value], options: Options, tools: Tools) -> Product | None:
    """The proved file of a document; None where there is nothing to write."""
    if outcome.failure is not None or _is_withheld(outcome):
        return None
    return produce(outcome, values, style=options.style, sandbox=tools.sandbox)


def _is_withheld(outcome: Outcome) -> bool:
    """True when the document stays whole: refused, or outside the scope of the request."""
    return outcome.input.facts.in_scope is not True or (
        outcome.verdict is not None and outcome.verdict.outcome == "refuse"
    )


def analysed_rows(batch: Batch, tools: Tools, work: Workspace) -> list[Mapping[str, Any]]:
    """Rows of documents that are analysed and not written."""
    whole = prepared(batch, tools, work)
    batch = _documents(whole)
    outcomes = analyse(batch, tools, work, decisions={})
    work.clear()
    done = [_Done(one, None, "") for one in outcomes]
    rows = [_row(one, batch, _state(one, draft=True)).as_json() for one in done]
    return containers.with_folders(rows, whole, mark=None)


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
        case NeedsOcr() | NotAnalysed() | ProofFailed() | Contradiction() | HiddenContent():
            return DocumentState.NEEDS_PERSON
        case RedactorError():
            return DocumentState.FAILED
        case None:
            if done.product is None:
                return DocumentState.WITHHELD
            return DocumentState.DRAFT if draft else DocumentState.RELEASED
