"""What holds of any case: dates matter at limits alone, a consent never masks more, ignorance never releases more."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.model import UNKNOWN, Facts, Permission
from redactor.policy.case import hides
from redactor.policy.engine import propose
from redactor.policy.loader import bundled
from redactor.policy.marks import Marked, parse
from redactor.policy.natures import analysed_of, chosen_of, persons_of
from redactor.policy.pack import all_rules
from redactor.policy.stated import stated
from tests.unit.policy.test_cases import CASES

if TYPE_CHECKING:
    from redactor.policy.cases import Case, CaseFile
    from redactor.policy.pack import RulesInForce
    from redactor.policy.stated import Stated

DATES = ("date", "decision_date", "final_decision_public", "request_date")
# The closing paragraphs of 57 must be shown to apply: a body of unknown kind hides nobody's name (docs/law.md, s. 57).
MAY_BE_UNKNOWN = ("kind", "author", "mandated", "decision", "final", *DATES)
OPEN_A_DOCUMENT = ("kind", "author", "final")  # no ignorance withholds a whole document: docs/law.md, "Unknown facts"


def _documents(case: Case, file: CaseFile) -> list[tuple[Marked, Stated]]:
    texts = [(one.text, one.facts) for one in case.documents] or [(case.text or "", {})]
    return [(parse(text), stated({**file.facts, **case.facts, **own})) for text, own in texts]


DOCUMENTS = [one for case, file in CASES for one in _documents(case, file)]
DRAWN = st.integers(0, len(DOCUMENTS) - 1)  # places in the list: what hypothesis prints stays short
FEW = settings(max_examples=300, deadline=None)
RULES = all_rules(bundled())


def _with(facts: Facts, name: str, value: object) -> Facts:
    changed: dict[str, Any] = {name: value}
    return replace(facts, **changed)


def hidden(
    marked: Marked, said: Stated, *, rules: RulesInForce = RULES, **changed: object
) -> frozenset[tuple[str, int]]:
    """Every code point that is hidden, with the section that hides it."""
    said = replace(said, **changed)  # type: ignore[arg-type]  # the fields of Stated
    found = propose(
        analysed_of(marked),
        facts=said.facts,
        persons=persons_of(marked, said.roles, weak=said.guessed),
        rules=rules,
        consents=said.consents,
        waivers=said.waivers,
        chosen=chosen_of(marked),
        explained=False,
    )
    return frozenset((p.provision, at) for p in found if hides(p) for s in p.spans for at in range(s.start, s.end))


def places(hidden_places: frozenset[tuple[str, int]]) -> frozenset[int]:
    return frozenset(at for _, at in hidden_places)


@FEW
@given(drawn=DRAWN, name=st.sampled_from(DATES), step=st.sampled_from([-1, 1]))
def test_a_day_matters_only_across_a_limit(drawn: int, name: str, step: int) -> None:
    marked, said = DOCUMENTS[drawn]
    day = getattr(said.facts, name)
    if not isinstance(day, dt.date):
        return
    moved = _with(said.facts, name, day + dt.timedelta(days=step))
    if _crossings(marked, said.facts) == _crossings(marked, moved):
        assert hidden(marked, said) == hidden(marked, said, facts=moved)


def _crossings(marked: Marked, facts: Facts) -> list[object]:
    """Which limits and ends are over, counted here with plain calendar arithmetic and not by the engine."""
    until, found = facts.request_date, list[object]()
    if not isinstance(until, dt.date):
        return []
    for rule in RULES.rules:
        if rule.version.limit:
            by_hand = [one.start for one in chosen_of(marked) if one.rule == rule.id]
            starts = by_hand if rule.version.limit.after == "ground.start" else [facts.date]
            found.extend(_is_past(one, rule.version.limit.years, until) for one in starts if isinstance(one, dt.date))
        if rule.version.ends:
            end = getattr(facts, rule.version.ends.at.removeprefix("document."))
            found.append(isinstance(end, dt.date) and end <= until)
    return found


def _is_past(start: dt.date, years: int, until: dt.date) -> bool:
    return (until.year, until.month, until.day) >= (start.year + years, start.month, start.day)


@FEW
@given(drawn=DRAWN, data=st.data())
def test_a_consent_never_masks_more(drawn: int, data: st.DataObject) -> None:
    marked, said = DOCUMENTS[drawn]
    names = [mark.span.of(marked.text) for mark in marked.marks if mark.label == "PI.name"] or ["Personne"]
    party = data.draw(st.sampled_from([*names, "Acier Otonabi inc.", "cabinet"]))
    section = data.draw(st.sampled_from(["53", "88", "23", "24", "33", "34", "31", "37"]))
    permission = Permission(party, section)
    before = hidden(marked, said)
    assert hidden(marked, said, consents=(*said.consents, permission)) <= before
    assert hidden(marked, said, waivers=(*said.waivers, permission)) <= before


@FEW
@given(drawn=DRAWN, name=st.sampled_from(MAY_BE_UNKNOWN))
def test_an_unknown_never_releases_more(drawn: int, name: str) -> None:
    marked, said = DOCUMENTS[drawn]
    ignorant = _with(said.facts, name, UNKNOWN)
    before = hidden(marked, said)
    if name in OPEN_A_DOCUMENT and len(places(before)) == len(marked.text):
        return
    assert places(before) <= places(hidden(marked, said, facts=ignorant))


@FEW
@given(drawn=DRAWN)
def test_a_guessed_role_never_releases_more(drawn: int) -> None:
    marked, said = DOCUMENTS[drawn]
    guessed = frozenset(said.roles)
    assert places(hidden(marked, said)) <= places(hidden(marked, said, guessed=guessed))


@FEW
@given(drawn=DRAWN, turned=st.permutations(range(len(RULES.rules))))
def test_the_order_of_rules_changes_nothing(drawn: int, turned: list[int]) -> None:
    marked, said = DOCUMENTS[drawn]
    other = replace(RULES, rules=tuple(RULES.rules[at] for at in turned))
    assert hidden(marked, said) == hidden(marked, said, rules=other)
