"""What of a request it did not ask for: pages and documents outside it, sent before, or another body's.

A person says so, with a reason. A page is withheld whole, under the section that the pack gives for it: its file keeps
the page's place. A document is not released. Both can be taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redactor.errors import BadDecision
from redactor.model import Effect
from redactor.policy.pack import all_rules
from redactor.store import audit
from redactor.store.acts import changed, document_of, held, refuse_stale, refuse_unreasoned
from redactor.store.guard import decider
from redactor.store.pages import whole_box
from redactor.store.reviewing import new_batch, put
from redactor.store.standing import WITHHOLD, recount, refresh_pages
from redactor.store.values import Acted, Where
from redactor.store.wholes import forget_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.policy.pack import Pack
    from redactor.store.database import Store
    from redactor.store.values import Actor

SCOPE: Final = "PAGE"  # family of the labels of pages and documents outside the request, in the index
IN_SCOPE: Final = "document.in_scope"
CODES: Final[Mapping[str, bool | str]] = {  # code: the value of the fact `in_scope`
    "outside": False, "already_sent": "already_sent", "other_body": "other_body",
}  # fmt: skip


def section_of(pack: Pack, scope: str) -> str:
    """The section that the pack cites for a page or document outside the request. Raises BadDecision."""
    value = CODES.get(scope)
    for one in all_rules(pack).with_effect(Effect.ROUTE):
        wanted = one.rule.applies_when.get(IN_SCOPE)
        if value is not None and isinstance(wanted, tuple | list) and value in wanted:
            return one.section
    raise BadDecision(problem="no such scope")


def code_of_fact(value: object) -> str | None:
    """The code of a value of `in_scope`; None for what is within the request."""
    return next((code for code, told in CODES.items() if told == value and type(told) is type(value)), None)


def mark_pages(
    store: Store, actor: Actor, document: str, pages: Sequence[int], *, scope: str, reason: str, seen: int
) -> Acted:
    """Puts pages outside the request, as one batch. Raises Forbidden, NotFound, Stale, BadDecision without a reason."""
    section = section_of(store.pack, scope)
    refuse_unreasoned(reason)
    with store.acting() as session:
        decider(session, actor)
        known = document_of(session, document)
        refuse_stale("document", known.version, seen)
        row = held(session, known.request)
        boxes = {page: whole_box(session, document, page) for page in sorted(set(pages))}
        if not boxes:
            raise BadDecision(problem="no page")
        batch = new_batch(session, actor, row)
        version = changed(session, row, actor)
        for page, box in boxes.items():
            put(session, actor, row, batch, document, page=page, box=box, outcome=WITHHOLD, provision=section,
                ground=scope, scope=scope, reason=reason.strip())  # fmt: skip
        session.flush()
        refresh_pages(session, document, set(boxes), version=version)
        recount(session, {document})
        audit.record(session, actor.user_id, "page.scope", document, pages=len(boxes), scope=scope, batch=batch)
        return Acted(version, batch, tuple(Where(document, page) for page in boxes))


def set_document(store: Store, actor: Actor, document: str, *, scope: str | None, reason: str, seen: int) -> Acted:
    """Puts a document outside the request, or back in it with None. Raises as `mark_pages` does."""
    refuse_unreasoned(reason)
    if scope is not None:
        section_of(store.pack, scope)
    with store.acting() as session:
        decider(session, actor)
        row = document_of(session, document)
        request = held(session, row.request)
        refuse_stale("document", row.version, seen)
        row.facts = {**row.facts, "in_scope": True if scope is None else CODES[scope]}
        forget_whole(session, actor, row)
        row.whole_reason, row.whole_by = reason.strip(), actor.user_id
        row.version = version = changed(session, request, actor, is_input=True)
        audit.record(session, actor.user_id, "document.scope", document, scope=scope or "within")
        return Acted(version, None, (Where(document),))
