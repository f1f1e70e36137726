"""Places where persons are named, and which of them name the same person of the request."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redactor.model import Strength
from redactor.people.parts import Parts, families_match, gives_match, initials_alone, initials_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from redactor.model import Finding, Span


_CROWD = 60  # persons of one family name beyond which a family name alone tells nobody apart


@dataclass(frozen=True, slots=True)
class Naming:
    """One finding that names somebody: `document` is its place in the request, `name` as written."""

    document: int
    span: Span
    strength: Strength
    source: str
    parts: Parts = field(repr=False)
    name: str = field(repr=False)
    evidence: tuple[Span, ...] = ()


@dataclass
class Cluster:
    """Namings of one person, while persons are being made."""

    parts: Parts
    namings: list[Naming]

    @property
    def documents(self) -> set[int]:
        """Places of the documents in which the person is named."""
        return {naming.document for naming in self.namings}


class Families:
    """Clusters by family name, exact first, then one letter apart; and by given name inside a document."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._exact: dict[Parts, Cluster] = {}
        self._by_word: dict[str, list[Cluster]] = defaultdict(list)
        self._by_initials: dict[tuple[int, str], list[Cluster]] = defaultdict(list)
        self._by_given: dict[tuple[int, str], list[Cluster]] = defaultdict(list)

    def add(self, naming: Naming) -> Cluster:
        """A new cluster that holds `naming`."""
        cluster = Cluster(naming.parts, [naming])
        self.clusters.append(cluster)
        self._exact.setdefault(naming.parts, cluster)
        for key in _kept_under(naming.parts):
            self._by_word[key].append(cluster)
        self._note_given(cluster, naming)
        if naming.parts.is_full:
            initials = initials_of(f"{naming.parts.given} {naming.parts.family}")
            self._by_initials[naming.document, initials].append(cluster)
        return cluster

    def put(self, cluster: Cluster, naming: Naming) -> None:
        """Adds `naming` to a cluster."""
        cluster.namings.append(naming)
        self._note_given(cluster, naming)

    def _note_given(self, cluster: Cluster, naming: Naming) -> None:
        near = self._by_given[naming.document, cluster.parts.given]
        if cluster.parts.given and (not near or near[-1] is not cluster):
            near.append(cluster)

    def alike(self, parts: Parts) -> list[Cluster]:
        """Clusters whose family and given names can be those of `parts`: an exact match excludes the others.

        A family name that very many bear tells nobody apart: only its exact match is given then.
        """
        exact = self._exact.get(parts)
        if exact is not None and parts.given:
            return [exact]
        near = {id(one): one for key in _sought_under(parts) for one in self._by_word.get(key, [])[:_CROWD]}
        if len(near) >= _CROWD:
            return [exact] if exact is not None else []
        fitting = [one for one in near.values() if _fits(parts, one.parts)]
        return [one for one in fitting if one.parts.family == parts.family] or fitting

    def with_initials(self, document: int, initials: str) -> list[Cluster]:
        """The only person of a document who can sign with these initials; nobody where several can."""
        near = self._by_initials[document, initials]
        return near if len(near) == 1 else []

    def named(self, document: int, given: str) -> list[Cluster]:
        """Clusters of a document with that given name, the latest only when they are very many."""
        near = {id(one): one for one in self._by_given[document, given][-_CROWD:]}
        return list(near.values())


def _fits(one: Parts, other: Parts) -> bool:
    return families_match(one.family, other.family) and gives_match(one.given, other.given)


def _stems(family: str) -> set[str]:
    """Pieces of a family name: one-letter misspellings share at least one of them."""
    found: set[str] = set()
    for word in (family, *family.split(" ")):
        half = max(3, len(word) // 2)
        found |= {word, f"^{word[:half]}"} if len(word) < 6 else {word, f"^{word[:half]}", f"{word[-half:]}$"}
    return found - {""}


def _kept_under(parts: Parts) -> set[str]:
    """Keys of a person: with the initial and with any; a person without given name has a key of its own."""
    ends = (parts.given[:1], "any") if parts.given else ("none",)
    return {f"{stem}|{end}" for stem in _stems(parts.family) for end in ends}


def _sought_under(parts: Parts) -> set[str]:
    """Keys under which persons that can be meant are kept."""
    ends = (parts.given[:1], "none") if parts.given else ("any", "none")
    return {f"{stem}|{end}" for stem in _stems(parts.family) for end in ends}


def namings_of(document: int, findings: Iterable[Finding], text: str) -> list[Naming]:
    """The namings among the findings of one document."""
    found: list[Naming] = []
    for finding in findings:
        if finding.label in {"PI.name", "PI.signature"}:
            name = finding.span.of(text)
            parts = parts_of(name, titled=finding.source == "name-after-title")
            found.append(
                Naming(document, finding.span, finding.strength, finding.source, parts, name, finding.evidence)
            )
    return found


def cluster(namings: Sequence[Naming]) -> list[Cluster]:
    """Persons, by the fullest names first: full names, then initials, family names, given names."""
    families = Families()
    for naming in sorted(namings, key=_fullness):
        near = _candidates(families, naming)
        home = _nearest(near, naming)
        if home is None:
            families.add(naming)
        else:
            families.put(home, naming if naming.strength.masks else replace(naming, strength=Strength.STRONG))
    return families.clusters


def _fullness(naming: Naming) -> tuple[int, int, int]:
    parts = naming.parts
    rank = (
        4
        if initials_alone(naming.name)
        else 0
        if parts.is_full
        else 1
        if parts.has_initials
        else 2
        if parts.family
        else 3
    )
    return rank, naming.document, naming.span.start


def _candidates(families: Families, naming: Naming) -> list[Cluster]:
    """Clusters the naming can join by a link: a full name anywhere, anything less in the same document."""
    parts = naming.parts
    if initials := initials_alone(naming.name):
        return families.with_initials(naming.document, initials)
    if not parts.family:
        return families.named(naming.document, parts.given)
    near = families.alike(parts)
    if parts.is_full:
        return [c for c in near if c.parts.is_full]
    here = [c for c in near if naming.document in c.documents]
    return here or (near if len(near) == 1 and parts.has_initials else [])


def _nearest(near: list[Cluster], naming: Naming) -> Cluster | None:
    """The only candidate, or of several the one named last before this place."""
    if len(near) <= 1:
        return near[0] if near else None

    def distance(candidate: Cluster) -> tuple[int, int]:
        gaps = [naming.span.start - n.span.start for n in candidate.namings if n.document == naming.document]
        before = [gap for gap in gaps if gap >= 0]
        return (0, min(before)) if before else (1, min((-gap for gap in gaps), default=1 << 30))

    return min(near, key=distance)
