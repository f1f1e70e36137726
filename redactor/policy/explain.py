"""A proposal put in words, French or English: rule, version, evidence, conditions, what would change the answer.

Evidence is given by page and place. No word of the document enters an explanation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import Lang

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Condition, Document, Proposal, Question, Span
    from redactor.policy.pack import InForce, RulesInForce

_FR = {
    "page": "page",
    "state": "État",
    "version": "Version",
    "since": "depuis le",
    "always": "de tout temps",
    "text": "texte",
    "verified": "vérifié",
    "unverified": "à vérifier avant de le citer",
    "evidence": "Indices",
    "conditions": "Conditions",
    "because": "Parce que",
    "changes": "Changerait la réponse",
    "ask": "À demander",
    "strength": "indice",
    "whole": "document entier",
    "nothing": "Aucune proposition.",
    "wanted": "voulu",
    "not": "tout sauf",
    "limit": "moins de {years} ans avant le {day}",
    "end": "après le {day}, ou jamais",
}
_EN = {
    "page": "page",
    "state": "State",
    "version": "Version",
    "since": "since",
    "always": "at all times",
    "text": "text",
    "verified": "verified",
    "unverified": "to be verified before it is quoted",
    "evidence": "Evidence",
    "conditions": "Conditions",
    "because": "Because",
    "changes": "Would change the answer",
    "ask": "To ask",
    "strength": "evidence",
    "whole": "whole document",
    "nothing": "No proposal.",
    "wanted": "wanted",
    "not": "any but",
    "limit": "less than {years} years before the {day}",
    "end": "after the {day}, or never",
}


def render(
    document: Document,
    proposals: Sequence[Proposal],
    *,
    rules: RulesInForce,
    lang: Lang = Lang.FR,
    page: int | None = None,
) -> str:
    """The explanation of every proposal, or of those that begin on `page` (from 1), in the order of the text."""
    shown = [one for one in proposals if page is None or document.page_of(one.spans[0]) + 1 == page]
    words = _words(lang)
    if not shown:
        return words["nothing"]
    return "\n\n".join("\n".join(_lines(one, document, rules, lang)) for one in shown)


def _words(lang: Lang) -> dict[str, str]:
    return _EN if lang is Lang.EN else _FR


def _lines(proposal: Proposal, document: Document, rules: RulesInForce, lang: Lang) -> Iterator[str]:
    words, rule = _words(lang), rules.get(proposal.rule)
    title = f" – {rule.rule.title.of(lang)}" if rule else ""
    cited = rule.citation.text(lang) if rule else proposal.trace.citation
    yield f"{proposal.id} · {_where(proposal, document, words)} · {cited}{title}"
    power = (
        f", {_name(proposal.power.value, rules, lang)}"
        if proposal.power
        else f", {_name(proposal.effect, rules, lang)}"
    )
    state = _name(proposal.state.value, rules, lang)
    yield f"  {words['state']} : {state}{power} ; {words['strength']} {proposal.strength.value}"
    yield f"  {words['version']} : {proposal.rule} {_version(rule, words)}"
    if proposal.trace.evidence:
        yield f"  {words['evidence']} : {', '.join(_place(one) for one in proposal.trace.evidence)}"
    if proposal.trace.conditions:
        told = "; ".join(_condition(one, rules, lang) for one in proposal.trace.conditions)
        yield f"  {words['conditions']} : {told}"
    yield f"  {words['because']} : {'; '.join(_because(one, rules, lang) for one in proposal.trace.because)}"
    if proposal.trace.counterfactuals:
        told = "; ".join(_counterfactual(one, rules, lang) for one in proposal.trace.counterfactuals)
        yield f"  {words['changes']} : {told}"
    for question in proposal.trace.questions:
        yield f"  {words['ask']} : {_question(question, rules, lang)}"


def _where(proposal: Proposal, document: Document, words: dict[str, str]) -> str:
    if any(len(span) == len(document.text) for span in proposal.spans):
        return words["whole"]
    places = ", ".join(_place(span) for span in proposal.spans)
    return f"{words['page']} {document.page_of(proposal.spans[0]) + 1} {places}"


def _place(span: Span) -> str:
    return f"[{span.start}-{span.end}]"


def _version(rule: InForce | None, words: dict[str, str]) -> str:
    if rule is None:
        return ""
    begun = rule.version.from_
    since = words["always"] if begun is None else f"{words['since']} {begun.isoformat()}"
    return f"({since} ; {words['text']} {words[rule.version.text.value]} : {rule.version.source})"


def _name(key: str, rules: RulesInForce, lang: Lang) -> str:
    named = rules.pack.names.get(key)
    return named.of(lang) if named else key


def _condition(condition: Condition, rules: RulesInForce, lang: Lang) -> str:
    status = _name(condition.status.value, rules, lang)
    words = _words(lang)
    wanted = _wanted(condition.wanted, rules, lang)
    value = _values(condition.value, rules, lang)
    return f"{_name(condition.fact, rules, lang)} = {value} ({words['wanted']} : {wanted} ; {status})"


def _wanted(code: str, rules: RulesInForce, lang: Lang) -> str:
    """`limit 10 request.date` is "less than 10 years before the day of the request"; values stand as they are."""
    kind, *rest = code.split(" ")
    if kind == "limit":
        return _words(lang)["limit"].format(years=rest[0], day=_name(rest[1], rules, lang))
    if kind == "end":
        return _words(lang)["end"].format(day=_name(rest[0], rules, lang))
    unless = f"{_words(lang)['not']} " if kind == "not" else ""
    return unless + _values(code.removeprefix("not "), rules, lang)


def _values(told: str, rules: RulesInForce, lang: Lang) -> str:
    """Values of facts in words: `staff|member` or `staff, member`; a day stands as it is."""
    values = told.replace("|", ", ").split(", ")
    return ", ".join(named.of(lang) if (named := rules.pack.values.get(one)) else one for one in values)


def _because(code: str, rules: RulesInForce, lang: Lang) -> str:
    """A step in words: the whole code when it has a name, else its head; a rule is told by its citation."""
    if code in rules.pack.names:
        return _name(code, rules, lang)
    head, _, rest = code.partition(":")
    rule = rules.get(rest.partition("#")[0])
    told = rule.citation.text(lang) if rule else rest
    return f"{_name(head, rules, lang)} {told}".rstrip()


def _counterfactual(line: str, rules: RulesInForce, lang: Lang) -> str:
    fact, _, rest = line.partition(" = ")
    values, _, outcome = rest.partition(" -> ")
    return f"{_name(fact, rules, lang)} : {_values(values, rules, lang)} → {_outcome(outcome, rules, lang)}"


def _question(question: Question, rules: RulesInForce, lang: Lang) -> str:
    asked = question.en if lang is Lang.EN else question.fr
    effects = "; ".join(
        f"{_values(answer, rules, lang)} → {_outcome(outcome, rules, lang)}" for answer, outcome in question.effects
    )
    return f"{asked} ({effects})" if effects else asked


def _outcome(outcome: str, rules: RulesInForce, lang: Lang) -> str:
    """`masked 37, ask 53` with its words in the language."""
    return ", ".join(
        " ".join([_name(one.split(" ")[0], rules, lang), *one.split(" ")[1:]]) for one in outcome.split(", ")
    )
