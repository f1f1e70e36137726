"""Civic addresses in the shapes met in Québec, postal boxes and postal codes.

It claims the place only; whether it is a home or a workplace is told by the people around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.model import Strength
from redactor.recognisers.dates import UNITS
from redactor.recognisers.hits import Hit
from redactor.recognisers.residences import with_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.recognisers.scene import Scene

_WAYS = (
    "rue|avenue|av|ave|boulevard|boul|blvd|bd|chemin|ch|rang|rg|route|rte|place|pl|côte|montée|mtée|"
    "allée|impasse|ruelle|sentier|"
    "croissant|crois|cours|carré|square|terrasse|promenade|passage|autoroute|aut|quai|traverse|parc|voie|"
    "domaine|cercle|île|"
    "montee|allee|carre|concession|pointe|rivage|faubourg|jardins?|descente|esplanade|mail|clos|hameau|coteau|cap|anse|"
    "lac|baie|ruisseau|boucle|plateau|tournant|venelle|vallon|chaussée|petit rang|grand rang|rond-point|corniche"
)
_ENGLISH_WAYS = (
    "Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Crescent|Cres|Court|Ct|Place|Pl|Square|"
    "Sq|Terrace|Way|Highway|"
    "Hwy|Row|Circle|Heights|Park|Trail|Gardens|Hollow|Ridge|Line|Hill|Grove|Mews|Landing|Loop|Parkway|Walk|Alley|Bend|"
    "Cove|Creek|Glen|Meadows?|Shore|Crossing|Path|Bay|Wharf|Estates?|Sideroad|Gate|Orchard|Chase|Close|Terr|Pkwy"
)
_NAME_WORD = r"[^\W_][\w'.\-]{0,30}"
_CIVIC = r"(?<![\w.,$\-/])\d{1,5}(?:[A-Za-z](?![A-Za-z])|[ ]?½)?(?:[ ]?-[ ]?\d{1,5}[A-Za-z]?)?"
_STOP = r"(?!(?:et|ou|où|qui|que|est|a|au|aux|pour|sur|sous|par|avec|dans|le|à|and|is|was|depuis|près)\b)"
_REST = rf"(?:[ ](?:(?-i:Est|Ouest|Nord|Sud)\b|{_STOP}{_NAME_WORD})){{0,6}}"
_STREET = re.compile(
    rf"{_CIVIC}[ ]?,?[ ](?:(?:{_WAYS})\b\.?(?=[ ])|(?:Grande|Petite|Vieux|Vieille)[ ](?:Allée|Côte|Rue|"
    rf"Rivière))"
    rf"[ ](?:(?:de|du|des|de la|de l'|d'|la|le|les)[ ]?)?{_NAME_WORD}{_REST}",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"(?<![\w\-])(?:(?:{UNITS})(?:[ \-](?:{UNITS})){{0,7}}),?[ ](?:{_WAYS})[ ]"
    rf"(?:(?:de|du|des|de la|de l'|la|le|les)[ ])?{_NAME_WORD}{_REST}(?:,[ ]à[ ][A-ZÀ-Ý][\w'\-]{{1,30}})?",
    re.IGNORECASE,
)
_GRANDE = re.compile(
    rf"{_CIVIC}[ ]?,?[ ](?:Grande[ -]Allée|Petite[ -]Côte|Grand[ -]Rang|Place[ -]\w+){_REST}", re.IGNORECASE
)
_ORDINAL = re.compile(
    rf"{_CIVIC}[ ]?,?[ ]\d{{1,3}}[ ]?(?:re|er|e|ère|ième|ème|st|nd|rd|th)[ ](?:Rue|Avenue|Av\.?|Rang|"
    rf"Boulevard|Street|Ave\.?|Rue)\b"
    r"(?:[ ](?:Est|Ouest|Nord|Sud|E\.|O\.|N\.|S\.|East|West|North|South)\b)?",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    rf"{_CIVIC}[ ]?,?[ ](?=[A-ZÀ-Ý]|\d{{1,3}}(?:st|nd|rd|th)\b){_NAME_WORD}(?:[ ]{_NAME_WORD}){{0,3}}[ ]"
    rf"(?:{_ENGLISH_WAYS})\b\.?"
    r"(?:[ ](?:East|West|North|South|E\.|W\.|N\.|S\.)(?!\w))?"
)
_NAMED_ROUTE = re.compile(
    r"(?<!\w)(?:Route|Rang)[ ]\d{1,4}(?:[ ](?:Est|Ouest|Nord|Sud))?,[ ][A-ZÀ-Ý][\w'\-]{1,30}"
    r"(?:[ ][A-ZÀ-Ý][\w'\-]{1,30}){0,3}"
)
_FACILITY = re.compile(
    r"(?<!\w)(?:Résidences?|Manoir|Domaine|Foyer|Villa|HLM|Maison|Tour|Complexe|Coopérative|Residence)[ ]"
    r"(?:[\w'\-]{1,20}[ ]?){1,6},[ ]"
    r"(?:app|apt|appartement|chambre|ch|unité|local|logement|unit|room)\.?[ ]#?\w{1,6}\b"
)
_BOX = re.compile(
    r"(?<!\w)(?:C\.?[ ]?P\.?|B\.?P\.?|case postale|P\.?[ ]?O\.? Box|R\.?R\.?|poste restante)[ ]\d{1,6}\b",
    re.IGNORECASE,
)
# Any letter is taken, though Canada Post uses but twenty: a misread or made-up code tells a place all the same.
_POSTAL = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z][0-9OoIl][A-Za-z](?:[ \-]|[ ]{2}|\n)?[0-9OoIl][A-Za-z][0-9OoIl](?![A-Za-z0-9])"
)
_UNIT = re.compile(
    r"[ ]?,?[ ]?\(?(?:app?(?:t|artement)?\.?|unité|suite|bureau|bur\.|local|porte|étage|ét\.|logement|"
    r"condo|chambre|ch\.|unit|room|"
    r"apartment|rez-de-chaussée|#|n[o°])[ ]?#?[ ]?[\w.\-]{1,6}\)?|[ ]?,?[ ]?\d{1,2}(?:e|er|re|th|st|nd|"
    r"rd)[ ](?:étage|floor)\b"
    r"|[ ]?,?[ ]?(?:rez-de-chaussée|sous-sol)\b",
    re.IGNORECASE,
)
_CAPITAL_WORD = r"(?:(?:Ste?|Mt)\.|[A-ZÀ-Ý][^\W\d_]{1,30}(?:['.\-][^\W\d_]{1,30}){0,5})"
_CITY = re.compile(
    rf"(?:[ ]?,[ ]?|[ ]?\n[ ]?){_CAPITAL_WORD}(?:[ ](?:de|du|des|la|le|les|sur|of)\b){{0,2}}"
    rf"(?:[ ]{_CAPITAL_WORD}){{0,3}}"
)
_PROVINCE = re.compile(
    r"[ ]?,?[ ]?(?:\((?:Québec|Quebec|QC|Qc|Ontario|ON|Nouveau-Brunswick|NB)\)|(?:Québec|Quebec|QC|Qc|"
    r"Ontario|ON|Canada)\b)(?:[ ]?,?[ ]?Canada\b)?"
)
_AFTER_CITY = re.compile(r"[ ]{0,3}[,\n]?[ ]{0,2}")
_LEADING = re.compile(r"(?:le|la|au|du|the|at)[ ]$")
_NOT_NUMBER = re.compile(
    r"(?:\b(?:article|section|page|no|n°|chapitre|annexe|ligne|lots?|le|dès|vers|to|of|in)[ ]|[$%][ ]?)$"
)
_MONTHS = re.compile(
    r"[ ]?(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|"
    r"february|march|"
    r"april|june|july|august|september|october|november|december)\b"
)


def find(scene: Scene) -> Iterator[Hit]:
    """Claims for every address, from its civic number to its postal code, over line ends."""
    for pattern in (_STREET, _SPELLED, _GRANDE, _ORDINAL, _ENGLISH, _NAMED_ROUTE, _FACILITY, _BOX):
        for match in pattern.finditer(scene.text):
            if not _MONTHS.match(scene.folded, match.start() + len(match.group().split(" ")[0])):
                yield _whole(scene, *_trim(match))
    for match in _POSTAL.finditer(scene.text):
        if _is_postal(match.group()):
            yield Hit(*match.span(), "PI.address", Strength.STRONG, "postal-code")


def _is_postal(value: str) -> bool:
    return any(letter.isdigit() for letter in value) and (value.isupper() or " " not in value)


def _trim(match: re.Match[str]) -> tuple[int, int]:
    """The address without the words that run on after the name of its street."""
    start, end = match.span()
    words = match.group().split(" ")
    kept = len(words)
    while kept > 3 and words[kept - 1].isalpha() and words[kept - 1].islower():
        kept -= 1
    return start, end - sum(len(word) + 1 for word in words[kept:])


def _whole(scene: Scene, start: int, end: int) -> Hit:
    """The address with its unit, city, province and postal code."""
    text = scene.text
    while text[end - 1] in ".,":
        end -= 1
    start, end = with_unit(scene, start), _follow(text, end)
    return Hit(start, end, "PI.address", Strength.STRONG, "civic-address")


def _follow(text: str, end: int) -> int:
    for _ in range(3):
        unit = _UNIT.match(text, end)
        if unit is None:
            break
        end = unit.end()
    box = re.compile(rf"[ ]?,[ ]?{_BOX.pattern}", re.IGNORECASE).match(text, end)
    end = box.end() if box else end
    city = _CITY.match(text, end)
    after = city.end() if city else end
    province = _PROVINCE.match(text, after)
    after = province.end() if province else after
    gap = _AFTER_CITY.match(text, after)
    postal = _POSTAL.match(text, gap.end() if gap else after)
    if postal:
        return postal.end()
    if province:
        return province.end()
    if city and "\n" not in city.group():
        return city.end()
    return end
