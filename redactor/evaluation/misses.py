"""What was missed and what was masked wrongly, with page and context: a file for the developer, never a log."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redactor.evaluation.evaluation import Evaluation
    from redactor.evaluation.scoring import ScoredDocument, ScoredWord

CONTEXT = 60  # characters shown on each side
OWNER_ONLY = 0o600  # file mode: the file quotes documents


def write_misses(evaluation: Evaluation, path: Path) -> None:
    """Writes every run of missed words and of words wrongly masked, tab separated, readable by its owner alone."""
    path.touch(mode=OWNER_ONLY)
    rows = ["document\tpage\twhat\tlabels\tflagged\tcontext"]
    rows += [row for document in evaluation.documents if not document.missing for row in rows_of(document)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def rows_of(document: ScoredDocument) -> Iterator[str]:
    """One row for each run of neighbouring words with the same fault."""
    in_text = [one for one in document.words if one.word.at]
    for (what, labels), run in groupby(in_text, key=fault_of):
        if what:
            yield _row(document, what, labels, list(run))


def fault_of(one: ScoredWord) -> tuple[str, str]:
    """`missed` or `wrongly masked`, or nothing; and the labels of the word."""
    labels = ",".join(sorted(one.word.subtypes or one.word.labels)) or "-"
    if one.missed:
        return "missed", labels
    if one.masked and one.word.expect == "keep":
        return "wrongly masked", labels
    return "", ""


def _row(document: ScoredDocument, what: str, labels: str, run: list[ScoredWord]) -> str:
    text = document.gold.document.text
    first, last = run[0].word.at, run[-1].word.at
    if first is None or last is None:
        raise ValueError("only words of the body have a context")
    start, end = first[0], last[1]
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    context = " ".join(f"{before}⟦{text[start:end]}⟧{after}".split())
    flagged = "flag" if any(one.flagged for one in run) else "-"
    return "\t".join((document.gold.document.name, str(run[0].word.page + 1), what, labels, flagged, context))
