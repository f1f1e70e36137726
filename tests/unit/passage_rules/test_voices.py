"""Whose words a finding holds. None is the author of the document."""

from __future__ import annotations

import pytest

from redactor.model import Speaker
from tests.unit.passage_rules.pack import found_in, speakers_of


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Nous recommandons un report.", [None]),
        ("La Direction recommande un report.", ["staff"]),
        ("La Fédération recommande un report.", ["third_party"]),
        ("La firme recommande un report.", ["consultant"]),
        ("Selon le syndicat, il faut attendre.", ["third_party"]),
        # a complement is not the subject
        ("En réponse à la Fédération, la Direction recommande un report.", ["staff"]),
        ("Il a reçu une lettre du syndicat, qui recommande un report.", ["third_party"]),
        # a long apposition between subject and verb
        ("Le Barreau, consulté en mai par la juge, recommande un report.", ["third_party"]),
        ("La juge coordonnatrice estime que le local devrait fermer.", ["third_party"]),
        # the addressee of an advice is not its author
        ("Le Ministère devrait répondre à la Fédération.", [None]),
        # a pronoun carries on
        ("L'Ordre a écrit au ministre. Il recommande un report.", ["third_party"]),
        (
            "La Fédération réclame un gel. La Direction s'oppose à ce gel. Elle recommande un report.",
            ["staff", "staff"],
        ),
        # an impersonal "il" does not
        ("L'Ordre a écrit au ministre. Il serait prudent d'attendre.", [None]),
        ("The union recommends a delay. The officer recommends a lease.", ["third_party", "staff"]),
        ("The guide recommends a helmet.", ["third_party"]),
    ],
)
def test_speaker(text: str, speakers: list[str | None]) -> None:
    assert speakers_of(text) == speakers


def test_a_long_quote_of_nobody_known_is_only_a_flag() -> None:
    text = "On trouve ceci au dossier. « Nous vous recommandons de refuser la demande dès maintenant. »"
    assert [one.strength.masks for one in found_in(text) if one.label == "AVIS"] == [False]


def test_a_section_can_be_somebody_elses() -> None:
    text = "## Grille remplie par le Ministère\nNous recommandons un refus.\n## Demande\nNous recommandons un octroi."
    assert speakers_of(text, author=Speaker.THIRD_PARTY) == ["staff", None]


THREAD = """De : Roy, Ana <ana.roy@mcc.gouv.qc.ca>
Envoyé : 12 juin 2025 14:20
À : Otis, Luc
Objet : RE: Festival

Nous recommandons un report.

De : Otis, Luc <luc@{domain}>
Envoyé : 11 juin 2025 14:20
À : Roy, Ana
Objet : Festival

{words}
Nous recommandons un octroi.
"""


@pytest.mark.parametrize(
    ("domain", "words", "speaker"),
    [
        ("courriel.example", "Voici ma demande.", "citizen"),
        ("axe.example", "Voici la suite du mandat que vous nous avez confié.", "consultant"),
        ("education.gouv.qc.ca", "Voici les chiffres.", "staff"),
        ("tc.gc.ca", "Voici les chiffres.", "other_government"),
    ],
)
def test_each_message_of_a_thread_has_its_author(domain: str, words: str, speaker: str) -> None:
    assert speakers_of(THREAD.format(domain=domain, words=words)) == ["staff", speaker]
