"""Decisions as candidate examples: marked sentences with facts, without what identifies somebody."""

from __future__ import annotations

import yaml

from redactor.model import Facts, Span
from redactor.policy.candidates import Decided, as_yaml, candidates
from redactor.text.passages import split
from redactor.text.plain import document_of

TEXT = "Le pont date de 1964. Selon Ana Roy, une réfection serait exagérée."
RULE = "qc-a2.1/s037/opinion-staff"
ADVICE = Span(TEXT.index("une"), TEXT.index("exagérée") + len("exagérée"))
NAME = Span(TEXT.index("Ana"), TEXT.index(","))


def told(*decided: Decided) -> str:
    document = document_of(TEXT)
    facts = Facts(kind="note", author="staff")
    return as_yaml(list(candidates(document, split(document), decided, facts=facts, personal=[NAME])))


def test_what_was_withheld_is_marked_in_its_sentence() -> None:
    (row,) = yaml.safe_load(told(Decided(ADVICE, True, "37", RULE, "AVIS.staff")))["candidates"][RULE]
    assert row["text"] == "Selon […], ⟦AVIS.staff|une réfection serait exagérée⟧."
    assert row["with"] == {"kind": "note", "author": "staff"}


def test_what_was_kept_is_a_fact_to_the_rule_that_had_proposed_it() -> None:
    (row,) = yaml.safe_load(told(Decided(ADVICE, False, "37", RULE, "AVIS.staff")))["candidates"][RULE]
    assert "⟦FAIT|une réfection serait exagérée⟧" in row["text"]


def test_a_span_of_a_person_stands_under_its_section() -> None:
    written = told(Decided(ADVICE, True, "37"))
    assert list(yaml.safe_load(written)["candidates"]) == ["section 37"]
    assert "in force nowhere" in written


def test_no_name_is_written_even_inside_what_was_decided() -> None:
    whole = Span(TEXT.index("Selon"), len(TEXT))
    assert "Ana" not in told(Decided(whole, True, "37", RULE, "AVIS.staff"))


def test_no_decision_makes_no_candidate() -> None:
    assert yaml.safe_load(told())["candidates"] == {}
