"""Names of persons, cut out of each cell and line as runs of capitalised words and judged by `name_rules`.

It claims where somebody is named. Who that is, and whether the law leaves the name readable, is told later.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.model import Strength
from redactor.recognisers import lexicon, vetoes
from redactor.recognisers.hits import Hit
from redactor.recognisers.lexicon import is_given_name, is_never_a_name, is_surname
from redactor.recognisers.likeness import likeness
from redactor.recognisers.name_rules import Candidate, Place, judge
from redactor.recognisers.scene import Cell
from redactor.recognisers.tokens import MAX_NAME_WORDS, Kind, Token, runs, tokens_in
from redactor.recognisers.view import fold
from redactor.text.honorifics import is_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.recognisers.ner import Entity
    from redactor.recognisers.scene import Scene

_COMMA = re.compile(r",[ ]{1,2}")
_PLURAL_TITLE = re.compile(
    r"(?<!\w)(?:MM|Mmes|Messieurs|Mesdames|Mes|Drs|M\. et Mme|Mr\. and Mrs|Monsieur et Madame)\b\.?[ ]"
)
_PLURAL_REACH = 160  # code points: the names of one enumeration
_COUPLE = re.compile(r"(?<![\w.\-])(?P<given>[A-ZÀ-Ý][^\W\d_]{1,20}(?:-[A-ZÀ-Ý][^\W\d_]{1,20})?)[ ](?:et|and|&)[ ]")
_CAPITAL_BEFORE = re.compile(r"(?<![\w'])([A-ZÀ-Ý][\w'.\-]{0,30})[ ]$")
_SPELLED = re.compile(r"(?<![\w\-])[A-Z](?:-[A-Z]){2,20}(?![\w\-])")
_LIKE = 0.7  # share of one from which a word resembles names
_STOP = re.compile(r"[^\W\d_]{4}[.!?](?=[ \n])|[;:!?\n](?=[ \n])")  # not the point of a title or of an initial
_GENITIVES = frozenset({"de", "du", "des", "d'"})  # "Lettre de Kevin Roy": what stands before is no name
# What a transcript notes beside a name that was written by hand.
_BY_HAND = re.compile(
    r"[ ]?[(\[](?:handwritten|signature|signed|hand-signed|manuscrite?|signature manuscrite|"
    r"signee? a la main|paraphe)[)\]]"
)
_GIVEN_REACH = 60  # code points after the comma of an inverted name


def find(scene: Scene, entities: Sequence[Entity]) -> Iterator[Hit]:
    """Claims for every name, cell by cell."""
    hits = [hit for place in places(scene, entities) for hit in _in_cell(place)]
    yield from hits
    yield from _couples(scene, hits)


def _couples(scene: Scene, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Couples as in "Mina et Putulik Etok", where the first name alone belongs to the second; and names spelled out."""
    starts = {hit.start: hit for hit in hits if hit.strength.masks and " " in scene.text[hit.start : hit.end]}
    for match in _COUPLE.finditer(scene.text):
        partner = starts.get(match.end())
        if partner and is_given_or_like(match["given"]) and not _is_full_before(scene, match.start()):
            yield Hit(match.start(), partner.end, "PI.name", Strength.STRONG, "name-of-couple", partner.evidence)
    for match in _SPELLED.finditer(scene.text):
        letters = match.group().replace("-", "").casefold()
        if any(letters in fold(scene.text[hit.start : hit.end]).replace(" ", "") for hit in hits):
            yield Hit(*match.span(), "PI.name", Strength.STRONG, "name-spelled")


def _is_full_before(scene: Scene, start: int) -> bool:
    """True when the given name is the family name of somebody: "Hamid Ould et Rosaire Pineault" are two full names."""
    before = _CAPITAL_BEFORE.search(scene.text[max(0, start - 40) : start])
    return before is not None and not is_title(before[1])


def is_given_or_like(word: str) -> bool:
    """True for a known given name, or a word that resembles names and is no other one's family name."""
    return is_given_name(word) or (not is_surname(word) and not is_never_a_name(word) and (likeness(word) or 0) > _LIKE)


def places(scene: Scene, entities: Sequence[Entity]) -> Iterator[Place]:
    """Every cell or block in reading order, with what the models found in it."""
    first = 0
    for lot in sorted(scene.lots, key=lambda lot: lot.start):
        while first < len(entities) and entities[first].end <= lot.start:
            first += 1
        inside = _until(entities, first, lot.end)
        for cell in lot.cells or (Cell(lot.start, lot.end),):
            here = tuple(one for one in inside if one.start < cell.end and cell.start < one.end)
            yield Place(scene, lot, cell, here, _enumerations(scene, cell))


def candidates(place: Place) -> Iterator[Candidate]:
    """Every run of words of a cell or block that may be a name, in reading order."""
    for run in runs(tokens_in(place.scene, place.cell.start, place.cell.end), place.scene.text):
        yield from _candidates(place, run)


def _until(entities: Sequence[Entity], first: int, end: int) -> list[Entity]:
    inside: list[Entity] = []
    while first < len(entities) and entities[first].start < end:
        inside.append(entities[first])
        first += 1
    return inside


def _enumerations(scene: Scene, cell: Cell) -> tuple[tuple[int, int], ...]:
    found = _PLURAL_TITLE.finditer(scene.text, cell.start, cell.end)
    return tuple((match.start(), _enumeration_end(scene, match.end())) for match in found)


def _enumeration_end(scene: Scene, start: int) -> int:
    """Where the sentence of an enumeration ends, or its reach."""
    stop = _STOP.search(scene.text, start, start + _PLURAL_REACH)
    return stop.start() if stop else start + _PLURAL_REACH


def _in_cell(place: Place) -> Iterator[Hit]:
    done = place.cell.start
    for candidate in candidates(place):
        hit = _inverted(candidate) or _judged(candidate)
        if hit and hit.start >= done:
            done = hit.end
            yield hit


def _candidates(place: Place, run: tuple[Token, ...]) -> Iterator[Candidate]:
    """Candidates of a run: it is cut at titles and at words that are never part of a name."""
    title: Token | None = None
    words: list[Token] = []
    for number, token in enumerate(run):
        is_title = token.kind is Kind.TITLE and not _is_last_initial(run, number)
        if is_title or _cuts(token, words):
            yield from _candidate(place, words, title)
            title, words = (token if is_title else None), []
        elif words or token.kind is not Kind.PARTICLE or title is not None or token.word[0].isupper():
            words.append(token)
    yield from _candidate(place, words, title)


def _is_last_initial(run: tuple[Token, ...], number: int) -> bool:
    """True for the last "M." of "Stéphane M.": an initial, since no name follows it."""
    return 0 < number == len(run) - 1 and run[number].word == "M." and is_given_name(run[number - 1].word)


def _cuts(token: Token, words: list[Token]) -> bool:
    """True for a word that is never part of a name; particles stay, unless they open the text or a genitive."""
    if token.kind is Kind.PARTICLE:
        opens = not words and token.word.istitle() and is_never_a_name(token.word)
        return opens or (token.word in _GENITIVES and bool(words) and not _holds_a_name(words))
    if token.kind is Kind.INITIAL:
        return False
    return is_never_a_name(token.word) or (not words and _is_function(token))


def _is_function(token: Token) -> bool:
    """True for "Captain" or "Agente" before a name, which no list of names knows."""
    known = is_given_name(token.word) or is_surname(token.word)
    return token.kind is Kind.CAPITAL and not known and fold(token.word) in lexicon.words("person_nouns")


def _holds_a_name(words: list[Token]) -> bool:
    return any(is_given_name(one.word) or is_surname(one.word) or one.kind is Kind.INITIAL for one in words)


def _candidate(place: Place, words: list[Token], title: Token | None) -> Iterator[Candidate]:
    while words and words[-1].kind is Kind.PARTICLE:
        words = words[:-1]
    letters = sum(letter.isalpha() for word in words for letter in word.word if word.kind is Kind.INITIAL)
    if words and (letters > 1 or title is not None or any(word.kind in {Kind.CAPITAL, Kind.UPPER} for word in words)):
        yield Candidate(place, tuple(words[:MAX_NAME_WORDS]), title)


def _judged(candidate: Candidate) -> Hit | None:
    judged = judge(candidate)
    if judged is None:
        return None
    strength, source = judged
    evidence = ((candidate.title.start, candidate.title.end),) if candidate.title else ()
    by_hand = _BY_HAND.match(candidate.place.scene.folded, candidate.end)
    if by_hand:
        return Hit(candidate.start, by_hand.end(), "PI.signature", Strength.STRONG, "signature", evidence)
    return Hit(candidate.start, candidate.end, "PI.name", strength, source, evidence)


def _inverted(candidate: Candidate) -> Hit | None:
    """`TREMBLAY, Julie` or `Roy-Tremblay, J.-F.`: a family name, a comma, a given name."""
    given = _given_after(candidate)
    if candidate.title or not given or not _is_inverted(candidate, given[0]):
        return None
    return Hit(candidate.start, given[-1].end, "PI.name", Strength.STRONG, "name-inverted")


def _given_after(candidate: Candidate) -> list[Token]:
    """Up to three words after the comma that follows the candidate, as far as they can be given names."""
    scene, cell = candidate.place.scene, candidate.place.cell
    comma = _COMMA.match(scene.text, candidate.end)
    given: list[Token] = []
    at = comma.end() if comma else cell.end
    for token in tokens_in(scene, at, min(cell.end, at + _GIVEN_REACH))[:3]:
        if scene.text[at : token.start].strip() or not _is_given_shaped(token):
            break
        given.append(token)
        at = token.end
    return given


def _is_given_shaped(token: Token) -> bool:
    if token.kind is Kind.PARTICLE:
        return token.word[0].isupper()
    return token.kind in {Kind.CAPITAL, Kind.INITIAL, Kind.UPPER} and not is_never_a_name(token.word)


def _is_inverted(candidate: Candidate, first: Token) -> bool:
    words = candidate.words
    if len(words) > 3 or vetoes.bears_a_name(candidate.place.scene, candidate.start, candidate.place.cell.start):
        return False
    opens = _opens(candidate)
    known = is_given_name(first.word) or first.kind is Kind.INITIAL
    if any(is_given_name(word.word) and not is_surname(word.word) for word in words) and not opens:
        return False
    if all(word.kind is Kind.UPPER for word in words) and (opens or first.kind is not Kind.UPPER):
        return known or (opens and first.kind is not Kind.UPPER)
    if words[0].kind is Kind.INITIAL:
        return False
    return (known and (opens or any(is_surname(word.word) for word in words))) or candidate.place.is_name_column(
        candidate.start
    )


def _opens(candidate: Candidate) -> bool:
    """True when the candidate opens its cell or line, or follows a label."""
    scene, cell = candidate.place.scene, candidate.place.cell
    return not scene.text[cell.start : candidate.start].strip(" -–•*<\"'") or candidate.is_labelled
