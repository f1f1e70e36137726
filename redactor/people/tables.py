"""What a table says of the people in its rows: the headers of its columns, the labels of a form, the other cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.model import Role
from redactor.people import cues
from redactor.people.cues import Clue, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.recognisers.scene import Cell, Lot, Scene

_PRIVATE_FIELD = re.compile(
    r"\b(?:naissance|nas|nam|code permanent|adresse (?:personnelle|du domicile)|diagnostic|date of birth|"
    r"social insurance|sin|home address|"
    r"telephone (?:personnel|a la maison|au domicile)|home telephone)\b|(?:^|\| )age \|"
)
_WORK_FIELD = re.compile(r"telephone au travail|poste telephonique|work (?:phone|telephone)|courriel professionnel")
_BENEFIT = re.compile(r"\b(?:beneficiaires?|recipients?|laureate?s?|organismes?)\b")
_AMOUNT = re.compile(r"\b(?:aides?|montants?|subventions?|amounts?|grants?|bourses?|projets?)\b")
_CONTRACT = re.compile(r"\b(?:fournisseurs?|contractante?s?|prestataires?|suppliers?|contractors?|contrats?)\b")
_FUNCTION = re.compile(
    r"\b(?:fonctions?|postes?|titres?|positions?|responsables?|livrables?|echeances?|mandat|roles?)\b"
)
_PRIVATE_CELL = re.compile(
    r"\b(?:participante?|beneficiaire|usagere?|cliente?|pigiste|stagiaire|etudiante?|locataire|"
    r"citoyenn?e?|benevole|freelance|volunteer|"
    r"tenant|patiente?|prestataire)\b"
)
_ANY_MAIL = re.compile(r"[\w.+\-]{1,64}@[\w.\-]{1,100}")
_FORM_ROWS = 40  # rows above and below that are read as one form


def clues_in_row(scene: Scene, lot: Lot, place: tuple[int, int], *, is_outside: bool) -> Iterator[Clue]:
    """Clues that the row and the headers give for the name at `place`."""
    row = scene.folded[lot.start : lot.end]
    header = scene.lots[lot.header] if lot.header is not None else lot
    titles = scene.folded[header.start : header.end]
    yield from _by_mail(row, place)
    if _BENEFIT.search(titles) and _AMOUNT.search(titles):
        yield Clue(Role.BENEFICIARY, Weight.STATEMENT, *place)
    elif _CONTRACT.search(titles):
        yield Clue(Role.CONTRACTOR, Weight.STATEMENT, *place)
    if _WORK_FIELD.search(titles):
        yield Clue(Role.PUBLIC_STAFF, Weight.STATEMENT, *place)
    elif _PRIVATE_CELL.search(row):
        yield Clue(Role.PRIVATE, Weight.STATEMENT, *place)
    elif cues.PRIVATE_BODY.search(row) and not cues.PUBLIC_BODY.search(row):
        yield Clue(Role.PRIVATE, Weight.SIGN, *place)
    elif cues.PUBLIC_BODY.search(row) or (_FUNCTION.search(titles) and not is_outside):
        yield Clue(Role.PUBLIC_STAFF, Weight.SIGN, *place)
    if _PRIVATE_FIELD.search(titles) or (len(lot.cells) == 2 and is_personal_form(scene, lot)):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)


def _by_mail(row: str, place: tuple[int, int]) -> Iterator[Clue]:
    mail = _ANY_MAIL.search(row)
    if mail and cues.PUBLIC_MAIL.search(mail.group()):
        yield Clue(Role.PUBLIC_STAFF, Weight.OFFICIAL, *place)
    elif mail and not cues.PUBLIC_BODY.search(row):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)


def is_personal_form(scene: Scene, lot: Lot) -> bool:
    """True when the labels of the form's rows ask for a birth date, a NAS or a home address."""
    return any(_PRIVATE_FIELD.search(scene.folded[c.start : c.end]) for c in _labels(scene, lot))


def _labels(scene: Scene, lot: Lot) -> list[Cell]:
    first = lot.header if lot.header is not None else lot.index
    found: list[Cell] = []
    for row in scene.lots[first : first + _FORM_ROWS]:
        if not row.cells or row.header != lot.header:
            break
        found.append(row.cells[0])
    return found
