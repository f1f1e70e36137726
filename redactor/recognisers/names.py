"""Names of persons: titles, fields, headers, known given names and surnames, initials, `NOM, Prénom`, and the models.

It claims where somebody is named. Who that is, and whether the law leaves the name readable, is told later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import BlockKind, Strength
from redactor.recognisers import vetoes
from redactor.recognisers.hits import Hit
from redactor.recognisers.lexicon import is_given_name, is_never_a_name, is_surname
from redactor.recognisers.tokens import MAX_NAME_WORDS, Kind, Token, runs, tokens_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.recognisers.ner import Entity
    from redactor.recognisers.scene import Cell, Lot, Scene

_FIELD = re.compile(
    r"(?:\b(?:noms?|prenoms?|nom de famille|nom et prenom|prenom et nom|name|names|given name|family name|surname|first name|last name|"
    r"from|to|cc|bcc|de|a|c\. ?c\.|signe|signee? par|signature|signed(?: by)?|redige(?:e)? par|redaction|redactrice|redacteur|"
    r"prepare(?:e)? par|prepared by|approuve(?:e)? par|approved by|verifie(?:e)? par|reviewed by|revise(?:e)? par|recommande par|"
    r"destinataires?|expediteur|expeditrice|contact|personne[- ]ressource|responsable|repondante?|charge(?:e)? de projet|"
    r"evaluat(?:eur|rice)s?|contractante?|requerante?|demandeur|demanderesse|plaignante?|titulaire|beneficiaire|locataire|employee?|"
    r"client|cliente|usager|usagere|patient|patiente|eleve|etudiante?|temoin|conjointe?|pere|mere|tuteur|tutrice|mandataire|"
    r"presidente?|secretaire|directeur|directrice|coordonnat(?:eur|rice)|conseiller|conseillere|agente?|inspecteur|inspectrice|"
    r"complainant|applicant|tenant|owner|witness|employee|student|attention|a l'attention de|attn)(?: \([^)\n|]{0,30}\))?[ ]?[:|][ ]?|"
    r"\bmon nom est |\bje m'appelle |\bmy name is |\bje soussignee?,? |\bnommee? |\bnamed |\bdenommee? |\bappelee? |\bprenomm?ee? )$"
)
_COLUMN = re.compile(
    r"\b(?:noms?|prenoms?|names?|personnes?|participante?s?|employee?s?|titulaires?|beneficiaires?|responsables?|candidate?s?|"
    r"requerante?s?|plaignante?s?|membres?|members?|elus?|eleves?|etudiante?s?|patiente?s?|usagere?s?|client(?:e|s|es)?|locataires?|"
    r"proprietaires?|demandeurs?|temoins?|signataires?|evaluateurs?|students?|applicants?|employees?|owners?|tenants?|salariee?s?)\b"
)
_KIN = re.compile(
    r"\b(?:mon|ma|mes|ton|ta|son|sa|ses|notre|nos|votre|leur|leurs|my|his|her|our|your|their|le|la|les|the|du|de la|deux|trois)[ ]"
    r"(?:\w{1,12} )?"
    r"(?:mari|femme|epoux|epouse|conjointe?|ex-conjointe?|ex|fils|fille|filles|enfants?|garcon|frere|soeur|pere|mere|parents?|oncle|"
    r"tante|neveu|niece|cousine?|gendre|bru|beau-pere|belle-mere|beau-frere|belle-soeur|beau-fils|belle-fille|petit-fils|petite-fille|"
    r"grand-pere|grand-mere|blonde|chum|copain|copine|amie?|voisine?|collegue|locataire|proprietaire|bebe|eleves?|"
    r"husband|wife|spouse|partner|son|daughter|children|child|brother|sister|father|mother|uncle|aunt|nephew|niece|cousin|friend|"
    r"neighbour|neighbor|colleague|boyfriend|girlfriend|baby|grandson|granddaughter|foreman|employer|landlord|landlady)"
    r"(?:,? (?:de |appelee? |prenommee? |named |nommee? ))?,?[ ]$|\b(?:pere|mere|parents?|tuteur|tutrice|fils|fille|father|mother|son|"
    r"daughter|parent)[ ](?:de|d'|of)[ ]?$"
)
_GREETING = re.compile(r"^(?:bonjour|bonsoir|salut|allo|cher|chere|dear|hi|hello|hey|merci|thanks|thank you),?[ ]$")
_SIGNS = re.compile(r"[–—»\"][ ]?$|[ ]-[ ]$")  # what stands before the one who signs a quotation
_FAMILY = re.compile(r"(?<!\w)(?:la )?(?:famille|family|succession)[ ]$")
_COMMA = re.compile(r",[ ]{1,2}")
_LIST_GAP = re.compile(r"(?:,| et| and|, et|;)[ ]$")
_PLURAL_TITLE = re.compile(r"(?<!\w)(?:MM|Mmes|Messieurs|Mesdames|Mes|Drs|M\. et Mme|Mr\. and Mrs|Monsieur et Madame)\b\.?[ ]")
_PLURAL_REACH = 160  # code points: the names of one enumeration
_ANY_TITLE = re.compile(r"(?<!\w)(?:M\.|Mme|Mlle|Me|Dre?|Mr\.?|Mrs\.?|Ms\.?)[ ]$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A candidate: words of one run, with what stands before it."""

    words: tuple[Token, ...]
    title: Token | None

    @property
    def start(self) -> int:
        return (self.title or self.words[0]).start

    @property
    def end(self) -> int:
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class _Context:
    """What all candidates of one cell or line share."""

    scene: Scene
    lot: Lot
    cell: Cell
    people: tuple[Entity, ...]
    enumerated: tuple[tuple[int, int], ...]

    def is_person(self, piece: _Piece) -> bool:
        """True when a model calls these very words a person."""
        return any(e.start < piece.end and piece.words[0].start < e.end for e in self.people)


def find(scene: Scene, entities: Sequence[Entity]) -> Iterator[Hit]:
    """Claims for every name, cell by cell."""
    people = [entity for entity in entities if entity.kind == "PER"]
    place = 0
    for lot in sorted(scene.lots, key=lambda lot: lot.start):
        while place < len(people) and people[place].end <= lot.start:
            place += 1
        inside = _until(people, place, lot.end)
        for cell in lot.cells or (_whole(lot),):
            yield from _in_cell(scene, lot, cell, inside)


def _whole(lot: Lot) -> Cell:
    from redactor.recognisers.scene import Cell  # noqa: PLC0415

    return Cell(lot.start, lot.end)


def _until(people: list[Entity], place: int, end: int) -> list[Entity]:
    inside: list[Entity] = []
    while place < len(people) and people[place].start < end:
        inside.append(people[place])
        place += 1
    return inside


def _in_cell(scene: Scene, lot: Lot, cell: Cell, inside: list[Entity]) -> Iterator[Hit]:
    here = tuple(entity for entity in inside if entity.start < cell.end and cell.start < entity.end)
    text = scene.text
    lists = tuple(
        (match.start(), match.start() + _PLURAL_REACH) for match in _PLURAL_TITLE.finditer(text, cell.start, cell.end)
    )
    context = _Context(scene, lot, cell, here, lists)
    done = cell.start
    for run in runs(tokens_in(scene, cell.start, cell.end), text):
        for piece in _pieces(run):
            hit = _inverted(context, piece) or _judged(context, piece)
            if hit and hit.start >= done:
                done = hit.end
                yield hit


def _pieces(run: tuple[Token, ...]) -> Iterator[_Piece]:
    """Candidates of a run: it is cut at titles and at words that are never part of a name."""
    title: Token | None = None
    words: list[Token] = []
    for place, token in enumerate(run):
        is_title = token.kind is Kind.TITLE and not _is_last_initial(run, place)
        if is_title or _cuts(token):
            yield from _piece(words, title)
            title, words = (token if is_title else None), []
        elif words or token.kind is not Kind.PARTICLE or title is not None or token.word[0].isupper():
            words.append(token)
    yield from _piece(words, title)


def _is_last_initial(run: tuple[Token, ...], place: int) -> bool:
    """True for the "M." of "Stéphane M.": an initial, since no name follows it."""
    return 0 < place == len(run) - 1 and run[place].word == "M." and is_given_name(run[place - 1].word)


def _cuts(token: Token) -> bool:
    """True for a word that is never part of a name; capitals keep their particle ("DE LA SABLONNIÈRE")."""
    if token.kind is Kind.INITIAL or (token.kind is Kind.PARTICLE and token.word.isupper()):
        return False
    return is_never_a_name(token.word)


def _piece(words: list[Token], title: Token | None) -> Iterator[_Piece]:
    while words and words[-1].kind is Kind.PARTICLE:
        words = words[:-1]
    letters = sum(letter.isalpha() for word in words for letter in word.word if word.kind is Kind.INITIAL)
    if words and (letters > 1 or any(word.kind in {Kind.CAPITAL, Kind.UPPER} for word in words)):
        yield _Piece(tuple(words[:MAX_NAME_WORDS]), title)


def _inverted(context: _Context, piece: _Piece) -> Hit | None:
    """`TREMBLAY, Julie` or `Roy-Tremblay, J.-F.`: a surname, a comma, a given name, and nothing that runs on."""
    text = context.scene.text
    comma = _COMMA.match(text, piece.end)
    if piece.title or comma is None:
        return None
    after = tokens_in(context.scene, comma.end(), min(context.cell.end, comma.end() + 60))
    given: list[Token] = []
    for token in after[:3]:
        gap = text[(given[-1].end if given else comma.end()) : token.start]
        if gap.strip() or not _is_given_shaped(token) or is_never_a_name(token.word):
            break
        given.append(token)
    if not given or not _is_inverted(context, piece, given):
        return None
    return Hit(piece.start, given[-1].end, "PI.name", Strength.STRONG, "name-inverted")


def _is_given_shaped(token: Token) -> bool:
    if token.kind is Kind.PARTICLE:
        return token.word[0].isupper()
    return token.kind in {Kind.CAPITAL, Kind.INITIAL, Kind.UPPER}


def _is_inverted(context: _Context, piece: _Piece, given: list[Token]) -> bool:
    words = [word for word in piece.words if word.kind is not Kind.PARTICLE]
    if len(words) > 3 or vetoes.bears_a_name(context.scene, piece.start, context.cell.start):
        return False
    at_start = context.scene.text[context.cell.start : piece.start].strip(" -–•*<\"'") == "" or _labelled(context, piece.start)
    first = given[0]
    known = is_given_name(first.word) or first.kind is Kind.INITIAL
    if any(is_given_name(word.word) and not is_surname(word.word) for word in words) and not at_start:
        return False
    if all(word.kind is Kind.UPPER for word in words):
        return (known or at_start) and first.kind is not Kind.UPPER or (known and at_start)
    return known and (any(is_surname(word.word) for word in words) or at_start)


def _labelled(context: _Context, start: int) -> bool:
    """True when a label of a form, the header of the column or the sender's line announces a name."""
    if _FIELD.search(context.scene.before(start, 60)):
        return True
    above = context.scene.line_above(context.lot)
    if not context.lot.cells and context.scene.text[context.lot.start : start].strip() == "" and _FIELD.search(above + " "):
        return True
    return bool(context.lot.cells) and start == context.cell.start and _in_name_column(context)


def _in_name_column(context: _Context) -> bool:
    labels = context.scene.labels(context.lot, context.cell.start)
    header = labels.split(" | ")[0]
    return bool(_COLUMN.search(header)) or bool(_FIELD.search(labels + " | "))


def _judged(context: _Context, piece: _Piece) -> Hit | None:
    strength, source = _strength(context, piece)
    if strength is None:
        return None
    end = _tail(context, piece)
    evidence = ((piece.title.start, piece.title.end),) if piece.title else ()
    return Hit(piece.words[0].start, end, "PI.name", strength, source, evidence)


def _tail(context: _Context, piece: _Piece) -> int:
    """End of the name, with the point of a shortened last word ("Maélie R.")."""
    last = piece.words[-1]
    return last.end


def _strength(context: _Context, piece: _Piece) -> tuple[Strength | None, str]:
    if piece.title is not None:
        return Strength.STRONG, "name-after-title"
    if any(start < piece.start < end for start, end in context.enumerated):
        return Strength.STRONG, "name-in-enumeration"
    if vetoes.is_place_or_work(context.scene, piece.words, context.cell.start, context.cell.end):
        return None, ""
    if len([word for word in piece.words if word.kind is not Kind.PARTICLE]) == 1:
        return _single(context, piece)
    return _several(context, piece)


def _initials_alone(context: _Context, piece: _Piece) -> tuple[Strength | None, str]:
    """"J.-F. T." signs a quotation or fills a field; elsewhere initials are only a flag."""
    signs = _SIGNS.search(context.scene.before(piece.start, 12))
    return (Strength.STRONG if signs or _labelled(context, piece.start) else Strength.WEAK), "initials"


def _several(context: _Context, piece: _Piece) -> tuple[Strength | None, str]:
    words = [word for word in piece.words if word.kind is not Kind.PARTICLE]
    if all(word.kind is Kind.INITIAL for word in words):
        return _initials_alone(context, piece)
    given = is_given_name(words[0].word)
    family = is_surname(words[-1].word)
    if (given and (words[-1].kind is not Kind.UPPER or family)) or (words[0].kind is Kind.INITIAL and family):
        return Strength.STRONG, "name-known"
    if _labelled(context, piece.start) and _is_name_shaped(words):
        return Strength.STRONG, "name-in-field"
    if context.is_person(piece):
        if context.lot.kind is BlockKind.HEADING and not given:
            return None, ""
        known = family or any(is_given_name(word.word) for word in words)
        shaped = all(word.kind is Kind.CAPITAL or word.kind is Kind.INITIAL for word in words)
        return (Strength.STRONG if known or (shaped and len(words) <= 3) else Strength.WEAK), "name-model"
    if words[0].kind is Kind.INITIAL and words[-1].kind is Kind.CAPITAL:
        return Strength.WEAK, "name-initials"
    if family and words[-1].kind is Kind.CAPITAL and context.lot.kind is not BlockKind.HEADING:
        return Strength.WEAK, "name-surname"
    return None, ""


def _is_name_shaped(words: list[Token]) -> bool:
    return 1 <= len(words) <= 4 and not any(is_never_a_name(word.word) for word in words)


def _single(context: _Context, piece: _Piece) -> tuple[Strength | None, str]:
    word = piece.words[-1].word
    before = context.scene.before(piece.start, 60)
    if piece.words[-1].kind is Kind.INITIAL:
        return _initials_alone(context, piece)
    if _FAMILY.search(before) and (is_surname(word) or context.is_person(piece)):
        return Strength.STRONG, "name-of-family"
    known = is_given_name(word) or context.is_person(piece)
    if known and _KIN.search(before):
        return Strength.STRONG, "name-of-kin"
    if is_given_name(word) and (_GREETING.search(before) or _stands_alone(context, piece)):
        return Strength.WEAK, "name-in-greeting"
    if _labelled(context, piece.start) and (known or is_surname(word)) and context.lot.kind is not BlockKind.HEADING:
        return Strength.STRONG, "name-in-field"
    if context.is_person(piece) and (is_given_name(word) or is_surname(word)):
        return Strength.WEAK, "name-model"
    return None, ""


def _stands_alone(context: _Context, piece: _Piece) -> bool:
    words = context.scene.text[context.cell.start : context.cell.end].strip(" .,;:!-–>")
    return words == piece.words[-1].word
