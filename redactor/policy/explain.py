"""A proposal put in words, French or English: rule, version, evidence, conditions, what would change the answer.

Evidence is given by page and line. No word of the document enters an explanation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import Lang
from redactor.policy.lines import lines_of, numbers_of
from redactor.policy.telling import (
    because_told,
    condition_told,
    counterfactual_told,
    name_told,
    question_told,
    section_told,
    version_told,
    words_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Document, Proposal
    from redactor.policy.pack import RulesInForce


def render(
    document: Document,
    proposals: Sequence[Proposal],
    *,
    rules: RulesInForce,
    lang: Lang = Lang.FR,
    page: int | None = None,
) -> str:
    """How many proposals come to what, then each of them, or those that begin on `page` (from 1), as the text goes."""
    shown = _shown(document, proposals, page)
    if not shown:
        return words_in(lang)["nothing"]
    told = ["\n".join(_lines(one, document, rules, lang)) for one in shown]
    return "\n\n".join([_summary(shown, rules, lang), *told])


def sections_shown(document: Document, proposals: Sequence[Proposal], *, page: int | None = None) -> frozenset[str]:
    """The sections that an explanation cites."""
    return frozenset(one.provision for one in _shown(document, proposals, page))


def _shown(document: Document, proposals: Sequence[Proposal], page: int | None) -> list[Proposal]:
    return [one for one in proposals if page is None or document.page_of(one.spans[0]) + 1 == page]


def _summary(shown: Sequence[Proposal], rules: RulesInForce, lang: Lang) -> str:
    """`12 propositions : art. 37 masqué × 3, art. 39 lisible et signalé × 9`."""
    found: dict[str, int] = {}
    for one in shown:
        key = f"{section_told(one.provision, lang)} {name_told(one.state.value, rules, lang)}"
        found[key] = found.get(key, 0) + 1
    told = ", ".join(f"{key} × {number}" for key, number in sorted(found.items()))
    return f"{len(shown)} {words_in(lang)['count']} : {told}"


def _lines(proposal: Proposal, document: Document, rules: RulesInForce, lang: Lang) -> Iterator[str]:
    words, rule = words_in(lang), rules.get(proposal.rule)
    title = f" – {rule.rule.title.of(lang)}" if rule else ""
    cited = rule.citation.text(lang) if rule else proposal.trace.citation
    yield f"{_where(proposal, document, words)} · {cited}{title}  [{proposal.label}, {proposal.id}]"
    kind = proposal.power.value if proposal.power else proposal.effect.value
    told = [name_told(one, rules, lang) for one in (proposal.state.value, kind, proposal.strength.value)]
    yield f"  {words['state']} : {' ; '.join(told)}"
    yield f"  {words['version']} : {proposal.rule}{version_told(rule, words)}"
    if proposal.trace.evidence and (told_lines := _on_lines(proposal, document)):
        yield f"  {words['evidence']} : {words['line']} {told_lines}"
    yield from _listed(words["conditions"], [condition_told(one, rules, lang) for one in proposal.trace.conditions])
    yield f"  {words['because']} : {'; '.join(because_told(one, rules, lang) for one in proposal.trace.because)}"
    yield from _listed(
        words["changes"], [counterfactual_told(one, rules, lang) for one in proposal.trace.counterfactuals]
    )
    for question in proposal.trace.questions:
        yield from question_told(question, rules, lang)


def _listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"  {title} :"
        yield from (f"    - {line}" for line in lines)


def _where(proposal: Proposal, document: Document, words: dict[str, str]) -> str:
    if any(len(span) == len(document.text) for span in proposal.spans):
        return words["whole"]
    found = lines_of(document, proposal.spans)
    pages = {page: [one for one in found if one.page == page] for page in sorted({one.page for one in found})}
    return ", ".join(f"{words['page']} {page}, {words['line']} {numbers_of(own)}" for page, own in pages.items())


def _on_lines(proposal: Proposal, document: Document) -> str:
    return numbers_of(lines_of(document, proposal.trace.evidence))
