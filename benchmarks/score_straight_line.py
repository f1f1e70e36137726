"""Scores the straight line with the project's own scorer: `python benchmarks/score_straight_line.py [CORPUS]`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import straight_line

from redactor.evaluation import format_table, run

ROOT = Path(__file__).parent.parent


def redact(inputs: Path, _request: Path, out: Path) -> None:
    """The straight line knows nothing of the facts."""
    straight_line.main(inputs, out)


if __name__ == "__main__":
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "corpus"
    with TemporaryDirectory() as work:
        print(format_table(run(corpus, work=Path(work), redact=redact)))
