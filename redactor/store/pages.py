"""One page as the review needs it, from its own rows and its own blob: the size of the request never matters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from redactor.errors import NotFound
from redactor.model import Document, DocumentId, Lang, Span
from redactor.review import Settled, settle
from redactor.store.acts import document_of
from redactor.store.codec import PageText, decode_page, trace_of
from redactor.store.guard import reader
from redactor.store.standing import decision_of, fitting, on_page, proposal_of
from redactor.store.tables import (
    CommentRow,
    DecisionRow,
    DocumentRow,
    PageRow,
    PersonRow,
    ProposalRow,
    RequestRow,
    UserRow,
)
from redactor.store.values import (
    Burnt,
    CommentView,
    DecisionView,
    Mark,
    PageInfo,
    PageView,
    Passage,
    ProposalView,
    Rectangle,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from redactor.model import Box
    from redactor.store.database import Store
    from redactor.store.values import Actor

MARKS = 3  # where `scans` of a page holds what no word explains
SCAN_MARKS = "scan-marks"  # the note of the report: a scanned page shows something that is no words
_WORD = re.compile(r"\S+")
_ELSEWHERE = "\0"  # stands for the text of other pages: no blank, so that nothing is joined across them


def pages(store: Store, actor: Actor, document: str) -> tuple[PageInfo, ...]:
    """Pages of a document in their order. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        document_of(session, document)
        open_ = {
            row[0]: row[1]
            for row in session.execute(
                select(ProposalRow.page, func.count()).where(ProposalRow.document == document, ProposalRow.open)
                .group_by(ProposalRow.page)
            )
        }  # fmt: skip
        rows = session.execute(
            select(PageRow.index, PageRow.width, PageRow.height, PageRow.layer, PageRow.is_seen)
            .where(PageRow.document == document).order_by(PageRow.index)
        )  # fmt: skip
        return tuple(
            PageInfo(index, width, height, layer, is_seen, open_.get(index, 0))
            for index, width, height, layer, is_seen in rows
        )


def page_view(store: Store, actor: Actor, document: str, index: int) -> PageView:
    """All of one page. Raises Forbidden, NotFound, Tampered."""
    reader(actor)
    with store.reading() as session:
        row = document_of(session, document)
        request = session.get(RequestRow, row.request)
        page = page_of(store, session, document, index)
        rows = proposals_on(session, document, index)
        made = on_page(session, document, index, rows)
        names = user_names(session)
        return PageView(
            document, row.file, row.request, index, row.pages or 0, page.width, page.height, page.layer, page.text,
            tuple(_words(page)), _passages(session, page, rows, names), _marks(page, made, names),
            _burnt(store, row, page, rows, made), request.version if request is not None else 0, notes_of(row),
        )  # fmt: skip


def notes_of(row: DocumentRow) -> tuple[str, ...]:
    """What a person should know of how the file was opened and read: codes, each once."""
    has_marks = any(len(one) > MARKS and one[MARKS] for one in row.scans.values())
    return tuple(dict.fromkeys([*row.notes, *([SCAN_MARKS] if has_marks else [])]))


def page_of(store: Store, session: Session, document: str, index: int) -> PageText:
    """The words and boxes of a page. Raises NotFound, Tampered."""
    return decode_page(store.blobs.get(page_row(session, document, index).blob))


def page_row(session: Session, document: str, index: int) -> PageRow:
    """The row of a page. Raises NotFound."""
    row = session.get(PageRow, (document, index))
    if row is None:
        raise NotFound(kind="page")
    return row


def whole_box(session: Session, document: str, index: int) -> list[float]:
    """The corners of all of a page, as a decision on it has them. Raises NotFound."""
    row = page_row(session, document, index)
    return [0.0, 0.0, row.width, row.height]


def proposals_on(session: Session, document: str, index: int) -> list[ProposalRow]:
    """Proposals of which a part stands on the page, in the order of the text."""
    wanted = select(ProposalRow).where(
        ProposalRow.document == document, ProposalRow.page <= index, ProposalRow.last_page >= index
    )
    return sorted(session.scalars(wanted), key=lambda one: one.position)


def user_names(session: Session) -> dict[str, str]:
    """Names of all users by id: a body has some dozens."""
    return {one.id: one.name for one in session.scalars(select(UserRow))}


def _words(page: PageText) -> Iterator[Word]:
    for at, words in page.runs:
        for match in _WORD.finditer(words):
            start, end = at + match.start(), at + match.end()
            for box in page.boxes_of(start, end):
                yield Word(match.group(), start, end, rectangle(box))


def rectangle(box: Box) -> Rectangle:
    """The four numbers of a box, in hundredths of a point."""
    return (round(box.x0, 2), round(box.y0, 2), round(box.x1, 2), round(box.y1, 2))


def _passages(
    session: Session, page: PageText, rows: Sequence[ProposalRow], names: Mapping[str, str]
) -> tuple[Passage, ...]:
    if not rows:
        return ()
    request = rows[0].request
    people = {one.key: one.name for one in session.scalars(select(PersonRow).where(
        PersonRow.request == request, PersonRow.key.in_({one.person for one in rows if one.person})))}  # fmt: skip
    comments: dict[str, list[CommentView]] = {}
    for one in session.scalars(select(CommentRow).where(
        CommentRow.document == rows[0].document, CommentRow.proposal.in_([row.key for row in rows])
    ).order_by(CommentRow.at)):  # fmt: skip
        comments.setdefault(one.proposal or "", []).append(comment_view(one, names))
    return tuple(
        Passage(
            view, " ".join(page.words_in(*span) for span in view.spans),
            tuple(rectangle(box) for span in view.spans for box in page.boxes_of(*span)),
            people.get(view.person or ""), tuple(comments.get(view.key, ())),
        )
        for view in views(session, rows, names=names)
    )  # fmt: skip


def views(
    session: Session, rows: Sequence[ProposalRow], *, names: Mapping[str, str] | None = None
) -> tuple[ProposalView, ...]:
    """Proposals as others see them, whatever their number by three queries."""
    if not rows:
        return ()
    names = names if names is not None else user_names(session)
    decisions = {one.n: one for one in session.scalars(
        select(DecisionRow).where(DecisionRow.n.in_([r.decision for r in rows if r.decision])))}  # fmt: skip
    same = dict(session.execute(
        select(ProposalRow.same, func.count()).where(
            ProposalRow.request == rows[0].request, ProposalRow.same.in_({r.same for r in rows if r.same})
        ).group_by(ProposalRow.same)).tuples().all())  # fmt: skip
    return tuple(_view(row, decisions.get(row.decision or 0), same.get(row.same, 1), names) for row in rows)


def _view(row: ProposalRow, decision: DecisionRow | None, same: int, names: Mapping[str, str]) -> ProposalView:
    return ProposalView(
        row.id, row.key, row.document, row.page, row.position, tuple((a, b) for a, b in row.spans), row.label,
        row.rule, row.provision, row.effect, row.power, row.strength, row.state, row.now, row.open, row.person,
        row.element, same, decision_view(decision, names) if decision is not None else None, trace_of(row.trace),
    )  # fmt: skip


def decision_view(row: DecisionRow, names: Mapping[str, str]) -> DecisionView:
    """A decision as others see it."""
    return DecisionView(
        row.n, row.outcome, row.provision, row.ground, row.reason, row.by, names.get(row.by, ""), row.at
    )


def comment_view(row: CommentRow, names: Mapping[str, str]) -> CommentView:
    """A remark as others see it."""
    return CommentView(row.id, row.by, names.get(row.by, ""), row.at, row.text, row.document, row.page, row.proposal)


def _marks(page: PageText, made: Iterable[DecisionRow], names: Mapping[str, str]) -> tuple[Mark, ...]:
    return tuple(_mark(page, one, names) for one in made if one.proposal is None)


def _mark(page: PageText, row: DecisionRow, names: Mapping[str, str]) -> Mark:
    span = (row.start, row.end) if row.start is not None and row.end is not None else None
    boxes = tuple(rectangle(box) for box in page.boxes_of(*span)) if span is not None else ()
    if row.box is not None:
        x0, y0, x1, y1 = row.box
        boxes = ((x0, y0, x1, y1),)
    return Mark(row.n, row.batch, page.index, span, boxes, decision_view(row, names))


def settled_on(row: DocumentRow, page: PageText, rows: Sequence[ProposalRow], made: Sequence[DecisionRow]) -> Settled:
    """The masks of a page after decisions, as the whole document will have them."""
    decisions = [decision_of(one, {}) for one in fitting(made, rows)]
    return settle(_in_place(row, page), [proposal_of(one) for one in rows], decisions)


def _in_place(row: DocumentRow, page: PageText) -> Document:
    """A page in the place it has in its document's text."""
    text, end = [], 0
    for at, words in sorted(page.runs):
        text += [_ELSEWHERE * (at - end), words]
        end = at + len(words)
    return Document(DocumentId(row.id), row.sha256, "".join(text), (), ())


def _burnt(
    store: Store, row: DocumentRow, page: PageText, rows: Sequence[ProposalRow], made: Sequence[DecisionRow]
) -> tuple[Burnt, ...]:
    settled = settled_on(row, page, rows, made)
    prefix = store.pack.box_label(Lang.EN if row.facts.get("lang") == "en" else Lang.FR)
    texts = [
        Burnt(tuple(rectangle(box) for box in page.boxes_of(mask.span.start, mask.span.end)),
              f"{prefix} {', '.join(mask.provisions)}", "text")
        for mask in settled.masks
    ]  # fmt: skip
    areas = [Burnt((rectangle(area.box),), f"{prefix} {section}", "area") for area, section in settled.areas]
    return tuple(one for one in (*texts, *areas) if one.boxes)


def masks(store: Store, actor: Actor, document: str, page: int) -> tuple[Burnt, ...]:
    """What will be cut out of a page, as things stand. Raises Forbidden, NotFound, Tampered."""
    reader(actor)
    with store.reading() as session:
        row = document_of(session, document)
        text = page_of(store, session, document, page)
        rows = proposals_on(session, document, page)
        return _burnt(store, row, text, rows, on_page(session, document, page, rows))


def released_text(store: Store, actor: Actor, document: str, page: int) -> str:
    """The words of a page as they will be released, each mask as its label in brackets. Raises as `masks` does."""
    reader(actor)
    with store.reading() as session:
        row = document_of(session, document)
        text = page_of(store, session, document, page)
        rows = proposals_on(session, document, page)
        settled = settled_on(row, text, rows, on_page(session, document, page, rows))
    prefix = store.pack.box_label(Lang.EN if row.facts.get("lang") == "en" else Lang.FR)
    told = [(mask.span, f"[{prefix} {', '.join(mask.provisions)}]") for mask in settled.masks]
    told = _with_areas(text, told, [(area.box, f"[{prefix} {section}]") for area, section in settled.areas])
    return "\n".join(_without(at, words, told) for at, words in text.runs)


def _with_areas(
    page: PageText, told: Sequence[tuple[Span, str]], areas: Sequence[tuple[Box, str]]
) -> list[tuple[Span, str]]:
    """The masked stretches, and the words that an area hides: those on one line of it as one stretch."""
    hidden: list[tuple[Span, str]] = []
    for at, words in page.runs if areas else ():
        for match in _WORD.finditer(words):
            span = Span(at + match.start(), at + match.end())
            boxes = page.boxes_of(span.start, span.end)
            label = next((told for area, told in areas if any(area.overlaps(box) for box in boxes)), None)
            if label is None:
                continue
            last = hidden[-1] if hidden else None
            if last is not None and last[1] == label and not words[max(last[0].end - at, 0) : match.start()].strip():
                hidden[-1] = (Span(last[0].start, span.end), label)
            else:
                hidden.append((span, label))
    return sorted([*told, *hidden], key=lambda one: (one[0].start, -one[0].end))


def _without(at: int, words: str, told: Sequence[tuple[Span, str]]) -> str:
    found, done = [], at
    for span, label in told:
        if span.end <= done or span.start >= at + len(words):
            continue
        found += [words[done - at : max(span.start, done) - at], label]
        done = min(span.end, at + len(words))
    return "".join([*found, words[done - at :]])


def by_page(
    session: Session, document: str, spans: Iterable[Sequence[int]], *, first: int = 0, last: int | None = None
) -> list[tuple[int, int, int]]:
    """(page, start, end) of each piece of `spans`: a mark stands on one page. Raises NotFound where none holds any."""
    wanted = select(PageRow.index, PageRow.runs).where(PageRow.document == document, PageRow.index >= first)
    if last is not None:
        wanted = wanted.where(PageRow.index <= last)
    found = [
        (index, max(start, low), min(end, high))
        for index, runs in session.execute(wanted.order_by(PageRow.index)).tuples()
        for low, high in runs
        for start, end in spans
        if start < high and low < end
    ]
    if not found:
        raise NotFound(kind="words")
    return found
