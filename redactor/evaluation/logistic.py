"""Logistic regression by Newton's method, with a penalty on the squares of the weights: same rows, same weights."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

STEPS: Final = 15  # of Newton's method; it settles in fewer
_DIGITS: Final = 4  # of a weight; more changes no share that counts
_FARTHEST: Final = 30.0


@dataclass(frozen=True, slots=True)
class Row:
    """One example: the document it is of, its features, whether it is so, and how much it counts (0: not at all)."""

    document: str
    values: Mapping[str, float] = field(repr=False)
    is_so: bool
    weight: float = 1.0


def fit(rows: Sequence[Row], *, penalty: float, least: int) -> dict[str, float]:
    """The weight of each feature that at least `least` documents show."""
    used = [row for row in rows if row.weight]
    shown: dict[str, set[str]] = defaultdict(set)
    for row in used:
        for name in row.values:
            shown[name].add(row.document)
    names = sorted(name for name, documents in shown.items() if len(documents) >= least)
    table = np.array([[row.values.get(name, 0.0) for name in names] for row in used])
    answers = np.array([float(row.is_so) for row in used])
    counts = np.array([row.weight for row in used])
    found = newton(table, answers, counts, penalty=penalty)
    return {name: round(float(weight), _DIGITS) for name, weight in zip(names, found, strict=True)}


def newton(
    table: NDArray[np.float64], answers: NDArray[np.float64], counts: NDArray[np.float64], *, penalty: float
) -> NDArray[np.float64]:
    """The weights of the columns."""
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        shares = 1 / (1 + np.exp(-np.clip(table @ weights, -_FARTHEST, _FARTHEST)))
        slope = table.T @ (counts * (shares - answers)) + penalty * weights
        bend = (table * (counts * np.maximum(shares * (1 - shares), 1e-4))[:, None]).T @ table
        weights = weights - np.linalg.solve(bend + penalty * np.eye(len(weights)), slope)
    return weights
