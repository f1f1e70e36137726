"""What documents suggest of themselves: the right value with its words, and nothing where nothing speaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.suggestions import suggest
from redactor.suggestions.days import days_in
from redactor.text.normalise import fold
from redactor.text.plain import document_of

CASES = [
    # text, fact, value, words of the place
    ("NOTE AU SOUS-MINISTRE\n\nOBJET : Le pont\n\nDATE : 6 mai 2021\n", "date", "2021-05-06", "6 mai 2021"),
    ("NOTE AU SOUS-MINISTRE\n\nOBJET : Le pont\n", "kind", "note", "NOTE AU"),
    ("NOTE AU SOUS-MINISTRE\n\nOBJET : Le pont\n", "author", "staff", "NOTE AU SOUS-MINISTRE"),
    ("PROCÈS-VERBAL DE LA 3e SÉANCE\n\nTenue le 22 novembre 2023\n", "kind", "minutes", "PROCÈS-VERBAL"),
    ("PROCÈS-VERBAL DE LA 3e SÉANCE\n\nTenue le mercredi 22 novembre 2023\n", "date", "2023-11-22", "22 novembre 2023"),
    ("De : Roy, Anne <a.roy@essai.example>\nÀ : Tous\nObjet : RE: suivi\n", "kind", "email", "De :"),
    ("From: Anne Roy\nSent: 12 June 2025 14:20\nTo: All\nSubject: budget\n", "kind", "email", "From:"),
    ("From: Anne Roy\nSent: 12 June 2025 14:20\nTo: All\nSubject: budget\n", "date", "2025-06-12", "12 June 2025"),
    ("Québec, le 3 mars 2022\n\nMadame,\n\nJe vous écris.\n", "date", "2022-03-03", "3 mars 2022"),
    ("September 5, 2025\n\nDear Sir or Madam,\n\nI write.\n", "date", "2025-09-05", "September 5, 2025"),
    ("RAPPORT D'INSPECTION\n\nVersion préliminaire\n", "final", "false", "Version préliminaire"),
    ("RAPPORT\n\nLe texte.\n\n(Original signé par) Anne Roy\n", "final", "true", "(Original signé"),
    ("NOTE\n\nIl est résolu le 4 mai 2023 d'acheter le terrain.\n", "decision", "made", "Il est résolu"),
    ("NOTE\n\nIl est résolu le 4 mai 2023 d'acheter le terrain.\n", "decision_date", "2023-05-04", "4 mai 2023"),
    ("NOTE\n\nDécision demandée : acheter le terrain.\n", "decision", "pending", "Décision demandée"),
    ("MINISTÈRE DES ESSAIS\n\nNote interne\n", "body_kind", "ministry", "MINISTÈRE DE"),
]  # fmt: skip
SILENT = [
    # nothing is suggested: no cue, two cues that disagree, a day that is another's or no day
    ("Le texte parle de tout et de rien.\n", "kind"),
    ("NOTE\n\nLe contrat du 6 mai 2021 a pris fin.\n", "date"),
    ("NOTE\n\nDATE : 31 février 2021\n", "date"),
    ("NOTE\n\nDATE : 06-05-21\n", "date"),
    ("NOTE\n\nIl est résolu d'acheter.\n\nDécision demandée : vendre.\n", "decision"),
    ("NOTE\n\nIl est résolu le 4 mai 2023, puis le 6 juin 2023.\n", "decision_date"),
    ("MÉMO\n\nDe : Anne Roy\nÀ : Tous\n", "date"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fact", "value", "words"), CASES)
def test_a_fact_is_suggested_with_its_words(text: str, fact: str, value: str, words: str) -> None:
    document = document_of(text)
    found = suggest(document)[fact]
    assert (found.value, found.page) == (value, 0)
    assert found.span.of(document.text).startswith(words[: len(found.span)])
    assert found.words
    assert len(found.words) <= 120
    assert words in found.words or found.words in text


@pytest.mark.parametrize(("text", "fact"), SILENT)
def test_what_nothing_says_or_what_is_contradicted_is_not_suggested(text: str, fact: str) -> None:
    assert fact not in suggest(document_of(text))


def test_a_memo_is_no_message() -> None:
    assert suggest(document_of("MÉMO\n\nDe : Anne Roy\nÀ : Tous\nDate : 3 mai 2020\n"))["kind"].value == "memo"


def test_only_the_head_tells_a_kind() -> None:
    text = "\n\n".join(["Un alinéa."] * 30 + ["RAPPORT ANNUEL"])
    assert suggest(document_of(text)) == {}


@given(st.text(min_size=1, max_size=400).filter(lambda told: bool(told.strip())))
def test_any_text_may_be_read(text: str) -> None:
    document = document_of(text)
    for one in suggest(document).values():
        assert 0 <= one.span.start < one.span.end <= len(document.text)


def test_a_hostile_text_is_read_to_its_end() -> None:
    for piece in ("a" * 200_000, "note " * 40_000, "1 mai 2020 " * 20_000, "prepare par " * 20_000):
        document = document_of(piece)
        assert all(one.span.end <= len(document.text) for one in suggest(document).values())


def test_days_are_read_in_both_languages() -> None:
    told = "le 1er août 2021, 2 septembre 2021, May 3rd, 2021, 4 June 2021, 2021-07-05 et 2021-13-40"
    assert [one.day.isoformat() for one in days_in(fold(told))] == [
        "2021-08-01", "2021-09-02", "2021-05-03", "2021-06-04", "2021-07-05",
    ]  # fmt: skip
