"""Makes the weights that tell what is said of persons: `python -m redactor.evaluation.told_training FOLDER...`.

Every piece of the annotated documents is an example: it is so where most of its words stand under a mark of personal
information that is no name or number. Pieces of withheld advice tell neither way.
"""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_left
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redactor.evaluation.ablation import facts_of
from redactor.evaluation.corpus import documents
from redactor.evaluation.gold import expectation
from redactor.evaluation.logistic import Row, fit
from redactor.evaluation.measures import DIRECT
from redactor.evaluation.ranked import Read, read
from redactor.model import UNKNOWN, Analysed, Unknown, speaker_of
from redactor.passage_rules import find, shipped
from redactor.people.elements import Sheet
from redactor.people.join import join
from redactor.people.reader import reader_of
from redactor.people.telling.features import weighed_in
from redactor.people.telling.ground import ground_of
from redactor.policy.loader import bundled
from redactor.recognisers.personal import find_personal
from redactor.recognisers.scene import scene_of
from redactor.text.passages import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.evaluation.corpus import CorpusDocument
    from redactor.model import Facts, Finding, Span
    from redactor.people.telling.features import Weighed

SHIPPED: Final = Path(__file__).parents[1] / "people" / "telling" / "data" / "weights.json"
# Chosen on documents left out: what is masked for nothing against what is left readable.
LIMITS: Final = {"mask": 0.45, "join": 0.3, "flag": 0.15, "veto": 0.12}
PENALTY: Final = 15.0  # on the square of each weight
LEAST: Final = 4  # documents that show a feature; a rarer one is that of a document
LONG: Final = 12  # words of a piece; more count no more
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Told:
    """Words of a piece: all, those that tell of a person, those of names and numbers, those of withheld passages."""

    words: int
    telling: int
    values: int
    passages: int

    @property
    def row(self) -> tuple[bool, float]:
        """Whether the piece tells of a person, and how much it counts."""
        left = self.words - self.values
        if left <= 0:
            return False, 0.0
        is_so = 2 * self.telling >= left
        weight = float(min(left, LONG)) ** 0.5
        return is_so, 0.0 if 2 * self.passages >= left and not is_so else weight


def rows(one: Read) -> Iterator[Row]:
    """The examples of one document."""
    for weighed, span in pieces(one):
        is_so, weight = told_in(one, span).row
        yield Row(one.source.name, weighed.values, is_so, weight)


def pieces(one: Read) -> Iterator[tuple[Weighed, Span]]:
    """The pieces of a document as they are weighed in use, each with its place."""
    passages = split(one.document)
    facts = facts_in(one.source)
    found = (*find_personal(one.document, passages), *_advice(one, facts))
    analysed = Analysed(one.document, passages, found)
    joined = join([analysed], facts={one.document.id: facts}, weighed=False)
    scene = scene_of(one.document, passages)
    reader = reader_of(scene, facts, found)
    sheet = Sheet(scene, facts, reader.subject, reader.addressee)
    for weighed in weighed_in(ground_of(sheet, joined.documents[0].findings, joined.persons)):
        yield weighed, scene.view.span(weighed.piece.start, weighed.piece.end)


def facts_in(source: CorpusDocument) -> Facts:
    """The facts that an officer knows of a document, its body among them."""
    body = source.meta.get("body")
    return replace(facts_of(source), body=str(body) if body else UNKNOWN)


def _advice(one: Read, facts: Facts) -> Sequence[Finding]:
    day = facts.request_date
    if isinstance(day, Unknown):
        return ()
    author = speaker_of(facts)
    lexicons = bundled().at(day).lexicons()
    return find(one.document, split(one.document), lexicons=lexicons, author=author, ranker=shipped())


def told_in(one: Read, span: Span) -> Told:
    """What the marks say of the words of a piece."""
    starts = sorted(one.marks)
    first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
    kinds = [_kind(one, at) for at in starts[first:last]]
    return Told(len(kinds), kinds.count("telling"), kinds.count("value"), kinds.count("passage"))


def _kind(one: Read, at: int) -> str:
    chain = sorted((one.source.marks[number] for number in one.marks[at]), key=lambda mark: -mark.depth)
    if any(mark.label == "PI" for mark in chain):
        return "value" if DIRECT & {mark.kind for mark in chain} else "telling"
    return "kept" if expectation(chain) == "keep" else "passage"


def main(folders: Sequence[str]) -> None:
    """Writes the weights that the documents of the folders give."""
    sources = [one for folder in folders for one in documents(Path(folder))]
    weights = fit([row for one in sources for row in rows(read(one))], penalty=PENALTY, least=LEAST)
    made_by = "python -m redactor.evaluation.told_training " + " ".join(folders)
    told = {"made_by": made_by, "limits": LIMITS, "weights": weights}
    SHIPPED.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
