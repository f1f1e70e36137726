"""Titles and particles of names: the one list of them, and the titles that stand before a name.

A title alone still tells sex, civil state or profession of a person whose name is hidden.
"""

from __future__ import annotations

import re

from redactor.model import Span
from redactor.text.normalise import fold

HONORIFICS = frozenset(
    re.findall(
        r"\w+",
        "m mm mme mmes mlle mlles me mes dr dre drs docteur docteure monsieur messieurs madame mesdames mademoiselle "
        "maitre mr mrs ms miss mx prof pr pre professeur professeure sister brother father rev reverend soeur frere "
        "famille family "
        "mrne rnrne rnrnes rnonsieur rnadame madarne",  # as character recognition reads them
    )
)
# Before a name they make one too, but tell a rank or an office that may stay.
RANKS = frozenset(
    re.findall(
        r"\w+",
        "hon honorable juge judge sergent sergente lieutenant lieutenante capitaine caporal caporale constable",
    )
)
PARTICLES = frozenset(
    re.findall(
        r"[\w']+",
        "de du des la le les d' l' van von der den ter ten el al ben bin bint ibn abu di da do dos das della del dal "
        "y e zu af",
    )
)
REACH = 40  # code points before a name in which its titles stand: "Madame la professeure et Monsieur"
_BEFORE = re.compile(r"(?:(?<!\w)([^\W\d_]+)\.?[ \u00a0](?:et|and|&)[ \u00a0])?(?<!\w)([^\W\d_]+)\.?[ \u00a0]{1,2}\Z")
_AFTER = re.compile(r"([^\W\d_]+)\.?[ \u00a0]{1,2}(?:(?:et|and|&)[ \u00a0]([^\W\d_]+)\.?[ \u00a0]{1,2})?")


def with_titles(text: str, name: Span) -> Span:
    """`name` with the titles that stand right before it: `M. et Mme`, `Me`, `Dre`."""
    begin = max(0, name.start - REACH)
    match = _BEFORE.search(text, begin, name.start) if name.start > begin else None
    if match is None or not _is_title(match[2]):
        return name
    first = match.start(1) if match[1] and _is_title(match[1]) else match.start(2)
    return Span(first, name.end)


def without_titles(words: str) -> str:
    """The name in `words` without the titles that open it."""
    match = _AFTER.match(words)
    if match is None or not _is_title(match[1]):
        return words
    return words[match.end() :] if match[2] is None or _is_title(match[2]) else words[match.end(1) :].lstrip(". \u00a0")


def is_title(word: str) -> bool:
    """True for a word, with its point if it has one, that makes a name of the words after it: "Mme", "sergent"."""
    folded = fold(word)
    bare = folded.rstrip(".")
    if bare in {"famille", "family"} or (bare == "m" and folded == bare):
        return False
    return (
        (bare in HONORIFICS or bare in RANKS) and (word[0].isupper() or bare == "me") and (bare != "me" or word == "Me")
    )


def _is_title(word: str) -> bool:
    return word[0].isupper() and fold(word) in HONORIFICS
