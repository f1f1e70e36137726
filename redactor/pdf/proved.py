"""A candidate and its proof together: a page whose proof fails as text is made again as a picture, and proved again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from redactor.pdf import candidate, ranges
from redactor.pdf.hands import Hands
from redactor.pdf.plan import Reason, Route
from redactor.pdf.verifier.prove import prove

if TYPE_CHECKING:
    from redactor.pdf.plan import BurnPlan, Candidate
    from redactor.pdf.verifier.claims import Claims, Proof


HERE = Hands()


@dataclass(frozen=True, slots=True)
class Proved:
    """What was written and what its check found. Only `release_of(proof)` tells whether it may leave."""

    candidate: Candidate
    proof: Proof


def make(data: bytes, *, plan: BurnPlan, claims: Claims, hands: Hands = HERE) -> Proved:
    """A candidate for `plan` with its proof; pages that fail as text are pictures in what comes back.

    `hands` run the maker and the judge, each apart: a file that takes over the one has not met the other.
    """
    if len(claims.sizes) > ranges.RANGE:
        return _by_ranges(data, plan, claims, hands)
    made: Candidate = hands.call(candidate.make, data, plan=plan)
    proof: Proof = hands.call(prove, made.data, claims=claims)
    failed = frozenset(leak.page for leak in proof.leaks if leak.page is not None) - plan.pictures
    if not failed:
        return Proved(made, proof)
    again: Candidate = hands.call(candidate.make, data, plan=replace(plan, pictures=plan.pictures | failed))
    routes = tuple(_told(route, failed) for route in again.routes)
    return Proved(replace(again, routes=routes), hands.call(prove, again.data, claims=claims))


def _by_ranges(data: bytes, plan: BurnPlan, claims: Claims, hands: Hands) -> Proved:
    """The same for a file of many pages: ranges with a page that fails are made again, the others stay."""
    total = len(claims.sizes)
    all_ranges = ranges.ranges_of(total)
    parts = ranges.parts_of(data, all_ranges, total=total, plan=plan, hands=hands)
    made = ranges.whole_of(parts, plan=plan, hands=hands)
    proof = ranges.prove(made.data, claims=claims, hands=hands)
    failed = frozenset(leak.page for leak in proof.leaks if leak.page is not None) - plan.pictures
    if not failed:
        return Proved(made, proof)
    poor = [some for some in all_ranges if any(page in some for page in failed)]
    plan = replace(plan, pictures=plan.pictures | failed)
    parts |= ranges.parts_of(data, poor, total=total, plan=plan, hands=hands)
    again = ranges.whole_of(parts, plan=plan, hands=hands)
    routes = tuple(_told(route, failed) for route in again.routes)
    return Proved(replace(again, routes=routes), ranges.prove(again.data, claims=claims, hands=hands))


def _told(route: Route, failed: frozenset[int]) -> Route:
    is_ours = route.page in failed and route.reason is Reason.ASKED
    return replace(route, reason=Reason.PROOF) if is_ours else route
