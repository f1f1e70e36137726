"""The pages about the law keep up with the pack: the table of cases is the one printed, every section has a row."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

from redactor.policy import reach
from redactor.policy.loader import bundled
from redactor.policy.schema import CueRole, Rule
from tests.unit.policy.test_cases import CASES

DOCS = Path(__file__).parents[3] / "docs"


def test_the_table_of_cases_is_up_to_date() -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        reach.main()
    assert (DOCS / "law-cases.md").read_text("utf-8") == printed.getvalue(), "python -m redactor.policy.reach"


def test_every_section_of_the_pack_is_explained() -> None:
    page = (DOCS / "law.md").read_text("utf-8")
    sections = {version.cite.section for source in bundled().sources for version in source.rule.versions}
    assert [one for one in sorted(sections) if not re.search(rf"(?<![\d.]){re.escape(one)}(?![\d.]\d|\d)", page)] == []


def test_every_key_and_role_is_described() -> None:
    page = (DOCS / "adding-a-rule.md").read_text("utf-8")
    assert [key for key in Rule.model_fields if f"`{key}`" not in page] == []
    assert [role for role in CueRole if not role.value.startswith("speaker_") and f"`{role.value}`" not in page] == []


def test_the_review_quotes_the_confirmed_text() -> None:
    """What stands between French quotes in the review is in the confirmed text, ellipses aside."""
    page = (DOCS / "law.md").read_text("utf-8")
    review = page[page.index("sentence by sentence") :]
    texts = " ".join(" ".join(one.text.split()) for one in bundled().texts.texts if one.lang == "fr")
    plain = texts.replace("’", "'").replace("‐", "-")
    quotes = re.findall(r"« (.+?) »", review)
    assert len(quotes) >= 15
    for quote in quotes:
        for piece in quote.split("…"):
            assert piece.strip(" ,") in plain, piece


def test_every_sentence_of_the_review_has_a_case() -> None:
    page = (DOCS / "law.md").read_text("utf-8")
    review = page[page.index("sentence by sentence") :]
    rows = [line for line in review.split("\n") if line.startswith("| ") and "«" in line]
    shown = [re.findall(r"`([a-z0-9-]+)`", row.rstrip(" |").rsplit(" | ", maxsplit=1)[1]) for row in rows]
    known = {case.id for case, _ in CASES}
    assert len(rows) == 17
    assert [name for names in shown for name in names if name not in known] == []
    assert [row for row, names in zip(rows, shown, strict=True) if not names and "nothing is computed" not in row] == []
