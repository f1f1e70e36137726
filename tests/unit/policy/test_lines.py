"""Where words stand, as a person finds them on paper: page and line, both from one."""

from __future__ import annotations

import pytest

from redactor.model import DocumentId, Span
from redactor.pdf import reader
from redactor.policy.lines import Line, lines_of, numbers_of
from redactor.text.plain import document_of
from tests.builders import pdf


def test_on_the_pages_of_a_file() -> None:
    pages = ("Une ligne.", "Une autre ligne."), ("Une page de plus.", "Sa fin.")
    document = reader.read(pdf(*pages), document_id=DocumentId("d1"))
    spans = [Span(at, at + 3) for words in ("autre", "Sa fin") if (at := document.text.index(words)) >= 0]
    assert lines_of(document, spans) == (Line(1, 2), Line(2, 2))


def test_in_a_text_that_never_stood_on_a_page() -> None:
    text = "un\ndeux\ntrois\nquatre"
    document = document_of(text)
    assert lines_of(document, [Span(text.index("deux"), text.index("quatre"))]) == (Line(1, 2), Line(1, 3), Line(1, 4))


@pytest.mark.parametrize(("lines", "expected"), [([], ""), ([3], "3"), ([1, 2, 3, 7, 9, 10], "1-3, 7, 9-10")])
def test_runs_are_put_together(lines: list[int], expected: str) -> None:
    assert numbers_of(Line(1, one) for one in lines) == expected
