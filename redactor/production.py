"""From settled masks to a proved file: plan, candidate, proof. Nothing is written to disk here.

The maker and the judge of a candidate each run in a child. A failed proof ends the candidate: it is tried once more
with the pages it failed on as pictures, then the document is left to a person.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from redactor import events, ocr
from redactor.errors import ImageUnread, ProofFailed, RedactorError
from redactor.events import Event
from redactor.intake.load import load_again
from redactor.model import Lang, RedactionKind
from redactor.pdf import proved, ranges
from redactor.pdf.hands import Hands
from redactor.pdf.neighbours import neighbours_of
from redactor.pdf.plan import BurnPlan, Mode, RouteKind
from redactor.pdf.tagging import tags_of
from redactor.pdf.verifier import Claims, Secret, release_of
from redactor.pdf.verifier.held import images_to_read
from redactor.pdf.verifier.picture import page_png
from redactor.review import hides, redactions_of
from redactor.same_values import NAME, places_kept
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from redactor.model import DocumentId, Redaction
    from redactor.outcome import Outcome
    from redactor.pdf.verifier import Proof, Release
    from redactor.pdf.verifier.held import Held
    from redactor.same_values import Value
    from redactor.sandbox import Sandbox

DRAFT_STAMP = "PROJET – NE PAS TRANSMETTRE"
OCR_SKIPPED = "ocr-skipped"  # a picture page was proved without OCR: tesseract or a language is missing
IMAGE_TEXT = "image-text"  # an image of a text page holds text, which no finder has read: a person should look
TEXT_WORDS = 5  # words read in an image from which on it is more than a logo with its name
_WORDS = re.compile(r"[^\W\d_]{3,}")
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
    path: Path | None = None  # where the bytes lie instead, once they were put aside
    proof: Proof | None = None
    release: Release | None = None
    routes: tuple[tuple[str, str], ...] = ()  # kind and reason of each page
    residual: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    failure: RedactorError | None = None
    timings_ms: Mapping[str, int] = field(default_factory=dict)


def produce(
    outcome: Outcome, values: frozenset[Value], *, style: Style, sandbox: Sandbox, data: bytes | None = None
) -> Product:
    """The file of a settled document, burned and proved; `values` may stand nowhere in it but where they are kept.

    `data` are its pages where they lie in no file.
    """
    try:
        if data is None:
            data = load_again(outcome.input.path, sha256=outcome.pdf_sha256 or "")
        plan = _plan(outcome, style)
        product = _proved(data, plan, _claims(outcome, plan, values), outcome.id, sandbox)
        hidden = _hidden(outcome, values)
        notes = {
            *_read_pictures(product, hidden, outcome.id, sandbox),
            *_read_images(product, hidden, plan, outcome.id, sandbox),
        }
        return replace(product, notes=tuple(sorted(notes)), residual={**product.residual, **_told_beside(outcome)})
    except RedactorError as error:
        events.record(Event.SET_ASIDE, document=outcome.id, code=error.code)
        return Product(failure=error)


def _plan(outcome: Outcome, style: Style) -> BurnPlan:
    lang = Lang.EN if outcome.input.facts.lang == "en" else Lang.FR
    redactions: tuple[Redaction, ...] = outcome.redactions or ()
    if outcome.redactions is None and outcome.document is not None and outcome.settled is not None:
        redactions = redactions_of(outcome.document, outcome.settled, prefix=style.prefixes[lang])
    stamp = DRAFT_STAMP if style.draft else None
    tags = tags_of(outcome.document) if outcome.document is not None else ()
    return BurnPlan(
        redactions, style.mode, style.fixed_width, stamp, TITLES[lang], lang, scans=frozenset(outcome.scans), tags=tags
    )


def _claims(outcome: Outcome, plan: BurnPlan, values: frozenset[Value]) -> Claims:
    document, settled = outcome.document, outcome.settled
    if document is None or settled is None:
        raise ProofFailed(document=outcome.id, channels="nothing to prove against")
    kept = places_kept(document, values, kept=settled.kept)
    secrets = tuple(
        Secret(" ".join(value.pieces), tuple(box for place in kept.get(value, ()) for box in document.boxes_of(place)))
        for value in sorted(values)
    )
    sizes = tuple((page.width, page.height) for page in document.pages)
    return Claims(plan.redactions, sizes, secrets, plan.stamp, plan.title)


def _hidden(outcome: Outcome, values: frozenset[Value]) -> tuple[Value, ...]:
    """The values that may stand nowhere in this document."""
    document, settled = outcome.document, outcome.settled
    if document is None or settled is None:
        return ()
    kept = places_kept(document, values, kept=settled.kept)
    return tuple(one for one in sorted(values) if one not in kept)


def _told_beside(outcome: Outcome) -> dict[str, int]:
    """What the words beside masked names still tell, for the residual risk of the report."""
    document, settled = outcome.document, outcome.settled
    if document is None or settled is None:
        return {}
    names = [span for one in settled.proposals if one.label == NAME and hides(one) for span in one.spans]
    told = neighbours_of(document, names=names, masked=settled.masked_spans)
    return {"sorted_lists": told.sorted_lists, "gendered": told.gendered}


def _read_pictures(
    product: Product, hidden: Sequence[Value], document: DocumentId, sandbox: Sandbox
) -> tuple[str, ...]:
    """Reads every picture page by OCR and looks for what must not be there. Notes say what could not be read.

    Raises ProofFailed when a value is found, OcrFailed when tesseract is there and does not answer.
    """

    def is_read(page: int) -> bool:
        seen = ocr.text_of(sandbox.call(page_png, product.data, page=page))
        if seen is not None:
            _refuse_hidden(seen, hidden, document=document, page=page)
        return seen is not None

    pages = _pages_of(product, RouteKind.PICTURE)
    is_whole = all(sandbox.each(is_read, pages)) if ocr.is_there() else not pages
    return () if is_whole else (OCR_SKIPPED,)


def _read_images(
    product: Product, hidden: Sequence[Value], plan: BurnPlan, document: DocumentId, sandbox: Sandbox
) -> tuple[str, ...]:
    """Reads the images of text pages that may hold text. Notes say that some could not be read, or hold text.

    Without tesseract such an image stops a release when its page has masks, unless it is as small as a logo or a box
    was drawn on it by somebody who has seen it. Raises ImageUnread, ProofFailed, OcrFailed.
    """
    notes, known = set[str](), set[str]()
    for held in _images(product, sandbox):
        if held.digest in known:
            continue
        known.add(held.digest)
        seen = ocr.text_of(held.png)
        if seen is not None:
            _refuse_hidden(seen, hidden, document=document, page=held.page)
            notes |= {IMAGE_TEXT} if len(_WORDS.findall(seen)) >= TEXT_WORDS else set()
        elif not held.is_logo_sized:
            notes.add(OCR_SKIPPED)
            if plan.stamp is None and _is_beside_masks(held, plan.redactions):
                raise ImageUnread(document=document, page=held.page + 1)
    return tuple(sorted(notes))


def _images(product: Product, sandbox: Sandbox) -> Iterator[Held]:
    """Without an image object there is nothing to look for; its stream is never inside another."""
    if b"/Image" not in product.data:
        return
    pages = _pages_of(product, RouteKind.TEXT)
    for start in range(0, len(pages), ranges.RANGE):
        yield from sandbox.call(images_to_read, product.data, pages=pages[start : start + ranges.RANGE])


def _is_beside_masks(held: Held, redactions: Sequence[Redaction]) -> bool:
    """True for an image of a page with masks that nobody drew a box on."""
    here = [(box.box, one.kind) for one in redactions for box in one.boxes if box.page == held.page]
    drawn = any(kind is RedactionKind.AREA and box.overlaps(held.box) for box, kind in here)
    return bool(here) and not drawn


def _pages_of(product: Product, wanted: RouteKind) -> tuple[int, ...]:
    return tuple(page for page, (kind, _) in enumerate(product.routes) if kind == wanted.value)


def _refuse_hidden(seen: str, hidden: Sequence[Value], *, document: DocumentId, page: int) -> None:
    if any(one.pattern().search(fold(seen)) for one in hidden):
        raise ProofFailed(document=document, page=page + 1, channels="ocr")


def _proved(data: bytes, plan: BurnPlan, claims: Claims, document: DocumentId, sandbox: Sandbox) -> Product:
    spent: list[tuple[str, float]] = []  # several threads add to it

    def call(task: Callable[..., Any], given: bytes, **options: object) -> Any:
        started = time.monotonic()
        result = sandbox.call(task, given, **options)
        is_judge = task.__module__.startswith("redactor.pdf.verifier")
        spent.append(("prove" if is_judge else "burn", time.monotonic() - started))
        return result

    done = proved.make(data, plan=plan, claims=claims, hands=Hands(call, sandbox.each))
    events.record(Event.PROVED, document=document, bytes=len(done.candidate.data), leaks=len(done.proof.leaks))
    if not done.proof.ok:
        raise ProofFailed(document=document, channels=",".join(sorted({one.channel for one in done.proof.leaks})))
    residual = done.candidate.residual
    return Product(
        data=done.candidate.data, proof=done.proof, release=release_of(done.proof),
        routes=tuple((route.kind.value, route.reason.value) for route in done.candidate.routes),
        residual={"gaps": residual.gaps, "exact": residual.exact}, timings_ms=_summed(spent),
    )  # fmt: skip


def _summed(spent: Sequence[tuple[str, float]]) -> dict[str, int]:
    """Milliseconds of each kind of work, from seconds."""
    return {kind: round(1000 * sum(took for name, took in spent if name == kind)) for kind, _ in spent}
