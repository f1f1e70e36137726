"""Weights made from annotated documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from redactor.evaluation import training
from redactor.evaluation.corpus import load
from redactor.evaluation.ranked import Ranked, ranked, read
from redactor.passage_rules.ranker import Limits, share, shipped
from redactor.policy.loader import bundled
from redactor.policy.pack import all_rules

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = """---
id: essai
kind: note
lang: fr
date: 2024-05-06
author: staff
decision: pending
request_date: 2024-11-12
verdict: partial
provisions: [37]
---
# Note

Le pont date de 1964. ⟦AVIS.staff|Une réfection serait exagérée⟧. ⟦FAIT|Le règlement exige un permis⟧.

⟦NOTE|à revoir⟧
"""


def rows(tmp_path: Path, *, name: str = "essai", change: tuple[str, str] = ("", "")) -> tuple[Ranked, ...]:
    path = tmp_path / f"{name}.txt"
    path.write_text(DOCUMENT.replace(*change) if change[0] else DOCUMENT, encoding="utf-8")
    return ranked(read(load(path)), all_rules(bundled()).lexicons())


def test_clauses_take_the_kind_of_their_marks(tmp_path: Path) -> None:
    assert [(one.label, one.weight) for one in rows(tmp_path)] == [
        ("none", 1.0),
        ("AVIS", 1.0),
        ("FAIT", 1.0),
        ("NOTE", 0.0),
    ]


def test_marks_set_after_the_law_tell_nothing_of_the_nature(tmp_path: Path) -> None:
    old = rows(tmp_path, change=("date: 2024-05-06", "date: 2011-05-06"))
    assert [one.weight for one in old if one.label == "FAIT"] == [0.0]


def test_weights_tell_what_they_were_shown_and_are_the_same_again(tmp_path: Path) -> None:
    many = [row for number in range(8) for row in rows(tmp_path, name=f"essai{number}")]
    weights = training.train(many, penalty=0.5)
    assert weights == training.train(many, penalty=0.5)
    advice, fact = (next(one for one in many if one.label == label) for label in ("AVIS", "FAIT"))
    assert share(weights.clause, advice.clause.values) > 1 / 2 > share(weights.clause, fact.clause.values)


def test_what_is_written_is_what_is_shipped() -> None:
    weights = shipped().weights
    told = json.loads(training.as_json(weights, training.LIMITS, origin=["docs"]))
    assert Limits(**told["limits"]) == shipped().limits == training.LIMITS
    assert told["beside"] == weights.beside
    assert "training docs" in told["made_by"]
