"""Telephone lines that belong to a body, not to a person."""

from __future__ import annotations

import pytest

from redactor.model import Analysed, Facts
from redactor.people.join import join
from redactor.recognisers.personal import find_personal
from redactor.text.passages import split
from redactor.text.plain import document_of


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("Le service est offert sans frais au 1 800 555-0150.", False),
        ("Composez le 1-855-555-0123.", False),
        ("Questions : info.redevance@tourisme.gouv.qc.ca, 418 555-0119.", False),
        ("La plaignante peut être jointe au 418 555-0119.", True),
    ],
)
def test_a_line_of_a_body_is_nobodys(text: str, *, claimed: bool) -> None:
    document = document_of(text)
    passages = split(document)
    found = Analysed(document, passages, find_personal(document, passages))
    joined = join([found], facts={document.id: Facts()}).documents[0]
    assert any(one.label == "PI.phone" for one in joined.findings) is claimed
