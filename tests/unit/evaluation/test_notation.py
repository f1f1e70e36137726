"""Marks: where they begin and end in the plain text, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.evaluation.notation import NotationError, parse_marks


@pytest.mark.parametrize(
    ("source", "text", "marks"),
    [
        ("Rien à marquer.", "Rien à marquer.", []),
        ("NAS ⟦PI.sin|046 454 286⟧.", "NAS 046 454 286.", [("PI.sin", "046 454 286", 0)]),
        (
            "⟦FAIT|⟦PUBLIC|M. Roy⟧ propose⟧",
            "M. Roy propose",
            [("FAIT", "M. Roy propose", 0), ("PUBLIC", "M. Roy", 1)],
        ),
        ("⟦AVIS.staff|a⟧⟦NOTE|b⟧", "ab", [("AVIS.staff", "a", 0), ("NOTE", "b", 0)]),
    ],
)
def test_marks_leave_the_plain_text(source: str, text: str, marks: list[tuple[str, str, int]]) -> None:
    marked = parse_marks(source)
    assert marked.text == text
    assert [(mark.kind, text[mark.start : mark.end], mark.depth) for mark in marked.marks] == marks


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("⟦PI.sin|046", 1, "never closed"),
        ("a\nb⟧", 2, "without its"),
        ("⟦PI.sin 046⟧", 1, "malformed"),
        ("⟦SECRET|x⟧", 1, "unknown label"),
        ("⟦PI.shoe|x⟧", 1, "unknown subtype"),
        ("⟦FAIT.staff|x⟧", 1, "unknown subtype"),
        ("\n\n⟦PI.sin|⟧", 3, "empty"),
    ],
)
def test_bad_marks_are_refused_with_their_line(source: str, line: int, what: str) -> None:
    with pytest.raises(NotationError, match=what) as caught:
        parse_marks(source)
    assert caught.value.line == line


def test_an_error_never_quotes_the_words() -> None:
    with pytest.raises(NotationError) as caught:
        parse_marks("⟦Zanzibar Quetzal")
    assert "Quetzal" not in str(caught.value)


@given(st.text(alphabet="ab \n⟦⟧|PI.sn", max_size=60))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        marked = parse_marks(source)
    except NotationError:
        return
    assert "⟦" not in marked.text
    assert all(0 <= mark.start < mark.end <= len(marked.text) for mark in marked.marks)
