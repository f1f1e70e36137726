"""How much a word, alone, resembles names of persons, told by the French model's vectors: lists hold few of all names.

The weights (`data/likeness.json`) are made by `python -m redactor.evaluation.likeness`; nothing is claimed here.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from redactor.model import Lang
from redactor.recognisers import ner

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEPT = 50_000  # words whose share is kept: more than any request holds
SCALE = 3.0  # of the unit vectors; makes the penalty of training fit


@lru_cache(maxsize=1)
def _weights() -> tuple[float, tuple[float, ...]]:
    text = files("redactor.recognisers").joinpath("data", "likeness.json").read_text(encoding="utf-8")
    told = json.loads(text)
    return float(told["bias"]), tuple(told["weights"])


@lru_cache(maxsize=_KEPT)
def likeness(word: str) -> float | None:
    """Share of one that `word` is a given or family name, by its company in texts; None where no vector tells.

    Capitals count as "Tremblay"; of a compound its likest part counts.
    """
    written = word.title() if word.isupper() and len(word) > 1 else word
    whole = _share(written)
    if whole is not None or "-" not in written:
        return whole
    parts = [share for part in written.split("-") if (share := _share(part)) is not None]
    return max(parts, default=None)


def _share(word: str) -> float | None:
    values = vector(word)
    if not values:
        return None
    bias, weights = _weights()
    total = bias + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-total))


def vector(word: str) -> Sequence[float]:
    """The word's vector, of length SCALE; empty when the model has none or is not installed."""
    if not ner.has_model(Lang.FR):
        return ()
    vocab = ner.model(Lang.FR).vocab
    if not vocab.has_vector(word):
        return ()
    values = [float(value) for value in vocab.get_vector(word)]
    length = math.hypot(*values)
    return [SCALE * value / length for value in values] if length else ()
