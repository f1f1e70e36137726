"""The table "What is masked where", row by row, on a small invented law."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from redactor.errors import UnknownLabel
from redactor.model import UNKNOWN, Effect, Facts, Permission, Power, Span, State, Strength
from tests.unit.policy.builders import ADVICE, DAY, PERSONAL, RULES, proposed, small_pack, told, write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from redactor.policy.pack import RulesInForce

NOTE = Facts(author="staff", date=dt.date(2021, 5, 6), request_date=DAY)
NOBODY_KNOWS = Facts(date=dt.date(2021, 5, 6), request_date=DAY)
OLD = Facts(author="staff", date=dt.date(2014, 11, 12), request_date=DAY)
OFFICE = Facts(author="minister_office", date=dt.date(2021, 5, 6), request_date=DAY)
PUBLISHED = Facts(author="staff", date=dt.date(2021, 5, 6), request_date=DAY, published=True)


@pytest.fixture
def rules(tmp_path: Path) -> RulesInForce:
    return small_pack(tmp_path).at(DAY)


TABLE = [
    # text, facts, (provision, state) of each proposal
    ("⟦PI.sin|046 454 286⟧", NOTE, [("53", "masked")]),  # mandatory, met
    ("⟦PI.sin strength=PROVEN|046 454 286⟧", NOTE, [("53", "masked")]),
    ("⟦AVIS|attendre⟧", NOTE, [("37", "masked")]),  # discretionary, met: masked until a person decides
    ("⟦AVIS|attendre⟧", NOBODY_KNOWS, [("37", "ask")]),  # a fact unknown
    ("⟦AVIS strength=WEAK|attendre⟧", NOTE, [("37", "flag")]),  # weak, whatever the facts
    ("⟦AVIS strength=WEAK|attendre⟧", NOBODY_KNOWS, [("37", "flag")]),
    ("⟦PI.name strength=WEAK|Otis⟧", NOTE, [("53", "flag")]),
    ("⟦AVIS|attendre⟧", OLD, [("37", "kept")]),  # lapsed
    ("⟦AVIS strength=WEAK|attendre⟧", OLD, [("37", "kept")]),
    ("⟦AVIS by=citizen|attendre⟧", NOTE, [("37", "kept")]),  # not met
    ("Attendre.", OFFICE, [("34", "masked")]),  # escalate: the whole document
    ("Attendre.", NOBODY_KNOWS, []),  # ignorance alone takes no document
    ("⟦AVIS|attendre⟧ ⟦PI.sin|046 454 286⟧", PUBLISHED, [("13", "flag"), ("37", "kept"), ("53", "masked")]),
]


@pytest.mark.parametrize(("text", "facts", "expected"), TABLE)
def test_what_is_masked(text: str, facts: Facts, expected: list[tuple[str, str]], rules: RulesInForce) -> None:
    assert sorted(told(proposed(text, rules, facts=facts))) == expected


def test_a_proposal_says_all_that_a_person_needs(rules: RulesInForce) -> None:
    (one,) = proposed("Il dit : ⟦AVIS|attendre⟧.", rules)
    assert (one.effect, one.power, one.strength) == (Effect.WITHHOLD, Power.DISCRETIONARY, Strength.STRONG)
    assert (one.label, one.rule, one.spans) == ("AVIS.staff", "p/s037/advice", (Span(9, 17),))
    assert one.trace.citation == "Loi, art. 37, al. 1"
    assert one.trace.version_from is None
    assert one.trace.evidence == (Span(9, 17),)
    assert [(c.fact, c.value, c.status.value) for c in one.trace.conditions] == [
        ("passage.speaker", "staff", "met"),
        ("document.date", "2021-05-06", "met"),
    ]


def test_ids_are_stable_and_differ_by_place_and_rule(rules: RulesInForce) -> None:
    text = "⟦AVIS|attendre⟧ ou ⟦AVIS|agir⟧ ⟦PI.sin|046 454 286⟧"
    first, again = proposed(text, rules), proposed(text, rules, facts=NOBODY_KNOWS)
    assert [one.id for one in first] == [one.id for one in again]
    assert len({one.id for one in first}) == 3


def test_two_findings_of_one_place_make_one_proposal(rules: RulesInForce) -> None:
    (one,) = proposed("⟦AVIS strength=WEAK|⟦AVIS|attendre⟧⟧", rules)
    assert (one.strength, one.state) == (Strength.STRONG, State.MASKED)


def test_several_grounds_stand_on_one_place(rules: RulesInForce) -> None:
    found = proposed("⟦AVIS|refuser ⟦PI.name of=a|M. Otis⟧⟧", rules)
    assert told(found) == [("37", "masked"), ("53", "masked")]


def test_staff_are_public_element_by_element(rules: RulesInForce) -> None:
    text = (
        "⟦PI.name of=a|Mme Roy⟧ ⟦PI.phone of=a element=work_phone|418 555-0107⟧ ⟦PI.health of=a element=other|malade⟧"
    )
    assert told(proposed(text, rules, roles={"a": "public_staff"})) == [
        ("57", "kept"),
        ("57", "kept"),
        ("53", "masked"),
    ]


def test_the_role_of_one_makes_nobody_else_public(rules: RulesInForce) -> None:
    found = proposed("⟦PI.name of=a|Mme Roy⟧ ⟦PI.name of=b|M. Otis⟧", rules, roles={"a": "public_staff"})
    assert told(found) == [("57", "kept"), ("53", "masked")]


def test_a_guessed_role_only_flags(rules: RulesInForce) -> None:
    found = proposed("⟦PI.name of=a|Mme Roy⟧", rules, roles={"a": "public_staff"}, weak=frozenset({"a"}))
    assert told(found) == [("53", "masked"), ("57", "flag")]


def test_an_unknown_element_only_flags(rules: RulesInForce) -> None:
    found = proposed("⟦PI.phone of=a|418 555-0107⟧", rules, roles={"a": "public_staff"})
    assert told(found) == [("53", "masked"), ("57", "flag")]


@pytest.mark.parametrize(
    ("party", "provision", "states"),
    [
        ("Oda Vadnais", "53", ["kept", "masked"]),
        ("madame ODA VADNAIS", "art. 53", ["kept", "masked"]),
        ("VADNAIS, Oda", "53", ["kept", "masked"]),
        ("Oda Vadnais", "53 (1)", ["masked", "masked"]),  # a part of the section does not lift the whole
        ("Oda Vadnais", "23", ["masked", "masked"]),
        ("Oda Vadnais", "la loi", ["masked", "masked"]),
        ("Vadnais", "53", ["masked", "masked"]),  # a surname names nobody
    ],
)
def test_a_consent_lifts_for_one_person(party: str, provision: str, states: list[str], rules: RulesInForce) -> None:
    text = "⟦PI.name of=a|Mme Oda Vadnais⟧ et ⟦PI.name of=b|M. Réal Otis⟧"
    found = proposed(text, rules, consents=(Permission(party, provision),))
    assert [one.state.value for one in found] == states


def test_a_homonym_consents_for_nobody(rules: RulesInForce) -> None:
    text = "⟦PI.name of=a|Oda Vadnais⟧ et ⟦PI.name of=b|Oda Vadnais⟧"
    found = proposed(text, rules, consents=(Permission("Oda Vadnais", "53"),))
    assert told(found) == [("53", "masked"), ("53", "masked")]


def test_a_lifted_mandatory_ground_leaves_the_discretionary_one(rules: RulesInForce) -> None:
    text = "⟦AVIS|refuser ⟦PI.name of=a|Oda Vadnais⟧⟧"
    found = proposed(text, rules, consents=(Permission("Oda Vadnais", "53"),))
    assert told(found) == [("37", "masked"), ("53", "kept")]


def test_a_waiver_lifts_its_section_alone(rules: RulesInForce) -> None:
    text = "Attendre ⟦PI.name of=a|Oda Vadnais⟧"
    found = proposed(text, rules, facts=OFFICE, waivers=(Permission("cabinet", "34"),))
    assert told(found) == [("34", "kept"), ("53", "masked")]


def test_words_raise_a_question_and_a_person_lifts(rules: RulesInForce) -> None:
    text = "⟦AVIS|⟦DANGER|le toit s'effondre⟧⟧"
    asked = proposed(text, rules)
    assert sorted(told(asked)) == [("37", "masked"), ("41.1", "flag")]
    (question,) = next(one for one in asked if one.provision == "41.1").trace.questions
    assert question.effects == (("true", "public 41.1"), ("false", "masked"))
    confirmed = frozenset(one.id for one in asked if one.effect is Effect.OVERRIDE)
    assert sorted(told(proposed(text, rules, confirmed=confirmed))) == [("37", "kept"), ("41.1", "kept")]


def test_an_override_that_nothing_hides_asks_nothing(rules: RulesInForce) -> None:
    assert proposed("⟦DANGER|le toit s'effondre⟧", rules) == ()


def test_an_override_spares_what_it_does_not_name(rules: RulesInForce) -> None:
    assert told(proposed("⟦DANGER|⟦PI.name of=a|M. Otis⟧ tombe⟧", rules)) == [("53", "masked")]


def test_a_ground_chosen_by_hand(tmp_path: Path) -> None:
    manual = ADVICE.replace("label: AVIS.staff", "label: MOTIF").replace(
        "unit: sentence", 'unit: sentence\nmanual: {fr: "Au choix.", en: "By choice."}'
    )
    manual = manual.replace("document.date", "ground.start").replace("passage.speaker", "document.author")
    rules = small_pack(tmp_path, s037_advice=manual).at(DAY)
    assert proposed("⟦MOTIF|tenir⟧", rules) == ()
    states = {
        start: told(proposed(f"⟦MOTIF rule=p/s037/advice{start}|tenir⟧", rules))
        for start in ("", " start=2014-11-12", " start=2014-11-13")
    }
    assert states == {
        "": [("37", "ask")],
        " start=2014-11-12": [("37", "kept")],
        " start=2014-11-13": [("37", "masked")],
    }


EXCEPTIONS = ADVICE + (
    "exceptions:\n"
    "  - {id: adopted, when: {document.kind: [decision]}, label: FAIT, unless: [draft]}\n"
    "  - {id: draft, when: {document.final: [false]}, effect: withhold, power: discretionary}\n"
)


@pytest.mark.parametrize(
    ("kind", "final", "state"),
    [
        ("note", True, "masked"),
        ("decision", True, "kept"),  # the exception
        ("decision", False, "masked"),  # the exception to the exception
        (UNKNOWN, True, "ask"),  # it may be a decision
        ("decision", UNKNOWN, "ask"),
    ],
)
def test_exceptions(kind: str, final: bool, state: str, tmp_path: Path) -> None:
    rules = small_pack(tmp_path, s037_advice=EXCEPTIONS).at(DAY)
    facts = Facts(author="staff", kind=kind, final=final, date=dt.date(2021, 5, 6), request_date=DAY)
    assert [one.state.value for one in proposed("⟦AVIS|attendre⟧", rules, facts=facts)] == [state]


def test_withheld_when_unknown_if_the_rule_says_so(tmp_path: Path) -> None:
    rules = small_pack(tmp_path, s037_advice=ADVICE + "if_unknown: withhold\n").at(DAY)
    assert told(proposed("⟦AVIS|attendre⟧", rules, facts=NOBODY_KNOWS)) == [("37", "masked")]


def test_the_order_of_rules_changes_nothing(tmp_path: Path) -> None:
    backwards = {name.replace("-", "-z"): text for name, text in reversed(list(RULES.items()))}
    turned = {f"s{99 - at:03d}-{name[5:]}": text for at, (name, text) in enumerate(backwards.items())}
    one = small_pack(tmp_path / "a").at(DAY)
    other = write_pack(tmp_path / "b", turned)
    from redactor.policy.loader import load_pack  # noqa: PLC0415  beside the pack it reads

    text = "⟦AVIS|refuser ⟦PI.name of=a|Oda Vadnais⟧⟧ ⟦DANGER|tout tombe⟧"
    assert proposed(text, one) == proposed(text, load_pack(other).at(DAY))


@pytest.mark.parametrize(
    ("flag", "weak", "expected"),
    [
        (False, frozenset(), ("kept", "cancels:p/s053/personal")),
        (True, frozenset(), ("flag", "cancels:p/s053/personal")),  # readable, and a person is asked to look
        (False, frozenset({"a"}), ("flag", "may-cancel:p/s053/personal")),  # the role is only guessed: the mask stays
    ],
)
def test_a_public_rule_says_what_it_lifts(
    tmp_path: Path, *, flag: bool, weak: frozenset[str], expected: tuple[str, str]
) -> None:
    rules = small_pack(tmp_path, s057_staff=RULES["s057-staff.yaml"] + f"flag: {str(flag).lower()}\n").at(DAY)
    found = proposed("⟦PI.name of=a|Mme Larouche⟧", rules, roles={"a": "public_staff"}, weak=weak)
    public = next(one for one in found if one.effect is Effect.PUBLIC)
    assert (public.state.value, public.trace.because[-1]) == expected
    assert any(one.state is State.MASKED for one in found) is bool(weak)


def test_what_no_rule_withholds_needs_no_consent(tmp_path: Path) -> None:
    rules = small_pack(tmp_path, s053_personal=PERSONAL + "applies_when:\n  person.role: {not: [requester]}\n").at(DAY)
    told = proposed(
        "⟦PI.phone of=a|418 555-0143⟧ ⟦PI.name of=a|Oda Roy⟧", rules,
        roles={"a": "requester"}, consents=(Permission("Oda Roy", "53"),),
    )  # fmt: skip
    assert [(one.state, one.trace.because) for one in told] == [(State.KEPT, ("holds:no",))] * 2


def test_a_mandatory_ground_that_may_hold_is_not_forgotten(tmp_path: Path) -> None:
    own = PERSONAL.replace("s053/personal", "s088/other").replace('"53"', '"88"')
    own += "applies_when:\n  person.role: {not: [requester]}\n"
    rules = small_pack(tmp_path, s088_other=own).at(DAY)
    assert told(proposed("⟦PI.name of=a|M. Otis⟧", rules)) == [("53", "masked"), ("88", "ask")]


def test_no_word_of_a_document_in_a_repr(rules: RulesInForce) -> None:
    found = proposed("⟦AVIS|zyzomys⟧ ⟦PI.name of=a|Quuxalda⟧", rules, consents=(Permission("Quuxalda", "53"),))
    assert not {"zyzomys", "Quuxalda"} & set(repr(found).replace("'", " ").split())


def test_a_finding_that_no_rule_knows_does_not_pass_for_nothing(rules: RulesInForce) -> None:
    with pytest.raises(UnknownLabel):
        proposed("⟦MYSTERE|attendre⟧", rules)
