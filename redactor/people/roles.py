"""The role of each person, from what is said around the places where the person is named.

The weightiest clue decides; what is declared for the request decides over all. Public character is the policy's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.model import UNKNOWN, Facts, Role, Strength, Zone
from redactor.people import cues
from redactor.people.cues import Clue, Weight
from redactor.people.tables import clues_in_row, is_personal_form
from redactor.recognisers.view import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redactor.model import Finding
    from redactor.people.mentions import Cluster, Naming
    from redactor.recognisers.scene import Lot, Scene

_ANY_MAIL = re.compile(r"[\w.+\-]{1,64}@[\w.\-]{1,100}")
# A discretionary grant that was awarded makes its beneficiary, and the benefit, public: the form says so itself.
_AWARDED = re.compile(
    r"\b(?:amount awarded|montant (?:accorde|octroye|verse)|(?:aide|subvention|bourse) accordee)\b[^.\n]{0,20}\d"
)
_PRIORITY = (  # of two clues of equal weight
    Role.ELECTED,
    Role.SENIOR_MANAGEMENT,
    Role.BENEFICIARY,
    Role.CONTRACTOR,
    Role.PERMIT_HOLDER,
    Role.PUBLIC_STAFF,
    Role.REQUESTER,
    Role.PRIVATE,
)
_REACH = 110  # code points on each side of a name in which its role is told
_MAIL_REACH = 130  # code points after a name, on its line, in which its address stands


@dataclass(frozen=True, slots=True)
class Reader:
    """One document as roles are read from it: `blanked` is its folded text with every name replaced by `~`."""

    scene: Scene
    facts: Facts
    blanked: str = field(repr=False)
    is_award: bool  # the document says that a discretionary benefit was granted

    @property
    def author(self) -> str:
        """Who wrote the document, or nothing."""
        return "" if self.facts.author is UNKNOWN else str(self.facts.author)

    @property
    def is_outside(self) -> bool:
        """True when functions named in it are most likely those of another organisation."""
        return self.author == "third_party"

    def is_own_mail(self, address: str) -> bool:
        """True for an address of a public body, or of the body that holds the document."""
        return bool(cues.PUBLIC_MAIL.search(address)) or any(
            word in address.partition("@")[2]
            for word in re.findall(r"[a-z\-]{5,}", self._body())
            if word not in _COMMON
        )

    def _body(self) -> str:
        return "" if self.facts.body is UNKNOWN else fold(str(self.facts.body))


_COMMON = frozenset(
    ["societe", "ministere", "commission", "bureau", "centre", "office", "conseil", "services", "quebec"]
)


def reader_of(scene: Scene, facts: Facts, findings: Sequence[Finding]) -> Reader:
    """The reader of one document."""
    letters = list(scene.folded)
    for finding in findings:
        if finding.label == "PI.name":
            start, end = scene.view.at(finding.span.start), scene.view.at(finding.span.end)
            letters[start:end] = "~" * (end - start)
    return Reader(scene, facts, "".join(letters), bool(_AWARDED.search(scene.folded)))


def role_of(cluster: Cluster, readers: Sequence[Reader]) -> tuple[Role | None, Strength]:
    """Role of a person and how well it is known; None when nothing tells it."""
    best = _best(clue for naming in cluster.namings for clue in clues_at(readers[naming.document], naming))
    if best is None:
        return None, Strength.WEAK
    role, weight = best
    return role, (Strength.STRONG if weight > Weight.HINT else Strength.WEAK)


def _best(clues: Iterable[Clue]) -> tuple[Role, Weight] | None:
    weights: dict[Role, Weight] = defaultdict(lambda: Weight.HINT)
    for clue in clues:
        weights[clue.role] = max(weights[clue.role], clue.weight)
    if not weights:
        return None
    order = {role: -place for place, role in enumerate(_PRIORITY)}
    role = max(weights, key=lambda role: (weights[role], order[role]))
    return role, weights[role]


def clues_at(reader: Reader, naming: Naming) -> Iterator[Clue]:
    """Every clue around one naming."""
    scene = reader.scene
    start, end = scene.view.at(naming.span.start), scene.view.at(naming.span.end)
    lot = scene.lot_at(start)
    if lot is None:
        return
    before, after = _before(reader, lot, start), _after(reader, lot, end)
    yield from _functions(reader, before, after, (start, end))
    yield from _labels(reader, before, after, (start, end))
    yield from _private(before, after, (start, end))
    yield from _surroundings(reader, lot, (start, end))
    if len(lot.cells) == 2 and reader.is_award and is_personal_form(scene, lot):
        yield Clue(Role.BENEFICIARY, Weight.OFFICIAL, start, end)
    if lot.cells:
        yield from clues_in_row(scene, lot, (start, end), is_outside=reader.is_outside)


def _before(reader: Reader, lot: Lot, start: int) -> str:
    """Blanked words before a name; where it opens its line or cell, the label above or beside."""
    scene = reader.scene
    segment = scene.segment_at(start)
    floor = max(segment.start if segment else 0, start - _REACH)
    inside = reader.blanked[floor:start]
    if len(inside.strip(" -–—•\"'")) > 3:
        return inside
    if lot.cells:
        return f"{scene.labels(lot, start)} | {inside}"
    return f"{scene.line_above(lot)}\n{inside.lstrip()}"


def _after(reader: Reader, lot: Lot, end: int) -> str:
    """Blanked words after a name, with the next line where the name ends its own: a function often stands there."""
    scene = reader.scene
    segment = scene.segment_at(max(0, end - 1))
    inside = reader.blanked[end : min(segment.end if segment else end, end + _REACH)]
    if inside.strip(" ,.;") or lot.cells or lot.index + 1 >= len(scene.lots):
        return inside
    following = scene.lots[lot.index + 1]
    return inside.rstrip() + "\n" + reader.blanked[following.start : min(following.end, following.start + _REACH)]


def _functions(reader: Reader, before: str, after: str, place: tuple[int, int]) -> Iterator[Clue]:
    for name, role in (("elected", Role.ELECTED), ("senior", Role.SENIOR_MANAGEMENT), ("functions", Role.PUBLIC_STAFF)):
        is_after = _is_after(name, after)
        if not (is_after or _is_before(name, before)):
            continue
        near = before[-60:] + after[:60]
        public, private = cues.PUBLIC_BODY.search(near), cues.PRIVATE_BODY.search(near)
        if private and not public:
            yield Clue(Role.PRIVATE, Weight.SIGN, *place)
        elif reader.is_outside and role is Role.PUBLIC_STAFF and not public:
            yield Clue(role, Weight.HINT, *place)
        else:
            yield Clue(role, Weight.STATEMENT if is_after else Weight.SIGN, *place)


def _is_before(name: str, before: str) -> bool:
    return cues.may_tell(name, before) and bool(cues.function_before(name).search(before))


def _is_after(name: str, after: str) -> bool:
    return cues.may_tell(name, after) and bool(cues.function_after(name).match(after))


def _labels(reader: Reader, before: str, after: str, place: tuple[int, int]) -> Iterator[Clue]:
    if cues.AUTHOR_LABEL.search(before) and reader.author not in {"third_party", "consultant"}:
        yield Clue(Role.PUBLIC_STAFF, Weight.SIGN, *place)
    if (
        cues.MOVED.search(before)
        or cues.CONSULTED.search(before)
        or cues.OFFICE_USE.search(before)
        or cues.OFFICE_LABEL.search(before)
    ):
        yield Clue(Role.PUBLIC_STAFF, Weight.STATEMENT, *place)
    if cues.BENEFICIARY.search(before):
        yield Clue(Role.BENEFICIARY, Weight.STATEMENT, *place)
    if cues.CONTRACTOR.search(before):
        yield Clue(Role.CONTRACTOR, Weight.STATEMENT, *place)
    if cues.PERMIT.search(before[-90:]) or cues.PERMIT.match(after):
        yield Clue(Role.PERMIT_HOLDER, Weight.SIGN, *place)


def _private(before: str, after: str, place: tuple[int, int]) -> Iterator[Clue]:
    if _is_before("private", before) or _is_after("private", after):
        yield Clue(Role.PRIVATE, Weight.SIGN, *place)
    if cues.PRIVATE_OBJECT.search(before):
        yield Clue(Role.PRIVATE, Weight.SIGN, *place)
    if cues.SUBJECT_OF.search(before):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)
    if cues.PRIVATE_DATA.match(after):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)


def _surroundings(reader: Reader, lot: Lot, place: tuple[int, int]) -> Iterator[Clue]:
    scene = reader.scene
    opening = _opening(scene, lot, place[0])
    if lot.zone is Zone.ATTENDANCE or cues.ATTENDANCE.search(opening):
        yield Clue(Role.PUBLIC_STAFF, Weight.OFFICIAL, *place)
    if reader.author == "consultant" and cues.TEAM.search(opening):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)
    mail = _ANY_MAIL.search(scene.folded, place[1], min(lot.end, place[1] + _MAIL_REACH))
    if mail and "~" not in reader.blanked[place[1] : mail.start()]:
        own = reader.is_own_mail(mail.group())
        yield Clue(Role.PUBLIC_STAFF if own else Role.PRIVATE, Weight.OFFICIAL if own else Weight.SUBJECT, *place)
    elif lot.zone is Zone.EMAIL_HEADER:
        yield Clue(Role.PUBLIC_STAFF, Weight.SIGN, *place)
    elif lot.zone is Zone.SIGNATURE and reader.author not in {"third_party", "citizen"}:
        yield Clue(Role.PUBLIC_STAFF, Weight.HINT, *place)


def _opening(scene: Scene, lot: Lot, start: int) -> str:
    """The first words of the block, or of the list's heading: "Sont présents : ..."."""
    first = scene.folded[lot.start : min(start, lot.start + 45)]
    return first if first.strip(" -–•") else scene.line_above(lot)[-45:]
