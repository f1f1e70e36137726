"""Each condition of a release, red and green; who may do which step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from redactor.errors import BadDecision, Blocked, Forbidden, NotFound, Stale
from redactor.policy.pack import Pack
from redactor.store import approval, documents, gates, marks, people, releases, requests, reviewing, scope, wholes
from redactor.store.database import Store
from redactor.store.tables import ChunkRow, DocumentRow, PlaceRow, ProductRow, ProposalRow
from redactor.store.values import Gate, Where
from tests.store.conftest import Case
from tests.store.kit import Team, all_proposals, clear_all, decide_all, look_at_all, red, run, version


def gate(case: Case, code: str) -> Gate:
    return next(one for one in approval.gates(case.store, case.who.officer, case.request) if one.code == code)


def ready(case: Case) -> int:
    """Everything decided; gives the version."""
    store, actor, request = case.store, case.who.officer, case.request
    decide_all(store, actor, request)
    for one in case.documents():
        if one.verdict == "refuse":
            wholes.decide_whole(
                store, actor, one.id, withhold=False, reason="en partie", seen=version(store, actor, request)
            )
    clear_all(store, actor, request)
    look_at_all(store, actor, request)
    return version(store, actor, request)


def set_row(case: Case, table: type, *, key: str, **values: object) -> None:
    with case.store.acting() as session:
        session.execute(update(table).where(table.id == key).values(**values))  # type: ignore[attr-defined]


def first(case: Case, **filters: object) -> str:
    return all_proposals(case.store, case.who.officer, case.request, **filters)[0].id


def test_every_gate_says_what_to_do_in_both_languages(case: Case) -> None:
    found = approval.gates(case.store, case.who.officer, case.request)
    assert [one.code for one in found] == list(gates.TOLD)
    assert all(one.fr.endswith(".") and one.en.endswith(".") for one in found)
    assert {one.code for one in found if not one.blocks} == gates.WARNINGS


def test_what_waits_for_a_person_is_named_with_its_place(case: Case) -> None:
    one = gate(case, "discretionary")
    assert not one.ok
    assert one.count == len(all_proposals(case.store, case.who.officer, case.request, open_=True, now="masked"))
    assert one.places[0] == reviewing.next_open(case.store, case.who.officer, case.request, now="masked")


def test_all_green_after_the_work(case: Case) -> None:
    ready(case)
    assert red(case.store, case.who.officer, case.request) == {"approval", "proof"}
    assert gate(case, "unopened").ok


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"state": "ask", "now": "ask", "open": True}, "questions"),
        ({"now": "masked", "open": True, "effect": "escalate"}, "escalations"),
        ({"now": "masked", "open": True, "effect": "withhold"}, "discretionary"),
        ({"now": "flag", "open": True}, "flags"),
    ],
)
def test_each_kind_of_open_proposal_has_its_gate(case: Case, values: dict[str, object], code: str) -> None:
    ready(case)
    one = first(case)
    set_row(case, ProposalRow, key=one, **values)
    found = gate(case, code)
    assert (found.ok, found.count, found.places[0].proposal) == (False, 1, one)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"state": "failed", "whole": None}, "documents"),
        ({"state": "needs_person", "whole": "release"}, "documents"),
        ({"state": "rejected", "whole": None}, "documents"),
        ({"verdict": "refuse", "whole": None}, "verdicts"),
    ],
)
def test_documents_that_nobody_dealt_with(case: Case, values: dict[str, object], code: str) -> None:
    ready(case)
    document = case.documents()[0].id
    set_row(case, DocumentRow, key=document, **values)
    assert gate(case, code).places == (Where(document),)
    wholes.decide_whole(
        case.store,
        case.who.officer,
        document,
        withhold=True,
        provision="14",
        reason="m",
        seen=version(case.store, case.who.officer, case.request),
    )
    assert gate(case, code).ok


def test_an_unreadable_document_outside_the_request_waits_at_no_gate(case: Case) -> None:
    document = case.documents()[0].id
    with case.store.acting() as session:
        row = session.get(DocumentRow, document)
        assert row is not None
        row.state = "failed"
    assert gate(case, "documents").count == 1
    seen = version(case.store, case.who.officer, case.request)
    scope.set_document(case.store, case.who.officer, document, scope="outside", reason="autre dossier", seen=seen)
    assert gate(case, "documents").ok


def test_a_document_withheld_whole_asks_nothing_more(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    for one in case.documents():
        wholes.decide_whole(
            store, actor, one.id, withhold=True, provision="14", reason="substance", seen=version(store, actor, request)
        )
    assert red(store, actor, request) - {"contradictions"} == {"approval", "proof"}
    with pytest.raises(BadDecision):
        wholes.decide_whole(store, actor, case.documents()[0].id, withhold=True, reason=" ", seen=99)


def test_a_mask_needs_a_reason_or_a_standing_one(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    one = next(p for p in all_proposals(store, actor, request, open_=True, now="masked") if p.power == "discretionary")
    reviewing.decide(store, actor, request, proposals=[one.id], outcome="withhold", seen=version(store, actor, request))
    assert gate(case, "reasons").places == (Where(one.document, one.page, one.id),)
    requests.first_reason(store, actor, request, provision=one.provision, reason="en cours")
    requests.first_reason(store, actor, request, provision=one.provision, reason="un autre, plus tard")
    assert requests.reasons(store, actor, request) == {one.provision: "en cours"}
    reviewing.decide(store, actor, request, proposals=[one.id], outcome="withhold", seen=version(store, actor, request))
    assert gate(case, "reasons").ok
    document = case.documents()[0].id
    marks.mark(
        store, actor, document, page=0, box=(1, 1, 9, 9), provision="53", reason="", seen=version(store, actor, request)
    )
    assert gate(case, "reasons").places == (Where(document, 0),)


def test_a_mandatory_mask_lifted_without_a_ground_is_red(case: Case) -> None:
    """A flag that was dismissed, and that the next analysis proves: the dismissal no longer counts."""
    ready(case)
    store, actor, request = case.store, case.who.officer, case.request
    one = next(p for p in all_proposals(store, actor, request, now="masked") if p.power == "mandatory")
    set_row(case, ProposalRow, key=one.id, state="flag")
    reviewing.decide(
        store, actor, request, proposals=[one.id], outcome="keep", reason="m", seen=version(store, actor, request)
    )
    set_row(case, ProposalRow, key=one.id, state="masked")
    assert gate(case, "mandatory").places[0].proposal == one.id
    assert documents.page_view(store, actor, one.document, one.page).burnt


def test_a_contradiction_is_cleared_with_a_reason_only(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    ready(case)
    with store.reading() as session:
        rows = list(session.scalars(select(PlaceRow).where(PlaceRow.request == request)))
    assert rows
    for key in {key for row in rows for key in row.by}:
        one = next((p for p in all_proposals(store, actor, request, now="masked") if p.key == key), None)
        if one is None:
            continue
        reviewing.decide(
            store,
            actor,
            request,
            proposals=[one.id],
            outcome="keep",
            ground="consent",
            reason="m",
            seen=version(store, actor, request),
        )
        if not gate(case, "contradictions").ok:
            break
        reviewing.undo(store, actor, request)
    told = [one for one in approval.contradictions(store, actor, request) if one.reason is None]
    assert told
    assert told[0].hidden.document in {one.id for one in case.documents()}
    with pytest.raises(BadDecision):
        approval.clear(store, actor, request, contradiction=told[0].id, reason=" ", seen=999)
    with pytest.raises(NotFound):
        approval.clear(store, actor, request, contradiction="i0", reason="m", seen=999)
    clear_all(store, actor, request)
    assert gate(case, "contradictions").ok


def test_other_rules_than_those_of_the_analysis(case: Case) -> None:
    pack = case.store.pack
    newer = Pack(pack.head.model_copy(update={"version": "2099.1"}), pack.sources, pack.texts)
    later = dataclasses.replace(case.store, pack=newer)
    assert "pack" in red(later, case.who.officer, case.request)
    acted = requests.analyse_again(later, case.who.officer, case.request)
    assert acted.version > 1
    run(later)
    assert "pack" not in red(later, case.who.officer, case.request)


def test_newer_rules_fell_an_approval_when_work_begins(case: Case) -> None:
    seen = ready(case)
    store, who, request = case.store, case.who, case.request
    approval.submit(store, who.officer, request, seen=seen)
    approval.approve(store, who.legal, request, seen=seen)
    assert requests.renew(store) == 0
    pack = store.pack
    newer = Pack(pack.head.model_copy(update={"version": "2099.1"}), pack.sources, pack.texts)
    assert requests.renew(dataclasses.replace(store, pack=newer)) == 1
    assert requests.get(store, who.officer, request).stage == "open"


def test_lost_decisions_and_unopened_pages_warn(case: Case) -> None:
    seen = ready(case)
    store, actor, request = case.store, case.who.officer, case.request
    one = all_proposals(store, actor, request, now="kept")[0]
    with store.acting() as session:
        row = session.get(ProposalRow, one.id)
        assert row is not None
        row.key = "pgone"
    assert not gate(case, "lost").ok
    assert [place.document for place, _ in reviewing.lost(store, actor, request)] == [one.document]
    document = documents.add(store, actor, request, name="vide.pdf", data=b"%PDF-1.4 rien")
    assert gate(case, "work").count > 0
    run(store)
    assert gate(case, "documents").places == (Where(document.document),)
    documents.remove(store, actor, document.document, reason="vide", seen=version(store, actor, request))
    run(store)
    assert gate(case, "documents").ok
    assert version(store, actor, request) > seen


def test_an_analysis_that_failed_is_named_and_can_be_started_again(case: Case) -> None:
    store, actor, request = case.store, case.who.officer, case.request
    requests.analyse_again(store, actor, request)
    with store.acting() as session:
        session.execute(update(ChunkRow).where(ChunkRow.state == "waiting").values(state="failed"))
    assert not gate(case, "analysis").ok
    requests.analyse_again(store, actor, request)
    run(store)
    assert gate(case, "analysis").ok
    assert gate(case, "work").ok


def test_an_empty_request_cannot_be_submitted(store: Store, who: Team) -> None:
    actor = who.officer
    view = requests.create(store, actor, number="1", received=None)
    assert red(store, actor, view.id) == {"none", "approval"}
    with pytest.raises(Blocked):
        approval.submit(store, actor, view.id, seen=view.version)


def test_the_second_look_is_another_persons(case: Case) -> None:
    seen = ready(case)
    store, who, request = case.store, case.who, case.request
    with pytest.raises(Forbidden):
        approval.submit(store, who.legal, request, seen=seen)
    with pytest.raises(Stale):
        approval.submit(store, who.both, request, seen=seen - 1)
    approval.submit(store, who.both, request, seen=seen)
    for actor in (who.both, who.officer, who.admin):
        with pytest.raises(Forbidden):
            approval.approve(store, actor, request, seen=seen)
    with pytest.raises(BadDecision):
        approval.give_back(store, who.legal, request, reason=" ", seen=seen)
    approval.give_back(store, who.legal, request, reason="revoir la page 2", seen=seen)
    with pytest.raises(Blocked):
        approval.approve(store, who.legal, request, seen=seen)
    approval.submit(store, who.officer, request, seen=seen)
    approval.withdraw(store, who.officer, request, seen=seen)
    approval.submit(store, who.officer, request, seen=seen)
    approval.approve(store, who.legal, request, seen=seen)
    assert [one.kind for one in approval.steps(store, who.officer, request)] == [
        "submit", "give_back", "submit", "withdraw", "submit", "approve"]  # fmt: skip


def test_one_person_alone_where_the_body_says_so(case: Case) -> None:
    ready(case)
    store, who, request = case.store, case.who, case.request
    with pytest.raises(Forbidden):
        requests.set_alone(store, who.officer, request, alone=True, seen=999)
    requests.set_alone(store, who.admin, request, alone=True, seen=version(store, who.officer, request))
    seen = version(store, who.officer, request)
    approval.submit(store, who.officer, request, seen=seen)
    approval.approve(store, who.officer, request, seen=seen)
    assert requests.get(store, who.officer, request).stage == "approved"


FALLS: dict[str, Callable[[Case, int], object]] = {
    "a decision": lambda c, s: reviewing.undo(c.store, c.who.officer, c.request),
    "a fact": lambda c, s: requests.set_facts(c.store, c.who.officer, c.request, defaults={"final": True}, seen=s),
    "a person": lambda c, s: people.choose_role(
        c.store, c.who.officer, c.request, person=people.list_people(c.store, c.who.officer, c.request)[0].key,
        role="private", seen=s),
    "a document replaced": lambda c, s: documents.replace(
        c.store, c.who.officer, c.documents()[0].id, name="autre.pdf", data=b"%PDF-1.4 autre", seen=s),
    "a document removed": lambda c, s: documents.remove(
        c.store, c.who.officer, c.documents()[0].id, reason="m", seen=s),
    "a document added": lambda c, s: documents.add(
        c.store, c.who.officer, c.request, name="a.pdf", data=b"%PDF-1.4 un de plus"),
    "the second reader": lambda c, s: reviewing.decide(
        c.store, c.who.legal, c.request, proposals=[first(c, now="kept")], outcome="withhold", reason="m", seen=s),
    "newer rules": lambda c, s: requests.analyse_again(c.store, c.who.officer, c.request),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(FALLS))
def test_an_approval_falls_with_any_change(case: Case, what: str) -> None:
    seen = ready(case)
    store, who, request = case.store, case.who, case.request
    approval.submit(store, who.officer, request, seen=seen)
    approval.approve(store, who.legal, request, seen=seen)
    FALLS[what](case, seen)
    assert requests.get(store, who.officer, request).stage == "open"
    assert approval.steps(store, who.officer, request)[-1].kind == "fall"
    assert approval.differences(store, who.officer, request)
    with pytest.raises((Blocked, Stale)):
        releases.produce(store, who.officer, request, seen=seen)


def test_the_second_reader_may_change_what_was_submitted(case: Case) -> None:
    seen = ready(case)
    store, who, request = case.store, case.who, case.request
    approval.submit(store, who.officer, request, seen=seen)
    reviewing.decide(
        store, who.legal, request, proposals=[first(case, now="kept")], outcome="withhold", reason="m", seen=seen
    )
    assert requests.get(store, who.officer, request).stage == "submitted"
    reviewing.undo(store, who.officer, request)
    assert requests.get(store, who.officer, request).stage == "open"


def test_risks_come_gravest_first(case: Case) -> None:
    ready(case)
    store, actor, request = case.store, case.who.officer, case.request
    one = next(p for p in all_proposals(store, actor, request, now="masked") if p.power == "mandatory")
    reviewing.decide(
        store,
        actor,
        request,
        proposals=[one.id],
        outcome="keep",
        ground="consent",
        reason="m",
        seen=version(store, actor, request),
    )
    found = approval.risks(store, case.who.legal, request)
    assert (found[0].kind, found[0].where.proposal, found[0].code) == ("mandatory_removed", one.id, "consent")
    assert [r.rank for r in found] == sorted(r.rank for r in found)
    assert {"weak_kept", "sample"} <= {r.kind for r in found}
    assert found == approval.risks(store, case.who.legal, request)


def test_a_file_whose_proof_failed_holds_the_zip_back(case: Case) -> None:
    seen = ready(case)
    store, who, request = case.store, case.who, case.request
    approval.submit(store, who.officer, request, seen=seen)
    approval.approve(store, who.legal, request, seen=seen)
    releases.produce(store, who.officer, request, seen=seen)
    run(store)
    assert gate(case, "proof").ok
    document = case.documents()[0].id
    with store.acting() as session:
        row = session.get(ProductRow, (document, seen))
        assert row is not None
        row.state = "needs_person"
    assert gate(case, "proof").places == (Where(document),)
    with pytest.raises(Blocked):
        releases.make_zip(store, who.officer, request, seen=seen)
    assert releases.list_releases(store, who.officer, request) == ()
