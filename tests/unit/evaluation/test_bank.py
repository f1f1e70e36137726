"""The bank of invented sentences: one a line, with its label."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from redactor.evaluation.bank import bank
from redactor.evaluation.corpus import CorpusError

FOLDER = Path(__file__).parents[2] / "corpus" / "bank"
TEXT = """=== kind=note lang=fr author=staff decision=pending
# Options
AVIS Mieux vaudrait attendre.
FAIT Le pont date de 1964.
- ANALYSE Coût moindre
- QUOTED Le maire veut un pont
| Projet | Avis |
| Parc | AVIS À éviter |
NONE Merci.
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "phrases.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_lines_become_headings_paragraphs_items_and_rows_with_their_marks(tmp_path: Path) -> None:
    (document,) = bank(written(tmp_path, TEXT))
    assert document.text.split("\n\n") == [
        "# Options",
        "Mieux vaudrait attendre. Le pont date de 1964.",
        "- Coût moindre\n- Le maire veut un pont",
        "| Projet | Avis |\n| Parc | À éviter |",
        "Merci.\n",
    ]
    assert [(mark.label, document.text[mark.start : mark.end]) for mark in document.marks] == [
        ("AVIS", "Mieux vaudrait attendre"),
        ("FAIT", "Le pont date de 1964"),
        ("ANALYSE", "Coût moindre"),
        ("FAIT", "Le maire veut un pont"),
        ("AVIS", "À éviter"),
    ]
    assert document.meta["author"] == "staff"


@pytest.mark.parametrize("line", ["Sans étiquette.", "AVISER Une phrase.", "- puce nue"])
def test_a_line_without_a_label_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(CorpusError):
        bank(written(tmp_path, f"=== kind=note lang=fr\n{line}\n"))


def test_the_shipped_bank_holds_what_its_origin_note_says() -> None:
    documents = [one for path in sorted(FOLDER.glob("*.txt")) for one in bank(path)]
    labels = Counter(mark.label for document in documents for mark in document.marks)
    assert labels["AVIS"] >= 300
    assert labels["ANALYSE"] >= 100
    assert labels["FAIT"] >= 300
    assert {str(one.meta["lang"]) for one in documents} == {"fr", "en"}
