"""What can be told of each piece without deciding anything: its concepts, forms, tie to a person, place and rules.

A feature is a name with a value from 0 to 1; the names are what a person reads in a trace.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from redactor.model import Unknown
from redactor.people.telling.concepts import LITTLE, NOT, Concept, concepts_in
from redactor.people.telling.pieces import VALUE, Piece, pieces_of
from redactor.people.telling.ties import (
    FIRST,
    KIN,
    POSSESSIVE,
    PRONOUN,
    SECOND,
    Bond,
    Company,
    Tie,
    bond_of,
    person_noun,
    roles_near,
)
from redactor.recognisers.lexicon import sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redactor.people.telling.pieces import Value

BIAS: Final = "bias"
MANY: Final = 3  # hits of a family; more add nothing
FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "third": PRONOUN, "own": POSSESSIVE, "first": FIRST, "second": SECOND, "kin": KIN,
}  # fmt: skip
SIZES: Final = ((2, "tiny"), (5, "short"), (10, "middle"), (20, "long"))  # words; more is "huge"
DENSE: Final = 5.0  # namings of private persons a thousand code points from which a document is full of them
SCALE: Final = 1_000  # code points
LARGE: Final = 6_000  # code points, three pages: a longer document speaks of more than persons


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule already claims in [start, end) of the view: a clause of a person, or advice."""

    start: int
    end: int
    name: str
    masks: bool


@dataclass(frozen=True)
class Ground:
    """What the pieces of one document are weighed in."""

    company: Company
    values: tuple[Value, ...]
    claims: tuple[Claim, ...]  # in order of their start
    labels: frozenset[str]  # labels of the numbers and dates of persons found in the document

    @cached_property
    def by_lot(self) -> Mapping[int, tuple[Claim, ...]]:
        """The claims that touch each block, by the block's index."""
        lots = sorted(self.company.scene.lots, key=lambda lot: lot.start)
        starts = [lot.start for lot in lots]
        found: dict[int, list[Claim]] = {}
        for claim in self.claims:
            first = max(0, bisect_right(starts, claim.start) - 1)
            for lot in lots[first : bisect_left(starts, claim.end)]:
                found.setdefault(lot.index, []).append(claim)
        return {index: tuple(claims) for index, claims in found.items()}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A piece with its features, its tie, and the concepts that it holds."""

    piece: Piece
    bond: Bond
    concepts: tuple[Concept, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)


def weighed_in(ground: Ground) -> tuple[Weighed, ...]:
    """Every piece of the document with its features."""
    scene = ground.company.scene
    pieces = pieces_of(scene, ground.values)
    concepts = [concepts_in(scene.folded, piece.start, piece.end) for piece in pieces]
    bonds = [bond_of(ground.company, piece) for piece in pieces]
    document = _document(ground)
    found = []
    for at, piece in enumerate(pieces):
        values = {BIAS: 1.0, **document}
        values |= _concepts(concepts[at], "c") | _around(pieces, concepts, at)
        values |= _forms(scene.folded[piece.start : piece.end])
        values |= _titles(ground, piece) | _place(ground, piece) | _claims(ground, piece)
        values |= _tie(ground, piece, bonds[at], values)
        found.append(Weighed(piece, bonds[at], concepts[at], values))
    return tuple(found)


def _concepts(found: Sequence[Concept], prefix: str) -> dict[str, float]:
    families = [one.family for one in found]
    told = {f"{prefix}:{name}": (1 + min(families.count(name), MANY)) / (1 + MANY) for name in families}
    if any(not name.startswith(NOT) and not name.endswith(LITTLE) for name in families):
        told[f"{prefix}:any"] = 1.0
    if any(name.endswith(LITTLE) for name in families):
        told[f"{prefix}:little"] = 1.0
    if any(name.startswith(NOT) for name in families):
        told[f"{prefix}:not"] = 1.0
    return told


def _around(pieces: Sequence[Piece], concepts: Sequence[Sequence[Concept]], at: int) -> dict[str, float]:
    """What the pieces beside it and the rest of its sentence hold."""
    told: dict[str, float] = {}
    for shift, prefix in ((-1, "before"), (1, "after")):
        beside = at + shift
        if 0 <= beside < len(pieces) and pieces[beside].lot is pieces[at].lot:
            known = _concepts(concepts[beside], prefix)
            told |= {name: value for name, value in known.items() if name.endswith((":any", ":not", ":little"))}
    if at and pieces[at].left == "colon" and pieces[at - 1].lot is pieces[at].lot:
        told |= _concepts(concepts[at - 1], "label")
    return told


def _forms(words: str) -> dict[str, float]:
    told = {f"form:{name}": 1.0 for name, pattern in (*FORMS.items(), *_listed().items()) if pattern.search(words)}
    count = len(words.split())
    told[f"size:{next((name for most, name in SIZES if count <= most), 'huge')}"] = 1.0
    return told


@lru_cache(maxsize=1)
def _listed() -> Mapping[str, re.Pattern[str]]:
    """The forms of `data/forms.txt`, by name."""
    text = files("redactor.people.telling").joinpath("data", "forms.txt").read_text(encoding="utf-8")
    return {name: re.compile("|".join(lines)) for name, lines in sections(text).items()}


def _titles(ground: Ground, piece: Piece) -> dict[str, float]:
    """What the header of its column and the label of its row speak of."""
    scene, lot = ground.company.scene, piece.lot
    if not lot.cells:
        return {}
    told = {"row:header": 1.0} if lot.header == lot.index else {}
    header = scene.lots[lot.header].cells if lot.header is not None and lot.header != lot.index else ()
    if piece.column < len(header):
        told |= _concepts(concepts_in(scene.folded, header[piece.column].start, header[piece.column].end), "column")
    if piece.column:
        told |= _concepts(concepts_in(scene.folded, lot.cells[0].start, lot.cells[0].end), "row")
    return told | {f"cells:{min(len(lot.cells), 5)}": 1.0}


def _place(ground: Ground, piece: Piece) -> dict[str, float]:
    scene = ground.company.scene
    right = scene.folded[piece.end : piece.end + 1]
    lot = piece.lot
    names = (f"left:{piece.left}", f"zone:{lot.zone}", f"block:{lot.kind}", f"lang:{lot.lang}")
    told = dict.fromkeys(names, 1.0)
    if right == ":":
        told["right:colon"] = 1.0
    if right in {")", "]"}:
        told["right:bracket"] = 1.0
    starts = [value.start for value in ground.values]
    after = bisect_left(starts, piece.end)
    if after < len(starts) and starts[after] - piece.end <= 1:
        told["right:name" if ground.values[after].is_name else "right:number"] = 1.0
    if piece.left == VALUE:
        before = bisect_right(starts, piece.start) - 1
        if before >= 0 and not ground.values[before].is_name:
            told["left:number"] = 1.0
    return told


def _claims(ground: Ground, piece: Piece) -> dict[str, float]:
    """The rules that claim at least half of the piece."""
    told: dict[str, float] = {}
    for claim in ground.by_lot.get(piece.lot.index, ()):
        shared = min(claim.end, piece.end) - max(claim.start, piece.start)
        if 2 * shared >= piece.end - piece.start:
            told[f"rule:{claim.name}:{'strong' if claim.masks else 'weak'}"] = 1.0
    return told


def _tie(ground: Ground, piece: Piece, bond: Bond, own: Mapping[str, float]) -> dict[str, float]:
    """The tie, alone and together with what the piece speaks of."""
    company = ground.company
    words = company.scene.folded[piece.start : piece.end]
    tie = f"{bond.tie}:{bond.role}"
    told = {f"tie:{tie}": 1.0, f"role:{bond.role}": 1.0}
    for name in ("any", "not", "little"):
        if f"c:{name}" in own:
            told[f"tie:{tie}&{name}"] = 1.0
            told[f"role:{bond.role}&{name}"] = 1.0
    if "c:any" not in own:
        told[f"role:{bond.role}&none"] = 1.0
    for name in ("health", "family", "money", "work", "sanction", "appraisal", "request", "life", "justice"):
        if f"c:{name}" in own:
            told[f"role:{bond.role}&{name}"] = 1.0
    if person_noun().search(words):
        told["noun"] = 1.0
    near = roles_near(company, piece)
    if near and "private" in near and bond.tie is not Tie.NONE:
        told["near:private"] = near.count("private") / len(near)
    if not near:
        told["near:nobody"] = 1.0
    return told


def _document(ground: Ground) -> dict[str, float]:
    """What the document is, and how full of private persons."""
    company = ground.company
    size = max(SCALE, len(company.scene.text))
    private = sum(one.role == "private" for one in company.named) * SCALE / size
    told = {"document:private": min(private, DENSE) / DENSE, "document:size": min(1.0, size / LARGE)}
    told |= dict(_facts(ground))
    second = len(SECOND.findall(company.scene.folded)) * SCALE / size
    told["document:you"] = min(second, DENSE) / DENSE
    if ground.labels & {"PI.dob", "PI.sin", "PI.ramq", "PI.student_code", "PI.age"}:
        told["document:identity"] = 1.0
    if company.subject is not None:
        told["document:file"] = 1.0
    if company.addressee is not None:
        told["document:letter"] = 1.0
    return told


def _facts(ground: Ground) -> Iterator[tuple[str, float]]:
    facts = ground.company.facts
    for name, value in (("kind", facts.kind), ("author", facts.author)):
        if not isinstance(value, Unknown):
            yield f"{name}:{value}", 1.0
