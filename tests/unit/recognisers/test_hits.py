"""Claims on the same words: the stronger holds, then the longer; clauses may hold values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redactor.model import Strength
from redactor.recognisers.hits import CLAUSES, Hit, settle

LABELS = ("PI.sin", "PI.card", "PI.phone", "PI.name", "PI.health")
hits = st.builds(
    lambda start, length, label, strength: Hit(start, start + length, label, strength, "test"),
    st.integers(0, 40), st.integers(1, 12), st.sampled_from(LABELS), st.sampled_from(list(Strength)),
)  # fmt: skip


def test_the_stronger_claim_holds() -> None:
    card = Hit(0, 9, "PI.card", Strength.STRONG, "card")
    sin = Hit(0, 9, "PI.sin", Strength.PROVEN, "nas")
    assert settle([card, sin]) == (sin,)


def test_the_longer_claim_holds() -> None:
    code = Hit(30, 37, "PI.address", Strength.STRONG, "postal-code")
    whole = Hit(10, 37, "PI.address", Strength.STRONG, "civic-address")
    assert settle([code, whole]) == (whole,)


def test_a_clause_may_hold_a_value() -> None:
    clause = Hit(0, 40, "PI.health", Strength.STRONG, "clause-health")
    name = Hit(5, 15, "PI.name", Strength.STRONG, "name-known")
    assert settle([name, clause]) == (clause, name)


@given(st.lists(hits, max_size=20))
def test_no_two_values_overlap_and_no_word_is_lost(claims: list[Hit]) -> None:
    kept = [hit for hit in settle(claims) if hit.label not in CLAUSES]
    assert all(a.end <= b.start or b.end <= a.start for a in kept for b in kept if a is not b)
    values = [hit for hit in claims if hit.label not in CLAUSES]
    assert all(any(hit.start < one.end and one.start < hit.end for one in kept) for hit in values)
