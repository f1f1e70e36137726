"""Findings, facts and the rules in force to proposals with their trace. It decides nothing: a person or a law does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.policy.case import case_of
from redactor.policy.counterfactuals import with_counterfactuals
from redactor.policy.grounds import grounds_of
from redactor.policy.lifting import lift
from redactor.policy.questions import with_questions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from redactor.model import Analysed, Facts, Permission, Person, Proposal
    from redactor.policy.case import Chosen
    from redactor.policy.pack import RulesInForce


def propose(
    analysed: Analysed,
    *,
    facts: Facts,
    persons: Sequence[Person] = (),
    rules: RulesInForce,
    consents: Sequence[Permission] = (),
    waivers: Sequence[Permission] = (),
    confirmed: Collection[str] = (),
    chosen: Sequence[Chosen] = (),
    explained: bool = True,
) -> tuple[Proposal, ...]:
    """Proposals of one document, in the order of its text; several may stand on a span.

    `confirmed` holds the ids of override proposals that a person confirmed: cues alone never cancel a ground. `chosen`
    are the grounds without a finder that an officer put on some words. Without `explained` the questions and what would
    change each answer are left out: the same outcomes, sooner. Raises UnknownLabel on a finding that no rule knows.
    """
    permissions = (consents, waivers)
    case = case_of(
        analysed,
        facts=facts,
        persons=persons,
        rules=rules,
        permissions=permissions,
        confirmed=confirmed,
        chosen=chosen,
    )
    found = lift(grounds_of(case), case)
    return with_counterfactuals(with_questions(found, case), case) if explained else found
