"""Which names of a document are one person's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redactor.evaluation.persons import persons_of
from redactor.evaluation.renderer import render
from redactor.evaluation.scoring import score
from tests.unit.evaluation.builders import document

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("names", "persons"),
    [
        (["Ada Zed", "Mme Zed", "Ada"], 1),
        (["ZED, Ada", "A. Zed"], 1),
        (["Élodie Côté", "COTE"], 1),
        (["Ada Zed", "Ada Roy"], 2),
        (["M. Zed", "Ada Zed", "Bo Zed"], 2),  # a bare surname goes to one of them, it makes no third
        (["Ada Zed-Roy", "Mme Zed"], 1),
    ],
)
def test_names_of_one_person(tmp_path: Path, names: list[str], persons: int) -> None:
    text = "\n\n".join(f"Vu : ⟦PI.name|{name}⟧" for name in names)
    judged = score(render(document(tmp_path, text)).gold, released=None)
    assert len(persons_of(judged)) == persons


def test_an_official_is_nobody_to_hide(tmp_path: Path) -> None:
    judged = score(render(document(tmp_path, "⟦PUBLIC|Ada Zed⟧ ⟦PI.phone|418 555-0100⟧")).gold, released=None)
    assert persons_of(judged) == ()
