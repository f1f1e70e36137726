"""Documents that say the same: told with a reason, and decided alike by one act; messages of one exchange."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest

from redactor.errors import BadDecision, Forbidden
from redactor.model import Lang
from redactor.pdf.typeset import Lines, typeset
from redactor.policy import pasted
from redactor.store import documents, relations, releases, requests, reviewing
from redactor.store.database import Store
from tests.builders import mail
from tests.builders.secrets import Secrets
from tests.store.kit import Team, all_proposals, run, version

LETTER = (
    "Madame Zoé Bellefeuille demeure au 45, rue des Pruches, à Lévis, et son numéro de téléphone est le 418 555-0134.",
    "Nous recommandons de refuser la demande de Madame Zoé Bellefeuille parce que le dossier est incomplet.",
    "Le comité a reçu le dossier le 3 mars; il compte douze pages et trois annexes, qui sont jointes à la présente.",
)


@pytest.fixture
def twins(store: Store, who: Team) -> tuple[str, str, str]:
    """A request with a letter and its copy in another file."""
    request = requests.create(store, who.officer, number="1", received=None).id
    first = documents.add(store, who.officer, request, name="un.pdf", data=typeset([Lines(LETTER)]))
    second = documents.add(store, who.officer, request, name="deux.pdf", data=typeset([Lines((*LETTER, "Copie."))]))
    run(store)
    return request, first.document, second.document


def test_a_copy_is_told_with_its_reason(store: Store, who: Team, twins: tuple[str, str, str]) -> None:
    _, first, second = twins
    (told,) = documents.get(store, who.officer, first).relations
    assert (told.document, told.kind) == (second, "draft")
    assert told.raison.startswith("une autre version : ")
    assert told.reason.startswith("another version: ")


def test_decisions_go_over_and_one_undo_takes_them_back(store: Store, who: Team, twins: tuple[str, str, str]) -> None:
    request, first, second = twins
    seen = version(store, who.officer, request)
    with pytest.raises(BadDecision):
        relations.carry(store, who.officer, first, to=second, seen=seen)
    own = [one for one in all_proposals(store, who.officer, request, open_=True) if one.document == first]
    assert own
    for one in own:
        reviewing.decide(store, who.officer, request, proposals=[one.id], outcome="withhold",
                         reason=f"motif {one.rule}", seen=version(store, who.officer, request))  # fmt: skip
    waits = [one for one in all_proposals(store, who.officer, request, open_=True) if one.document == second]
    assert relations.carried(store, who.officer, first, to=second) == len(waits) > 0
    acted = relations.carry(store, who.officer, first, to=second, seen=version(store, who.officer, request))
    assert len(acted.places) == len(waits)
    for one in all_proposals(store, who.officer, request):
        if one.id in {other.id for other in waits}:
            assert one.decision is not None
            assert one.decision.reason == f"motif {one.rule}"
    reviewing.undo(store, who.officer, request)
    assert relations.carried(store, who.officer, first, to=second) == len(waits)


def test_a_changed_ground_does_not_go_over(store: Store, who: Team, twins: tuple[str, str, str]) -> None:
    """Its words would become readable there: the masks under the other section stand on the first document only."""
    request, first, second = twins
    for one in [p for p in all_proposals(store, who.officer, request, open_=True) if p.document == first]:
        reviewing.decide(store, who.officer, request, proposals=[one.id], outcome="withhold", provision="27",
                         reason="m", seen=version(store, who.officer, request))  # fmt: skip
    assert relations.carried(store, who.officer, first, to=second) == 0


def test_who_reads_no_document_carries_nothing_over(store: Store, who: Team, twins: tuple[str, str, str]) -> None:
    _, first, second = twins
    for actor in (who.admin, who.auditor):
        with pytest.raises(Forbidden):
            relations.carry(store, actor, first, to=second, seen=99)


def message(subject: str, name: str) -> bytes:
    made = EmailMessage()
    for key, value in (("From", "a@essai.example"), ("To", "b@essai.example"), ("Subject", subject)):
        made[key] = value
    made["Date"], made["Message-ID"] = "Wed, 02 Oct 2024 10:00:00 -0400", f"<{name}@essai.example>"
    made.set_content(f"Bonjour, voici le message {name}.\n")
    return made.as_bytes()


def test_messages_of_one_exchange_share_its_name(store: Store, who: Team) -> None:
    request = requests.create(store, who.officer, number="1", received=None).id
    told = {
        "un.eml": message("Réfection du pont", "a"),
        "deux.eml": message("RE: Réfection du pont", "b"),
        "trois.eml": message("Calendrier des congés", "c"),
    }
    for name, data in told.items():
        documents.add(store, who.officer, request, name=name, data=data)
    run(store)
    found = {one.file: one.thread for one in documents.list_documents(store, who.officer, request)}
    assert found["un.eml"] == found["deux.eml"] is not None
    assert found["trois.eml"] is None


def test_a_pasted_text_stands_in_the_annex_with_who_pasted_it(store: Store) -> None:
    section = next(
        one for one in ("37", "39", "53", "28") if store.pack.texts.printable(one, Lang.FR) is None
    )  # fmt: skip
    rows = [{"provisions": [section], "whole": None, "proposals": []}]
    (before,) = releases.articles_of(store, rows)
    assert before.text is None
    pasted.add(
        store.data, store.pack, section=section, lang=Lang.FR, raw="Le texte que quelqu'un a copié.".encode(),
        url="https://www.legisquebec.example/se", by="Alix Roy", day=dt.date(2026, 11, 20), replace=False,
    )  # fmt: skip
    (after,) = releases.articles_of(store, rows)
    assert after.text == "Le texte que quelqu'un a copié."
    assert "Alix Roy" in after.source
    assert "non vérifié" in after.source


def test_one_choice_opens_every_file_that_waited_for_it(store: Store, who: Team) -> None:
    request = requests.create(store, who.officer, number="1", received=None).id
    documents.add(store, who.officer, request, name="un.eml", data=mail.eml(Secrets()))
    run(store)
    (one,) = documents.list_documents(store, who.officer, request)
    assert (one.state, one.code) == ("needs_person", "input.hidden_content")
    seen = version(store, who.officer, request)
    requests.set_facts(store, who.officer, request, header={"hidden_content": "drop"}, seen=seen)
    run(store)
    assert documents.get(store, who.officer, one.id).state == "joined"
