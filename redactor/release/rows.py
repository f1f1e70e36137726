"""What the report says of one document: values turned into the JSON of CONTRACTS, without any of its text."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

from redactor.model import Facts, Power, State, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.errors import RedactorError
    from redactor.intake.files import Input
    from redactor.model import Document, Proposal, Trace
    from redactor.review import Decider, Decision, Settled
    from redactor.scanning import PageRead


class DocumentState(StrEnum):
    """How a document ended."""

    RELEASED = "released"
    DRAFT = "draft"
    WITHHELD = "withheld"
    NEEDS_PERSON = "needs_person"
    REJECTED = "rejected"
    FAILED = "failed"

    @property
    def is_complete(self) -> bool:
        """True when nothing is owed: drafted, released, or lawfully withheld."""
        return self in {DocumentState.RELEASED, DocumentState.DRAFT, DocumentState.WITHHELD}


@dataclass(frozen=True, slots=True)
class Row:
    """One document of the report. `output` is the written file, relative to OUT; `sha256` is the input's."""

    file: str = field(repr=False)
    request: str | None
    state: DocumentState
    facts: Facts
    sha256: str | None = None
    pages: int | None = None
    output: str | None = None
    output_sha256: str | None = None
    verdict: str | None = None
    reasons: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    document: Document | None = None
    settled: Settled | None = None
    routes: tuple[tuple[str, str], ...] = ()  # kind and reason of each page
    notes: tuple[str, ...] = ()
    scans: Mapping[int, PageRead] = field(default_factory=dict)  # how well each scanned page was read, from 0
    timings_ms: Mapping[str, int] = field(default_factory=dict)
    failure: RedactorError | None = None
    decider: Decider | None = None
    residual: Mapping[str, int] = field(default_factory=dict)
    fingerprint: str | None = None
    origin: Input | None = field(default=None, repr=False)
    duplicates: tuple[Mapping[str, Any], ...] = ()
    parts: tuple[str, ...] = field(default=(), repr=False)  # of what holds files and has no page of its own

    def as_json(self) -> dict[str, Any]:
        """The row of `internal/report.json`."""
        proposals = self.settled.proposals if self.settled is not None else ()
        decisions = {one.proposal: one for one in self.settled.decisions} if self.settled is not None else {}
        return {
            "file": self.file,
            "request": self.request,
            "sha256": self.sha256,
            "pages": self.pages,
            "released": self.output if self.state is DocumentState.RELEASED else None,
            "draft": self.output if self.state is DocumentState.DRAFT else None,
            "output_sha256": self.output_sha256,
            "state": self.state.value,
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "provisions": list(self.provisions),
            "facts": facts_json(self.facts),
            "facts_missing": facts_missing(proposals),
            "proposals": [
                proposal_json(one, self.document) | self._decided(one, decisions.get(one.id)) for one in proposals
            ],
            "routes": {str(page): kind for page, (kind, _) in enumerate(self.routes, 1)},
            "route_reasons": {str(page): why for page, (kind, why) in enumerate(self.routes, 1) if kind != "text"},
            "counts": counts(proposals),
            "notes": list(self.notes),
            "scans": {str(page + 1): dataclasses.asdict(one) for page, one in sorted(self.scans.items())},
            "timings_ms": dict(self.timings_ms),
            "failure": failure_json(self.failure),
            "residual": dict(self.residual),
            "fingerprint": self.fingerprint,
            "duplicates": list(self.duplicates),
            "parts": list(self.parts),
            **origin_json(self.origin),
        }

    def _decided(self, proposal: Proposal, own: Decision | None) -> dict[str, Any]:
        """Who settled the proposal, and why: a decision on it, else the block's decider for what may be withheld."""
        if own is not None:
            return {"decided": {"by": own.by, "reason": own.reason, "at": own.at.isoformat()}}
        if self.decider is not None and proposal.power is Power.DISCRETIONARY and proposal.state is State.MASKED:
            return {"decided": {"by": self.decider.name, "reason": self.decider.reason, "at": None}}
        return {"decided": None}


def origin_json(origin: Input | None) -> dict[str, Any]:
    """What the file was, what it stood in, and what its pages do not show, by kind."""
    if origin is None:
        return {"format": None, "container": None, "hidden_content": {}, "thread": None}
    return {
        "format": origin.format, "container": origin.container, "hidden_content": dict(origin.hidden),
        "thread": origin.thread,
    }  # fmt: skip


def failure_json(failure: RedactorError | None) -> dict[str, Any] | None:
    """Code, facts and advice of an error."""
    if failure is None:
        return None
    return {
        "code": failure.code,
        "facts": {k: str(v) for k, v in failure.facts.items()},
        "advice": failure.advice,
        "conseil": failure.conseil,
    }


def facts_json(facts: Facts) -> dict[str, Any]:
    """Facts as they were stated; `unknown` for the others."""
    return {one.name: _plain(getattr(facts, one.name)) for one in dataclasses.fields(facts)}


def facts_missing(proposals: Sequence[Proposal]) -> list[str]:
    """Names of the facts whose answer would change something."""
    return sorted({one.fact.removeprefix("document.") for p in proposals for one in p.trace.questions})


def counts(proposals: Sequence[Proposal]) -> dict[str, int]:
    """Proposals by state, and masked ones by provision (`art 37`)."""
    found = Counter(str(one.state.value) for one in proposals)
    found.update(f"art {one.provision}" for one in proposals if one.state in {State.MASKED, State.ASK})
    return dict(sorted(found.items()))


def proposal_json(proposal: Proposal, document: Document | None) -> dict[str, Any]:
    """One proposal. `page` counts from 1; boxes on further pages stand under `more`."""
    boxes = [one for span in proposal.spans for one in document.boxes_of(span)] if document is not None else []
    by_page: dict[int, list[list[float]]] = {}
    for one in boxes:
        box = [round(v, 2) for v in (one.box.x0, one.box.y0, one.box.x1, one.box.y1)]
        by_page.setdefault(one.page + 1, []).append(box)
    first = min(by_page, default=None)
    row: dict[str, Any] = {
        "id": proposal.id,
        "page": first,
        "spans": [[span.start, span.end] for span in proposal.spans],
        "boxes": by_page.get(first, []) if first is not None else [],
        "label": proposal.label,
        "rule": proposal.rule,
        "provision": proposal.provision,
        "effect": proposal.effect.value,
        "power": proposal.power.value if proposal.power is not None else None,
        "strength": proposal.strength.value,
        "state": proposal.state.value,
        "person": proposal.person,
        "element": proposal.element.value if proposal.element is not None else None,
        "trace": trace_json(proposal.trace),
    }
    more = [{"page": page, "boxes": found} for page, found in sorted(by_page.items()) if page != first]
    return row | ({"more": more} if more else {})


def trace_json(trace: Trace) -> dict[str, Any]:
    """A trace, field by field."""
    return {one.name: _plain(getattr(trace, one.name)) for one in dataclasses.fields(trace)}


def _plain(value: object) -> Any:
    if isinstance(value, Unknown):
        return "unknown"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    return value
