"""The notation of examples and cases: offsets, nesting, keys; anything unbalanced is refused with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import BadMarks
from redactor.policy.marks import parse


def test_plain_text_and_marks() -> None:
    marked = parse("Le ⟦PI.name of=a|Dr Otis⟧ dit : ⟦AVIS by=staff|fermez ⟦PUBLIC|ici⟧⟧.")
    assert marked.text == "Le Dr Otis dit : fermez ici."
    assert [(m.label, m.span.of(marked.text), m.depth) for m in marked.marks] == [
        ("PI.name", "Dr Otis", 0),
        ("AVIS", "fermez ici", 0),
        ("PUBLIC", "ici", 1),
    ]
    assert marked.marks[0].get("of") == "a"
    assert marked.marks[0].get("by") is None
    assert marked.marks[0].family == "PI"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("un ⟦AVIS|deux", 1),
        ("un\n⟦AVIS|deux", 2),
        ("un deux⟧", 1),
        ("un ⟦AVIS|⟧", 1),
        ("un ⟦AVIS deux⟧", 1),
        ("un ⟦avis|deux⟧", 1),
        ("un ⟦|deux⟧", 1),
        ("un ⟦AVIS|a⟧⟧", 1),
        ("⟦AVIS|a ⟦FAIT|b⟧", 1),
        ("⟦AVIS x=|a⟧", 1),
    ],
)
def test_unbalanced_or_malformed(source: str, line: int) -> None:
    with pytest.raises(BadMarks) as caught:
        parse(source)
    assert caught.value.facts["line"] == line
    assert "deux" not in str(caught.value)


@given(st.text(alphabet="ab ⟦⟧|AVIS.\n", max_size=60))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        marked = parse(source)
    except BadMarks:
        return
    assert not {"⟦", "⟧"} & set(marked.text)
    assert all(mark.span.end <= len(marked.text) for mark in marked.marks)
