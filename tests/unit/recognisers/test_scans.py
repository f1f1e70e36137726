"""What character recognition misread is read right, and every letter keeps its place in the document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.recognisers.scans import figures_put_right, is_scan
from redactor.recognisers.view import view_of

FAULTS = "Copie nurnérisée, transrnise. Le rnatin, la rnère; l'ACClDENT. "


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Norn, prénorn :", "Nom, prénom :"),
        ("Té1éph0ne", "Téléphone"),
        ("l7 O2 1969", "17 02 1969"),
        ("4l8 555-O1 44", "418 555-01 44"),
        ("PREMlER TRAVAILLEUR", "PREMIER TRAVAILLEUR"),
        ("ll dit que la jarnbe", "Il dit que la jambe"),
        ("le tournoi interne du gouvernement", "le tournoi interne du gouvernement"),
        ("G5B 9X6", "G5B 9X6"),
    ],
)
def test_misread_words_are_put_right(read: str, meant: str) -> None:
    assert view_of(FAULTS + read).text.endswith(meant)


@pytest.mark.parametrize(
    "text", ["Le tournoi de hockey interne.", "Dossier B0X et local 1l.", "", "rn", "Téléphone 418 555-0144"]
)
def test_a_text_without_faults_is_read_as_it_stands(text: str) -> None:
    assert not is_scan(text)
    assert view_of(text).text == text


def test_a_repaired_letter_stands_for_the_two_that_were_read() -> None:
    text = FAULTS + "Jérérnie est ici."
    view = view_of(text)
    start = view.text.index("Jérémie")
    assert view.span(start, start + len("Jérémie")).of(text) == "Jérérnie"
    assert view.at(text.index("est ici")) == view.text.index("est ici")


@given(st.text(alphabet="rnmlIO01 aeé.", max_size=200))
def test_every_span_of_the_reading_copy_is_one_of_the_document(text: str) -> None:
    document = FAULTS + text
    view = view_of(document)
    assert len(view.text) == len(view.folded)
    for at in range(len(view.text)):
        span = view.span(at, at + 1)
        assert 0 <= span.start < span.end <= len(document)
    assert len(figures_put_right(document)) == len(document)
