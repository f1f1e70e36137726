"""Messages of a thread and who wrote them."""

from __future__ import annotations

from redactor.model import Span, Speaker
from redactor.text.plain import document_of
from redactor.text.speakers import messages_of


def nobody(span: Span) -> Speaker | None:
    return None


def test_no_message_without_a_from_line() -> None:
    assert messages_of(document_of("Bonjour.\n\nMerci."), named=nobody) == ()


def test_from_line_and_fields_on_one_line() -> None:
    document = document_of("De : Ana <ana@x.gouv.qc.ca> Envoyé : lundi À : Luc <luc@y.example>\n\nBonjour.")
    (message,) = messages_of(document, named=nobody)
    assert (message.first, message.end, message.speaker) == (0, 2, Speaker.STAFF)


def test_a_sender_without_address_is_the_authors() -> None:
    document = document_of("De : Roy, Ana\nEnvoyé : lundi\n\nBonjour.\n\nFrom: Otis, Luc\nSent: Sunday\n\nHello.")
    assert [message.speaker for message in messages_of(document, named=nobody)] == [None, None]


def test_the_home_of_the_thread_is_the_authors() -> None:
    text = "From: Ana <ana@town.example>\nSent: Monday\n\nHello.\n\nFrom: Luc <luc@town.example>\nSent: Sunday\n\nHi."
    assert [message.speaker for message in messages_of(document_of(text), named=nobody)] == [None, None]


def test_a_name_that_cues_know_comes_before_the_address() -> None:
    document = document_of("De : Cabinet – Ana <ana@x.gouv.qc.ca>\nEnvoyé : lundi\n\nBonjour.")

    def office(span: Span) -> Speaker | None:
        return Speaker.MINISTER_OFFICE if "Cabinet" in span.of(document.text) else None

    assert [message.speaker for message in messages_of(document, named=office)] == [Speaker.MINISTER_OFFICE]
