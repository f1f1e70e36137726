"""Zones: each line of the table is a block, its zone on the left."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.model import Block, BlockKind, Document, DocumentId, Page, Span, Zone
from redactor.text.plain import document_of
from redactor.text.zones import zones_of

EMAIL = """
email_header | De : Gagné, Paule <paule.gagne@ministere.example>
email_header | Envoyé : 12 juin 2025 14:20
email_header | À : Roy, Jean
email_header | Objet : RE: Dossier
body | Bonjour Jean,
body | Nous recommandons de refuser la demande. Elle est incomplète.
signature | Paule
signature | Paule Gagné, analyste
signature | 418 555-0123
notice | Ce courriel est confidentiel. Si vous l'avez reçu par erreur, détruisez-le.
email_header | -----Message d'origine-----
email_header | De : Roy, Jean
email_header | Envoyé : 11 juin 2025 09:00
body | Peux-tu me dire ce que tu en penses? Le dossier presse.
signature | Jean
email_header | Le 10 juin 2025 à 08:12, Alice Cyr a écrit :
quoted | > Je propose de reprendre le tout.
"""

ENGLISH_EMAIL = """
email_header | From: Gagné, Paule
email_header | Sent: June 12, 2025
email_header | To: Roy, Jean
email_header | Subject: File
body | Thanks for the file. We should refuse it.
signature | Regards,
signature | Paule Gagné
signature | Program Officer
notice | This e-mail may contain confidential information.
"""

NOTE = """
heading | # NOTE À LA SOUS-MINISTRE
letterhead | OBJET : Pont de la rivière
letterhead | DATE : 6 mai 2021
heading | ## Contexte
body | Le pont est vieux. Il porte 4 300 véhicules par jour.
heading | ## Recommandation
body | Il est recommandé :
body | - d'approuver le remplacement;
body | - de le faire vite.
margin | [marge, au crayon : à revoir avec Paule]
signature | Jean Roy, directeur général
signature | 700, boulevard des Essais, Québec
"""

LETTER = """
letterhead | Alice Cyr
letterhead | 12, rue des Essais, Québec
letterhead | Québec, le 2 mars 2025
letterhead | Objet : Plainte
body | Madame, Monsieur,
body | Je vous écris au sujet de mon dossier. Il traîne depuis un an.
signature | Veuillez agréer mes salutations.
signature | Alice Cyr
signature | c. c. : bureau du député
"""

MINUTES = """
heading | # Procès-verbal de la séance
attendance | Sont présents : M. Jean Roy, président; Mme Alice Cyr
attendance | Est absente : Mme Paule Gagné
heading | ## PRÉSENCES
attendance | - Jean Roy, président;
attendance | - Alice Cyr.
heading | ## 1. Ordre du jour
body | M. Roy propose l'adoption de l'ordre du jour. Adopté.
"""

STATUTE = """
body | Voici le texte de la loi, tel qu'il se lit aujourd'hui. Il est joint à titre indicatif.
statute | chapitre Z-9
statute | LOI SUR LES ESSAIS
statute | 9. Toute personne peut demander un essai.
statute | Ce droit ne s'étend pas aux brouillons.
statute | 1982, c. 30, a. 9.
statute | 14. Un organisme peut refuser un essai.
statute | 1982, c. 30, a. 14; 1990, c. 57, a. 3.
body | Le comité est d'avis que la loi s'applique. Il le répète.
"""

TWO_ARTICLES_AND_A_SECTION = """
statute | Loi sur les essais
statute | 20. Un organisme peut refuser :
statute | 1. un essai;
statute | 2. un brouillon.
statute | 1982, c. 30, a. 20.
statute | ## SECTION II
statute | § 2. Restrictions
statute | 21. Nul ne peut refuser un essai terminé.
statute | 1982, c. 30, a. 21; 2006, c. 22, a. 11.
"""

ITEMS_AT_THE_END = """
body | Le service recommande à la directrice :
body | - d'approuver le remplacement du pont
body | - d'en aviser le directeur général
body | Recommandation : refuser la demande du directeur
"""

RECIPIENTS = """
email_header | De : Gagné, Paule <paule@ministere.example>
email_header | À : Roy, Jean <jean@ministere.example>;
email_header | Cyr, Alice <alice@ministere.example>
email_header | Objet : Dossier
body | Bonjour à tous. Voici le point.
"""

HEADER_IN_A_TABLE = """
email_header | | De | Gagné, Paule |
email_header | | Envoyé | 12 juin 2025 |
email_header | | Objet | Dossier |
body | Bonjour à tous. Voici le point.
"""

BLANK_FORM = """
body | La firme propose un essai. Il dure un an.
form | 3.4 Description de la séquence
form | 3.5 Description des objectifs
form | Décrivez de quelle façon vous comptez procéder.
form | Rappel : toute dépense doit être inscrite au montage.
form | Nom de la plateforme :
form | Lien vers la plateforme : ________
form | Est-ce qu'un établissement a manifesté de l'intérêt?
form | ☐ Oui
form | ☐ Non
form | Si oui, précisez :
"""

FILLED_FORM = """
heading | ## 2.3 Résumé
body | Le projet vise un cours gratuit. Nous recommandons de le financer.
heading | ## 2.4 Besoins
body | Les besoins sont grands. Ils croissent.
"""

QUOTED = """
body | Le citoyen écrit ce qui suit. Sa lettre est jointe.
quoted | « Je vous recommande de reprendre le tout. »
body | « Oui », dit-il, et il ajoute « non ».
"""


@pytest.mark.parametrize(
    "table",
    [
        EMAIL,
        ENGLISH_EMAIL,
        RECIPIENTS,
        HEADER_IN_A_TABLE,
        NOTE,
        LETTER,
        MINUTES,
        STATUTE,
        TWO_ARTICLES_AND_A_SECTION,
        BLANK_FORM,
        FILLED_FORM,
        QUOTED,
        ITEMS_AT_THE_END,
    ],
)
def test_each_block_has_the_zone_on_its_left(table: str) -> None:
    rows = [line.partition(" | ") for line in table.strip().splitlines()]
    document = document_of("\n".join(text for _, _, text in rows))
    found = [f"{zone.value} | {text}" for zone, (_, _, text) in zip(zones_of(document), rows, strict=True)]
    assert found == table.strip().splitlines()


def test_a_lead_in_over_items_is_no_empty_field() -> None:
    document = document_of("Que faire?\nNous recommandons :\n- de refuser;\n- de le dire.")
    assert set(zones_of(document)) == {Zone.BODY}


def test_a_lone_order_in_a_letter_is_no_form() -> None:
    document = document_of(
        "Voici la demande. Elle est jointe.\nPrécisez vos intentions au plus tôt.\nMerci de tout cela."
    )
    assert Zone.FORM not in zones_of(document)


def test_running_lines_stay_so_whatever_they_say() -> None:
    text = "Une phrase. Une autre.\nDe : Jean"
    blocks = (Block(Span(0, 22), BlockKind.PARAGRAPH), Block(Span(23, 32), BlockKind.RUNNING))
    document = Document(DocumentId("d1"), "0" * 64, text, (Page(0, 612.0, 792.0),), blocks)
    assert zones_of(document)[1] is Zone.RUNNING


LINES = (
    "De : Jean", "Envoyé : hier", "1. Article", "1982, c. 30, a. 9.", "Oui", "Nom :", "> cité", "# Titre", "- item",
    "[marge : x]", "Sont présents :", "Cordialement,", "| a | b |", "3.4 Champ", "Une phrase. Une autre.", "-----",
    "«  »", ":", "Loi sur les essais",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=30))
@settings(deadline=None)
def test_any_order_of_lines_gives_one_zone_a_block(lines: list[str]) -> None:
    document = document_of("\n".join(lines))
    assert len(zones_of(document)) == len(document.blocks)
