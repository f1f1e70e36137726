"""Makes the weights that tell names from other capitals: `python -m redactor.evaluation.name_training FOLDER...`.

Every run of capitalised words of the annotated documents without a title before it is an example; names are marked as
such, or stand under a PUBLIC mark and resemble names. What the marks leave open counts nothing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redactor.evaluation.corpus import documents
from redactor.evaluation.logistic import Row, fit
from redactor.evaluation.ranked import Read, read
from redactor.recognisers import names, ner
from redactor.recognisers.name_features import features, level
from redactor.recognisers.scene import scene_of
from redactor.text.passages import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.recognisers.name_rules import Candidate
    from redactor.recognisers.scene import Scene

SHIPPED: Final = Path(__file__).parents[1] / "recognisers" / "data" / "name_weights.json"
LIMITS: Final = {"strong": 0.6, "flag": 0.3, "veto": 0.08}  # chosen on documents left out
PENALTY: Final = 2.0  # on the square of each weight
LEAST: Final = 3  # documents that show a feature
NAMES: Final = frozenset({"PI.name", "PI.signature"})
RESEMBLES: Final = frozenset({"given", "family", "both", "sure", "likely", "initial"})
DOUBT, PART, ELSE = 0.0, 0.3, 0.5  # weight of an example that is open, partly a name, or a value of another kind


def rows(one: Read) -> Iterator[Row]:
    """The examples of one document."""
    passages = split(one.document)
    scene = scene_of(one.document, passages)
    for place in names.places(scene, ner.read(scene).entities):
        for candidate in names.candidates(place):
            if candidate.title is None:
                is_name, weight = _answer(one, scene, candidate)
                yield Row(one.source.name, features(candidate), is_name, weight)


def _answer(one: Read, scene: Scene, candidate: Candidate) -> tuple[bool, float]:
    kinds = [_kind(one, scene.view.span(word.start, word.end).start) for word in candidate.words]
    if None in kinds:
        return False, DOUBT
    if "name" in kinds:
        return True, 1.0 if set(kinds) == {"name"} else PART
    if "public" in kinds:
        return _public(candidate) if set(kinds) == {"public"} else (False, DOUBT)
    if set(kinds) == {"value"}:
        return False, ELSE
    unmarked = candidate.is_model_person and level(candidate.words[-1]) in {"family", "both", "sure"}
    return False, DOUBT if unmarked else 1.0


def _kind(one: Read, at: int) -> str | None:
    """What the marks say of the word at `at`; None where the word could not be found again."""
    over = one.marks.get(at)
    if over is None:
        return None
    marks = [one.source.marks[number] for number in over]
    if any(mark.kind in NAMES for mark in marks):
        return "name"
    if any(mark.label == "PUBLIC" for mark in marks):
        return "public"
    return "value" if any(mark.label == "PI" for mark in marks) else "none"


def _public(candidate: Candidate) -> tuple[bool, float]:
    """A PUBLIC mark holds names, functions, addresses alike."""
    good = [level(word) in RESEMBLES for word in candidate.words]
    if all(good) or (any(good) and candidate.is_model_person):
        return True, 1.0
    return False, DOUBT if any(good) or candidate.is_model_person else ELSE


def main(folders: Sequence[str]) -> None:
    """Writes the weights that the documents of the folders give."""
    sources = [one for folder in folders for one in documents(Path(folder))]
    weights = fit([row for one in sources for row in rows(read(one))], penalty=PENALTY, least=LEAST)
    made_by = "python -m redactor.evaluation.name_training " + " ".join(folders)
    told = {"made_by": made_by, "limits": LIMITS, "weights": weights}
    SHIPPED.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
