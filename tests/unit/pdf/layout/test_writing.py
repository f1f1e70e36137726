"""Hyphens at line ends: those of the line go, those of the word stay."""

from __future__ import annotations

import pytest

from redactor.pdf.layout.writing import Words
from tests.unit.pdf.layout.typesetting import Sheet, blocks_of

FULL = "Le comité a tenu hier une rencontre avec la directrice pour lui faire part de sa grande"


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("une recomman-", "dation ferme", "recommandation"),
        ("le gouverne-", "ment a dit", "gouvernement"),
        ("Mme Beaulieu-", "Fortin a dit", "Beaulieu-Fortin"),
        ("M. Jean-Pierre Roy-", "Tremblay", "Roy-Tremblay"),
        ("le sous-", "ministre adjoint", "sous-ministre"),
        ("la vice-", "présidente", "vice-présidente"),
        ("il faut peut-", "être attendre", "peut-être"),
        ("que dit-", "il de cela", "dit-il"),
        ("marie-", "josee.roy@ministere.example", "marie-josee.roy@ministere.example"),
        ("le dossier SC-", "38280", "SC-38280"),
        ("2019-", "2021", "2019-2021"),
        ("le contrat 2023-A-", "118", "2023-A-118"),
        ("MME BEAULIEU-", "FORTIN", "BEAULIEU-FORTIN"),
        ("a long-", "term plan", "long-term"),
        ("the commit-", "tee said", "committee"),
        ("M. L.-", "C. Roy", "L.-C."),
    ],
)
def test_a_hyphen_at_a_line_end(before: str, after: str, word: str) -> None:
    kept = Words([]).keeps_hyphen(before, after)
    joined = before.rsplit(maxsplit=1)[-1] + after if kept else before.rsplit(maxsplit=1)[-1][:-1] + after
    assert joined.startswith(word)


def test_the_document_itself_tells_how_a_word_is_written() -> None:
    words = Words(["Le porte-parole et la coopération du comité-conseil. On a vu le socioéconomique et l'audiovisuel."])
    assert words.keeps_hyphen("le comité-", "conseil")
    assert not words.keeps_hyphen("le socio-", "économique")
    assert not words.keeps_hyphen("l'audio-", "visuel")


def test_two_words_seen_apart_make_a_compound() -> None:
    words = Words(["une analyse des coûts et du bénéfice du projet pilote", "un projet simple"])
    assert words.keeps_hyphen("le projet-", "pilote du service")


def test_parts_of_broken_words_are_no_witnesses() -> None:
    words = Words(["une recomman-", "dation du comité"])
    assert not words.keeps_hyphen("une recomman-", "dation du comité")


def test_a_soft_hyphen_goes_and_its_word_is_whole() -> None:
    sheet = Sheet()
    sheet.paragraph(FULL + " " + FULL)
    sheet.line(FULL + " recomman\u00ad", font="tiro")
    sheet.line("dation ferme du comité.")
    assert "recommandation ferme" in sheet.read().text


def test_a_word_wider_than_its_cell_is_whole_again() -> None:
    sheet = Sheet()
    top = sheet.y
    for x in (72, 130, 300):
        sheet.page.draw_line((x, top), (x, top + 40), width=0.6)
    for y in (top, top + 40):
        sheet.page.draw_line((72, y), (300, y), width=0.6)
    sheet.put("Établisseme", x=75, y=top + 14, size=10)
    sheet.put("nts", x=75, y=top + 26, size=10)
    sheet.put("Deux", x=134, y=top + 14, size=10)
    assert blocks_of(sheet.read()) == ["Établissements | Deux"]
