"""What the words around a name say of a person's role, each clue with its weight; the words stand in `data/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from redactor.recognisers.lexicon import sections

if TYPE_CHECKING:
    from redactor.model import Role


class Weight(IntEnum):
    """How much a clue tells: a hint gives way to a sign, a sign to a statement."""

    HINT = 1
    SIGN = 2
    STATEMENT = 3
    SUBJECT = 4  # the person a file, a form or a claim is about, or whose own address is outside the body
    OFFICIAL = 5  # an address of a public body, or a seat among its members


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason for a role; [start, end) are offsets of the view where the words stand."""

    role: Role
    weight: Weight
    start: int
    end: int


@lru_cache(maxsize=8)
def alternatives(name: str) -> str:
    """The words of `data/NAME.txt` as alternatives of a pattern, longest first."""
    text = files("redactor.people").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    words = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return "|".join(sorted(map(_with_plural, words), key=len, reverse=True))


def _with_plural(words: str) -> str:
    """A phrase whose first word may stand in the plural: "agentes de liaison"."""
    first, blank, rest = words.partition(" ")
    plural = "" if first[-1] in "sx." else "s?"
    return f"{re.escape(first)}{plural}{blank}{re.escape(rest)}"


@lru_cache(maxsize=8)
def _first_words(name: str) -> frozenset[str]:
    singular = [re.sub(r"\\(.)", r"\1", one).split(" ")[0].removesuffix("s?") for one in alternatives(name).split("|")]
    return frozenset((*singular, *(f"{one}s" for one in singular)))


def may_tell(name: str, text: str) -> bool:
    """True when `text` holds the first word of an entry of a list: a quick look before the whole pattern is tried."""
    known = _first_words(name)
    return any(word in known or word.rstrip(".") in known for word in _WORD.findall(text))


def begins(name: str, word: str) -> bool:
    """True when `word` is the first word of an entry of a list."""
    return word in _first_words(name)


_WORD = re.compile(r"[\w.\-]+")
TITLE = r"(?:(?:m|mm|mmes|mme|mlle|me|mes|dre?|mr|mrs|ms|monsieur|madame|le dr|la dre)\.?[ ])?"
# Names before this one in an enumeration, blanked.
OTHERS = rf"(?:{TITLE}~{{1,60}}(?:, | et | and |, et |; )){{0,6}}{TITLE}$"
_WORDS = r"(?:[ ](?!(?:que|qui|ont|est|dit|mais|dont|~+)\b)[\w'.\-/]{1,25}){0,8}"


@lru_cache(maxsize=8)
def function_before(name: str) -> re.Pattern[str]:
    """Words such as "la directrice regionale, Mme " just before a name."""
    return re.compile(
        rf"(?<![\w\-])(?:{alternatives(name)})(?![\w\-]){_WORDS}(?:,[^,.;:\n~]{{1,30}},)?"
        rf"(?:,[ ]|,?[ ]?\n|[ ]?:[ ]|[ ]|,? (?:est|is|etait|was),? |, (?:le|la)[ ]){OTHERS}"
    )


@lru_cache(maxsize=8)
def function_after(name: str) -> re.Pattern[str]:
    """Words such as ", conseillere en transport" just after a name."""
    return re.compile(
        rf"(?:[ ]?[,;|/–—(\-][ ]?|\n|[ ]-[ ]|, ?M\. ?Sc\.,? ?|[ ](?=comme|est)|)(?:(?:la|le|l'|un|une|the|a|"
        rf"notre|votre|comme|est|is|"
        rf"notre|our|your)[ ']?)?[ ]?(?:[\w'.\-]{{1,20}}[ ]){{0,2}}(?:{alternatives(name)})(?![\w\-])"
    )


@lru_cache(maxsize=8)
def apposed(name: str) -> re.Pattern[str]:
    """Words such as ", locataire du 4" or " (la plaignante)": right after a name, between commas or in parentheses."""
    return re.compile(
        rf"[ ]?[,(–\-][ ]?(?:(?:la|le|une?|the|an?|notre|votre|autre)[ ]|l')?(?:{alternatives(name)})"
        r"(?=[,.;):\n]|[ ](?:d|of|du|des|and|et)\b|$)"
    )


# What a line of `data/role_cues.txt` may refer to.
_PARTS = {"{title}": TITLE, "{names}": OTHERS}


@lru_cache(maxsize=1)
def _sections() -> dict[str, re.Pattern[str]]:
    text = files("redactor.people").joinpath("data", "role_cues.txt").read_text(encoding="utf-8")
    return {key: _compiled(lines) for key, lines in sections(text).items()}


def _compiled(lines: list[str]) -> re.Pattern[str]:
    joined = "|".join(lines)
    for part, pattern in _PARTS.items():
        joined = joined.replace(part, pattern)
    return re.compile(joined)


def cue(name: str) -> re.Pattern[str]:
    """The pattern of one section of `data/role_cues.txt`. Raises KeyError for a section that is not there."""
    return _sections()[name]
