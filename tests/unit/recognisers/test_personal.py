"""All recognisers together, in order, on any text; hostile texts end, and nothing is missed in silence."""

from __future__ import annotations

import socket
from itertools import islice, product
from typing import TYPE_CHECKING

import pytest
import tldextract
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redactor.model import Analysed, Lang, Passage, Strength
from redactor.people.join import join
from redactor.recognisers import frame, ner, personal
from redactor.recognisers.personal import UNREAD, find_personal
from redactor.text.passages import split
from redactor.text.plain import document_of

if TYPE_CHECKING:
    from redactor.model import Finding

ROWS = 5_000  # of a large table of names


def found(text: str) -> tuple[Finding, ...]:
    document = document_of(text)
    return find_personal(document, split(document))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="aA1 .,@-'\n\t|:éÉ\u200b\u0301\u202eО$«»", min_size=1, max_size=200))
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    if text.strip():
        document = document_of(text)
        passages = split(document)
        findings = find_personal(document, passages)
        people = join([Analysed(document, passages, findings)], facts={})
        assert all(one.span.end <= len(text) for one in (*findings, *people.documents[0].findings))


@pytest.mark.parametrize(
    "text",
    ["a" * 1_000_000, "1" * 1_000_000, "a-" * 300_000, ".a" * 200_000, "a@" * 200_000, "::1" * 100_000, "(" * 200_000],
    ids=["letters", "digits", "hyphens", "points", "ats", "colons", "brackets"],
)
def test_a_text_without_a_blank_is_told_not_skipped(text: str) -> None:
    assert UNREAD in {one.label for one in found(text)}


@pytest.mark.parametrize(
    "text",
    ["1 " * 100_000, "J. " * 20_000, "12, rue de la " * 5_000, "cancer " * 10_000, "\u202e046 454 286\u202c " * 2_000],
)
def test_long_repeated_texts_end(text: str) -> None:
    assert len(found(text)) <= len(text)


def test_a_table_of_names_is_found_whole() -> None:
    names = ("".join(letters).title() for letters in product("abcdefghi", repeat=4))
    rows = "\n".join(f"| Tremblay-{name}, Julie | 046 454 286 |" for name in islice(names, ROWS))
    labels = [one.label for one in found(f"| Nom, prénom | NAS |\n{rows}")]
    assert labels.count("PI.name") == ROWS


def test_numbers_split_by_unseen_characters_are_found() -> None:
    assert [one.label for one in found("NAS : 0\u200b46 4\u200d54 28\ufeff6")] == ["PI.sin"]


def test_words_in_an_unread_language_are_told() -> None:
    document = document_of("Хочу подать жалобу на соседа.")
    passages = (Passage(document.blocks[0].span, 0, lang=Lang.OTHER),)
    assert [(one.label, one.strength) for one in find_personal(document, passages)] == [(UNREAD, Strength.WEAK)]


def test_english_without_its_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ner, "has_model", lambda lang: lang is Lang.FR)
    assert UNREAD in {one.label for one in found("The applicant was told that she should have asked for it.")}


def test_each_model_reads_its_own_language() -> None:
    assert ner.has_model(Lang.FR)
    assert not ner.has_model(Lang.OTHER)


def test_the_registry_holds_only_our_recognisers() -> None:
    names = {one.name for one in frame.registry().recognizers}
    values = {"identifiers", "contacts", "addresses", "residences", "dates", "names"}
    assert names == values | {"clauses", "states", "files"}


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a recogniser opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert found("Écrire à jo.lavoie@exemple.example.")


def test_no_suffix_list_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the suffix list was asked for")

    monkeypatch.setattr(tldextract.TLDExtract, "__call__", refuse)
    assert "PI.email" in {one.label for one in found("Écrire à jo.lavoie@exemple.example.")}


def test_no_words_of_a_document_are_shown_by_repr() -> None:
    assert "Tremblay" not in repr(found("Mme Julie Tremblay, NAS 046 454 286"))


def test_a_document_that_takes_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal, "SECONDS_A_PAGE", -1.0)
    assert [one.label for one in found("Mme Julie Tremblay, NAS 046 454 286")] == [UNREAD]


@pytest.mark.parametrize(
    "text",
    [
        "Mme \u202eJulie\u202c Tremblay habite ici.",  # marks of direction
        "Mme Julie Tre\u200dmblay habite ici.",  # a joiner inside the name
        "Mme Juliе Trеmblаy habite ici.",  # Cyrillic look-alikes
        "Mme Julie\x07 Tremblay habite ici.",  # a control character
    ],
)
def test_names_behind_unseen_or_foreign_characters_are_found(text: str) -> None:
    assert "PI.name" in {one.label for one in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "rn" * 100_000,
        "il " * 30_000,
        "son " * 30_000,
        ", " * 50_000,
        "Mme " * 5_000,
        "avis par " * 5_000,
    ],
)
def test_hostile_texts_come_to_an_end(text: str) -> None:
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found(text))
