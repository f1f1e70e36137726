"""The made request of sixty files: how long it takes, how each ended, whether any planted secret reached an output.

python benchmarks/made_request.py FOLDER
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.builders import folder_of
from tests.builders.requests import sixty
from tests.builders.secrets import Secrets
from tests.intake.kit import FACTS, everything


def main(folder: Path) -> int:
    secrets = Secrets()
    files = sixty(secrets)
    rows = "".join(f"  - {{file: '{name}'}}\n" for name in files)
    head = f"request: {{number: 2024-118, hidden_content: drop}}\ndefaults: {{{FACTS}}}\ndocuments:\n"
    source = folder_of(folder / "in", files, request=head + rows)
    command = [sys.executable, "-m", "redactor", "redact", str(source), "--out", str(folder / "out")]
    started = time.monotonic()
    ended = subprocess.run([*command, "--decided-by", "A", "--reason", "b"], check=False, stdout=subprocess.DEVNULL)
    took = time.monotonic() - started
    report = json.loads((folder / "out/internal/report.json").read_text("utf-8"))["documents"]
    leaks = set(secrets.found_in(everything(folder / "out")))
    pages = sum(row["pages"] or 0 for row in report)
    print(f"{len(files)} files, {len(report)} documents, {pages} pages in {took:.0f} s")
    print(f"{dict(Counter(row['state'] for row in report))}, exit {ended.returncode}")
    print(f"{len(secrets.places)} secrets planted, {len(leaks)} in an output: {sorted(leaks)}")
    print(f"kinds of hidden content: {dict(sum((Counter(row['hidden_content']) for row in report), Counter()))}")
    return len(leaks)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
