"""Where the words of a cue stand in examples, and what the marks say of them: a positive, a twin, or nothing."""

from __future__ import annotations

import pytest

from redactor.model import CueList, Lang, Lexicon
from redactor.policy.cue_places import Cue, by_line, has_twin, index_of, likely_first, places_of, rules_in
from redactor.policy.schema import CueRole, Example

LEXICON = Lexicon(
    "p/s037/advice",
    "AVIS",
    "sentence",
    (CueList(Lang.FR, "advice", ("^ il faut", "mieux … attendre")), CueList(Lang.FR, "pseudo", ("il faut noter",))),
)
MUST, BETTER, NOTE = (Cue(Lang.FR, CueRole("advice"), 0), Cue(Lang.FR, CueRole("advice"), 1),
                      Cue(Lang.FR, CueRole("pseudo"), 0))  # fmt: skip


def outcomes(text: str, cue: Cue = MUST) -> list[str | None]:
    return [one.outcome for one in places_of(LEXICON, Lang.FR, [Example(text=text)])[cue]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("⟦AVIS.staff|Il faut attendre⟧.", ["AVIS.staff"]),
        ("⟦FAIT|La loi dit qu'il faut attendre⟧.", ["readable"]),  # wherever they stand in the line
        ("⟦PUBLIC state=kept|Il faut⟧", ["readable"]),
        ("⟦AVIS state=flag|Il faut attendre⟧.", ["flag"]),
        ("⟦ANALYSE|Il faut attendre⟧.", ["another ground"]),
        ("⟦AVIS.staff|Il dit : ⟦FAIT|il faut attendre⟧⟧.", ["readable"]),  # the innermost mark
        ("Il faut :\n⟦AVIS.staff|attendre⟧", ["AVIS.staff"]),  # a title or a label: what follows it
        ("⟦FAIT|Hier⟧. Il faut attendre.", [None]),  # nothing is said of them
        ("⟦FAIT|Il doit attendre⟧.", []),
    ],
)
def test_what_the_marks_say(text: str, expected: list[str | None]) -> None:
    assert outcomes(text) == expected


def test_a_gap_does_not_leave_its_line() -> None:
    assert outcomes("⟦AVIS|Mieux vaut\nattendre⟧.", BETTER) == []
    assert outcomes("⟦AVIS|Mieux vaut donc attendre⟧.", BETTER) == ["AVIS"]


def test_two_ends_are_a_positive_and_a_twin() -> None:
    examples = [Example(text="⟦AVIS|Il faut attendre⟧.\n⟦FAIT|Il faut noter ceci⟧."), Example(text="Il faut voir.")]
    places = places_of(LEXICON, Lang.FR, examples)
    assert has_twin(places[MUST])
    assert not has_twin(places[NOTE])
    assert not has_twin(places[BETTER])
    assert by_line(places) == {(0, 0): {MUST}, (0, 1): {MUST, NOTE}, (1, 0): {MUST}}


def test_where_a_cue_is_likelier_needed_comes_first() -> None:
    places = places_of(LEXICON, Lang.FR, [Example(text="⟦FAIT|Il faut noter⟧.\n⟦AVIS|Il faut noter⟧.")])
    assert [one.line for one in likely_first(MUST, places[MUST])] == [1, 0]
    assert [one.line for one in likely_first(NOTE, places[NOTE])] == [0, 1]


def test_rules_without_a_word_in_a_text_are_left_out() -> None:
    index = index_of([LEXICON])
    assert rules_in("Il faut attendre.", index) == {"p/s037/advice"}
    assert rules_in("Rien à dire.", index) == frozenset()
    assert index_of([])[0].find(()) == ()
