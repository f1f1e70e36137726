"""Largest resident size of every process while a request of many pages is treated, as a table and a picture.

python -m benchmarks.memory FOLDER [--pages 1000] [--per-file 1000] [--analyse] [--picture docs/memory.svg]

Pages are those of the French documents of the corpus, one after the other; each file begins elsewhere and each page has
a line of its own, so that no file is another's copy. All files are one request.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from benchmarks.make_94_pages import book

LIMIT_MIB = 1536  # what a process may hold; docs/design.md, "Limits"
EVERY_SECONDS = 0.5
WIDTH, HEIGHT, EDGE = 720, 320, 48  # points of the picture
STEP = 37  # pages by which the beginnings of two files differ


@dataclass(frozen=True, slots=True)
class Sample:
    """Resident sizes in MiB at a moment, in seconds from the start."""

    at: float
    main: int
    child: int  # the largest of the children
    children: int


def make(folder: Path, *, pages: int, per_file: int) -> None:
    """The files of the request, unless they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    with pymupdf.open("pdf", book(360)) as source:
        for number, start in enumerate(range(0, pages, per_file)):
            names.append(f"d{number:05d}.pdf")
            if not (folder / names[-1]).exists():
                _write(folder / names[-1], source, number, min(per_file, pages - start))
    listed = "".join(f"  - {{file: {name}}}\n" for name in names)
    told = "request: {number: 2024-118, received: 2024-10-02}\ndefaults: {lang: fr, kind: note, author: staff}\n"
    (folder / "request.yaml").write_text(f"{told}documents:\n{listed}")


def _write(path: Path, source: pymupdf.Document, number: int, count: int) -> None:
    with pymupdf.open() as made:
        at = number * STEP
        while made.page_count < count:
            first = at % source.page_count
            last = min(first + count - made.page_count, source.page_count) - 1
            made.insert_pdf(source, from_page=first, to_page=last)
            at += last - first + 1
        for index, page in enumerate(made):
            page.insert_text((250, 780), f"Pièce {number + 1}, feuillet {index + 1}", fontsize=7)
        made.save(path, garbage=4, deflate=True, no_new_id=True)


def watched(command: list[str]) -> tuple[int, list[Sample]]:
    """Runs a command; how it ended, and what its processes held meanwhile."""
    started, samples = time.monotonic(), []
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        children = sorted(_resident(pid) for pid in _below(process.pid))
        at = time.monotonic() - started
        samples.append(Sample(at, _resident(process.pid), children[-1] if children else 0, len(children)))
        time.sleep(EVERY_SECONDS)
    return process.returncode, samples


def _resident(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in told.split("\n") if line.startswith("VmRSS")), 0)


def _below(pid: int) -> list[int]:
    try:
        direct = [int(one) for task in Path(f"/proc/{pid}/task").iterdir()
                  for one in (task / "children").read_text().split()]  # fmt: skip
    except OSError:
        return []
    return direct + [one for child in direct for one in _below(child)]


def picture(samples: list[Sample], *, title: str) -> str:
    """The curves as SVG: the main process, the largest child, the limit."""
    end = max(samples[-1].at, 1.0)
    curves = [("#1f3a5f", [(s.at, s.main) for s in samples]), ("#b5651d", [(s.at, s.child) for s in samples])]
    lines = "".join(
        f'<polyline fill="none" stroke="{colour}" points="{" ".join(_point(at / end, size) for at, size in curve)}"/>'
        for colour, curve in curves
    )
    ticks = "".join(
        f'<text x="4" y="{_y(size) + 4:.0f}">{size}</text><path stroke="#ddd" d="M{EDGE} {_y(size):.1f}H{WIDTH}"/>'
        for size in range(0, LIMIT_MIB + 1, 256)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="11"><rect width="100%" height="100%" fill="#fff"/><text x="{EDGE}" y="14">{title}</text>{ticks}'
        f'<path stroke="#a00" stroke-dasharray="6 4" d="M{EDGE} {_y(LIMIT_MIB):.1f}H{WIDTH}"/>{lines}'
        f'<text x="{EDGE}" y="{HEIGHT - 6}">0 to {end:.0f} s; blue: main process, brown: largest child, red: 1.5 GiB'
        "</text></svg>\n"
    )


def _point(share: float, size: int) -> str:
    return f"{EDGE + share * (WIDTH - EDGE):.1f},{_y(size):.1f}"


def _y(size: int) -> float:
    return HEIGHT - 28 - size / LIMIT_MIB * (HEIGHT - 56)


def main() -> int:
    """Makes the files, runs the command, tells the figures; 1 when a process held more than the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--per-file", type=int, default=1000)
    parser.add_argument("--analyse", action="store_true")
    parser.add_argument("--picture", type=Path)
    told = parser.parse_args()
    source = told.folder / f"in-{told.pages}-{told.per_file}"
    make(source, pages=told.pages, per_file=told.per_file)
    command = [sys.executable, "-m", "redactor", "analyse" if told.analyse else "redact", str(source)]
    if not told.analyse:
        command += ["--out", f"{source}-out", "--decided-by", "A", "--reason", "B"]
    code, samples = watched(command)
    own, child = max(one.main for one in samples), max(one.child for one in samples)
    seconds = samples[-1].at
    words = f"{command[3]} {told.pages} pages, {told.per_file} a file"
    print(f"{words}: exit {code}, {seconds:.0f} s, main {own} MiB, largest child {child} MiB")
    if told.picture is not None:
        told.picture.write_text(picture(samples, title=words), encoding="utf-8")
    return int(max(own, child) > LIMIT_MIB)


if __name__ == "__main__":
    sys.exit(main())
