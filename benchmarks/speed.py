"""Pages a second and peak memory of `redactor redact` against the straight line, in the same run on the same file.

    python benchmarks/speed.py [--runs 3] [--pages 94] [--file FILE.pdf] [--detail FILE.json] [--jobs 1 --jobs 2]
                               [--files 1] [--scan] [--peer FOLDER --place FOLDER]

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
from shutil import copyfile
from statistics import median
from tempfile import TemporaryDirectory

import make_94_pages
import peer
import pymupdf

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.scans_kit import Scanner, scanned

HERE = Path(__file__).parent
SAMPLE_S = 0.1  # seconds between two looks at the tree of processes
KIB = 1024
PEER = "doc-redaction 2.8.1"
READING = {"tesseract alone", "redactor analyse"}  # what writes no PDF


@dataclass(frozen=True, slots=True)
class Run:
    """One process from start to end: seconds, MiB of its largest process, MiB of the whole tree."""

    seconds: float
    largest_mib: float
    tree_mib: float


@dataclass(frozen=True, slots=True)
class How:
    """What is measured: numbers of files at once, the peer's program, a scan or text, where, in how many files."""

    jobs: tuple[int, ...] = (2,)
    peer: Path | None = None
    scan: bool = False
    place: Path | None = None
    files: int = 1


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


def timed(command: list[str], place: Path) -> Run:
    """Runs a command in a folder to its end. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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


def commands(folder: Path, whole: Path, out: str, how: How) -> dict[str, list[str]]:
    """The tools on the same pages; doc-redaction gets them in one file. The straight line reads no scan."""
    decided = ["--decided-by", "Mesure", "--reason", "mesure de vitesse"]
    ours = [sys.executable, "-m", "redactor"]
    redact = [*ours, "redact", str(folder), "--out", out, *decided]
    sources = sorted(folder.glob("*.pdf"))
    tools = {}
    if not how.scan:
        tools["straight line (Presidio + PyMuPDF)"] = [sys.executable, str(HERE / "straight_line.py"), str(folder), out]
    if how.peer is not None:
        tools[PEER] = peer.command(how.peer, whole, Path(out), scan=how.scan)
    if how.scan:
        tools["tesseract alone"] = [sys.executable, str(HERE / "read_alone.py"), *map(str, sources)]
    for n in how.jobs:
        tools[f"redactor analyse, {n} at once"] = [*ours, "analyse", str(folder), "--jobs", str(n)]
        tools[f"redactor redact, {n} at once"] = [*redact, "--jobs", str(n)]
    return tools


def parts(source: Path, folder: Path, *, files: int) -> None:
    """The pages of `source` as so many files of one request, in order, about as long as each other."""
    names = [f"book-{number}.pdf" for number in range(files)]
    with pymupdf.open(source) as whole:
        for number, name in enumerate(names):
            first, after = (whole.page_count * (number + step) // files for step in (0, 1))
            with pymupdf.open() as part:
                part.insert_pdf(whole, from_page=first, to_page=after - 1)
                part.save(folder / name, garbage=4, deflate=True, no_new_id=True)
    listed = "".join(f"  - {{file: {name}}}\n" for name in names)
    (folder / "request.yaml").write_text(f"documents:\n{listed}", encoding="utf-8")


def measure(source: Path, *, runs: int, how: How) -> dict[str, list[Run]]:
    """`runs` runs of each tool, taken in turn, each into a folder of its own."""
    found: dict[str, list[Run]] = {}
    with TemporaryDirectory(dir=how.place, prefix="run-") as place:  # the peer fails below "/tmp…"
        folder = Path(place) / "in"
        folder.mkdir()
        parts(source, folder, files=how.files)
        whole = Path(copyfile(source, Path(place) / "book.pdf"))
        for number in range(runs):
            for position, tool in enumerate(commands(folder, whole, "OUT", how)):
                out = Path(place) / "output" / f"{number}-{position}"
                out.mkdir(parents=True)
                run = timed(commands(folder, whole, str(out), how)[tool], Path(place))
                expected = 1 if tool == PEER else how.files
                if tool.split(",")[0] not in READING and len(list(out.rglob("*.pdf"))) < expected:
                    raise RuntimeError(f"{tool} wrote too few files")  # it may well end with 0
                found.setdefault(tool, []).append(run)
    return found


def table(found: dict[str, list[Run]], *, pages: int) -> str:
    """Medians as a Markdown table, with the rate of each tool to that of the first."""
    rows = [
        "| tool | pages/s | to the first | seconds | largest process, MiB | all processes, MiB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    middle = {
        name: Run(*(median(getattr(run, key) for run in runs) for key in ("seconds", "largest_mib", "tree_mib")))
        for name, runs in found.items()
    }
    first = next(iter(middle.values()))
    for name, run in middle.items():
        rows.append(
            f"| {name} | {pages / run.seconds:.2f} | {first.seconds / run.seconds:.2f} | {run.seconds:.1f} "
            f"| {run.largest_mib:.0f} | {run.tree_mib:.0f} |"
        )
    return "\n".join(rows)


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", type=int, default=make_94_pages.PAGES)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--files", type=int, default=1, help="files of one request that hold the pages")
    parser.add_argument("--detail", type=Path)
    parser.add_argument("--jobs", type=int, action="append", help="files treated at once")
    parser.add_argument("--scan", action="store_true", help="the pages as pictures of 300 dpi")
    parser.add_argument("--peer", type=Path, help="folder of the environment of doc-redaction, made when absent")
    parser.add_argument("--place", type=Path, help="working folder; the peer needs one that is not temporary")
    told = parser.parse_args()
    with TemporaryDirectory() as place:
        source = told.file or Path(place) / "book.pdf"
        if told.file is None:
            book = make_94_pages.book(told.pages)
            source.write_bytes(scanned(book, Scanner()) if told.scan else book)
        with pymupdf.open(source) as document:
            pages = document.page_count
        program = None if told.peer is None else peer.installed(told.peer)
        how = How(tuple(told.jobs or (2,)), program, told.scan, told.place, told.files)
        found = measure(source, runs=told.runs, how=how)
    load = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    print(f"{pages} pages in {told.files} files, median of {told.runs} runs, {load}\n\n{table(found, pages=pages)}")
    if told.detail:
        detail = {name: [asdict(run) for run in runs] for name, runs in found.items()}
        told.detail.write_text(json.dumps(detail, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
