"""Decisions folded over proposals: what ends masked, under which provisions, and which decisions are refused."""

from __future__ import annotations

import datetime as dt

import pytest

from redactor.errors import BadDecision
from redactor.model import Box, Effect, PageBox, Power, Proposal, Span, State, Strength, Trace
from redactor.review import Decision, Outcome, section_order, settle
from redactor.text.plain import document_of

TEXT = "Odile Brière recommande de refuser la demande."
NAME, ADVICE = Span(0, 12), Span(0, 45)
DOCUMENT = document_of(TEXT)
AT = dt.datetime(2024, 10, 20, 14, 3, tzinfo=dt.UTC)


def proposal(
    id_: str, span: Span, provision: str, *, power: Power = Power.MANDATORY, state: State = State.MASKED,
    effect: Effect = Effect.WITHHOLD,
) -> Proposal:  # fmt: skip
    trace = Trace(f"r/{id_}", None, f"art. {provision}")
    return Proposal(
        id_, DOCUMENT.id, (span,), "PI.name", f"r/{id_}", provision, effect, power, Strength.STRONG, state, trace
    )


PI = proposal("p1", NAME, "53")
OPINION = proposal("p2", ADVICE, "37", power=Power.DISCRETIONARY)


def keep(**told: object) -> Decision:
    return Decision(Outcome.KEEP, told.pop("provision", None), "A. Exemple", AT, **told)  # type: ignore[arg-type]


def withhold(**told: object) -> Decision:
    return Decision(Outcome.WITHHOLD, told.pop("provision", None), "A. Exemple", AT, **told)  # type: ignore[arg-type]


def shown(*proposals: Proposal, decisions: tuple[Decision, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    return [(mask.span.of(TEXT), mask.provisions) for mask in settle(DOCUMENT, proposals, decisions).masks]


def test_grounds_on_one_span_are_one_mask_mandatory_first() -> None:
    assert shown(OPINION, PI) == [(TEXT[:45], ("53", "37"))]


def test_masks_a_blank_apart_are_one() -> None:
    first, second = proposal("p1", Span(0, 5), "53"), proposal("p2", Span(6, 12), "53")
    assert shown(first, second) == [("Odile Brière", ("53",))]


@pytest.mark.parametrize(
    ("state", "effect", "is_masked"),
    [
        (State.MASKED, Effect.WITHHOLD, True),
        (State.ASK, Effect.WITHHOLD, True),
        (State.FLAG, Effect.WITHHOLD, False),
        (State.KEPT, Effect.WITHHOLD, False),
        (State.MASKED, Effect.OUTSIDE, True),
        (State.ASK, Effect.ESCALATE, True),
        (State.MASKED, Effect.PUBLIC, False),
    ],
)
def test_what_a_state_does(state: State, effect: Effect, *, is_masked: bool) -> None:
    assert bool(shown(proposal("p1", NAME, "53", state=state, effect=effect))) is is_masked


def test_a_discretionary_mask_is_lifted_by_a_person() -> None:
    assert shown(PI, OPINION, decisions=(keep(proposal="p2"),)) == [("Odile Brière", ("53",))]


def test_a_mandatory_mask_is_lifted_only_with_a_ground() -> None:
    with pytest.raises(BadDecision):
        settle(DOCUMENT, (PI,), (keep(proposal="p1"),))
    with pytest.raises(BadDecision):
        settle(DOCUMENT, (PI,), (keep(span=NAME, provision="53"),))
    assert shown(PI, decisions=(keep(proposal="p1", ground="consent"),)) == []
    assert shown(PI, decisions=(keep(span=Span(0, 6), provision="53", ground="error"),)) == [("Brière", ("53",))]


def test_a_span_kept_for_one_provision_stays_masked_for_another() -> None:
    kept = keep(span=NAME, provision="53", ground="consent")
    assert shown(PI, OPINION, decisions=(kept,)) == [(TEXT[:45], ("37",))]


def test_a_person_adds_masks() -> None:
    flagged = proposal("p1", NAME, "53", state=State.FLAG)
    assert shown(flagged, decisions=(withhold(proposal="p1"),)) == [("Odile Brière", ("53",))]
    assert shown(decisions=(withhold(span=Span(13, 23), provision="37"),)) == [("recommande", ("37",))]
    area = PageBox(1, Box(0, 0, 10, 10))
    assert settle(DOCUMENT, (), (withhold(box=area, provision="53"),)).areas == ((area, "53"),)


def test_a_decision_on_no_proposal_is_refused() -> None:
    with pytest.raises(BadDecision):
        settle(DOCUMENT, (PI,), (keep(proposal="p9"),))


def test_provisions_are_sorted_as_numbers() -> None:
    assert sorted(["53", "9", "41.1", "41", "37"], key=section_order) == ["9", "37", "41", "41.1", "53"]
    assert settle(DOCUMENT, (PI, OPINION)).provisions == ("37", "53")
