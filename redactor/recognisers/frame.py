"""The frame: Presidio's registry holds the recognisers, each reads the same artifacts, nothing is fetched.

The models run once, before; Presidio's own recognisers, which ask the network for a suffix list, are never loaded.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING

from presidio_analyzer import EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from redactor.model import Element, Strength
from redactor.recognisers import addresses, clauses, contacts, dates, files, identifiers, names, residences, states
from redactor.recognisers.hits import CLAUSES, Hit, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from redactor.recognisers.ner import Reading
    from redactor.recognisers.scene import Scene

_SCORES = {Strength.PROVEN: 1.0, Strength.STRONG: 0.8, Strength.WEAK: 0.3}  # ranks for Presidio, not probabilities
_CLAUSES, _STATES, _FILES = "clauses", "states", "files"
_LAST = frozenset({_CLAUSES, _STATES, _FILES})  # they need the values
_LANGUAGE = "fr"  # every recogniser reads both languages; the registry wants one name


class SceneArtifacts(NlpArtifacts):  # type: ignore[misc]  # Presidio has no types
    """What the models found in a scene, handed to every recogniser."""

    def __init__(self, scene: Scene, reading: Reading) -> None:
        super().__init__([], [], [], [], None, _LANGUAGE)
        self.scene = scene
        self.reading = reading
        self.values: tuple[Hit, ...] = ()  # settled before the clauses are looked for: a clause needs a person


class SceneRecogniser(EntityRecognizer):  # type: ignore[misc]  # Presidio has no types
    """A finder of this package as a recogniser of Presidio."""

    def __init__(self, name: str, finder: Callable[[SceneArtifacts], Iterable[Hit]], labels: list[str]) -> None:
        self._finder = finder
        super().__init__(supported_entities=labels, name=name, supported_language=_LANGUAGE)

    def load(self) -> None:
        """Nothing to load: word lists are read on first use."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: SceneArtifacts) -> list[RecognizerResult]:  # noqa: ARG002
        """Results of the finder; each keeps its claim in its metadata."""
        return [_result(hit) for hit in self._finder(nlp_artifacts)]


class TooSlow(Exception):
    """The time given to a document was over before all had been read: what was found so far is not enough."""


def hits(scene: Scene, reading: Reading, *, until: float) -> tuple[Hit, ...]:
    """Every claim of every recogniser of the registry, settled: values first, then the clauses that need them.

    Raises TooSlow when the processor time of this thread passes `until` between two recognisers.
    """
    artifacts = SceneArtifacts(scene, reading)
    recognisers: list[SceneRecogniser] = registry().get_recognizers(language=_LANGUAGE, all_fields=True)
    first = [one for one in recognisers if one.name not in _LAST]
    artifacts.values = settle(hit for one in first for hit in _read(one, artifacts, until))
    last = [one for one in recognisers if one.name in _LAST]
    return settle((*artifacts.values, *(hit for one in last for hit in _read(one, artifacts, until))))


def _read(recogniser: SceneRecogniser, artifacts: SceneArtifacts, until: float) -> list[Hit]:
    if time.thread_time() > until:
        raise TooSlow
    results = recogniser.analyze(artifacts.scene.text, recogniser.supported_entities, artifacts)
    return [_hit(result) for result in results]


@lru_cache(maxsize=1)
def registry() -> RecognizerRegistry:
    """The registry with this package's recognisers and no other."""
    return RecognizerRegistry(recognizers=_recognisers(), supported_languages=[_LANGUAGE])


def _recognisers() -> list[SceneRecogniser]:
    shapes = sorted({shape.label for shape in identifiers.SHAPES})
    return [
        SceneRecogniser("identifiers", lambda seen: identifiers.find(seen.scene), shapes),
        SceneRecogniser("contacts", lambda seen: contacts.find(seen.scene), ["PI.phone", "PI.email", "PI.ip"]),
        SceneRecogniser("addresses", lambda seen: addresses.find(seen.scene), ["PI.address"]),
        SceneRecogniser("residences", lambda seen: residences.find(seen.scene), ["PI.address"]),
        SceneRecogniser("dates", lambda seen: dates.find(seen.scene), ["PI.dob", "PI.age"]),
        SceneRecogniser(
            "names", lambda seen: names.find(seen.scene, seen.reading.entities), ["PI.name", "PI.signature"]
        ),
        SceneRecogniser(_CLAUSES, lambda seen: clauses.find(seen.scene, seen.values), sorted(CLAUSES)),
        SceneRecogniser(_FILES, lambda seen: files.find(seen.scene, seen.values), sorted(CLAUSES)),
        SceneRecogniser(_STATES, lambda seen: states.find(seen.scene, seen.values), ["PI.other", "PI.salary"]),
    ]


def _result(hit: Hit) -> RecognizerResult:
    metadata = {"strength": hit.strength, "source": hit.source, "evidence": hit.evidence, "element": hit.element}
    return RecognizerResult(hit.label, hit.start, hit.end, _SCORES[hit.strength], recognition_metadata=metadata)


def _hit(result: RecognizerResult) -> Hit:
    told = result.recognition_metadata
    strength: Strength = told["strength"]
    source: str = told["source"]
    evidence: tuple[tuple[int, int], ...] = told["evidence"]
    element: Element | None = told["element"]
    return Hit(result.start, result.end, result.entity_type, strength, source, evidence, element)
