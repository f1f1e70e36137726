"""Masks that a person draws, picks or searches, and words kept readable by hand: decisions on places, not proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from redactor.errors import BadDecision, NotFound
from redactor.model import Span, subtract
from redactor.store import audit
from redactor.store.acts import PLACES, changed, document_of, held, refuse_section, refuse_stale
from redactor.store.guard import decider
from redactor.store.pages import by_page, page_row, whole_box
from redactor.store.reviewing import new_batch, put, turn_batch
from redactor.store.standing import KEEP, WITHHOLD
from redactor.store.tables import BatchRow, DecisionRow, RequestRow
from redactor.store.values import Acted, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from redactor.store.database import Store
    from redactor.store.values import Actor, Rectangle


def mark(
    store: Store, actor: Actor, document: str, *, page: int | None = None, box: Rectangle | None = None,
    span: tuple[int, int] | None = None, outcome: str = WITHHOLD, provision: str, reason: str,
    ground: str | None = None, seen: int,
) -> Acted:  # fmt: skip
    """Masks a rectangle of a page or a span of the text, or keeps a span readable.

    Raises Forbidden, NotFound, Stale, BadDecision.
    """
    with store.acting() as session:
        row = _open(session, actor, document, seen)
        if box is not None and page is not None and span is None:
            places: list[dict[str, Any]] = [{"page": page, "box": _within(session, document, page, box)}]
        elif span is not None and box is None:
            places = _pieces(session, document, [span])
        else:
            raise BadDecision(problem="a page with a rectangle, or a span")
        return _add(session, actor, row, [(document, one) for one in places], outcome=outcome, provision=provision,
                    reason=reason, ground=ground)  # fmt: skip


def mark_many(
    store: Store, actor: Actor, request: str, *, spans: Sequence[tuple[str, int, int]], provision: str, reason: str,
    seen: int,
) -> Acted:  # fmt: skip
    """Masks several spans as one batch, such as what a search found. Raises as `mark` does."""
    with store.acting() as session:
        places = []
        for document in dict.fromkeys(one for one, _, _ in spans):
            _open(session, actor, document, seen, request=request)
            own = [(start, end) for one, start, end in spans if one == document]
            places += [(document, piece) for piece in _pieces(session, document, own)]
        row = held(session, request)
        return _add(session, actor, row, places, outcome=WITHHOLD, provision=provision, reason=reason, ground=None)


def mark_page(store: Store, actor: Actor, document: str, page: int, *, provision: str, reason: str, seen: int) -> Acted:
    """Masks all of a page, text and pictures. Raises as `mark` does."""
    with store.acting() as session:
        row = _open(session, actor, document, seen)
        place = {"page": page, "box": whole_box(session, document, page)}
        return _add(session, actor, row, [(document, place)], outcome=WITHHOLD, provision=provision, reason=reason,
                    ground=None)  # fmt: skip


def mark_all_but(
    store: Store, actor: Actor, document: str, page: int, *, keep: Sequence[tuple[int, int]], provision: str,
    reason: str, seen: int,
) -> Acted:  # fmt: skip
    """Masks all words of a page but those of `keep`. Raises as `mark` does."""
    with store.acting() as session:
        row = _open(session, actor, document, seen)
        known = page_row(session, document, page)
        left = subtract([Span(a, b) for a, b in known.runs if a < b], [_span(a, b) for a, b in keep])
        places = [{"page": page, "start": one.start, "end": one.end} for one in left]
        if not places:
            raise BadDecision(problem="nothing is left to mask")
        return _add(session, actor, row, [(document, one) for one in places], outcome=WITHHOLD, provision=provision,
                    reason=reason, ground=None)  # fmt: skip


def unmark(store: Store, actor: Actor, request: str, n: int, *, seen: int) -> Acted:
    """Takes back one mark, with the others of its batch. Raises Forbidden, NotFound, Stale."""
    with store.acting() as session:
        decider(session, actor)
        row = held(session, request)
        made = session.get(DecisionRow, n)
        batch = None if made is None else session.scalar(select(BatchRow).where(BatchRow.id == made.batch))
        if made is None or batch is None or made.request != request or made.proposal is not None or made.page is None:
            raise NotFound(kind="mark")
        if batch.state != "active":
            refuse_stale("mark", row.version + 1, seen)
        return turn_batch(session, actor, row, batch, "undone")


def _open(session: Session, actor: Actor, document: str, seen: int, *, request: str | None = None) -> RequestRow:
    decider(session, actor)
    known = document_of(session, document, request=request)
    refuse_stale("document", known.version, seen)
    return held(session, known.request)


def _within(session: Session, document: str, page: int, box: Sequence[float]) -> list[float]:
    """The part of the rectangle that lies on the page. Raises BadDecision when there is none."""
    known = page_row(session, document, page)
    x0, y0, x1, y1 = (float(one) for one in box)
    inside = [max(x0, 0.0), max(y0, 0.0), min(x1, known.width), min(y1, known.height)]
    if not (inside[0] < inside[2] and inside[1] < inside[3]):
        raise BadDecision(problem="an empty rectangle")
    return inside


def _span(start: int, end: int) -> Span:
    try:
        return Span(start, end)
    except ValueError:
        raise BadDecision(problem="a span whose ends are not in order") from None


def _pieces(session: Session, document: str, spans: Iterable[tuple[int, int]]) -> list[dict[str, Any]]:
    wanted = [(one.start, one.end) for one in (_span(*pair) for pair in spans)]
    return [{"page": page, "start": a, "end": b} for page, a, b in by_page(session, document, wanted)]


def _add(
    session: Session, actor: Actor, row: RequestRow, places: Sequence[tuple[str, dict[str, Any]]], *, outcome: str,
    provision: str, reason: str, ground: str | None,
) -> Acted:  # fmt: skip
    if outcome not in {WITHHOLD, KEEP} or not provision.strip() or not places:
        raise BadDecision(problem="a mark needs a place, an outcome and a provision")
    refuse_section(provision)
    if outcome == KEEP and not (ground or "").strip():
        raise BadDecision(problem="words kept readable by hand need a ground")
    batch = new_batch(session, actor, row)
    version = changed(session, row, actor)
    why = reason.strip() or row.reasons.get(provision, "")
    for document, place in places:
        put(session, actor, row, batch, document, outcome=outcome, provision=provision, reason=why, ground=ground,
            **place)  # fmt: skip
    audit.record(session, actor.user_id, f"mark.{outcome}", batch, request=row.id, places=len(places),
                 provision=provision)  # fmt: skip
    return Acted(version, batch, tuple(Where(document, place["page"]) for document, place in places[:PLACES]))
