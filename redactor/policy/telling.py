"""Facts, conditions, steps and outcomes of the engine in the words of the pack, French or English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import Lang

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.model import Condition, Question
    from redactor.policy.pack import InForce, RulesInForce

_FR = {
    "count": "proposition(s)",
    "page": "page",
    "line": "ligne(s)",
    "state": "État",
    "version": "Règle",
    "since": "en vigueur depuis le",
    "always": "",
    "evidence": "Indices",
    "conditions": "Conditions",
    "because": "Parce que",
    "changes": "Ce qui changerait la réponse",
    "ask": "À demander",
    "whole": "document entier",
    "nothing": "Aucune proposition.",
    "wanted": "il faut",
    "not": "tout sauf",
    "limit": "moins de {years} ans avant le {day}",
    "end": "après le {day}, ou jamais",
    "if": "si",
    "until": "{day} ou avant",
    "from": "{day} ou après",
    "after": "après le {day}",
}
_EN = {
    "count": "proposal(s)",
    "page": "page",
    "line": "line(s)",
    "state": "State",
    "version": "Rule",
    "since": "in force since",
    "always": "",
    "evidence": "Evidence",
    "conditions": "Conditions",
    "because": "Because",
    "changes": "What would change the answer",
    "ask": "To ask",
    "whole": "whole document",
    "nothing": "No proposal.",
    "wanted": "wanted",
    "not": "any but",
    "limit": "less than {years} years before the {day}",
    "end": "after the {day}, or never",
    "if": "if",
    "until": "{day} or earlier",
    "from": "{day} or later",
    "after": "after {day}",
}
_SIGNS = {"≤": "until", "≥": "from", ">": "after"}


def words_in(lang: Lang) -> dict[str, str]:
    """The fixed words of explanations in a language."""
    return _EN if lang is Lang.EN else _FR


def section_told(section: str, lang: Lang) -> str:
    """`art. 37`, `s. 37`."""
    return f"{'s.' if lang is Lang.EN else 'art.'} {section}"


def version_told(rule: InForce | None, words: dict[str, str]) -> str:
    """Since when, for a rule that once was otherwise."""
    begun = rule.version.from_ if rule else None
    return "" if begun is None else f" ({words['since']} {begun.isoformat()})"


def name_told(key: str, rules: RulesInForce, lang: Lang) -> str:
    """The words of a state, a fact, an effect; its code where the pack has none."""
    named = rules.pack.names.get(key)
    return named.of(lang) if named else key


def condition_told(condition: Condition, rules: RulesInForce, lang: Lang) -> str:
    """A condition: the fact, its value, what is wanted, and how it came out."""
    status = name_told(condition.status.value, rules, lang)
    wanted = _wanted(condition.wanted, rules, lang)
    value = values_told(condition.value, rules, lang)
    return f"{name_told(condition.fact, rules, lang)} : {value} ({words_in(lang)['wanted']} : {wanted}) – {status}"


def _wanted(code: str, rules: RulesInForce, lang: Lang) -> str:
    """`limit 10 request.date` is "less than 10 years before the day of the request"; values stand as they are."""
    kind, *rest = code.split(" ")
    if kind == "limit":
        return words_in(lang)["limit"].format(years=rest[0], day=name_told(rest[1], rules, lang))
    if kind == "end":
        return words_in(lang)["end"].format(day=name_told(rest[0], rules, lang))
    unless = f"{words_in(lang)['not']} " if kind == "not" else ""
    return unless + values_told(code.removeprefix("not "), rules, lang)


def values_told(told: str, rules: RulesInForce, lang: Lang) -> str:
    """Values of facts in words: `staff|member` or `staff, member`; a day by which side of it is meant."""
    values = told.replace("|", ", ").split(", ")
    return ", ".join(_value(one, rules, lang) for one in values)


def _value(value: str, rules: RulesInForce, lang: Lang) -> str:
    sign, _, day = value.partition(" ")
    if sign in _SIGNS:
        return words_in(lang)[_SIGNS[sign]].format(day=day)
    named = rules.pack.values.get(value)
    return named.of(lang) if named else value


def because_told(code: str, rules: RulesInForce, lang: Lang) -> str:
    """A step in words: the whole code when it has a name, else its head; a rule is told by its citation."""
    if code in rules.pack.names:
        return name_told(code, rules, lang)
    head, _, rest = code.partition(":")
    rule = rules.get(rest.partition("#")[0])
    told = rule.citation.text(lang) if rule else rest
    return f"{name_told(head, rules, lang)} {told}".rstrip()


def counterfactual_told(line: str, rules: RulesInForce, lang: Lang) -> str:
    """`if the date of the document: 2014-11-12 or earlier → readable`."""
    fact, _, rest = line.partition(" = ")
    values, _, outcome = rest.partition(" -> ")
    told = section_told(values, lang) if fact == "waiver" else values_told(values, rules, lang)
    return f"{words_in(lang)['if']} {name_told(fact, rules, lang)} : {told} → {outcome_told(outcome, rules, lang)}"


def question_told(question: Question, rules: RulesInForce, lang: Lang) -> Iterator[str]:
    """The question, then each answer with what it would do."""
    yield f"  {words_in(lang)['ask']} : {question.en if lang is Lang.EN else question.fr}"
    for answer, outcome in question.effects:
        yield f"    - {values_told(answer, rules, lang)} → {outcome_told(outcome, rules, lang)}"


def outcome_told(outcome: str, rules: RulesInForce, lang: Lang) -> str:
    """`masked 37, ask 53; flag 39 (ANALYSE)` with its words in the language."""
    return " ; ".join(", ".join(_ended(one, rules, lang) for one in part.split(", ")) for part in outcome.split("; "))


def _ended(code: str, rules: RulesInForce, lang: Lang) -> str:
    """`masked 37 (AVIS.staff)` is "masked s. 37 for the advice"."""
    state, *rest = code.split(" ")
    told = [section_told(one, lang) if one[0].isdigit() else _matter(one, rules, lang) for one in rest]
    return " ".join([name_told(state, rules, lang), *told])


def _matter(label: str, rules: RulesInForce, lang: Lang) -> str:
    return name_told(label.strip("()").partition(".")[0], rules, lang)
