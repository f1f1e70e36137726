"""What a recogniser claims, in offsets of the view, and how claims on the same words are settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import Element, Finding, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redactor.recognisers.view import View

_RANK = {Strength.PROVEN: 2, Strength.STRONG: 1, Strength.WEAK: 0}
# Labels whose claim is a whole clause: they may hold values of other labels.
CLAUSES = frozenset(
    ["PI.health", "PI.family", "PI.discipline", "PI.evaluation", "PI.salary", "PI.origin", "PI.immigration", "PI.other"]
)
# Between two claims of equal strength and length on the same words, the one that stands first here holds.
_ORDER = [
    "PI.card",
    "PI.sin",
    "PI.ramq",
    "PI.student_code",
    "PI.licence",
    "PI.bank",
    "PI.email",
    "PI.phone",
    "PI.ip",
    "PI.plate",
    "PI.employee_no",
    "PI.dob",
    "PI.age",
    "PI.address",
    "PI.signature",
    "PI.name",
]


@dataclass(frozen=True, slots=True)
class Hit:
    """A claim on [start, end) of the view. `evidence` are ranges of the view."""

    start: int
    end: int
    label: str
    strength: Strength
    source: str
    evidence: tuple[tuple[int, int], ...] = ()
    element: Element | None = None

    def finding(self, view: View) -> Finding:
        """The same claim in offsets of the document."""
        spans = tuple(view.span(start, end) for start, end in self.evidence if start < end)
        place = view.span(self.start, self.end)
        return Finding(place, self.label, self.strength, self.source, spans, element=self.element)


def settle(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Claims without overlap among values, and without repeated clauses, in reading order.

    The stronger claim holds, then the longer, then the order of labels. A clause and a value may overlap.
    """
    all_hits = set(hits)
    values = _disjoint(hit for hit in all_hits if hit.label not in CLAUSES)
    clauses = _disjoint(hit for hit in all_hits if hit.label in CLAUSES)
    return tuple(sorted((*values, *clauses), key=lambda hit: (hit.start, -hit.end, hit.label)))


def _disjoint(hits: Iterable[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    group: list[Hit] = []
    reach = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end, hit.label)):
        if group and hit.start >= reach:
            kept.extend(_best(group))
            group = []
        group.append(hit)
        reach = max(reach, hit.end) if len(group) > 1 else hit.end
    return [*kept, *_best(group)]


def _best(group: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(group, key=_weight, reverse=True):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return kept


def _weight(hit: Hit) -> tuple[int, int, int, str]:
    order = _ORDER.index(hit.label) if hit.label in _ORDER else len(_ORDER)
    return (_RANK[hit.strength], hit.end - hit.start, -order, hit.source)
