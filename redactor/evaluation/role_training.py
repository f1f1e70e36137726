"""Makes the weights that tell who is public by law: `python -m redactor.evaluation.role_training FOLDER...`.

Every person found in the annotated documents is an example: public where the marks over the names say PUBLIC, private
where one of them says PI; a person whose names bear no mark counts nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redactor.evaluation.ablation import facts_of
from redactor.evaluation.corpus import documents
from redactor.evaluation.logistic import Row, fit
from redactor.evaluation.ranked import Read, read
from redactor.model import UNKNOWN
from redactor.people.join import told_people
from redactor.recognisers.personal import find_personal
from redactor.text.passages import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.people.mentions import Cluster

SHIPPED: Final = Path(__file__).parents[1] / "people" / "data" / "role_weights.json"
# Chosen on documents left out: who is masked for nothing against who is left readable.
LIMITS: Final = {"public": 0.85, "public_against": 0.97, "doubt": 0.15}
PENALTY: Final = 1.0  # on the square of each weight
LEAST: Final = 3  # documents that show a feature
_WORD: Final = re.compile(r"\w+")


def rows(one: Read) -> Iterator[Row]:
    """The examples of one document."""
    passages = split(one.document)
    found = find_personal(one.document, passages)
    body = one.source.meta.get("body")
    facts = replace(facts_of(one.source), body=str(body) if body else UNKNOWN)
    for cluster, values in told_people(one.document, passages, found, facts=facts):
        is_public = _answer(one, cluster)
        if is_public is not None:
            yield Row(one.source.name, values, is_public)


def _answer(one: Read, cluster: Cluster) -> bool | None:
    kinds = Counter(_kinds(one, cluster))
    if kinds["PI"]:
        return False
    return True if kinds["PUBLIC"] else None


def _kinds(one: Read, cluster: Cluster) -> Iterator[str]:
    for naming in cluster.namings:
        for word in _WORD.finditer(one.document.text, naming.span.start, naming.span.end):
            labels = {one.source.marks[number].label for number in one.marks.get(word.start(), ())}
            yield "PI" if "PI" in labels else "PUBLIC" if "PUBLIC" in labels else "none"


def main(folders: Sequence[str]) -> None:
    """Writes the weights that the documents of the folders give."""
    sources = [one for folder in folders for one in documents(Path(folder))]
    weights = fit([row for one in sources for row in rows(read(one))], penalty=PENALTY, least=LEAST)
    made_by = "python -m redactor.evaluation.role_training " + " ".join(folders)
    told = {"made_by": made_by, "limits": LIMITS, "weights": weights}
    SHIPPED.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
