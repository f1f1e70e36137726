"""How often the facts that documents suggest of themselves are right: `python -m benchmarks.suggestions FOLDER...`.

Compares with what the front matter of the annotated documents states; a fact that it leaves unknown is not counted.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from redactor.evaluation.corpus import documents
from redactor.suggestions import suggest
from redactor.text.plain import document_of

FACTS = ("kind", "date", "author", "decision", "decision_date")


def main(folders: list[str]) -> None:
    """Prints, for each fact, the suggestions that are right, those that are wrong, and the documents that state it."""
    right, wrong, stated = Counter[str](), Counter[str](), Counter[str]()
    for one in (document for folder in folders for document in documents(Path(folder))):
        found = suggest(document_of(one.text))
        for fact in FACTS:
            gold = one.meta.get(fact)
            if gold in {None, "unknown"}:
                continue
            stated[fact] += 1
            if fact in found:
                (right if found[fact].value == str(gold) else wrong)[fact] += 1
    for fact in FACTS:
        print(f"{fact:<14} right {right[fact]:>3}  wrong {wrong[fact]:>3}  of {stated[fact]:>3} documents")


if __name__ == "__main__":
    main(sys.argv[1:])
