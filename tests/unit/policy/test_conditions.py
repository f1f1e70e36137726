"""Three values: met, failed, unknown. An unknown fact never passes for a known one."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from redactor.model import (
    UNKNOWN,
    Element,
    Facts,
    Finding,
    Person,
    PersonId,
    Role,
    Span,
    Speaker,
    Status,
    Strength,
)
from redactor.policy.conditions import VOCABULARY, Subject, all_of, condition_on, shown, value_of
from redactor.policy.schema import Not

FINDING = Finding(Span(0, 3), "AVIS", Strength.STRONG, "x")


def of_author(author: str | None) -> Subject:
    return Subject(Facts(author=author or UNKNOWN), finding=FINDING)


@pytest.mark.parametrize(
    ("author", "wanted", "status"),
    [
        ("staff", ("staff",), Status.MET),
        ("staff", ("citizen", "staff"), Status.MET),
        ("citizen", ("staff",), Status.FAILED),
        (None, ("staff",), Status.UNKNOWN),
        ("staff", Not.model_validate({"not": ["citizen"]}), Status.MET),
        ("citizen", Not.model_validate({"not": ["citizen"]}), Status.FAILED),
        (None, Not.model_validate({"not": ["citizen"]}), Status.UNKNOWN),  # not even "anybody but"
    ],
)
def test_one_condition(author: str | None, wanted: tuple[str, ...] | Not, status: Status) -> None:
    assert condition_on("document.author", wanted, of_author(author)).status is status


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, "true"), (False, "false"), (dt.date(2024, 10, 2), "2024-10-02"), (Role.PRIVATE, "private")],
)
def test_values_as_reports_print_them(value: bool | str | dt.date, *, expected: str) -> None:
    assert shown(value) == expected


def test_words_without_a_speaker_are_the_authors() -> None:
    assert value_of("passage.speaker", of_author("citizen")) == "citizen"
    quoted = Finding(Span(0, 3), "AVIS", Strength.STRONG, "x", speaker=Speaker.CONSULTANT)
    assert value_of("passage.speaker", Subject(Facts(author="staff"), finding=quoted)) == "consultant"
    assert value_of("passage.speaker", of_author(None)) is UNKNOWN


def test_facts_of_a_person() -> None:
    name = Finding(Span(0, 3), "PI.name", Strength.STRONG, "x")
    phone = Finding(Span(0, 3), "PI.phone", Strength.STRONG, "x", element=Element.WORK_PHONE)
    someone = Person(PersonId("p1"), "A", Role.ELECTED, Strength.STRONG)
    assert value_of("person.role", Subject(Facts(), finding=name, person=someone)) == "elected"
    assert value_of("person.role", Subject(Facts(), finding=name)) is UNKNOWN
    assert value_of("mention.element", Subject(Facts(), finding=name)) == "name"  # its label says so
    assert value_of("mention.element", Subject(Facts(), finding=phone)) == "work_phone"
    assert value_of("mention.element", Subject(Facts(), finding=FINDING)) is UNKNOWN


def test_facts_of_the_request() -> None:
    subject = Subject(Facts(published="https://x.example", supplied_by="A", request_date=dt.date(2024, 10, 2)), 20)
    assert value_of("document.published", subject) is True
    assert value_of("document.supplied", subject) is True
    assert value_of("request.answer", subject) == dt.date(2024, 10, 22)
    assert value_of("request.answer", Subject(Facts(), 20)) is UNKNOWN


def test_every_fact_has_a_value_or_is_unknown() -> None:
    for fact, allowed in VOCABULARY.items():
        value = value_of(fact, Subject(Facts()))
        assert value is UNKNOWN or (allowed is not None and value in allowed), fact


@pytest.mark.parametrize("statuses", list(itertools.product(Status, repeat=3)))
def test_all_of(statuses: tuple[Status, ...]) -> None:
    expected = (
        Status.FAILED if Status.FAILED in statuses else Status.UNKNOWN if Status.UNKNOWN in statuses else Status.MET
    )
    assert all_of(statuses) is expected


def test_nothing_to_satisfy_is_satisfied() -> None:
    assert all_of(()) is Status.MET
