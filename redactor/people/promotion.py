"""Weak claims about a person, weighed again once it is known who the person is.

What is told of a private person in the same block is enough to mask; the same words about an official are not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from redactor.model import Finding, Person, Role, Strength
from redactor.recognisers.files import SOURCE as FILE
from redactor.recognisers.hits import CLAUSES
from redactor.recognisers.states import ADDRESSED, LIFE, SOURCES

if TYPE_CHECKING:
    from redactor.recognisers.scene import Scene

_PRIVATE = frozenset({Role.PRIVATE, Role.REQUESTER})
_REACH = 450  # code points between the last mention of a person and what a pronoun tells of it


def weigh(finding: Finding, person: Person | None, scene: Scene) -> Finding | None:
    """The finding, stronger when it tells of a private person nearby; None when it only could."""
    if finding.strength.masks or finding.label not in CLAUSES:
        return finding
    if person is not None and _is_told_of(finding, person) and _is_beside(finding, person, scene):
        return replace(finding, strength=Strength.STRONG)
    return None if finding.source in SOURCES or finding.source == FILE else finding


def _is_told_of(finding: Finding, person: Person) -> bool:
    """True for a private person; what tells of a life counts for one whose role is not known, or only guessed, too."""
    if person.role in _PRIVATE:
        return person.role_strength.masks or finding.source in LIFE
    return person.role is None and finding.source in LIFE


def _is_beside(finding: Finding, person: Person, scene: Scene) -> bool:
    """True when the person is named in the same block, or shortly before; what is said to "you" needs no name."""
    if finding.source in {ADDRESSED, FILE}:
        return True
    start = scene.view.at(finding.span.start)
    lot = scene.lot_at(start)
    if lot is None:
        return False
    places = [scene.view.at(mention.span.start) for mention in person.mentions]
    return any(lot.start <= place < lot.end or 0 <= start - place <= _REACH for place in places)
