"""Rendering: each gold word stands where two libraries read it, with the expectation of its marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from redactor.evaluation.blocks import Shape, blocks_of, visible
from redactor.evaluation.gold import Expect
from redactor.evaluation.readback import disagreements
from redactor.evaluation.renderer import MissingGlyphs, render
from tests.unit.evaluation.builders import document

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = (
    """# TITRE

Objet : un essai
sur deux lignes

## Section

- un point avec ⟦PI.name|Ada Zed⟧
et sa suite
- un autre

| Nom | Rôle |
| ⟦PI.name|Ada Zed⟧ | tuteur |

*(1) Petits caractères.

Mot-qui-ne-tient-pas : """
    + "x" * 300
)


@pytest.mark.parametrize(
    "front",
    [
        {},
        {"kind": "email", "layout": "{family: mono, size: 9}"},
        {"kind": "report", "layout": "{columns: 2}"},
        {"layout": "{family: serif, margin: 54}", "lang": "en"},
        {"running_header": "Dossier de ⟦PI.name|Ada Zed⟧"},
    ],
)
@pytest.mark.parametrize("times", [1, 5])
def test_two_libraries_agree_with_the_renderer(tmp_path: Path, front: dict[str, str], times: int) -> None:
    rendered = render(document(tmp_path, "\n\n".join([EVERYTHING] * times), **front))
    assert disagreements(rendered) == ()
    assert (len(rendered.gold.pages) > 1) == (times > 1)


def test_blocks() -> None:
    shapes = [block.shape for block in blocks_of(re.sub("⟦PI.name\\||⟧", "", EVERYTHING))]
    assert shapes == [
        Shape.TITLE,
        Shape.PARAGRAPH,
        Shape.HEADING,
        Shape.ITEM,
        Shape.ITEM,
        Shape.TABLE,
        Shape.PARAGRAPH,
        Shape.PARAGRAPH,
    ]
    assert visible("# A b\n\n| c | d |\n- e") == "Abcde"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("⟦FAIT|un⟧", {"un": Expect.KEEP}),
        ("⟦PUBLIC|un⟧", {"un": Expect.KEEP}),
        ("⟦AVIS.staff|un ⟦PUBLIC|deux⟧⟧", {"un": Expect.MAY, "deux": Expect.MAY}),
        ("⟦FAIT|un ⟦PI.name|deux⟧⟧", {"un": Expect.KEEP, "deux": Expect.MUST}),
        ("⟦AVIS.staff|un ⟦FAIT|deux⟧⟧", {"un": Expect.MAY, "deux": Expect.KEEP}),
        ("⟦CABINET|un⟧ ⟦NOTE|deux⟧ ⟦ANALYSE|trois⟧", {"un": Expect.MUST, "deux": Expect.MAY, "trois": Expect.MAY}),
    ],
)
def test_what_the_marks_ask_of_a_word(tmp_path: Path, text: str, expected: dict[str, Expect]) -> None:
    gold = render(document(tmp_path, text)).gold
    assert {word.text: word.expect for word in gold.pages[0] if word.text in expected} == expected


def test_a_word_is_cut_where_its_marks_change(tmp_path: Path) -> None:
    gold = render(document(tmp_path, "(⟦PI.name|Ada⟧).")).gold
    assert [(word.text, word.is_personal) for word in gold.pages[0] if word.at] == [
        ("(", False),
        ("Ada", True),
        (").", False),
    ]


def test_a_character_that_cannot_be_printed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingGlyphs, match="1 characters"):
        render(document(tmp_path, "漢"))
