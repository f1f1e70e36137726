"""Makes the weights that tell names from other words: `python -m redactor.evaluation.likeness FOLDER...`.

The project's lists of names against its lists of other words, and every word that the documents of the folders write
in small letters. Logistic regression over the vectors of the French model: the same lists give the same weights.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from redactor.evaluation.corpus import documents
from redactor.evaluation.logistic import newton
from redactor.recognisers.likeness import vector

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DATA: Final = Path(__file__).parents[1] / "recognisers" / "data"
SHIPPED: Final = DATA / "likeness.json"
NAMES: Final = ("given_names", "surnames")
OTHERS: Final = ("not_names", "places")
PENALTY: Final = 1.0  # on the square of each weight
_SMALL: Final = re.compile(r"(?<![\w'’])[a-zà-ÿ]{3,40}(?![\w'’])")
_DIGITS: Final = 4


def lines(name: str) -> Iterator[str]:
    """The single words of one list, as written."""
    for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and line.isalpha():
            yield line


def examples(folders: Sequence[str]) -> list[tuple[str, bool]]:
    """Words with a capital, and whether each is a name."""
    names = {word for name in NAMES for word in lines(name)}
    texts = (one.text for folder in folders for one in documents(Path(folder)))
    small = {word for text in texts for word in _SMALL.findall(text)}
    others = {word.capitalize() for word in (*small, *(word for name in OTHERS for word in lines(name)))}
    return [*((word, True) for word in sorted(names)), *((word, False) for word in sorted(others - names))]


def train(told: Sequence[tuple[str, bool]]) -> dict[str, object]:
    """Bias and weights over the words that have a vector."""
    seen = [(vector(word), is_name) for word, is_name in told]
    table = np.array([[*values, 1.0] for values, _ in seen if len(values)])
    answers = np.array([float(is_name) for values, is_name in seen if len(values)])
    weights = newton(table, answers, np.ones(len(answers)), penalty=PENALTY)
    rounded = [round(float(weight), _DIGITS) for weight in weights]
    return {"bias": rounded[-1], "weights": rounded[:-1]}


def main(folders: Sequence[str]) -> None:
    """Writes the weights."""
    made_by = "python -m redactor.evaluation.likeness " + " ".join(folders)
    SHIPPED.write_text(json.dumps({"made_by": made_by} | train(examples(folders))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
