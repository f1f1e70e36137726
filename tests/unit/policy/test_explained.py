"""The parts of an explanation: in both languages, nothing left as a code."""

from __future__ import annotations

import datetime as dt

import pytest

from redactor.model import Condition, Lang, Question, Status, Trace
from redactor.policy.explained import answer_told, explained
from redactor.policy.loader import bundled

RULES = bundled().at(dt.date(2026, 11, 2))
TRACE = Trace(
    rule="qc-a2.1/s037/opinion-staff", version_from=None, citation="37",
    conditions=(Condition("passage.speaker", "staff|member", "staff", Status.MET),
                Condition("document.date", "limit 10 request.date", "unknown", Status.UNKNOWN)),
    because=("holds:unknown",), counterfactuals=("document.date = < 2016-11-02 -> kept",),
    questions=(Question("document.date", "Quelle date?", "Which date?", (("< 2016-11-02", "kept"),)),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "title"), [(Lang.FR, "Avis ou recommandation"), (Lang.EN, "Opinion or recommendation")]
)
def test_every_part_is_in_words(lang: Lang, title: str) -> None:
    told = explained(TRACE, rules=RULES, lang=lang)
    assert told.title.startswith(title)
    assert [status for _, status in told.conditions] == ["met", "unknown"]
    lines = [*(line for line, _ in told.conditions), *told.because, *told.changes, *told.questions]
    assert len(lines) >= 5
    assert not any(code in line for line in lines for code in ("document.", "passage.", "holds:", "staff|"))


def test_a_rule_that_is_gone_is_told_by_its_citation() -> None:
    told = explained(Trace(rule="gone/s001/x", version_from=None, citation="37"), rules=RULES, lang=Lang.FR)
    assert (told.title, told.citation) == ("", "37")


def test_the_effect_of_an_answer_is_in_words() -> None:
    assert answer_told("staff|member", "masked 37", rules=RULES, lang=Lang.FR)[1].startswith("masqué")
    assert answer_told("true", "kept", rules=RULES, lang=Lang.EN) == ("yes", "readable")
