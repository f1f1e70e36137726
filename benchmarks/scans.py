"""Scores scans of annotated documents against the same documents as text: `python benchmarks/scans.py [LIMIT]`.

LIMIT documents of tests/corpus/docs (default 12) are rendered, then scanned in code in several ways, then redacted
through OCR and scored like the text ones. Needs tesseract with fra and eng.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from redactor.commands.evaluate import redact_folder
from redactor.evaluation import format_table, run

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.scans_kit import Scanner, scanned  # noqa: E402  the kit of the tests makes the scans

WAYS = {
    "text": None,
    "300 dpi": Scanner(),
    "200 dpi, JPEG 40": Scanner(dpi=200, quality=40),
    "300 dpi, leaning 2 degrees, dusty": Scanner(skew=2.0, noise=0.05),
    "200 dpi, leaning -1.5 degrees, dusty": Scanner(dpi=200, skew=-1.5, noise=0.04, quality=60),
}


def through(scanner: Scanner | None, inputs: Path, request: Path, out: Path) -> None:
    """Redacts the documents after they went through `scanner`."""
    if scanner is not None:
        for path in inputs.glob("*.pdf"):
            path.write_bytes(scanned(path.read_bytes(), scanner))
    redact_folder(inputs, request, out, jobs=2)


def main() -> None:
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    with TemporaryDirectory() as work:
        corpus = Path(work) / "corpus"
        corpus.mkdir()
        for path in sorted((ROOT / "tests" / "corpus" / "docs").glob("*.txt"))[::3][:limit]:
            shutil.copy(path, corpus)
        for name, scanner in WAYS.items():
            done = run(corpus, work=Path(work) / name.replace(" ", "_"), redact=lambda *p, s=scanner: through(s, *p))
            print(f"== {name}\n{format_table(done)}\n", flush=True)


if __name__ == "__main__":
    main()
