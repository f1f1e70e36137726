"""Dates of birth in digits and words, and ages. Any other date is a plain fact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.model import Strength
from redactor.recognisers.hits import Hit
from redactor.recognisers.lexicon import is_given_name, is_surname, words
from redactor.recognisers.view import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.recognisers.scene import Lot, Scene

_MONTH = (
    "janvier|janv?\\.?|fevrier|fevr?\\.?|mars|avril|avr\\.?|mai|juin|juillet|juil\\.?|aout|septembre|"
    "sept\\.?|octobre|oct\\.?|"
    "novembre|nov\\.?|decembre|dec\\.?|january|jan\\.?|february|feb\\.?|march|mar\\.?|april|apr\\.?|may|"
    "june|jun\\.?|july|jul\\.?|"
    "august|aug\\.?|september|sep\\.?|october|november|december"
)
UNITS = (
    "premier|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    "vingt|trente|quarante|"
    "cinquante|soixante|cent|mille|mil|et|first|second|third|nineteen|twenty|thirty|forty|fifty|sixty|"
    "seventy|eighty|ninety|"
    "hundred|thousand|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|and|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
)
_WORD_NUMBER = rf"(?:{UNITS})(?:[ \-](?:{UNITS})){{0,9}}"
_DATE = re.compile(
    rf"(?<![\w/.\-])(?:(?:19|20)\d{{2}}[ ]?[\-/.][ ]?\d{{1,2}}[ ]?[\-/.][ ]?\d{{1,2}}|"
    rf"\d{{1,2}}[ ]?[\-/.][ ]?\d{{1,2}}[ ]?[\-/.][ ]?(?:19|20)?\d{{2}}|"
    rf"\d{{1,2}}[ ]\d{{1,2}}[ ](?:19|20)\d{{2}}|(?:19|20)\d{{2}}[ ]\d{{1,2}}[ ]\d{{1,2}}|"
    rf"\d{{1,2}}(?:er|e|re|st|nd|rd|th)?[ \-](?:of )?(?:{_MONTH})[ \-](?:19|20)?\d{{2}}|"
    rf"(?:{_MONTH})[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ](?:19|20)\d{{2}}|"
    rf"{_WORD_NUMBER}[ ](?:of )?(?:{_MONTH})(?:[ ,]{{1,2}}{_WORD_NUMBER})?|(?:{_MONTH})[ ]{_WORD_NUMBER})(?![\w/\-])"
)
_YEAR = re.compile(r"(?<![\w/.\-])(?:(?:" + _MONTH + r")[ ])?(?:19|20)\d{2}(?![\w/\-])")
_BIRTH = re.compile(
    r"\bnee?\(?e?\)?s?\b(?! de\b)|naissances?\b|\bnais\b|\bnaquit\b|\bborn\b|\bbirth\b|\bbirthdate\b|"
    r"\bd\.?o\.?b\.?\b|\bddn\b|\bd\.d\.n\b"
)
_BIRTH_QUESTION = re.compile(r"(?:naissance|birth|d\.?o\.?b|\bnee?)[^.?\n]{0,25}\?[ ]?$")
_SPEAKER = 30  # code points of "Cliente : Le " before an answer
_BIRTH_YEAR = re.compile(r"\b(?:nee?(?:\(e\))?s? en|born in)[ ]?$")
_AGE = re.compile(
    r"(?<![\w,.])(?:agee?s?\(?e?\)? (?:d'environ |de pres de |d'a peine |de )?)?(?:1[01]\d|"
    r"\d{1,2})[ -]?ans?\b(?! (?:d'|de |plus tard|avant|apres|que))"
    r"|(?<!\w)aged (?:1[01]\d|\d{1,2})\b|(?<![\w,.$])(?:1[01]\d|\d{1,2})[ -]years?[ -]old\b|(?<![\w,.$])"
    r"(?:1[01]\d|\d{1,2}) years of age"
    r"|(?<!\w)agee?s? de (?:" + UNITS + r")(?:[ \-](?:" + UNITS + r")){0,4} ans?\b"
)
_NUMBER = rf"(?:1[01]\d|\d{{1,2}}|(?:{UNITS})(?:[ \-](?:{UNITS})){{0,3}})"
# Ages told outright: the words say that they are one's age.
_TOLD_AGE = re.compile(
    rf"(?<![\w,.$])(?:{_NUMBER}[ \-](?:year|month|week|day)s?[ \-]olds?\b|"
    rf"(?:aged?|age de|agee? de|agees? de)[ :]{{1,3}}{_NUMBER}(?: ans| mois)?\b(?![\w%$/])|"
    rf"(?:{_NUMBER}, ){{0,4}}{_NUMBER} et {_NUMBER} (?:ans|mois)\b(?! (?:d'|de |plus|avant|apres))|"
    rf"(?:turned|turning|will turn|fete ses|aura|vient d'avoir) {_NUMBER}(?: ans)?\b(?![\w%$/ ]{{0,2}}\d)|"
    r"in (?:his|her|their) (?:early |late |mid-)?"
    r"(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b|"
    r"dans la (?:vingtaine|trentaine|quarantaine|cinquantaine|soixantaine|jeune vingtaine)\b|"
    r"d'une (?:vingtaine|trentaine|quarantaine|cinquantaine|soixantaine) d'annees\b|"
    r"\b(?:sexa|septua|octo|nona)genaire\b)"
)
# After a name or a noun for a person, between commas or in parentheses: ", quatre ans," and "(18 mois)".
_APPOSED_AGE = re.compile(rf"(?<=[,(])[ ]?{_NUMBER} (?:ans|mois|months|years)(?=[ ]?[,.;)])")
_BARE_AGE = re.compile(
    r"(?<=\bhe is )(?:1[01]\d|[1-9]\d)(?= (?:and|years)|[,.;)])|(?<=\bis aged )[1-9]\d|"
    r"(?<=\bshe is )(?:1[01]\d|[1-9]\d)(?= (?:and|years)|[,.;)])|"
    r"(?<=, )(?:1[01]\d|[1-9]\d)(?=,)|(?<=\()(?:1[01]\d|[1-9]\d) ?(?:ans?)?(?=\))"
)
_LAST_WORD = re.compile(r"([^\W\d_][\w'\-]{1,30})\.?[ ]?$")
# "les jeunes de 12 et 13 ans", "children aged 4": nobody in particular.
_GROUP = re.compile(
    r"\b(?:les|des|aux|enfants|eleves|jeunes|personnes|adultes|aines|clientele|groupes?|children|people|persons|"
    r"adults|seniors|students|youth|those|anyone|toute personne|quiconque|moyenne|mediane?|average|bail|contrat|"
    r"entente|duree)\b[^.;,]{0,30}$"
)
_IS = re.compile(r"(?<!\w)s?he is (?:aged )?$")
_NAME_BEFORE = re.compile(r"([A-ZÀ-Ý][\w'\-]{1,30}),? ?\(?$")
_NAME_COLUMN = re.compile(
    r"\b(?:noms?|prenoms?|names?|personnes?|participante?s?|eleves?|employee?s?|usagere?s?|patiente?s?|"
    r"candidate?s?|clients?)\b"
)
_AGE_LABEL = re.compile(r"(?:^|\| ?|\n)[ ]?age\b[^|]{0,12}")
# "dans les 30 ans", "bail de 5 ans", "depuis dix ans": a duration, not an age.
_DURATION = re.compile(
    r"\b(?:depuis|pendant|durant|dans|il y a|apres|avant|sur|de|en|pour|chaque|tous les|toutes les|aux|"
    r"les|moins de|plus de|d'ici|"
    r"horizon|terme|entre|et|ou|a|premiers?|derniers?|prochains?|prochaines?|dernieres?|des)[ ]$"
)
_OLD_ENOUGH = re.compile(r"(?:agee?s?|aged)\b")
_PERSON_BEFORE = re.compile(
    r"(?:[A-ZÀ-Ý][\w'.\-]{1,30}, ?\(?|[A-ZÀ-Ý][\w'.\-]{1,30} \(|\b(?:elle|il|moi|j'ai|fils|fille|enfant|"
    r"eleve|mere|pere|homme|femme|usager|usagere|patiente?|dame|monsieur|citoyenn?e?) (?:a |de |qui a )?)$"
)


def find(scene: Scene) -> Iterator[Hit]:
    """Claims for dates that a word of birth introduces, and for ages of persons."""
    for match in _DATE.finditer(scene.folded):
        if _BIRTH.search(scene.intro(match.start(), 45)) or _is_answer(scene, match.start()):
            yield Hit(*match.span(), "PI.dob", Strength.PROVEN, "birth-date")
    for match in _YEAR.finditer(scene.folded):
        if _BIRTH_YEAR.search(scene.before(match.start(), 20)):
            yield Hit(*match.span(), "PI.dob", Strength.STRONG, "birth-year")
    yield from _ages(scene)


def _is_answer(scene: Scene, start: int) -> bool:
    """True for a date that opens its line under the question of a transcript: "Sa date de naissance?"."""
    lot = scene.lot_at(start)
    if lot is None or not lot.index or start - lot.start > _SPEAKER:
        return False
    above = scene.lots[lot.index - 1]
    return bool(_BIRTH_QUESTION.search(scene.folded, max(above.start, above.end - 90), above.end))


def _ages(scene: Scene) -> Iterator[Hit]:
    for match in _AGE.finditer(scene.folded):
        if (
            _OLD_ENOUGH.match(match.group())
            or "old" in match.group()
            or "years" in match.group()
            or _is_age(scene, match)
        ):
            yield Hit(*match.span(), "PI.age", Strength.STRONG, "age")
    for match in _TOLD_AGE.finditer(scene.folded):
        if not _GROUP.search(scene.before(match.start(), 60)):
            yield Hit(*match.span(), "PI.age", Strength.STRONG, "age-told")
    for match in _APPOSED_AGE.finditer(scene.folded):
        before = scene.text[max(0, match.start() - 42) : match.start() - 1]
        noun = _LAST_WORD.search(before)
        if noun and (noun[1][0].isupper() or fold(noun[1]) in words("person_nouns")):
            start = match.start() + (match.group()[0] == " ")
            yield Hit(start, match.end(), "PI.age", Strength.STRONG, "age-apposed")
    for match in _BARE_AGE.finditer(scene.folded):
        name = _NAME_BEFORE.search(scene.text[max(0, match.start() - 40) : match.start()])
        if match.group()[0].isdigit() and _IS.search(scene.folded[max(0, match.start() - 8) : match.start()]):
            yield Hit(*match.span(), "PI.age", Strength.STRONG, "age")
        elif name and (is_surname(name.group(1)) or is_given_name(name.group(1))):
            yield Hit(*match.span(), "PI.age", Strength.STRONG, "age-after-name")
    for match in re.finditer(r"(?<![\w.,$\-/])\d{1,3}(?: ans)?(?![\w\-/]|[.,]\d)", scene.folded):
        lot = scene.lot_at(match.start())
        if (
            lot is not None
            and lot.cells
            and _AGE_LABEL.search(scene.labels(lot, match.start()))
            and _names_people(scene, lot)
        ):
            yield Hit(*match.span(), "PI.age", Strength.STRONG, "age-in-table")


def _is_age(scene: Scene, match: re.Match[str]) -> bool:
    before = scene.text[max(0, match.start() - 40) : match.start()]
    if _PERSON_BEFORE.search(before):
        return True
    return not _DURATION.search(scene.folded[max(0, match.start() - 25) : match.start()]) and before.endswith(
        (", ", "(")
    )


def _names_people(scene: Scene, lot: Lot) -> bool:
    """True when a column of the table is for names, or the row is a line of a form about one person."""
    header = scene.lots[lot.header if lot.header is not None else lot.index]
    return (len(lot.cells) == 2 and header.index == lot.index) or bool(
        _NAME_COLUMN.search(scene.folded[header.start : header.end])
    )
