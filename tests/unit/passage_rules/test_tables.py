"""Cells that weigh: grids of points, and columns that report what outsiders say."""

from __future__ import annotations

import pytest

from tests.marks import assert_marks
from tests.unit.passage_rules.pack import finder, speakers_of

GRID = """
| Critère | Maximum | Ana | Luc |
| Équipe | 40 | {} | {} |
| Budget | 35 | {} | {} |
| Effets | 25 | {} | {} |
"""


def test_points_under_criteria_are_advice_whoever_gives_them() -> None:
    given = [f"⟦AVIS|{points}⟧" for points in ("30", "28", "12", "9,5", "20", "25")]
    assert_marks(GRID.format(*given), finder, labels=("AVIS",))


@pytest.mark.parametrize(
    "cells",
    [
        ("4000", "2800", "120", "95", "200", "250"),
        ("41", "48", "36", "9", "20", "25"),
        ("mai", "juin", "mai", "juin", "mai", "juin"),
    ],
)
def test_numbers_above_the_maximum_and_words_are_no_points(cells: tuple[str, ...]) -> None:
    text = GRID.format(*(f"⟦FAIT|{cell}⟧" for cell in cells)).replace("Critère", "Poste")
    assert_marks(text, finder, labels=("AVIS",))


def test_a_column_of_positions_is_of_those_named_in_the_rows() -> None:
    text = """
| Groupe | Position |
| Association des hôteliers | Nous recommandons un gel |
| Syndicat des marins | Nous recommandons une hausse |
"""
    assert speakers_of(text) == ["third_party", "third_party"]
