"""What looks like a person's name and names a place, a building, a firm, an award or a law."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from redactor.recognisers.lexicon import is_given_name, words
from redactor.recognisers.view import fold

if TYPE_CHECKING:
    from redactor.recognisers.scene import Scene
    from redactor.recognisers.tokens import Token

_LINK = (
    r"(?: (?:de|du|des|de la|de l'|d'|la|le|les|l'|a|au|aux|of|the|secondaire|primaire|municipale?|"
    r"regionale?|provinciale?|"
    r"nationale?|commemorati(?:f|ve)|polyvalente|communautaire|privee?|publique|local|locale|federal|federale|sur|amis|"
    r"service|services|pour|\(\w{1,10}\)|n[o°] ?\d{1,4})){0,4}"
)
_PLACE_LINK = re.compile(r"-(?:a|au|aux|sur|sous|en|de|des|du|la|les|d'[a-z]+|l'[a-z]+)-")
_WAYS = frozenset(
    [
        "rue",
        "rues",
        "avenue",
        "boulevard",
        "chemin",
        "rang",
        "route",
        "parc",
        "village",
        "quartier",
        "secteur",
        "compagnie",
        "groupe",
        "plan",
        "projet",
        "rapport",
        "etude",
        "arret",
        "maison",
        "residence",
    ]
)
_LOOK_BACK = 60  # code points: the longest "école secondaire de la Pointe-aux-" before a name


@lru_cache(maxsize=1)
def _bearer() -> re.Pattern[str]:
    heads = "|".join(sorted(map(re.escape, words("name_bearers")), key=len, reverse=True))
    return re.compile(rf"(?<![\w\-])(?:{heads}){_LINK}[ \-'«\"]{{1,2}}$")


@lru_cache(maxsize=1)
def _tail() -> re.Pattern[str]:
    tails = "|".join(sorted(map(re.escape, words("name_tails")), key=len, reverse=True))
    return re.compile(rf",?[ \-](?:{tails})(?![\w\-])")


@lru_cache(maxsize=1)
def _head() -> re.Pattern[str]:
    heads = "|".join(sorted(map(re.escape, words("name_bearers") - _WAYS), key=len, reverse=True))
    return re.compile(rf"(?<![\w\-])(?:{heads})(?![\w\-])")


def bears_a_name(scene: Scene, start: int, floor: int, *, within: bool = False) -> bool:
    """True when the words from `floor` to `start` make what follows the name of a place, a work or a firm.

    With `within` the word may stand anywhere before: "Festival des Neiges, 12, quai".
    """
    before = scene.folded[max(floor, start - _LOOK_BACK) : start]
    return bool(_head().search(before) if within else _bearer().search(before))


def is_place_or_work(scene: Scene, name: tuple[Token, ...], floor: int, ceiling: int) -> bool:
    """True when the words around, or the first or last word of the name itself, tell a place, a work or a firm."""
    if bears_a_name(scene, name[0].start, floor) or _is_saint(name):
        return True
    if _tail().match(scene.folded[name[-1].end : min(ceiling, name[-1].end + 30)]):
        return True
    return fold(name[0].word) in words("name_bearers") or fold(name[-1].word) in words("name_tails")


def _is_saint(name: tuple[Token, ...]) -> bool:
    """True for "Saint-Cyprien-de-la-Rivière", "Anse-à-Beaulieu", "Sainte-Foy": places."""
    first = fold(name[0].word)
    if fold(" ".join(token.word for token in name)) in words("places"):
        return True
    if _PLACE_LINK.search(fold(name[-1].word)):
        return True
    return first.startswith(("saint-", "sainte-", "notre-dame")) and not is_given_name(name[0].word.partition("-")[0])
