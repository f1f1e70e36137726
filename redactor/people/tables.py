"""What a table says of the people in its rows: the headers of its columns, the labels of a form, the other cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.model import Role
from redactor.people import cues
from redactor.people.cues import Clue, Weight
from redactor.people.mailboxes import ANY_MAIL, PRIVATE_MAIL

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
_AWARDED = re.compile(
    r"(?:accordee?s?|octroyee?s?|attribuee?s?|versee?s?|financee?s?|awarded|granted|funded)(?![\w\-])"
)  # how the cell begins that tells what became of a request for money
_CONTRACT = re.compile(r"\b(?:fournisseurs?|contractante?s?|prestataires?|suppliers?|contractors?|contrats?)\b")
_FUNCTION = re.compile(
    r"\b(?:fonctions?|postes?|titres?|grades?|classes?|ranks?|job titles?|corps d'emploi|"
    r"positions?|responsables?|livrables?|echeances?|mandat|roles?)\b"
)
_PRIVATE_CELL = re.compile(
    r"\b(?:participante?|beneficiaire|usagere?|cliente?|pigiste|stagiaire|etudiante?|locataire|"
    r"citoyenn?e?|riveraine?|voisine?|plaignante?|benevole|freelance|volunteer|"
    r"tenant|patiente?|prestataire)\b"
)
_ROLES = (("elected", Role.ELECTED), ("senior", Role.SENIOR_MANAGEMENT), ("functions", Role.PUBLIC_STAFF))
_FUNCTION_LENGTH = 60  # code points of a cell that tells a function
_FORM_ROWS = 40  # rows above and below that are read as one form


def clues_in_row(scene: Scene, lot: Lot, place: tuple[int, int], *, is_outside: bool) -> Iterator[Clue]:
    """Clues that the row and the headers give for the name at `place`."""
    row = scene.folded[lot.start : lot.end]
    header = scene.lots[lot.header] if lot.header is not None else lot
    titles = scene.folded[header.start : header.end]
    yield from _by_mail(row, place, has_function=_role_in_row(scene, lot, place[0]) is not None)
    if _AMOUNT.search(titles) and (_BENEFIT.search(titles) or _has_cell(scene, lot, _AWARDED)):
        yield Clue(Role.BENEFICIARY, Weight.STATEMENT, *place)
    elif _CONTRACT.search(titles) or cues.cue("under_contract").search(row):
        yield Clue(Role.CONTRACTOR, Weight.STATEMENT, *place)
    role = None if is_outside else _role_in_row(scene, lot, place[0])
    if role is not None:
        yield Clue(role, Weight.STATEMENT, *place)
    if cues.cue("staff_column").match(_title_of(scene, lot, place[0])) and not is_outside:
        yield Clue(Role.PUBLIC_STAFF, Weight.STATEMENT, *place)
    if _WORK_FIELD.search(titles):
        yield Clue(Role.PUBLIC_STAFF, Weight.STATEMENT, *place)
    elif _PRIVATE_CELL.search(row):
        yield Clue(Role.PRIVATE, Weight.STATEMENT, *place)
    elif cues.cue("private_body").search(row) and not cues.cue("public_body").search(row):
        yield Clue(Role.PRIVATE, Weight.SIGN, *place)
    elif cues.cue("public_body").search(row) or (_FUNCTION.search(titles) and not is_outside):
        yield Clue(Role.PUBLIC_STAFF, Weight.SIGN, *place)
    if asks_in_private(scene, lot) or (len(lot.cells) == 2 and is_personal_form(scene, lot)):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)


def _has_cell(scene: Scene, lot: Lot, beginning: re.Pattern[str]) -> bool:
    return any(beginning.match(scene.folded[cell.start : cell.end].strip()) for cell in lot.cells)


def is_private_row(scene: Scene, lot: Lot) -> bool:
    """True when a cell of the row begins with what somebody outside the body is: "citoyenne", "voisin du parc"."""
    return _has_cell(scene, lot, _PRIVATE_CELL)


def asks_in_private(scene: Scene, lot: Lot) -> bool:
    """True when a column of the table is for a date of birth, an age, a home address or an illness."""
    header = scene.lots[lot.header] if lot.header is not None else lot
    titles = [scene.folded[cell.start : cell.end].strip() for cell in header.cells]
    return bool(_PRIVATE_FIELD.search(scene.folded[header.start : header.end])) or any(
        map(cues.cue("private_column").match, titles)
    )


def _role_in_row(scene: Scene, lot: Lot, start: int) -> Role | None:
    """The role that another cell of the row begins with: "agente de bureau, échelle 7"."""
    others = (scene.folded[c.start : c.end].strip() for c in lot.cells if not c.start <= start < c.end)
    return next((role for words in others for name, role in _ROLES if _begins_with(name, words)), None)


def _begins_with(name: str, words: str) -> bool:
    is_short = len(words) < _FUNCTION_LENGTH and cues.may_tell(name, words[:40])
    return is_short and bool(re.match(rf"(?:{cues.alternatives(name)})(?![\w\-])", words))


def _title_of(scene: Scene, lot: Lot, start: int) -> str:
    """Folded header of the column in which a name stands."""
    if lot.header is None or lot.header == lot.index:
        return ""
    column = next((i for i, cell in enumerate(lot.cells) if cell.start <= start < cell.end), 0)
    header = scene.lots[lot.header].cells
    return scene.folded[header[column].start : header[column].end].strip() if column < len(header) else ""


def _by_mail(row: str, place: tuple[int, int], *, has_function: bool) -> Iterator[Clue]:
    mail = ANY_MAIL.search(row)
    if mail and cues.cue("public_mail").search(mail.group()):
        yield Clue(Role.PUBLIC_STAFF, Weight.OFFICIAL, *place)
    elif mail and not cues.cue("public_body").search(row) and (not has_function or PRIVATE_MAIL.search(mail.group())):
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
