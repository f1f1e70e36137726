"""Sums of weights that were learnt from annotated documents, as plain data under `data/`: the share they come to."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FARTHEST: Final = 30.0  # of a sum of weights; beyond it the share is 0 or 1 to every digit shown


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of features by name, and the shares of one from which they count, by name."""

    weights: Mapping[str, float]
    limits: Mapping[str, float]

    def share(self, values: Mapping[str, float]) -> float:
        """The logistic share of one; features without a weight count nothing."""
        total = sum(self.weights[name] * value for name, value in values.items() if name in self.weights)
        return 1 / (1 + math.exp(-max(-FARTHEST, min(FARTHEST, total))))


@lru_cache(maxsize=4)
def shipped(package: str, name: str) -> Weights:
    """The weights in `data/NAME.json` of a package of the product."""
    told = json.loads(files(package).joinpath("data", f"{name}.json").read_text(encoding="utf-8"))
    return Weights(told["weights"], told["limits"])
