"""Weak claims about a person, weighed again once it is known who the person is.

What is told of a private person in the same block is enough to mask; the same words about an official are not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from redactor.model import Finding, Person, Role, Strength
from redactor.recognisers.hits import CLAUSES
from redactor.recognisers.states import SOURCES

if TYPE_CHECKING:
    from redactor.recognisers.scene import Scene

_PRIVATE = frozenset({Role.PRIVATE, Role.REQUESTER})


def weigh(finding: Finding, person: Person | None, scene: Scene) -> Finding | None:
    """The finding, stronger when it tells of a private person in the same block; None when it only could."""
    if finding.strength.masks or finding.label not in CLAUSES:
        return finding
    private = person is not None and person.role in _PRIVATE and person.role_strength.masks
    if private and person is not None and _is_beside(finding, person, scene):
        return replace(finding, strength=Strength.STRONG)
    return None if finding.source in SOURCES else finding


def _is_beside(finding: Finding, person: Person, scene: Scene) -> bool:
    lot = scene.lot_at(scene.view.at(finding.span.start))
    if lot is None:
        return False
    return any(lot.start <= scene.view.at(mention.span.start) < lot.end for mention in person.mentions)
