"""Pages a second and peak memory of `redactor redact` against the straight line, in the same run on the same file.

    python benchmarks/speed.py [--runs 3] [--pages 94] [--file FILE.pdf] [--detail FILE.json]

Prints a Markdown table for `docs/benchmarks.md`. Times are wall clock, from start to end of the process, models
loaded. `largest process` is the operating system's own count (as `/usr/bin/time -v` tells it); `all processes` is
sampled ten times a second over the whole tree, shared pages counted once.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import make_94_pages
import pymupdf

HERE = Path(__file__).parent
SAMPLE_S = 0.1  # seconds between two looks at the tree of processes
KIB = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One process from start to end: seconds, MiB of its largest process, MiB of the whole tree."""

    seconds: float
    largest_mib: float
    tree_mib: float


def pids_under(root: int) -> list[int]:
    """A process and its descendants."""
    found, at = [root], 0
    while at < len(found):
        children = Path(f"/proc/{found[at]}/task/{found[at]}/children")
        with suppress(OSError):  # it ended in between
            found += [int(pid) for pid in children.read_text(encoding="ascii").split()]
        at += 1
    return found


def share_of(pid: int) -> int:
    """KiB of a process, pages shared with others divided among them; 0 once it ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


class Watch(threading.Thread):
    """Looks at the memory of a tree of processes until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak_kib, self.over = pid, 0, threading.Event()

    def run(self) -> None:
        """Keeps the largest sum seen."""
        while not self.over.wait(SAMPLE_S):
            self.peak_kib = max(self.peak_kib, sum(share_of(pid) for pid in pids_under(self.pid)))


def timed(command: list[str]) -> Run:
    """Runs a command to its end. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = Watch(process.pid)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    watch.over.set()
    watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, usage.ru_maxrss / KIB, watch.peak_kib / KIB)


def commands(folder: Path, out: str) -> dict[str, list[str]]:
    """The two tools on the same folder."""
    decided = ["--decided-by", "Mesure", "--reason", "mesure de vitesse"]
    return {
        "straight line (Presidio + PyMuPDF)": [sys.executable, str(HERE / "straight_line.py"), str(folder), out],
        "redactor redact": [sys.executable, "-m", "redactor", "redact", str(folder), "--out", out, *decided],
    }


def measure(source: Path, *, runs: int) -> dict[str, list[Run]]:
    """`runs` runs of each tool, taken in turn, each into a folder of its own."""
    found: dict[str, list[Run]] = {}
    with TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        (folder / "book.pdf").write_bytes(source.read_bytes())
        for number in range(runs):
            for tool, command in enumerate(commands(folder, "OUT").items()):
                name, words = command
                out = str(Path(place) / f"out-{number}-{tool}")
                found.setdefault(name, []).append(timed([out if word == "OUT" else word for word in words]))
    return found


def table(found: dict[str, list[Run]], *, pages: int) -> str:
    """Medians as a Markdown table, and the ratio of the last tool to the first."""
    rows = [
        "| tool | pages/s | seconds | largest process, MiB | all processes, MiB |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    middle = {
        name: Run(*(median(getattr(run, key) for run in runs) for key in ("seconds", "largest_mib", "tree_mib")))
        for name, runs in found.items()
    }
    for name, run in middle.items():
        rows.append(
            f"| {name} | {pages / run.seconds:.2f} | {run.seconds:.1f} | {run.largest_mib:.0f} | {run.tree_mib:.0f} |"
        )
    first, *_, last = middle.values()
    rows.append(
        f"| ratio | {first.seconds / last.seconds:.2f} | {last.seconds / first.seconds:.2f} "
        f"| {last.largest_mib / first.largest_mib:.2f} | {last.tree_mib / first.tree_mib:.2f} |"
    )
    return "\n".join(rows)


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", type=int, default=make_94_pages.PAGES)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--detail", type=Path)
    told = parser.parse_args()
    with TemporaryDirectory() as place:
        source = told.file or Path(place) / "book.pdf"
        if told.file is None:
            source.write_bytes(make_94_pages.book(told.pages))
        with pymupdf.open(source) as document:
            pages = document.page_count
        found = measure(source, runs=told.runs)
    print(f"{pages} pages, median of {told.runs} runs, {os.cpu_count()} processors\n\n{table(found, pages=pages)}")
    if told.detail:
        detail = {name: [asdict(run) for run in runs] for name, runs in found.items()}
        told.detail.write_text(json.dumps(detail, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
