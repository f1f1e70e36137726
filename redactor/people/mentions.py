"""Places where persons are named, and which of them name the same person of the request."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redactor.model import Strength
from redactor.people.parts import Parts, families_match, gives_match, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from redactor.model import Finding, Span


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
        self._by_word: dict[str, list[Cluster]] = defaultdict(list)
        self._by_given: dict[tuple[int, str], list[Cluster]] = defaultdict(list)

    def add(self, naming: Naming) -> Cluster:
        """A new cluster that holds `naming`."""
        cluster = Cluster(naming.parts, [naming])
        self.clusters.append(cluster)
        for key in keys_of(naming.parts.family):
            self._by_word[key].append(cluster)
        self._note_given(cluster, naming)
        return cluster

    def put(self, cluster: Cluster, naming: Naming) -> None:
        """Adds `naming` to a cluster."""
        cluster.namings.append(naming)
        self._note_given(cluster, naming)

    def _note_given(self, cluster: Cluster, naming: Naming) -> None:
        near = self._by_given[naming.document, cluster.parts.given]
        if cluster.parts.given and not any(cluster is other for other in near):
            near.append(cluster)

    def alike(self, parts: Parts) -> list[Cluster]:
        """Clusters whose family and given names can be those of `parts`: an exact given name excludes the others."""
        near: dict[int, Cluster] = {}
        for key in keys_of(parts.family):
            for cluster in self._by_word[key]:
                if families_match(parts.family, cluster.parts.family) and gives_match(parts.given, cluster.parts.given):
                    near[id(cluster)] = cluster
        exact = [c for c in near.values() if c.parts.family == parts.family and c.parts.given == parts.given]
        same_family = [c for c in near.values() if c.parts.family == parts.family]
        return exact or same_family or list(near.values())

    def named(self, document: int, given: str) -> list[Cluster]:
        """Clusters of a document with that given name."""
        return self._by_given[document, given]


def keys_of(family: str) -> set[str]:
    """Keys under which a family name is looked up: one-letter misspellings share at least one of them."""
    keys: set[str] = set()
    for word in (family, *family.split(" ")):
        half = max(3, len(word) // 2)
        keys |= {word, f"^{word[:half]}"} if len(word) < 6 else {word, f"^{word[:half]}", f"{word[-half:]}$"}
    return keys - {""}


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
    rank = 0 if parts.is_full else 1 if parts.has_initials else 2 if parts.family else 3
    return rank, naming.document, naming.span.start


def _candidates(families: Families, naming: Naming) -> list[Cluster]:
    """Clusters the naming can join by a link: a full name anywhere, anything less in the same document."""
    parts = naming.parts
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
