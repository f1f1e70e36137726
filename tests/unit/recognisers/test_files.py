"""A file about one person: what its fields and dated lines tell is claimed weakly, what introduces them is not."""

from __future__ import annotations

from redactor.model import Strength
from redactor.recognisers import files
from redactor.recognisers.hits import Hit
from redactor.recognisers.scene import Scene
from tests.unit.recognisers.kit import scene

APPRAISAL = """# Performance appraisal

Employee: Zelda Korhonen-Roy

Supervisor: Ann Lee

Teamwork: Hard to reach, and late with every report.

She promised a family a daily visit.

The policy applies to all staff.
"""


def told(text: str, name: str) -> list[str]:
    seen: Scene = scene(text)
    start = seen.text.index(name)
    named = Hit(start, start + len(name), "PI.name", Strength.STRONG, "test")
    found = list(files.find(seen, [named]))
    assert all(hit.strength is Strength.WEAK for hit in found)
    return [seen.text[hit.start : hit.end] for hit in found]


def test_fields_and_sentences_about_the_person_are_claimed() -> None:
    assert told(APPRAISAL, "Zelda Korhonen-Roy") == [
        "Hard to reach, and late with every report",
        "She promised a family a daily visit",
    ]


def test_a_dated_line_is_claimed_without_its_date() -> None:
    text = "# Notes évolutives\n\nLocataire : Rosa Aubin\n\n14 mars – Ouvre en robe de nuit.\n"
    assert told(text, "Rosa Aubin") == ["Ouvre en robe de nuit"]


def test_a_document_about_nobody_in_particular_claims_nothing() -> None:
    assert told(APPRAISAL.replace("Performance appraisal", "Annual report"), "Zelda Korhonen-Roy") == []
    assert told(APPRAISAL.replace("Employee:", "Prepared by:"), "Zelda Korhonen-Roy") == []
