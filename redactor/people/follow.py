"""Later mentions of known persons: the family name again, in any capitals, or the given name in the same document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from redactor.model import Span, Strength
from redactor.people.mentions import Cluster, Naming
from redactor.recognisers import vetoes
from redactor.recognisers.lexicon import is_everyday_word, is_given_name, is_never_a_name
from redactor.recognisers.tokens import Kind, Token, tokens_in
from redactor.recognisers.view import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.recognisers.scene import Scene

SOURCE = "later-mention"
_NAME_KINDS = frozenset({Kind.CAPITAL, Kind.UPPER})
_SHORTEST = 3  # letters of a family name that is followed alone


class _Index:
    """Words under which persons are followed, in one document and in the whole request."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self.by_family: dict[str, list[Cluster]] = defaultdict(list)
        self.by_given: dict[tuple[int, str], list[Cluster]] = defaultdict(list)
        self.documents = {id(cluster): cluster.documents for cluster in clusters}
        for cluster in clusters:
            family = cluster.parts.family
            if len(family) >= _SHORTEST:
                self.by_family[family.split(" ")[-1]].append(cluster)
            if cluster.parts.given and "." not in cluster.parts.given:
                for document in self.documents[id(cluster)]:
                    self.by_given[document, cluster.parts.given].append(cluster)


def later(clusters: Sequence[Cluster], scenes: Sequence[Scene]) -> Iterator[tuple[Cluster, Naming]]:
    """Every mention that no recogniser claimed, with the person it follows."""
    index = _Index(clusters)
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for naming in (naming for one in clusters for naming in one.namings):
        taken[naming.document].append((naming.span.start, naming.span.end))
    for document, scene in enumerate(scenes):
        yield from _in_document(index, document, scene, sorted(taken[document]))


def _in_document(
    index: _Index, document: int, scene: Scene, taken: list[tuple[int, int]]
) -> Iterator[tuple[Cluster, Naming]]:
    at = 0
    for lot in sorted(scene.lots, key=lambda lot: lot.start):
        tokens = tokens_in(scene, lot.start, lot.end)
        for place, token in enumerate(tokens):
            if token.kind not in _NAME_KINDS:
                continue
            span = scene.view.span(token.start, token.end)
            while at < len(taken) and taken[at][1] <= span.start:
                at += 1
            if at < len(taken) and taken[at][0] < span.end:
                continue
            for cluster, naming in _mention(index, document, scene, tokens, place):
                yield (
                    cluster,
                    replace(naming, strength=Strength.WEAK) if fold(token.word) in scene.small_words else naming,
                )


def _mention(
    index: _Index, document: int, scene: Scene, tokens: tuple[Token, ...], place: int
) -> Iterator[tuple[Cluster, Naming]]:
    token = tokens[place]
    word = fold(token.word)
    by_family = index.by_family.get(word, [])
    here = [cluster for cluster in by_family if document in index.documents[id(cluster)]]
    given = index.by_given.get((document, word), [])
    if by_family and not _is_other_name(scene, tokens, place):
        cluster = here[0] if here else by_family[0]
        strength = Strength.STRONG if len(here) == 1 and not is_everyday_word(word) else Strength.WEAK
        yield cluster, _naming(cluster, document, scene, token, strength)
    elif len(given) == 1 and is_given_name(word) and not _is_other_name(scene, tokens, place):
        yield given[0], _naming(given[0], document, scene, token, Strength.STRONG)


def _is_other_name(scene: Scene, tokens: tuple[Token, ...], place: int) -> bool:
    """True when the word is part of a place's, a firm's or somebody else's name."""
    token = tokens[place]
    lot = scene.lot_at(token.start)
    floor, ceiling = (lot.start, lot.end) if lot else (0, len(scene.text))
    if is_never_a_name(token.word) or vetoes.is_place_or_work(scene, (token,), floor, ceiling):
        return True
    around = [tokens[i] for i in (place - 1, place + 1) if 0 <= i < len(tokens)]
    return any(_touches(scene, token, other) and other.kind in _NAME_KINDS for other in around)


def _touches(scene: Scene, one: Token, other: Token) -> bool:
    left, right = sorted((one, other), key=lambda token: token.start)
    return scene.text[left.end : right.start] in {" ", "-", "'"}


def _naming(cluster: Cluster, document: int, scene: Scene, token: Token, strength: Strength) -> Naming:
    span: Span = scene.view.span(token.start, token.end)
    return Naming(document, span, strength, SOURCE, cluster.parts, token.word)
