"""The bundled pack as a lawyer would ask for it: which grounds exist, with which power; no law stands in Python."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from redactor import policy
from redactor.model import Effect, Power
from redactor.policy.limits import due
from redactor.policy.loader import bundled
from redactor.policy.verdict import Verdict

RULES = bundled().at(dt.date(2024, 11, 12))

MANDATORY = ["23", "24", "28", "28.1", "29", "29.1", "33", "53", "88"]
DISCRETIONARY = ["18", "19", "20", "21", "22", "27", "30", "30.1", "32", "35", "36", "37", "38", "39", "40", "41"]


@pytest.mark.parametrize("section", MANDATORY)
def test_must_refuse(section: str) -> None:
    assert RULES.power_of(section) is Power.MANDATORY


@pytest.mark.parametrize("section", DISCRETIONARY)
def test_may_refuse(section: str) -> None:
    assert RULES.power_of(section) is Power.DISCRETIONARY


@pytest.mark.parametrize(
    ("effect", "sections"),
    [
        (Effect.OUTSIDE, {"2", "9", "15"}),
        (Effect.ESCALATE, {"31", "34"}),
        (Effect.PUBLIC, {"55", "56", "57", "58", "83", "86.1"}),
        (Effect.OVERRIDE, {"41.1"}),
        (Effect.ROUTE, {"13", "25", "48"}),
        (Effect.CLOCK, {"47", "49", "135"}),
        (Effect.GATE, {"50", "51"}),
        (Effect.VERDICT, {"14"}),
    ],
)
def test_other_effects(effect: Effect, sections: set[str]) -> None:
    assert {one.section for one in RULES.with_effect(effect)} == sections


@pytest.mark.parametrize(
    ("section", "years"),
    [("27", {8, 10}), ("30", {25}), ("33", {25}), ("35", {15}), ("36", {10}), ("37", {10}), ("39", {5})],
)
def test_limits(section: str, years: set[int]) -> None:
    assert {one.version.limit.years for one in RULES.rules if one.section == section and one.version.limit} == years


def test_the_days_of_the_procedure() -> None:
    clocks = {clock.name: clock for rule in RULES.with_effect(Effect.CLOCK) for clock in rule.rule.clocks}
    received = dt.date(2024, 10, 2)
    assert due(clocks["answer"], received) == dt.date(2024, 10, 22)
    assert due(clocks["answer"], received, extended=True) == dt.date(2024, 11, 1)
    assert {name: clock.days for name, clock in clocks.items()} == {
        "answer": 20,
        "third-party-notice": 20,
        "third-party-comments": 20,
        "third-party-decision": 15,
        "third-party-executory": 15,
        "review": 30,
    }


def test_what_survives_41_1() -> None:
    hazard, contaminants = (RULES.get(f"qc-a2.1/s041.1/{name}") for name in ("hazard", "contaminants"))
    assert hazard is not None
    assert contaminants is not None
    assert not {"28", "28.1", "29", "30", "33", "34", "41", "53"} & set(hazard.rule.cancels.sections)
    assert {"33", "34"} <= set(contaminants.rule.cancels.sections)
    assert not {"28", "41", "53"} & set(contaminants.rule.cancels.sections)


def test_manual_grounds_say_when_they_are_chosen() -> None:
    assert len(RULES.manual()) >= 20
    for one in RULES.manual():
        assert one.rule.manual is not None
        assert one.rule.manual.fr.strip()
        assert one.rule.manual.en.strip()
        assert not one.rule.cues


def test_every_source_is_told_and_no_commencement_is_invented() -> None:
    for one in RULES.rules:
        assert one.version.source
        assert one.version.from_ is None, one.id


def test_no_section_limit_or_cue_in_python() -> None:
    """Numbers of sections live in the pack: in code only an example in a docstring or comment may name one."""
    assert policy.__file__ is not None
    for file in sorted(Path(policy.__file__).parent.glob("*.py")):
        code = re.sub(r'"""[\s\S]*?"""|#.*', "", file.read_text("utf-8"))
        assert not re.findall(r"""["'](?:9|13|14|33|34|37|38|39|41\.1|53|57|86\.1|88)["']""", code), file.name


def test_a_verdict_names_its_section() -> None:
    assert Verdict.__slots__
    assert {one.section for one in RULES.with_effect(Effect.VERDICT)} == {"14"}
