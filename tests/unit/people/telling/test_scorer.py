"""Pieces that weigh enough are claimed with their evidence, light ones are shown, none without a tie to a person."""

from __future__ import annotations

from redactor.model import Facts, Finding, PersonId, Span, Strength
from redactor.people.elements import Sheet
from redactor.people.telling.ground import ground_of
from redactor.people.telling.scorer import SOURCE, Limits, Scorer, shipped
from redactor.recognisers.weighing import Weights
from tests.unit.people.kit import request
from tests.unit.people.telling.test_pieces import scene

NAME = "Ida Noël"
HEALTH = Weights({"bias": -2.0, "c:health": 8.0, "c:family": 3.0}, {})
LIMITS = Limits(mask=0.5, join=0.3, flag=0.2, veto=0.15)


def completed(text: str, *claims: tuple[str, str], scorer: Scorer | None = None) -> dict[str, Finding]:
    """Findings by their words; `claims` are clauses that rules make, with their label."""
    seen = scene(text)
    at = text.find(NAME)
    found = [Finding(Span(at, at + len(NAME)), "PI.name", Strength.STRONG, "x", (), PersonId("p1"))] if at >= 0 else []
    for words, label in claims:
        start = text.index(words)
        found.append(Finding(Span(start, start + len(words)), label, Strength.STRONG, "clause-x"))
    ground = ground_of(Sheet(seen, Facts()), found, ())
    return {one.span.of(text).strip(): one for one in (scorer or Scorer(HEALTH, LIMITS)).complete(found, ground)}


def test_a_heavy_piece_is_claimed_for_the_person_with_its_words_as_evidence() -> None:
    text = "Mme Ida Noël souffre d'asthme, selon la lettre."
    one = completed(text)["souffre d'asthme"]
    assert (one.label, one.strength, one.source, one.person) == ("PI.health", Strength.STRONG, SOURCE, PersonId("p1"))
    assert "asthme" in {span.of(text) for span in one.evidence}


def test_a_light_piece_is_shown_and_a_lighter_one_is_not() -> None:
    told = completed("Mme Ida Noël est divorcée. Elle a un vélo rouge.")
    assert told["est divorcée"].strength is Strength.WEAK
    assert "Elle a un vélo rouge" not in told


def test_without_a_person_nothing_is_claimed() -> None:
    assert completed("L'asthme touche bien des gens.") == {}


def test_a_clause_of_a_rule_without_weight_becomes_a_flag() -> None:
    told = completed("Mme Ida Noël écrit. Le pont rouille vite.", ("Le pont rouille vite", "PI.other"))
    assert told["Le pont rouille vite"].strength is Strength.WEAK


def test_the_shipped_weights_know_a_life_from_a_programme() -> None:
    text = (
        "La plaignante, Mme Julie Gendron, vit seule avec ses deux enfants. Elle souffre d'une dépression et doit "
        "trois mois de loyer. Le programme de soutien compte 4 100 places et coûte 3 millions."
    )
    people = request(text, kind="report")
    masked = {
        at
        for one in people.documents[0].findings
        if one.strength.masks and one.family == "PI"
        for at in range(one.span.start, one.span.end)
    }
    assert text.index("dépression") in masked
    assert text.index("programme") not in masked
    assert text.index("millions") not in masked


def test_the_shipped_limits_are_in_order() -> None:
    limits = shipped().limits
    assert 0 < limits.veto <= limits.flag < limits.join < limits.mask < 1


def test_a_table_of_many_names_ends() -> None:
    rows = "\n".join(f"| Ida Noël {number} | {number} |" for number in range(400))
    assert isinstance(completed(rows), dict)
