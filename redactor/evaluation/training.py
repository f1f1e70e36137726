"""Makes the weights of the ranker from annotated documents: `python -m redactor.evaluation.training FOLDER...`.

Logistic regression by Newton's method, with a penalty on the squares of the weights; the same documents give the same
weights. The shares that neighbours come out with are reckoned for documents left out, as they are in use.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from redactor.evaluation.bank import bank
from redactor.evaluation.corpus import documents
from redactor.evaluation.ranked import Ranked, all_ranked
from redactor.passage_rules.features import near_of
from redactor.passage_rules.lexical import Table, beginning
from redactor.passage_rules.ranker import WORDS, Limits, Weights, share, with_words
from redactor.policy.loader import bundled
from redactor.policy.pack import all_rules
from redactor.text.vectors import LENGTH, vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from redactor.evaluation.corpus import CorpusDocument
    from redactor.passage_rules.features import Clause

    Vectors = Mapping[str, NDArray[np.float32]]
    Question = Callable[[Ranked], bool]

PENALTY: Final = 4.0  # on the square of each weight; 2 to 8 came out alike on documents left out
LEAST_DOCUMENTS: Final = 4  # that show a feature; a rarer one is that of a document
FOLDS: Final = 5  # parts of the documents, each left out once
STEPS: Final = 15  # of Newton's method; it settles in fewer
SETTLED: Final = 1e-4  # greatest change of a weight after which another step changes no digit that counts
LEAST_BEGUN: Final = 3  # documents that show a beginning of words
VOCABULARY: Final = 30_000  # frequent words that are given a weight
VECTOR_SCALE: Final = 1.5  # against the features, whose values go to 1; chosen on documents left out
BEGUN_SCALE: Final = 2.0
LEAST_WEIGHT: Final = 0.05  # of a word; less changes no share that counts
_WORD_DIGITS: Final = 2
# Chosen on documents left out, between what is found and what is masked for nothing.
LIMITS: Final = Limits(
    lift=0.3, alone=0.4, single=0.7, flag=0.2, veto=0.4, bare=0.4, explicit=0.2, spoken=0.04, analysis=0.5
)
BANK: Final = "bank"  # name of the folder of sentences
SHIPPED: Final = Path(__file__).parents[1] / "passage_rules" / "data" / "weights.json"
_DIGITS: Final = 4  # of a weight; more changes no share that counts

Values = dict[str, float]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of features by name, and the table of words fitted with them."""

    features: Values
    table: Table

    def share(self, clause: Clause) -> float:
        """The share of one of a clause."""
        return share(self.features, with_words(clause, self.table))


def train(rows: Sequence[Ranked], *, penalty: float = PENALTY, known: Vectors | None = None) -> Weights:
    """The three sets of weights that the clauses give, and the weights of words. `known`: vectors of words."""
    used = [row for row in rows if row.weight]
    first = fit(used, lambda row: row.matters, penalty=penalty, known=known)
    apart = _left_out(rows, penalty=penalty, known=known)
    near = _near(rows, [one.share(row.clause) for one, row in zip(apart, rows, strict=True)])
    beside = [
        with_words(row.clause, own.table) | one for row, own, one in zip(rows, apart, near, strict=True) if row.weight
    ]
    second = _weights(used, beside, lambda row: row.matters, penalty=2 * penalty)
    third = fit([row for row in used if row.matters], lambda row: row.label == "ANALYSE", penalty=penalty, known=known)
    return Weights(first.features, second, third.features, first.table, third.table)


def fit(rows: Sequence[Ranked], is_so: Question, *, penalty: float, known: Vectors | None) -> Fitted:
    """The weights of features, words and beginnings that enough documents show, fitted together."""
    vectors = known or {}
    names = _shown(rows, [row.clause.values for row in rows], least=LEAST_DOCUMENTS)
    begun = [[beginning(word) for word in row.clause.words] for row in rows]
    starts = _shown(rows, begun, least=LEAST_BEGUN)
    tables = (
        np.array([[row.clause.values.get(name, 0.0) for name in names] for row in rows]),
        BEGUN_SCALE * _pooled(begun, {start: at for at, start in enumerate(starts)}),
        VECTOR_SCALE * _mixed(rows, vectors),
    )
    found = _newton(np.hstack(tables), _answers(rows, is_so), _counts(rows), penalty=penalty)
    own, of_starts, of_vectors = np.split(found, [len(names), len(names) + len(starts)])
    words = {
        word: _rounded(VECTOR_SCALE * float(vector @ of_vectors), _WORD_DIGITS) for word, vector in vectors.items()
    }
    beginnings = {
        start: _rounded(BEGUN_SCALE * float(one), _WORD_DIGITS) for start, one in zip(starts, of_starts, strict=True)
    }
    features = {name: _rounded(float(one), _DIGITS) for name, one in zip(names, own, strict=True)}
    return Fitted(features | {WORDS: 1.0}, Table(_that_count(words), _that_count(beginnings)))


def _weights(rows: Sequence[Ranked], values: Sequence[Values], is_so: Question, *, penalty: float) -> Values:
    names = _shown(rows, values, least=LEAST_DOCUMENTS)
    table = np.array([[one.get(name, 0.0) for name in names] for one in values])
    found = _newton(table, _answers(rows, is_so), _counts(rows), penalty=penalty)
    return {name: _rounded(float(one), _DIGITS) for name, one in zip(names, found, strict=True)}


def _shown(rows: Sequence[Ranked], told: Iterable[Iterable[str]], *, least: int) -> list[str]:
    """Names that at least so many documents show."""
    seen: dict[str, set[str]] = defaultdict(set)
    for row, names in zip(rows, told, strict=True):
        for name in names:
            seen[name].add(row.document)
    return sorted(name for name, shown in seen.items() if len(shown) >= least)


def _answers(rows: Sequence[Ranked], is_so: Question) -> NDArray[np.float64]:
    return np.array([is_so(row) for row in rows], dtype=float)


def _counts(rows: Sequence[Ranked]) -> NDArray[np.float64]:
    return np.array([row.weight for row in rows])


def _pooled(told: Sequence[Sequence[str]], places: Mapping[str, int]) -> NDArray[np.float64]:
    table = np.zeros((len(told), len(places)))
    for at, names in enumerate(told):
        for name in names:
            if name in places:
                table[at, places[name]] += 1 / math.sqrt(len(names))
    return table


def _mixed(rows: Sequence[Ranked], known: Vectors) -> NDArray[np.float64]:
    table = np.zeros((len(rows), LENGTH if known else 0))
    for at, row in enumerate(rows):
        for word in row.clause.words:
            if word in known:
                table[at] += known[word] / math.sqrt(len(row.clause.words))
    return table


def _rounded(weight: float, digits: int) -> float:
    return round(weight, digits)


def _that_count(weights: Values) -> Values:
    return {name: weight for name, weight in weights.items() if abs(weight) >= LEAST_WEIGHT}


def _newton(
    table: NDArray[np.float64], answers: NDArray[np.float64], counts: NDArray[np.float64], *, penalty: float
) -> NDArray[np.float64]:
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        shares = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (counts * (shares - answers)) + penalty * weights
        bend = (table * (counts * np.maximum(shares * (1 - shares), 1e-4))[:, None]).T @ table
        step = np.linalg.solve(bend + penalty * np.eye(len(weights)), slope)
        weights = weights - step
        if float(np.abs(step).max(initial=0.0)) < SETTLED:
            break
    return weights


def _left_out(rows: Sequence[Ranked], *, penalty: float, known: Vectors | None) -> list[Fitted]:
    """For each clause, the weights that the other documents give."""
    parts = []
    for part in range(FOLDS):
        others = [row for row in rows if row.weight and fold_of(row.document) != part]
        parts.append(fit(others, lambda row: row.matters, penalty=penalty, known=known))
    return [parts[fold_of(row.document)] for row in rows]


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


def words_as_json(weights: Weights) -> str:
    """The file of the weights of words that the product ships."""
    told = {
        name: {"words": table.words, "beginnings": table.beginnings}
        for name, table in (("matter", weights.matter_words), ("analysis", weights.analysis_words))
    }
    return json.dumps(told, ensure_ascii=False, indent=0, sort_keys=True, separators=(",", ":")) + "\n"


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


def sources_of(folder: Path) -> tuple[CorpusDocument, ...]:
    """The annotated documents of a folder: whole ones, or the sentences of the bank."""
    if folder.name == BANK:
        return tuple(one for path in sorted(folder.glob("*.txt")) for one in bank(path))
    return documents(folder)


def main(folders: Sequence[str]) -> None:
    """Writes the weights that the documents of the folders give."""
    sources = [one for folder in folders for one in sources_of(Path(folder))]
    rows = list(all_ranked(sources, all_rules(bundled()).lexicons()))
    weights = train(rows, known=vectors(VOCABULARY))
    SHIPPED.write_text(as_json(weights, LIMITS, origin=folders), encoding="utf-8")
    SHIPPED.with_name("words.json").write_text(words_as_json(weights), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
