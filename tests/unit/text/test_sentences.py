"""Sentences: `|` marks where one ends and the next begins."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.model import Span
from redactor.text.sentences import sentences_of


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences_of(text, Span(0, len(text)))] if text else []


@pytest.mark.parametrize(
    "marked",
    [
        "Le pont est vieux.|Il faut le refaire.",
        "M. Roy est venu.|Mme Gagné aussi.",
        "Le Dr Aubin a vu M. J.-F. Roy et Me L. Cyr.|Rien d'autre.",
        "Voir art. 37 et al. 2, p. ex. au no 5.|La loi le dit.",
        "La Loi (RLRQ, c. A-2.1) s'applique.|Elle est claire.",
        "Le chap. III et l'art. 4 valent.|Oui.",
        "Est-ce normal?|Je ne crois pas!|Voilà.",
        "Il a dit : « Venez à la séance. »|J'y suis allé.",
        "Il a dit : « Venez. Il le faut. »|J'y suis allé.".replace("Venez. Il", "Venez.|Il"),
        "Elle coûte 2.5 M$ et dure 10 min. environ.",
        "La firme Roy inc. a gagné.|Le contrat est signé.",
        "La firme Roy inc.|Le contrat est signé.",
        "Le tout, etc.|Il reste à voir.",
        "Les frais, taxes, etc. sont payés.",
        "Réunion du 3 janv. 2024 à 9 h 30.|Présences notées.",
        "1. Le jury s'est réuni.|Il a noté.",
        "a) dresser l'état; b) déterminer les options.",
        "Mr. Smith and Dr. Jones met on Oct. 9.|They agreed.",
        "The U.S. office replied.|It refused.",
        "See s. 37 of the Act, e.g. para. 2.|We did.",
        "Fin de la phrase.»|Une autre.".replace(".»", ". »"),
        "P.-S. : le président est venu.|Merci.",
        "Le rapport (voir l'annexe).|La suite.",
        "Québec (Québec) G1R 1A1, tél. 418 555-0123, poste 4.",
        "Il hésite…|Puis il signe.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    assert cut(marked.replace("|", " ")) == marked.split("|")


@given(st.text(max_size=80))
def test_every_visible_character_is_in_one_sentence(text: str) -> None:
    if not text:
        return
    spans = sentences_of(text, Span(0, len(text)))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(one.end <= two.start for one, two in pairwise(spans))


def test_a_megabyte_without_a_blank_is_one_sentence() -> None:
    text = "A." * 500_000
    assert len(sentences_of(text, Span(0, len(text)))) == 1
