"""Names: cues, word lists, models; and what bears a person's name without being one."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tests.unit.recognisers.kit import assert_personal

FRENCH = [
    "M. ⟦PI.name|Gaston Aubut⟧ a écrit.",
    "Mme ⟦PI.name|L'Écuyer-Roy⟧ et le Dr ⟦PI.name|Aboubacar Sow⟧ ont répondu.",
    "Me ⟦PI.name|Élisabeth de la Durantaye⟧ représente la partie.",
    "MM. ⟦PI.name|Steve Caron⟧, ⟦PI.name|Ghyslain Roy⟧ et ⟦PI.name|Tony Di Lauro⟧ étaient là.",
    "Le dossier de ⟦PI.name|Kevin Bélanger⟧ est fermé.",
    "L'avis de ⟦PI.name|J.-F. Gagnon⟧ est joint.",
    "Signé : ⟦PI.name|R. K. Dhillon⟧",
    "Nom : ⟦PI.name|Uapukun Tshernish⟧",
    "De : ⟦PI.name|Roy, Alexandre⟧",
    "| NOM, Prénom | Poste |\n| ⟦PI.name|L'HEUREUX, Jean-Noël⟧ | 4410 |",
    "| Nom | Poste |\n| ⟦PI.name|Qumaluk, Annie⟧ | 4410 |",
    "| Nom | Poste |\n| ⟦PI.name|DE LA SABLONNIÈRE, Émérentienne⟧ | 4410 |",
    "Présences : ⟦PI.name|TREMBLAY Julie⟧",
    "Le père de ⟦PI.name|Zoé⟧ appelle.",
    "Notre fille ⟦PI.name|Manon⟧ est arrivée.",
    "Mon nom est ⟦PI.name|Marc-Olivier N'Guessan⟧.",
    "« On a coupé un bain. » – ⟦PI.name|J.-F. T.⟧",
    "La famille ⟦PI.name|Vollant⟧ attend.",
    "M. ⟦PI.name|Yvon Gаgnon⟧ conteste.",  # a Cyrillic letter in the family name
    "M. ⟦PI.name|Yvon Ga\u200bgnon⟧ conteste.",  # an unseen character
    "La lettre de ⟦PI.name|Widlande Ouellet⟧ est jointe.",  # an unlisted given name before a known family name
    "Lettre de ⟦PI.name|Kevin Roy⟧ au service",
    "« On attend. » – ⟦PI.name|Stéphane M.⟧",
    # places, works, firms, laws
    "Au ⟦PUBLIC|Salon Desjardins⟧, on attend.",
    "Le bureau de ⟦PUBLIC|Mont-Laurier⟧ et celui de ⟦PUBLIC|Thetford Mines⟧ ferment.",
    "⟦PUBLIC|N.A.S.⟧ du conjoint",
    "L'école secondaire ⟦PUBLIC|Jean-Lavoie⟧ est fermée.",
    "Au 3, rue ⟦PUBLIC|Marie Gérin-Lajoie⟧ de la ville",
    "La salle ⟦PUBLIC|Joséphine-Marchand⟧ est libre.",
    "Le CPE ⟦PUBLIC|Les Amis de Marcel⟧ ouvre.",
    "La ⟦PUBLIC|Garderie Rosa Marchand inc.⟧ ouvre.",
    "La ⟦PUBLIC|Conciergerie Boisvert et Fils⟧ soumissionne.",
    "Le pont ⟦PUBLIC|Honoré-Mercier⟧ est fermé.",
    "À ⟦PUBLIC|Saint-Cyprien-de-la-Rivière⟧, il pleut.",
    "La loi ⟦PUBLIC|Jacques-Parizeau⟧ est citée.",
    "⟦PUBLIC|Veuillez⟧ agréer, ⟦PUBLIC|Madame⟧, nos salutations.",
    "⟦PUBLIC|Le Ministère⟧ et la ⟦PUBLIC|Direction régionale⟧ de ⟦PUBLIC|Montréal⟧",
]
ENGLISH = [
    "The file of Ms. ⟦PI.name|Annie Qumaluk-Smith⟧ was lost in the mail, and she was told.",
    "My foreman, ⟦PI.name|Hector Ixcoy Tzul⟧, drove me to the clinic and was there with me.",
    "The opinion of Dr. ⟦PI.name|Hyun-Woo Lavoie⟧ is that the work should not be done.",
    "They met at the ⟦PUBLIC|Foreman-Villeneuve Gallery⟧ and on ⟦PUBLIC|Jean-Talon Street⟧ with the others.",
]


@pytest.mark.parametrize("text", FRENCH)
def test_french(text: str) -> None:
    assert_personal(text, "PI.name")


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    assert_personal(text, "PI.name")


def test_every_word_list_says_where_it_comes_from() -> None:
    for entry in files("redactor.recognisers").joinpath("data").iterdir():
        if entry.name.endswith(".txt"):
            assert "# Origin:" in entry.read_text(encoding="utf-8")
