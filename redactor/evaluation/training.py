"""Makes the weights of the ranker from annotated documents: `python -m redactor.evaluation.training FOLDER...`.

Logistic regression by Newton's method, with a penalty on the squares of the weights; the same documents give the same
weights. The shares that neighbours come out with are reckoned for documents left out, as they are in use.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from redactor.evaluation.corpus import documents
from redactor.evaluation.ranked import Ranked, all_ranked
from redactor.passage_rules.features import near_of
from redactor.passage_rules.ranker import Limits, Weights, share
from redactor.policy.loader import bundled
from redactor.policy.pack import all_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

PENALTY: Final = 8.0  # on the square of each weight; 3 to 20 came out alike on documents left out
LEAST_DOCUMENTS: Final = 4  # that show a feature; a rarer one is that of a document
FOLDS: Final = 5  # parts of the documents, each left out once
STEPS: Final = 15  # of Newton's method; it settles in fewer
# Chosen on documents left out, between what is found and what is masked for nothing.
LIMITS: Final = Limits(lift=0.3, alone=0.4, flag=0.2, veto=0.15, bare=0.2, explicit=0.04, analysis=0.5)
SHIPPED: Final = Path(__file__).parents[1] / "passage_rules" / "data" / "weights.json"
_DIGITS: Final = 4  # of a weight; more changes no share that counts

Values = dict[str, float]


def train(rows: Sequence[Ranked], *, penalty: float = PENALTY) -> Weights:
    """The three sets of weights that the clauses give."""
    used = [row for row in rows if row.weight]
    first = fit(used, [dict(row.clause.values) for row in used], lambda row: row.matters, penalty=penalty)
    near = _near(rows, _left_out(rows, penalty=penalty))
    beside = [dict(row.clause.values) | one for row, one in zip(rows, near, strict=True) if row.weight]
    second = fit(used, beside, lambda row: row.matters, penalty=penalty)
    matter = [row for row in used if row.matters]
    values = [dict(row.clause.values) for row in matter]
    return Weights(first, second, fit(matter, values, lambda row: row.label == "ANALYSE", penalty=penalty))


def fit(
    rows: Sequence[Ranked], values: Sequence[Values], is_so: Callable[[Ranked], bool], *, penalty: float
) -> dict[str, float]:
    """The weight of each feature that enough documents show."""
    seen: dict[str, set[str]] = defaultdict(set)
    for row, one in zip(rows, values, strict=True):
        for name in one:
            seen[name].add(row.document)
    names = sorted(name for name, shown in seen.items() if len(shown) >= LEAST_DOCUMENTS)
    table = np.array([[one.get(name, 0.0) for name in names] for one in values])
    answers = np.array([is_so(row) for row in rows], dtype=float)
    counts = np.array([row.weight for row in rows])
    found = _newton(table, answers, counts, penalty=penalty)
    return {name: round(float(weight), _DIGITS) for name, weight in zip(names, found, strict=True)}


def _newton(
    table: NDArray[np.float64], answers: NDArray[np.float64], counts: NDArray[np.float64], *, penalty: float
) -> NDArray[np.float64]:
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        shares = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (counts * (shares - answers)) + penalty * weights
        bend = (table * (counts * np.maximum(shares * (1 - shares), 1e-4))[:, None]).T @ table
        weights = weights - np.linalg.solve(bend + penalty * np.eye(len(weights)), slope)
    return weights


def _left_out(rows: Sequence[Ranked], *, penalty: float) -> list[float]:
    """The share of each clause by the weights of the other documents."""
    shares = [0.0] * len(rows)
    for part in range(FOLDS):
        others = [row for row in rows if row.weight and fold_of(row.document) != part]
        weights = fit(others, [dict(row.clause.values) for row in others], lambda row: row.matters, penalty=penalty)
        for at, row in enumerate(rows):
            if fold_of(row.document) == part:
                shares[at] = share(weights, row.clause.values)
    return shares


def _near(rows: Sequence[Ranked], shares: Sequence[float]) -> list[Values]:
    near: list[Values] = [{} for _ in rows]
    places: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        places[row.document].append(at)
    for own in places.values():
        found = near_of([rows[at].clause for at in own], [shares[at] for at in own])
        for at, one in zip(own, found, strict=True):
            near[at] = one
    return near


def fold_of(document: str) -> int:
    """The part that a document is in, by its name: the same on every machine."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % FOLDS


def as_json(weights: Weights, limits: Limits, *, origin: Sequence[str]) -> str:
    """The file that the product ships, features by name."""
    told: Mapping[str, object] = {
        "made_by": "python -m redactor.evaluation.training " + " ".join(origin),
        "limits": asdict(limits),
        "clause": weights.clause,
        "beside": weights.beside,
        "analysis": weights.analysis,
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(folders: Sequence[str]) -> None:
    """Writes the weights that the documents of the folders give."""
    sources = [one for folder in folders for one in documents(Path(folder))]
    rows = list(all_ranked(sources, all_rules(bundled()).lexicons()))
    SHIPPED.write_text(as_json(train(rows), LIMITS, origin=folders), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
