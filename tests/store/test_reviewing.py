from __future__ import annotations

import pytest

from redactor.errors import BadDecision, Blocked, Forbidden, NotFound, Stale
from redactor.jobs.produce import load
from redactor.review import redactions_of
from redactor.store import audit, documents, grounds, marks, reviewing, search
from redactor.store.values import ProposalView
from tests.store.conftest import Case
from tests.store.kit import all_proposals, version


def now_seen(case: Case) -> int:
    return version(case.store, case.who.officer, case.request)


def mandatory(case: Case) -> ProposalView:
    return next(
        p for p in all_proposals(case.store, case.who.officer, case.request, now="masked") if p.power == "mandatory"
    )


def discretionary(case: Case) -> ProposalView:
    found = all_proposals(case.store, case.who.officer, case.request, open_=True, now="masked")
    return next(p for p in found if p.power == "discretionary")


def test_a_mandatory_mask_is_lifted_only_with_a_ground(case: Case) -> None:
    one = mandatory(case)
    seen = version(case.store, case.who.officer, case.request)
    with pytest.raises(BadDecision):
        reviewing.decide(case.store, case.who.officer, case.request, proposals=[one.id], outcome="keep", seen=seen)
    acted = reviewing.decide(
        case.store,
        case.who.officer,
        case.request,
        proposals=[one.id],
        outcome="keep",
        ground="consent",
        reason="consentement écrit",
        seen=seen,
    )
    after = reviewing.proposal(case.store, case.who.officer, one.id)
    assert (after.now, after.open) == ("kept", False)
    assert acted.version == seen + 1
    assert acted.places[0].proposal == one.id


def test_a_decision_on_what_changed_since_is_refused(case: Case) -> None:
    one, other = discretionary(case), mandatory(case)
    seen = version(case.store, case.who.officer, case.request)
    reviewing.decide(
        case.store, case.who.legal, case.request, proposals=[one.id], outcome="keep", reason="m", seen=seen
    )
    with pytest.raises(Stale):
        reviewing.decide(case.store, case.who.officer, case.request, proposals=[one.id], outcome="withhold", seen=seen)
    reviewing.decide(case.store, case.who.officer, case.request, proposals=[other.id], outcome="withhold", seen=seen)


def test_roles_are_asked_in_the_act_itself(case: Case) -> None:
    one = discretionary(case)
    for actor in (case.who.admin, case.who.auditor):
        with pytest.raises(Forbidden):
            reviewing.decide(case.store, actor, case.request, proposals=[one.id], outcome="keep", seen=99)
        with pytest.raises(Forbidden):
            documents.page_view(case.store, actor, one.document, 0)
    with pytest.raises(NotFound):
        reviewing.decide(case.store, case.who.officer, case.request, proposals=["0" * 32], outcome="keep", seen=99)


def test_undo_and_redo_go_back_and_forth_without_limit(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    ids = [one.id for one in all_proposals(store, actor, request, open_=True)][:3]
    for one in ids:
        reviewing.decide(
            store,
            actor,
            request,
            proposals=[one],
            outcome="keep",
            ground="error",
            reason="m",
            seen=version(store, actor, request),
        )
    assert reviewing.can(store, actor, request) == (True, False)
    gone = [reviewing.undo(store, actor, request).places[0].proposal for _ in ids]
    assert gone == ids[::-1]
    with pytest.raises(Blocked):
        reviewing.undo(store, actor, request)
    back = [reviewing.redo(store, actor, request).places[0].proposal for _ in ids]
    assert back == ids
    reviewing.undo(store, actor, request)
    reviewing.decide(
        store, actor, request, proposals=[ids[0]], outcome="withhold", reason="m", seen=version(store, actor, request)
    )
    with pytest.raises(Blocked):
        reviewing.redo(store, actor, request)
    assert reviewing.can(store, case.who.legal, request) == (False, False)


def test_all_the_same_is_one_batch(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    found = all_proposals(store, actor, request)
    one = max(found, key=lambda p: p.same_count)
    told = reviewing.same(store, actor, one.id)
    assert told.count == one.same_count > 1
    acted = reviewing.decide_same(store, actor, one.id, outcome="withhold", reason="m", seen=now_seen(case))
    assert len(acted.places) == told.count
    reviewing.undo(store, actor, request)
    assert all(p.decision is None for p in all_proposals(store, actor, request))


def test_the_preview_is_what_will_be_cut(case: Case) -> None:
    """Boxes and labels of every page are those that production burns; the text shows nothing of what they hide."""
    for document in case.documents():
        known = load(case.store, document.id)
        assert known is not None
        burnt = [
            (box.page, round(box.box.x0, 2), round(box.box.y0, 2), round(box.box.x1, 2), round(box.box.y1, 2), r.label)
            for r in redactions_of(known.analysed.document, known.settled, prefix="art.") for box in r.boxes
        ]  # fmt: skip
        shown = [
            (page, *box, one.label)
            for page in range(document.pages or 0)
            for one in reviewing.masks(case.store, case.who.officer, document.id, page) for box in one.boxes
        ]  # fmt: skip
        assert sorted(burnt) == sorted(shown) != []
        hidden = [span.of(known.analysed.document.text) for span in known.settled.masked_spans]
        text = "\n".join(
            reviewing.released_text(case.store, case.who.officer, document.id, page)
            for page in range(document.pages or 0)
        )
        assert not [one for one in hidden if len(one) > 20 and one in text]


def test_the_ground_of_a_mask_is_changed_in_one_batch(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    one = discretionary(case)
    reviewing.decide(
        store,
        actor,
        request,
        proposals=[one.id],
        outcome="withhold",
        provision="27",
        reason="stratégie",
        seen=now_seen(case),
    )
    page = documents.page_view(store, actor, one.document, one.page)
    assert [(m.decision.provision, m.span) for m in page.marks] == [("27", span) for span in one.spans]
    assert reviewing.proposal(store, actor, one.id).now == "kept"
    assert any("27" in burnt.label for burnt in page.burnt)
    reviewing.undo(store, actor, request)
    assert documents.page_view(store, actor, one.document, one.page).marks == ()


def test_masks_drawn_picked_and_searched(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    document = case.documents()[0].id
    before = len(reviewing.masks(store, actor, document, 0))
    marks.mark(store, actor, document, page=0, box=(10, 10, 60, 9999), provision="53", reason="m", seen=now_seen(case))
    drawn = [one for one in reviewing.masks(store, actor, document, 0) if one.kind == "area"]
    assert drawn[0].boxes == ((10.0, 10.0, 60.0, 792.0),)
    with pytest.raises(BadDecision):
        marks.mark(
            store, actor, document, page=0, box=(900, 10, 960, 50), provision="53", reason="m", seen=now_seen(case)
        )
    with pytest.raises(BadDecision):
        marks.mark(store, actor, document, span=(5, 5), provision="53", reason="m", seen=now_seen(case))
    with pytest.raises(BadDecision):
        marks.mark(store, actor, document, span=(0, 5), outcome="keep", provision="53", reason="m", seen=now_seen(case))
    hits = search.search(store, actor, request, text="MINISTERE")
    assert hits
    assert {hit.found.casefold().replace("è", "e") for hit in hits} == {"ministere"}
    acted = marks.mark_many(
        store,
        actor,
        request,
        spans=[(h.document, h.start, h.end) for h in hits],
        provision="53",
        reason="m",
        seen=now_seen(case),
    )
    assert len(acted.places) == len(hits)
    reviewing.undo(store, actor, request)
    marks.unmark(store, actor, request, documents.page_view(store, actor, document, 0).marks[0].n, seen=now_seen(case))
    assert len(reviewing.masks(store, actor, document, 0)) == before


def test_inverse_mode_and_whole_page(case: Case) -> None:
    store, actor = case.store, case.who.officer
    document = case.documents()[0].id
    word = documents.page_view(store, actor, document, 0).words[3]
    marks.mark_all_but(
        store, actor, document, 0, keep=[(word.start, word.end)], provision="37", reason="m", seen=now_seen(case)
    )
    text = reviewing.released_text(store, actor, document, 0)
    assert word.text in text
    assert len(text) < 200
    marks.mark_page(store, actor, document, 1, provision="37", reason="m", seen=now_seen(case))
    assert any(one.kind == "area" for one in reviewing.masks(store, actor, document, 1))


def test_search_refuses_what_would_never_end(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    assert search.search(store, actor, request, text=r"minist\w+", regex=True)
    for wrong in ("(", "", "x" * 501):
        with pytest.raises(BadDecision):
            search.search(store, actor, request, text=wrong, regex=True)


def test_the_way_through_what_is_open(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    places = []
    here = reviewing.next_open(store, actor, request)
    while here is not None:
        places.append(here)
        here = reviewing.next_open(store, actor, request, after=here)
    expected = [p.id for p in all_proposals(store, actor, request, open_=True)]
    assert [one.proposal for one in places] == expected
    last = reviewing.next_open(store, actor, request, after=places[-1], backwards=True)
    assert last == places[-2]


def test_remarks_views_and_grounds(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    one = discretionary(case)
    reviewing.comment(store, actor, request, text="À revoir <b>", proposal=one.id)
    page = documents.page_view(store, actor, one.document, one.page)
    assert [c.text for p in page.passages for c in p.comments] == ["À revoir <b>"]
    assert len(reviewing.comments(store, actor, request)) == 1
    with pytest.raises(BadDecision):
        reviewing.comment(store, actor, request, text=" ")
    reviewing.saw(store, actor, one.document, 0)
    reviewing.saw(store, actor, one.document, 0)
    assert documents.get(store, actor, one.document).pages_seen == 1
    found = grounds.choices(store, actor, one.document)
    assert {"37", "53", "38"} <= {g.provision for g in found}
    assert any(g.is_manual and g.when_fr for g in found)


@pytest.mark.parametrize("provision", ["", "53; 54", "x", "5" * 40, "<b>"])
def test_what_is_printed_on_a_box_is_a_section(case: Case, provision: str) -> None:
    one, seen = discretionary(case), now_seen(case)
    with pytest.raises(BadDecision):
        marks.mark(case.store, case.who.officer, one.document, page=0, box=(1, 1, 9, 9), provision=provision,
                   reason="m", seen=seen)  # fmt: skip
    if provision:
        with pytest.raises(BadDecision):
            reviewing.decide(case.store, case.who.officer, case.request, proposals=[one.id], outcome="withhold",
                             provision=provision, seen=seen)  # fmt: skip


def test_a_ground_in_free_words_is_kept_and_stays_out_of_the_journal(case: Case) -> None:
    one = mandatory(case)
    reviewing.decide(case.store, case.who.officer, case.request, proposals=[one.id], outcome="keep",
                     ground="Consentement de Zoé Bellefeuille", reason="m", seen=now_seen(case))  # fmt: skip
    decision = reviewing.proposal(case.store, case.who.officer, one.id).decision
    assert decision is not None
    assert decision.ground == "Consentement de Zoé Bellefeuille"
    assert all("Zo" not in str(entry) for entry in audit.rows(case.store, case.who.auditor, limit=1000))
