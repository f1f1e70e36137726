"""Scores scans of annotated documents against the same documents as text, each way of scanning by `redactor redact`.

    python benchmarks/scans.py [--documents 12] [--way NAME ...] [--misses FOLDER] [--jobs 2]

Every third document of tests/corpus/docs is rendered, scanned in code, redacted through OCR, and read back. An item is
found when no word of it is left: names, addresses, numbers, dates of birth. A document that is left to a person is
told apart: nothing of it was released. Needs tesseract with fra and eng.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from redactor.evaluation.corpus import documents
from redactor.evaluation.evaluation import Evaluation, evaluate, figures, prepare
from redactor.evaluation.measures import DIRECT, span_shares
from redactor.evaluation.misses import write_misses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.evaluation.scoring import ScoredDocument

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.scans_kit import Scanner, scanned  # noqa: E402  the kit of the tests makes the scans

WAYS: dict[str, Scanner | None] = {
    "text": None,
    "300 dpi, grey": Scanner(),
    "300 dpi, black and white": Scanner(bilevel=True),
    "300 dpi, leaning 2 degrees, noisy, specks": Scanner(skew=2.0, noise=0.05, specks=0.002),
    "200 dpi, grey, JPEG 40": Scanner(dpi=200, quality=40),
    "200 dpi, black and white": Scanner(dpi=200, bilevel=True),
    "200 dpi, leaning -1.5 degrees, noisy": Scanner(dpi=200, skew=-1.5, noise=0.04, quality=60),
}
HEAD = (
    "| way | pages | left to a person | direct items found | to the text | direct words | all items | "
    "released words masked | s a page |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def redacted(inputs: Path, out: Path, *, jobs: int) -> float:
    """Redacts the documents of a folder as a person would; seconds."""
    started = time.monotonic()
    command = [sys.executable, "-m", "redactor", "redact", str(inputs), "--out", str(out), "--jobs", str(jobs)]
    subprocess.run([*command, "--decided-by", "A", "--reason", "b"], check=False, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def items(scored: Sequence[ScoredDocument]) -> tuple[int, int]:
    """Direct items of which no word is left, and all of them."""
    shares = [share for one in scored for _, kind, share in span_shares(one) if f"PI.{kind}" in DIRECT]
    return sum(share == 1.0 for share in shares), len(shares)


def whole_of(scanner: Scanner | None, corpus: Path, work: Path, *, jobs: int) -> tuple[Evaluation, float]:
    """The figures of the documents of `corpus` that went through `scanner`, and the seconds it took."""
    inputs, out = work / "in", work / "out"
    golds = prepare(documents(corpus), inputs)
    if scanner is not None:
        for path in inputs.glob("*.pdf"):
            path.write_bytes(scanned(path.read_bytes(), scanner))
    took = redacted(inputs, out, jobs=jobs)
    return evaluate(golds, out=out), took


def row(name: str, done: Evaluation, text: Evaluation, seconds: float) -> str:
    """A row of the table: documents that were read, against the same ones as text."""
    read = {one.gold.document.name for one in done.documents if not one.missing}
    there = [one for one in done.documents if one.gold.document.name in read and not one.to_refuse]
    same = [one for one in text.documents if one.gold.document.name in read and not one.to_refuse]
    (found, count), (as_text, _) = items(there), items(same)
    left = sum(one.missing and not old.missing for one, old in zip(done.documents, text.documents, strict=True))
    told = figures(tuple(there)).measures
    pages = sum(len(one.gold.pages) for one in done.documents)
    return (
        f"| {name} | {pages} | {left} | {100 * found / max(count, 1):.1f} % of {count} | {found / max(as_text, 1):.3f} "
        f"| {told.pi_direct_recall.percent} % | {told.pi_value_recall.percent} % | {told.keep_masked.percent} % "
        f"| {seconds / max(pages, 1):.1f} |"
    )


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--way", action="append", choices=sorted(WAYS))
    parser.add_argument("--misses", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    told = parser.parse_args()
    with TemporaryDirectory() as place:
        corpus = Path(place) / "corpus"
        corpus.mkdir()
        for path in sorted((ROOT / "tests" / "corpus" / "docs").glob("*.txt"))[::3][: told.documents]:
            shutil.copy(path, corpus)
        text: Evaluation | None = None
        print(HEAD, flush=True)
        for number, name in enumerate(WAYS):
            if name != "text" and told.way and name not in told.way:
                continue
            done, seconds = whole_of(WAYS[name], corpus, Path(place) / str(number), jobs=told.jobs)
            text = text or done
            print(row(name, done, text, seconds), flush=True)
            if told.misses:
                told.misses.mkdir(exist_ok=True)
                write_misses(done, told.misses / f"{number}.tsv")
    return 0


if __name__ == "__main__":
    sys.exit(main())
