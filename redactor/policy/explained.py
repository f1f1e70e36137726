"""An explanation part by part, for a screen that lays it out itself. The words are those of `telling`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.policy import telling

if TYPE_CHECKING:
    from redactor.model import Lang, Trace
    from redactor.policy.pack import RulesInForce


@dataclass(frozen=True, slots=True)
class Explained:
    """A trace in words; `conditions` with their status, `questions` with what each answer would do."""

    title: str
    citation: str
    version: str
    conditions: tuple[tuple[str, str], ...]
    because: tuple[str, ...]
    changes: tuple[str, ...]
    questions: tuple[str, ...]


def explained(trace: Trace, *, rules: RulesInForce, lang: Lang) -> Explained:
    """The parts of an explanation in `lang`."""
    rule = rules.get(trace.rule)
    asked = (line for one in trace.questions for line in telling.question_told(one, rules, lang))
    return Explained(
        rule.rule.title.of(lang) if rule else "",
        rule.citation.text(lang) if rule else trace.citation,
        f"{trace.rule} {telling.version_told(rule, telling.words_in(lang))}".strip(),
        tuple((telling.condition_told(one, rules, lang), one.status.value) for one in trace.conditions),
        tuple(telling.because_told(one, rules, lang) for one in trace.because),
        tuple(telling.counterfactual_told(one, rules, lang) for one in trace.counterfactuals),
        tuple(asked),
    )


def answer_told(answer: str, outcome: str, *, rules: RulesInForce, lang: Lang) -> tuple[str, str]:
    """One effect of a question in words: the answer, and what it would do."""
    return telling.values_told(answer, rules, lang), telling.outcome_told(outcome, rules, lang)
