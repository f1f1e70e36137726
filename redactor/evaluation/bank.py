"""Reads the bank of invented sentences, one a line with its label, as annotated documents to train the ranker on.

A file holds many short documents. `=== kind=note lang=fr` opens one; each line below is a heading (`# Title`), an item
(`- AVIS …`), a row (`| FAIT … | AVIS … |`) or a sentence (`AVIS …`).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from redactor.evaluation.corpus import CorpusDocument, CorpusError
from redactor.evaluation.notation import NotationError, parse_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

LABELS: Final = {  # of a line -> mark of the guide; what others said, or is public already, is no advice of the body
    "AVIS": "AVIS.staff",
    "ANALYSE": "ANALYSE",
    "FAIT": "FAIT",
    "QUOTED": "FAIT",
    "OFFICE": "CABINET",
    "NOTE": "NOTE",
    "NONE": "",
}
PARAGRAPH: Final = 3  # sentences; as many as most paragraphs of a note hold
WRITTEN: Final = dt.date(2024, 5, 6)  # the day that every document of the bank carries: no limit is over
ASKED: Final = dt.date(2024, 11, 4)
_OPENING: Final = re.compile(r"=== (.+)")
_CELL: Final = re.compile(r"(?<=\|) ")
_LABELLED: Final = re.compile(r"(" + "|".join(LABELS) + r") (.+)")


def bank(path: Path) -> tuple[CorpusDocument, ...]:
    """The documents of one file of the bank. Raises CorpusError on a line without a label."""
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [at for at, line in enumerate(lines) if _OPENING.match(line)]
    ends = [*starts[1:], len(lines)]
    return tuple(_document(path, lines, first=start, end=end) for start, end in zip(starts, ends, strict=True))


def _document(path: Path, lines: Sequence[str], *, first: int, end: int) -> CorpusDocument:
    opening = _OPENING.match(lines[first])
    told = dict(pair.split("=", 1) for pair in opening[1].split()) if opening else {}
    try:
        marked = parse_marks("\n\n".join(_blocks(lines[first + 1 : end])) + "\n", first_line=first + 2)
    except (NotationError, ValueError) as error:
        raise CorpusError(path.name, first + 1, f"a line without a label below: {error}") from None
    meta: Mapping[str, object] = {"verdict": "partial", "date": WRITTEN, "request_date": ASKED, **told}
    return CorpusDocument(f"{path.stem}_{first + 1}", meta, marked.text, marked.marks, first + 2)


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    """Headings, runs of items, tables and paragraphs in the notation of the corpus."""
    run: list[str] = []
    for line in [*lines, ""]:
        goes_on = bool(run) and line[:1] == run[-1][:1] and line[:1] in {"-", "|"}
        is_sentence = _LABELLED.match(line) is not None
        if run and not goes_on and not (is_sentence and run[-1][:1] not in {"-", "|", "#"} and len(run) < PARAGRAPH):
            yield _block(run)
            run = []
        run.extend([line] if line else [])


def _block(run: Sequence[str]) -> str:
    if run[0].startswith("#"):
        return "\n\n".join(run)
    if run[0].startswith("|"):
        return "\n".join(" | ".join(_cell(cell.strip()) for cell in row.split("|")).strip() for row in run)
    if run[0].startswith("- "):
        return "\n".join("- " + _marked(item[2:]) for item in run)
    return " ".join(_marked(sentence) for sentence in run)


def _cell(words: str) -> str:
    return _marked(words) if _LABELLED.match(words) else words


def _marked(line: str) -> str:
    found = _LABELLED.match(line)
    if found is None:
        raise ValueError(line.split(" ", 1)[0])
    label, words = LABELS[found[1]], found[2]
    stop = "." if words.endswith(".") else ""
    return f"⟦{label}|{words.removesuffix('.')}⟧{stop}" if label else words
