"""What examples and cases state, and natures: unknown keys and values are refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from redactor.errors import BadMarks, BadPack
from redactor.model import UNKNOWN, Element, Role, Speaker, Strength, Zone
from redactor.policy.marks import parse
from redactor.policy.natures import analysed_of, chosen_of, persons_of
from redactor.policy.stated import stated


def test_missing_facts_are_unknown() -> None:
    facts = stated({}).facts
    assert (facts.kind, facts.author, facts.date) == (UNKNOWN, UNKNOWN, UNKNOWN)
    assert (facts.published, facts.supplied_by, facts.in_scope, facts.requester) == (False, None, True, "other")


def test_stated_facts_and_people() -> None:
    said = stated(
        {
            "author": "staff",
            "decision": "unknown",
            "date": dt.date(2021, 5, 6),
            "roles": {"a": "elected"},
            "people": [{"name": "Line Roy", "role": "public_staff"}],
            "consents": [{"person": "Line Roy", "provision": "53"}],
        }
    )
    assert (said.facts.author, said.facts.decision, said.facts.date) == ("staff", UNKNOWN, dt.date(2021, 5, 6))
    assert said.people == (("Line Roy", Role.PUBLIC_STAFF),)
    assert [(one.party, one.provision) for one in said.consents] == [("Line Roy", "53")]


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"autor": "staff"}, "autor"),
        ({"author": "clerk"}, "author"),
        ({"date": "2021-05-06"}, "date"),
        ({"date": dt.datetime(2021, 5, 6, tzinfo=dt.UTC)}, "date"),
        ({"roles": {"a": "king"}}, "roles"),
        ({"roles": ["a"]}, "roles"),
        ({"consents": [{"person": "A", "provision": 53}]}, "consents"),
        ({"waivers": [{"provision": "34"}]}, "waivers"),
    ],
)
def test_refused(values: dict[str, Any], key: str) -> None:
    with pytest.raises(BadPack) as caught:
        stated(values)
    assert caught.value.facts["key"] == key


def test_natures_become_findings_and_people() -> None:
    marked = parse(
        "⟦AVIS by=consultant zone=quoted|attendre⟧\n⟦PI.name of=a|Otis⟧ ⟦PI.name of=a|Réal Otis⟧ "
        "⟦PI.phone of=a element=work_phone strength=WEAK|555-0107⟧ ⟦MOTIF rule=p/s027/x start=2020-01-01|tenir⟧"
    )
    analysed = analysed_of(marked)
    assert [one.label for one in analysed.findings] == ["AVIS", "PI.name", "PI.name", "PI.phone"]
    assert analysed.findings[0].speaker is Speaker.CONSULTANT
    assert (analysed.findings[3].element, analysed.findings[3].strength) == (Element.WORK_PHONE, Strength.WEAK)
    assert [one.zone for one in analysed.passages] == [Zone.QUOTED, Zone.BODY]
    (person,) = persons_of(marked, {"a": "private"})
    assert (person.name, person.role) == ("Réal Otis", Role.PRIVATE)
    assert [(one.rule, one.start) for one in chosen_of(marked)] == [("p/s027/x", dt.date(2020, 1, 1))]


@pytest.mark.parametrize("keys", ["who=a", "by=clerk", "element=shoe", "strength=SURE", "zone=attic"])
def test_an_unknown_nature(keys: str) -> None:
    with pytest.raises(BadMarks):
        analysed_of(parse(f"⟦AVIS {keys}|attendre⟧"))


def test_a_start_that_is_no_date() -> None:
    with pytest.raises(BadMarks):
        chosen_of(parse("⟦MOTIF rule=p/s027/x start=hier|tenir⟧"))
