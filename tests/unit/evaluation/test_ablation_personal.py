"""Each layer is left out for one line of the table, and stands again afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor.evaluation import ablation_personal
from redactor.evaluation.ablation_personal import SETTINGS, Seen, figures, seen, table
from redactor.evaluation.corpus import load
from redactor.evaluation.ranked import read

MINUTES = Path(__file__).parents[2] / "corpus/docs_f/pv_consultation_mrc_ecocentre.txt"


@pytest.fixture(scope="module")
def minutes() -> Seen:
    return seen(read(load(MINUTES)))


def setting(name: str) -> ablation_personal.Setting:
    return next(one for one in SETTINGS if one.name == name)


def test_every_layer_that_is_left_out_stands_again_afterwards(minutes: Seen) -> None:
    before = [(owner, name, getattr(owner, name)) for one in SETTINGS for owner, name, _ in one.swaps]
    lines = list(table([minutes]))
    assert len(lines) == 1 + len(SETTINGS)
    assert all(getattr(owner, name) is value for owner, name, value in before)


def test_without_roles_what_officials_do_in_function_is_hidden(minutes: Seen) -> None:
    whole, without = (figures([minutes], setting(name)) for name in ("everything", "without roles"))
    assert without.public.hits > whole.public.hits
    assert without.released.hits > whole.released.hits


def test_without_both_layers_of_clauses_nothing_told_of_a_person_is_found(minutes: Seen) -> None:
    whole, without = (figures([minutes], setting(name)) for name in ("everything", "without both of these"))
    assert without.descriptive.hits < whole.descriptive.hits
    assert without.direct.hits == whole.direct.hits
