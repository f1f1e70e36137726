"""Addresses told by the words around them: a label, the header of a column, "habite au", the lines of a letter's head.

Addresses whose own shape tells them are found in `addresses`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from redactor.model import Strength
from redactor.recognisers.hits import Hit
from redactor.recognisers.lexicon import is_given_name, sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.recognisers.scene import Cell, Lot, Scene

_LONGEST = 120  # code points of an address on one line
_NUMBER = r"\d{1,5}(?:[ ]?[A-Za-z](?![A-Za-z])|[ ]?½|-\d{1,5}|-[A-Za-z](?![A-Za-z]))?"
_NAME = r"(?:St\.|Ste\.|[A-ZÀ-Ý0-9][\w'\-]{0,30})"
_LINK = r"(?:de|du|des|la|le|les|de la|de l'|d'|l'|of|the|aux?|à)"
_NAMES = rf"{_NAME}(?:[ ]{_NAME}|[ ]{_LINK}[ ]?(?={_NAME})){{0,6}}"
_PLACE = re.compile(
    rf"(?:{_NUMBER}(?:[ ]?,[ ]?|[ ])(?:[a-zà-ÿ.]{{2,12}}[ ](?:{_LINK}[ ])?)?{_NAMES}|"
    rf"{_NUMBER}(?![\w$%])(?![ ]?[%$]|[ ][a-zà-ÿ]))"
    rf"(?:,[ ](?:app\.?|apt\.?|unit|no)?[ ]?#?{_NAMES})?"
)
_NEAR = re.compile(
    r"^(?:[ ](?:maintenant|toujours|encore|now|still|seule?|alone))?[ ](?:au|aux|a|sur|dans le|at|on|in)[ ](?:le[ ])?"
)
_UNITS = re.compile(
    r"(?<![\w\-])(?:app?(?:t|artement)?\.?|unite?|unit|suite|logement|log\.|bloc|block|chambre|room|condo|porte|"
    r"\d{1,2}(?:e|er|ieme|eme|st|nd|rd|th) (?:etage|floor)|rez-de-chaussee|sous-sol|basement)"
    r"(?:[ ]?#?[ ]?[\w\-]{1,5})?(?:[ ]?,[ ]?|[ ](?:du|au|de l'|of|at)[ ](?:the[ ])?)$"
)
_ENDS = re.compile(
    r"[ ]?(?:[;|(]|[ ][–—-][ ]|,?[ ](?:tel|telephone|cell|courriel|email|phone|ou|chez|depuis|since|where)\b)"
)
_MONTH = re.compile(
    r"^\d{1,2}(?:er)? (?:janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec|jan|feb|march|april|may|june|july|aug)"
)
_TOWN = re.compile(
    r"(?<!\w)(?i:réside|demeure|habite|domiciliée?|résidant|demeurant|habitant|resides|lives|residing|living|resident|"
    r"résidente?|native?|natif|originaire)[ ](?i:à|in|of|de|d')[ ]?"
    rf"(?P<town>{_NAMES}(?:[ ]\([A-ZÀ-Ý][\w\- ]{{1,25}}\))?)"
)
_LOT = re.compile(r"^\d[ ]\d{3}[ ]\d{3}(?:[ ](?:et|and|à|,)[ ]\d[ ]\d{3}[ ]\d{3})?$")  # of the cadastre of Québec
_LOT_TITLE = re.compile(
    r"^(?:n[o°]\.? (?:de |du )?)?(?:lots?|cadastre|numeros? (?:de|du) (?:lot|cadastre)|lot (?:no|number)s?)\b"
)
_BEFORE_CODE = re.compile(
    rf"(?P<town>{_NAMES})[ ]?,?[ ]{{1,2}}(?:\((?:Québec|QC|Qc)\)|Québec|Quebec|QC|Qc|P\.?Q\.?)?[ ]?,?[ ]{{0,2}}$"
)
_CAPITALISED = re.compile(r"[A-ZÀ-Ý][^\W\d_]{1,20}(?:-[A-ZÀ-Ý][^\W\d_]{1,20})?")
_DIGIT = re.compile(r"\d")
_POSTAL = re.compile(r"[A-Za-z]\d[A-Za-z][ \-]?\d[A-Za-z]\d(?!\w)")
_LINE = re.compile(rf"^{_NUMBER}(?:[ ]?,[ ]?|[ ])(?:[a-zà-ÿ.]{{2,12}}[ ])?{_NAMES}[.,]?$")
_AT = re.compile(
    r"(?<!\w)(?:au|du|at|of)[ ](?P<number>\d{1,5}(?:[ ]?-[ ]?[a-z0-9]{1,3})?)"
    r"(?=,[ ](?:m\.|mme|mlle|mr|mrs|ms|monsieur|madame|la |le ))"
)
_HOUSE = re.compile(
    r"(?<![\w\-])(?:House|Maison|Cabin|Chalet|Camp|Trailer|Roulotte|Shack)[ ](?:no\.?[ ]|n°[ ]?|#)?\d{1,4}[A-Z]?\b"
    r"|(?<![\w\-])(?:Lot|Terrain|Emplacement|Site)[ ]\d{1,4}[A-Z]?,[ ](?=[A-ZÀ-Ýa-z])"
    rf"(?:(?i:chemin|rang|route|rue|road|street|lane|trail|montée|avenue)[ ]{_NAMES}|"
    rf"{_NAMES}[ ](?i:road|lane|trail|street|drive))"
    r"|(?<!\w)(?i:km|kilomètre)[ ]\d{1,3}(?:[.,]\d)?,?[ ](?:(?:du|de la|of the|sur le|sur la)[ ])?"
    rf"(?i:chemin|route|rang|road|highway)[ ]{_NAMES}"
)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    text = files("redactor.recognisers").joinpath("data", "residence_words.txt").read_text(encoding="utf-8")
    return {name: "|".join(lines) for name, lines in sections(text).items()}


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[|.;\n(\t] ?|[ ]{{2}}|, )[-•* ]{{0,3}}(?:{_words()['labels']})[ ]?[:|=][ ]?$")


@lru_cache(maxsize=1)
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[ /]))(?:{_words()['labels']})(?:[ ]?(?:/|et|and|\()[^|]{{0,30}})?$")


@lru_cache(maxsize=1)
def _not_title() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words()['not_labels']})\b")


@lru_cache(maxsize=1)
def _verb() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w\-])(?:{_words()['verbs']})(?=[ ])")


@lru_cache(maxsize=1)
def _person() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w\-])(?:{_words()['people']})(?:[ ][\w\-]{{1,15}})?[ ](?:du|au|de l'|of|at)[ ](?:no[ ])?"
        r"(?P<number>\d{1,5}(?:[ ]?-[ ]?[a-z0-9]{1,3})?(?:[a-z](?![a-z]))?)(?![\w$%])"
        r"(?![ ]?(?:[$%]|[a-z]{3,10}[ ](?:19|20)\d\d))"
    )


def find(scene: Scene) -> Iterator[Hit]:
    """Claims for addresses that words around them tell."""
    for lot in scene.lots:
        if lot.cells:
            yield from _in_row(scene, lot)
        else:
            yield from _after_labels(scene, lot)
            yield from _in_head(scene, lot)
    yield from _lived_at(scene)
    yield from _towns(scene)
    for match in _HOUSE.finditer(scene.text):
        yield _hit(match.start(), match.end(), "place-of-living")


def _hit(start: int, end: int, source: str) -> Hit:
    return Hit(start, end, "PI.address", Strength.STRONG, source)


def _in_row(scene: Scene, lot: Lot) -> Iterator[Hit]:
    """Cells whose column, or whose row of a form, is for addresses."""
    if lot.header == lot.index and len(lot.cells) > 2:
        return
    for cell in lot.cells:
        if any(_LOT_TITLE.match(one.strip()) for one in scene.labels(lot, cell.start).split(" | ")):
            start, end = _trimmed(scene, cell)
            if _LOT.match(scene.text[start:end]) and _names_somebody(scene, lot):
                yield _hit(start, end, "lot-in-column")
        labels = [one for one in scene.labels(lot, cell.start).split(" | ") if one.strip()]
        if any(_title().search(one.strip(" :*")) and not _not_title().search(one) for one in labels):
            start, end = _trimmed(scene, cell)
            if start < end <= start + _LONGEST and _is_value(scene.text[start:end]):
                yield _hit(start, end, "address-in-column")


def _names_somebody(scene: Scene, lot: Lot) -> bool:
    """True when the row holds a known given name: the lot of a firm or a town tells no home."""
    return any(is_given_name(word) for word in _CAPITALISED.findall(scene.text[lot.start : lot.end]))


def _is_value(text: str) -> bool:
    return bool(_DIGIT.search(text) or text[:1].isupper()) and "@" not in text


def _trimmed(scene: Scene, cell: Cell) -> tuple[int, int]:
    start, end = cell.start, cell.end
    stop = _ENDS.search(scene.folded, start, end)
    end = stop.start() if stop else end
    while start < end and scene.text[start] in " .,-–\n\t":
        start += 1
    while start < end and scene.text[end - 1] in " .,-–\n\t":
        end -= 1
    return start, end


def _after_labels(scene: Scene, lot: Lot) -> Iterator[Hit]:
    """What follows "Adresse :" on its line, as far as a number or a postal code tells a place."""
    for colon in re.finditer(r"[:=|]", scene.text[lot.start : min(lot.end, lot.start + 4 * _LONGEST)]):
        after = lot.start + colon.end()
        before = scene.folded[max(lot.start, after - 60) : after]
        if not _label().search(before) or _not_title().search(before[-40:]):
            continue
        match = _PLACE.match(scene.text, after + (scene.text[after : after + 1] == " "), min(lot.end, after + _LONGEST))
        if match:
            yield _hit(match.start(), match.end(), "address-after-label")


def _in_head(scene: Scene, lot: Lot) -> Iterator[Hit]:
    """The line above one with a postal code, when it opens with a number; and the town before that code."""
    postal = _POSTAL.search(scene.text, lot.start, lot.end)
    if postal is None or lot.end - lot.start > _LONGEST:
        return
    if not _DIGIT.search(scene.text, lot.start, postal.start()) and scene.text[lot.start].isupper():
        yield _hit(lot.start, postal.end(), "town-and-code")
    above = scene.lots[lot.index - 1] if lot.index else None
    if above is not None and not above.cells and _LINE.match(scene.text[above.start : above.end].strip()):
        yield _hit(above.start, above.end, "line-above-code")


def _lived_at(scene: Scene) -> Iterator[Hit]:
    for verb in _verb().finditer(scene.folded):
        near = _NEAR.match(scene.folded[verb.end() : verb.end() + 40])
        if near is None:
            continue
        start = verb.end() + near.end()
        unit = re.match(_UNITS.pattern[:-1], scene.folded[start : start + 40])
        match = _PLACE.match(scene.text, start + (unit.end() if unit else 0))
        if (
            match
            and _DIGIT.match(match.group())
            and not _MONTH.search(scene.folded[match.start() : match.start() + 20])
        ):
            yield _hit(start, match.end(), "lives-at")
    for town in _TOWN.finditer(scene.text):
        yield _hit(town.start("town"), town.end("town"), "lives-in")
    for pattern in (_person(), _AT):
        for match in pattern.finditer(scene.folded):
            yield _hit(*match.span("number"), "number-of-house")


def _towns(scene: Scene) -> Iterator[Hit]:
    """The town that stands before a postal code on its line."""
    for code in _POSTAL.finditer(scene.text):
        first = max(0, code.start() - _LONGEST // 2)
        town = _BEFORE_CODE.search(scene.text, first, code.start())
        if town and not _DIGIT.search(town["town"]) and not is_given_name(town["town"].split(" ")[0]):
            yield _hit(town.start(), code.end(), "town-and-code")


def with_unit(scene: Scene, start: int) -> int:
    """Where an address begins with the unit that may stand before its number: "Unit 6, 90 Old Ferry Road"."""
    before = _UNITS.search(scene.folded[max(0, start - 40) : start])
    return start if before is None else max(0, start - 40) + before.start()
