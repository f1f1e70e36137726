"""From settled masks to a proved file: plan, candidate, proof. Nothing is written to disk here.

The maker and the judge of a candidate each run in a child. A failed proof ends the candidate: it is tried once more
with the pages it failed on as pictures, then the document is left to a person.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redactor import events
from redactor.errors import ProofFailed, RedactorError
from redactor.events import Event
from redactor.intake.load import load_again
from redactor.model import Lang
from redactor.pdf import candidate, verifier
from redactor.pdf.plan import BurnPlan, Mode
from redactor.pdf.verifier import Claims, Secret, release_of
from redactor.review import redactions_of
from redactor.same_values import places_kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redactor.analysis import Outcome
    from redactor.model import DocumentId, Redaction
    from redactor.pdf.verifier import Leak, Proof, Release
    from redactor.same_values import Value
    from redactor.sandbox import Sandbox

DRAFT_STAMP = "PROJET – NE PAS TRANSMETTRE"
TITLES = {Lang.FR: "Document caviardé", Lang.EN: "Redacted document"}


@dataclass(frozen=True, slots=True)
class Style:
    """How files are written. `prefixes` are the pack's words for a section on a box, by language."""

    prefixes: Mapping[Lang, str]
    mode: Mode = Mode.TEXT
    fixed_width: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """A written file with the proof of its bytes, or the error that stopped it. A draft has a proof and no release."""

    data: bytes = field(default=b"", repr=False)
    proof: Proof | None = None
    release: Release | None = None
    routes: tuple[str, ...] = ()
    residual: Mapping[str, int] = field(default_factory=dict)
    failure: RedactorError | None = None
    timings_ms: Mapping[str, int] = field(default_factory=dict)


def produce(outcome: Outcome, values: frozenset[Value], *, style: Style, sandbox: Sandbox) -> Product:
    """The file of a settled document, burned and proved; `values` may stand nowhere in it but where they are kept."""
    try:
        data = load_again(outcome.input.path, sha256=outcome.sha256 or "")
        plan = _plan(outcome, style)
        return _proved(data, plan, _claims(outcome, plan, values), outcome.id, sandbox)
    except RedactorError as error:
        events.record(Event.SET_ASIDE, document=outcome.id, code=error.code)
        return Product(failure=error)


def _plan(outcome: Outcome, style: Style) -> BurnPlan:
    lang = Lang.EN if outcome.input.facts.lang == "en" else Lang.FR
    redactions: tuple[Redaction, ...] = outcome.redactions or ()
    if outcome.redactions is None and outcome.document is not None and outcome.settled is not None:
        redactions = redactions_of(outcome.document, outcome.settled, prefix=style.prefixes[lang])
    stamp = DRAFT_STAMP if style.draft else None
    return BurnPlan(redactions, style.mode, style.fixed_width, stamp, TITLES[lang], lang)


def _claims(outcome: Outcome, plan: BurnPlan, values: frozenset[Value]) -> Claims:
    document, settled = outcome.document, outcome.settled
    if document is None or settled is None:
        raise ProofFailed(document=outcome.id, channels="nothing to prove against")
    secrets = tuple(
        Secret(" ".join(value.pieces), tuple(box for place in places for box in document.boxes_of(place)))
        for value in sorted(values)
        for places in [places_kept(document, value, kept=settled.kept)]
    )
    sizes = tuple((page.width, page.height) for page in document.pages)
    return Claims(plan.redactions, sizes, secrets, plan.stamp, plan.title)


def _proved(data: bytes, plan: BurnPlan, claims: Claims, document: DocumentId, sandbox: Sandbox) -> Product:
    """Candidate and proof; pages on which the proof fails are tried once more as pictures."""
    tried = _attempt(data, plan, claims, document, sandbox)
    failed = frozenset(leak.page for leak in tried.leaks if leak.page is not None)
    if failed and plan.mode is Mode.TEXT:
        tried = _attempt(data, replace(plan, pictures=failed), claims, document, sandbox)
    if tried.leaks:
        raise ProofFailed(document=document, channels=",".join(sorted({leak.channel for leak in tried.leaks})))
    return tried.product


@dataclass(frozen=True, slots=True)
class _Tried:
    product: Product
    leaks: tuple[Leak, ...]


def _attempt(data: bytes, plan: BurnPlan, claims: Claims, document: DocumentId, sandbox: Sandbox) -> _Tried:
    started = time.monotonic()
    made = sandbox.call(candidate.make, data, plan=plan)
    middle = time.monotonic()
    events.record(Event.CANDIDATE, document=document, bytes=len(made.data))
    proof = sandbox.call(verifier.prove, made.data, claims=claims)
    events.record(Event.PROVED, document=document, leaks=len(proof.leaks))
    timings = {"burn": round(1000 * (middle - started)), "prove": round(1000 * (time.monotonic() - middle))}
    routes = tuple(route.kind.value for route in made.routes)
    residual = {"gaps": made.residual.gaps, "exact": made.residual.exact}
    return _Tried(Product(made.data, proof, release_of(proof), routes, residual, None, timings), proof.leaks)
