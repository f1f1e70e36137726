"""The role of each person, from what is said around the places where the person is named.

The weightiest clue decides; what is declared for the request decides over all. Public character is the policy's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.model import Role, Strength, Zone
from redactor.people import cues
from redactor.people.cues import Clue, Weight
from redactor.people.mailboxes import is_body_mail, mail_after
from redactor.people.reader import TELLING
from redactor.people.role_features import of_naming, of_person
from redactor.people.tables import asks_in_private, clues_in_row, is_personal_form, is_private_row
from redactor.recognisers.weighing import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from redactor.people.mentions import Cluster, Naming
    from redactor.people.reader import Reader
    from redactor.recognisers.scene import Lot, Scene

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
OFFICIAL = frozenset({Role.PUBLIC_STAFF, Role.SENIOR_MANAGEMENT, Role.ELECTED})
OUTSIDE = frozenset({Role.BENEFICIARY, Role.CONTRACTOR, Role.PERMIT_HOLDER, Role.REQUESTER})
_JUDGED = frozenset(["PI.discipline", "PI.evaluation"])
_MATTERS = frozenset(["PI.discipline", "PI.evaluation", "PI.health", "PI.family"])
_BESIDE = 60  # code points between a name and the words that judge its bearer
_NEAR = 160  # code points between a name and what is told of its bearer
_ROLL_REACH = 400  # code points from the label of a roll to the last of its names
_ACTS = re.compile(
    r"\b(?:est|a|ont|etait|qui|personnes?|citoyens?|public|is|was|has|who|people)\b[^:]*$"
)  # a sentence, not a roll
_ACTS_NEXT = re.compile(r"[ ](?:est|a|ont|sont|qui|was|has|were|who|vient|dit|demande|se)\b")
_REACH = 110  # code points on each side of a name in which its role is told
_OF_ANOTHER = re.compile(
    r"[ ,(|–-]{1,3}(?:sa|son|ses|his|her|leur|their|mon|ma|my|notre|our)\b"
)  # "(his wife gave birth)"
_MAIL_REACH = 130  # code points after a name, on its line, in which its address stands


@dataclass(slots=True)
class Heard:
    """What is said of a person around all places where the person is named."""

    features: set[str] = field(default_factory=set)
    clues: set[tuple[Role, Weight]] = field(default_factory=set)
    is_only_told_of: bool = True

    def hear(self, reader: Reader, naming: Naming) -> None:
        """Adds one place, in the document of `reader`."""
        self.features.update(of_naming(reader, naming))
        self.clues.update((one.role, one.weight) for one in clues_at(reader, naming))
        self.is_only_told_of = self.is_only_told_of and _is_only_told_of(reader, naming)


def heard(clusters: Sequence[Cluster], readers: Sequence[Reader]) -> list[Heard]:
    """What is said of each person, gone through document by document: few readers are in memory at a time."""
    places: dict[int, list[tuple[int, Naming]]] = defaultdict(list)
    for number, one in enumerate(clusters):
        for naming in one.namings:
            places[naming.document].append((number, naming))
    found = [Heard() for _ in clusters]
    for document in sorted(places):
        reader = readers[document]
        for number, naming in places[document]:
            found[number].hear(reader, naming)
    return found


def role_of(cluster: Cluster, said: Heard) -> tuple[Role | None, Strength]:
    """Role of a person and how well it is known; None when nothing tells it."""
    told = shipped("redactor.people", "role_weights")
    share = told.share(features_of(cluster, said))
    best = _best(said.clues)
    role, strength = _weighed(best, share, told.limits)
    in_passing = best is not None and role in OFFICIAL and best[1] <= Weight.SIGN
    if in_passing and said.is_only_told_of:
        return role, Strength.WEAK
    return role, strength


def _is_only_told_of(reader: Reader, naming: Naming) -> bool:
    """True where the sentence that names somebody by a function goes on to tell that person's illness or fault.

    A function in passing makes no official of who is named for such a matter alone: a person decides.
    """
    scene = reader.scene
    end = scene.view.at(naming.span.end)
    lot = scene.lot_at(end - 1)
    if lot is None or lot.zone is Zone.ATTENDANCE or lot.cells:
        return False
    sentence = next((one for one in scene.sentences[lot.index] if one.start < end <= one.end), None)
    first = bisect_left(reader.told, (end, ""))
    for start, label in reader.told[first : first + 2]:
        if sentence is not None and start < sentence.end and "~" not in reader.blanked[end:start]:
            return label in _MATTERS
    return False


def features_of(cluster: Cluster, said: Heard) -> dict[str, float]:
    """What the role of a person is weighed by, each 1: the name, the words around, and every clue."""
    clues = (f"clue:{role.value}:{weight.name.lower()}" for role, weight in said.clues)
    return dict.fromkeys([*of_person(cluster), *said.features, *clues], 1.0)


def _weighed(
    best: tuple[Role, Weight] | None, share: float, limits: Mapping[str, float]
) -> tuple[Role | None, Strength]:
    """What the clues say; a doubtful official is only a guess, and nobody's role is one where the weights are sure."""
    role, weight = best or (None, Weight.HINT)
    if role in OUTSIDE:
        return role, Strength.STRONG if weight > Weight.HINT else Strength.WEAK
    if role is None or weight is Weight.HINT or role is Role.PRIVATE:
        least = limits["public_against"] if role is Role.PRIVATE and weight > Weight.HINT else limits["public"]
        if share >= least:
            return role if role in OFFICIAL else Role.PUBLIC_STAFF, Strength.STRONG
    if role is None:
        return (Role.PRIVATE, Strength.WEAK) if share < limits["doubt"] else (None, Strength.WEAK)
    if weight is Weight.HINT or (role in OFFICIAL and share < limits["doubt"]):
        return role, Strength.WEAK
    return role, Strength.STRONG


def _best(clues: Iterable[tuple[Role, Weight]]) -> tuple[Role, Weight] | None:
    weights: dict[Role, Weight] = defaultdict(lambda: Weight.HINT)
    for role, weight in clues:
        weights[role] = max(weights[role], weight)
    if not weights:
        return None
    order = {role: -place for place, role in enumerate(_PRIORITY)}
    best = max(weights, key=lambda role: (weights[role], order[role]))
    return best, weights[best]


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
    yield from _private(reader, before, after, (start, end))
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
    inside = reader.blanked[max(floor, _sentence_start(scene, lot, start)) : start]
    if lot.cells:
        return f"{scene.labels(lot, start)} | {inside}"
    if len(reader.blanked[floor:start].strip(" -–—•\"'")) > 3:
        return inside
    return f"{scene.line_above(lot)}\n{inside.lstrip()}"


def _sentence_start(scene: Scene, lot: Lot, start: int) -> int:
    """Where the sentence of a name begins: the function of somebody else ends with the sentence before."""
    return max((one.start for one in scene.sentences[lot.index] if one.start <= start), default=lot.start)


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
        near = before[-60:] + after[:60].partition(". ")[0]
        public, private = cues.cue("public_body").search(near), cues.cue("private_body").search(near)
        if private and not public and role is not Role.ELECTED:
            yield Clue(Role.PRIVATE, Weight.SIGN, *place)
        elif _is_former(before, after) or (role is Role.PUBLIC_STAFF and not public and _is_of_others(reader, near)):
            yield Clue(role, Weight.HINT, *place)
        else:
            yield Clue(role, Weight.STATEMENT if is_after else Weight.SIGN, *place)
    if _is_after("occupations", after) or _is_before("occupations", before):
        yield Clue(Role.PUBLIC_STAFF, Weight.HINT, *place)


def _is_former(before: str, after: str) -> bool:
    return bool(cues.cue("former").search(before[-60:]) or cues.cue("former").match(after))


def _is_of_others(reader: Reader, near: str) -> bool:
    """True when a function is most likely one of another organisation, or of those who are inspected."""
    return reader.is_outside or (reader.is_inspection and not cues.cue("inspector").search(near))


def _is_before(name: str, before: str) -> bool:
    return cues.may_tell(name, before) and bool(cues.function_before(name).search(before))


def _is_after(name: str, after: str) -> bool:
    return cues.may_tell(name, after) and bool(cues.function_after(name).match(after))


def _labels(reader: Reader, before: str, after: str, place: tuple[int, int]) -> Iterator[Clue]:
    if cues.cue("author_label").search(before) and reader.author not in {"third_party", "consultant"}:
        yield Clue(Role.PUBLIC_STAFF, Weight.SIGN, *place)
    if any(cues.cue(name).search(before) for name in ("moved", "consulted", "office_use", "office_label")):
        yield Clue(Role.PUBLIC_STAFF, Weight.STATEMENT, *place)
    if cues.cue("colleague").search(before):
        yield Clue(Role.PUBLIC_STAFF, Weight.HINT if reader.is_inspection else Weight.SIGN, *place)
    if cues.cue("unit_after").match(after) and not reader.is_outside:
        yield Clue(Role.PUBLIC_STAFF, Weight.SIGN, *place)
    if cues.cue("beneficiary").search(before):
        yield Clue(Role.BENEFICIARY, Weight.STATEMENT, *place)
    if cues.cue("contractor").search(before) or cues.cue("contractor_after").match(after):
        yield Clue(Role.CONTRACTOR, Weight.STATEMENT, *place)
    if cues.cue("permit").search(before[-90:]) or cues.cue("permit").match(after):
        yield Clue(Role.PERMIT_HOLDER, Weight.SIGN, *place)


def _private(reader: Reader, before: str, after: str, place: tuple[int, int]) -> Iterator[Clue]:
    if cues.apposed("private").match(after):
        yield Clue(Role.PRIVATE, Weight.STATEMENT, *place)
    if _is_before("private", before) or (_is_after("private", after) and not _OF_ANOTHER.match(after)):
        yield Clue(Role.PRIVATE, Weight.SIGN, *place)
    if place[0] in {reader.addressee, reader.subject}:
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)
    if reader.author in {"citizen", "third_party"} and cues.cue("own_name").search(before):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)
    if cues.cue("private_object").search(before):
        yield Clue(Role.PRIVATE, Weight.SIGN, *place)
    if any(cues.cue(name).search(before) for name in ("subject_of", "accused", "private_label")):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)
    if cues.cue("complains").match(after):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)
    if cues.cue("private_data").match(after):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)
    yield from _told(reader, place)


def _told(reader: Reader, place: tuple[int, int]) -> Iterator[Clue]:
    """Something private that is told right after the name, before another name and in the same block."""
    lot = reader.scene.lot_at(place[0])
    if lot is None:
        return
    first = bisect_left(reader.told, (place[1], ""))
    for start, label in reader.told[first : first + 2]:
        gap = reader.blanked[place[1] : min(start, lot.end)]
        if start >= lot.end or start - place[1] > _NEAR or "~" in gap:
            return
        judged = label in _JUDGED and start - place[1] <= _BESIDE and not re.search(r"[.;:]", gap)
        yield Clue(Role.PRIVATE, Weight.STATEMENT if judged else Weight.HINT, *place)
        if label in TELLING:
            yield Clue(Role.PRIVATE, Weight.SIGN, *place)


def _surroundings(reader: Reader, lot: Lot, place: tuple[int, int]) -> Iterator[Clue]:
    scene = reader.scene
    opening = _opening(scene, lot, place[0])
    seated = lot.zone is Zone.ATTENDANCE or bool(cues.cue("attendance").search(opening))
    before = reader.blanked[max(lot.start, place[0] - _ROLL_REACH) : place[0]]
    acts = bool(_ACTS.search(before)) or bool(_ACTS_NEXT.match(reader.blanked[place[1] : min(lot.end, place[1] + 30)]))
    if seated and not acts and not (lot.cells and (asks_in_private(scene, lot) or is_private_row(scene, lot))):
        yield Clue(Role.PUBLIC_STAFF, Weight.OFFICIAL, *place)
    elif not reader.is_outside and cues.cue("roll").search(before):
        yield Clue(Role.PUBLIC_STAFF, Weight.STATEMENT, *place)
    if reader.author == "consultant" and cues.cue("team").search(opening):
        yield Clue(Role.PRIVATE, Weight.SUBJECT, *place)
    mail = mail_after(scene, place[1], min(lot.end, place[1] + _MAIL_REACH))
    own = mail is not None and is_body_mail(mail.group(), reader.facts)
    if mail and "~" not in reader.blanked[place[1] : mail.start()] and (own or not lot.cells):
        yield Clue(Role.PUBLIC_STAFF if own else Role.PRIVATE, Weight.OFFICIAL if own else Weight.SUBJECT, *place)
    elif lot.zone is Zone.EMAIL_HEADER:
        yield Clue(Role.PUBLIC_STAFF, Weight.SIGN, *place)
    elif lot.zone is Zone.SIGNATURE and reader.author == "consultant":
        yield Clue(Role.CONTRACTOR, Weight.SIGN, *place)
    elif lot.zone is Zone.SIGNATURE and reader.author not in {"third_party", "citizen"}:
        yield Clue(Role.PUBLIC_STAFF, Weight.HINT, *place)


def _opening(scene: Scene, lot: Lot, start: int) -> str:
    """The first words of the block, or of the list's heading: "Sont présents : ..."."""
    first = scene.folded[lot.start : min(start, lot.start + 45)]
    return first if first.strip(" -–•") else scene.line_above(lot)[-45:]
