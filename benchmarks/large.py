"""Memory of each child and time of a page for files of many pages: read, masked, written and proved by ranges.

    python -m benchmarks.large [--pages 100 1000 5000] [--scan 600] [--sample 4]

The pages are made: invented text, a table or an image on some of them; those of the scan are grey pictures at 200 dots
an inch whose words are known. One stretch of each paragraph is masked. With `--sample`, a file of more ranges than that
is read whole, but only so many of its ranges are made and proved; what they gave stands for the others when the file is
joined and its objects are proved, so that these see all its pages. Nothing is detected here: what a whole request takes
is told by `memory`. Resident sizes count what the child holds at rest, some 140 MiB of libraries.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pymupdf
from PIL import Image

from redactor.model import BlockKind, Document, DocumentId, Redaction, Span
from redactor.pdf import proved, ranges, reader
from redactor.pdf.hands import Hands
from redactor.pdf.plan import BurnPlan
from redactor.pdf.tagging import tags_of
from redactor.pdf.verifier import Claims
from redactor.pdf.verifier import ranges as proof
from redactor.sandbox import PRELOADED

WORDS = [
    "analyse", "avis", "budget", "comité", "demande", "direction", "dossier", "décision", "évaluation",
    "gouvernement", "mesure", "ministère", "note", "plan", "population", "programme", "projet", "rapport",
    "recommandation", "règlement", "réunion", "service", "suivi", "transport", "travaux", "vérification",
]  # fmt: skip
LETTER = (612.0, 792.0)  # points
PIECE = 100  # pages made at a time
DPI = 200  # dots an inch of the scan
WIDEST = 80  # letters of a line
FIRST, LENGTH = 4, 14  # code points of a paragraph that are masked
TABLE_EVERY, IMAGE_EVERY = 7, 10  # pages


@dataclass
class Spent:
    """What the children of one step took: how many, CPU seconds of all, MiB of the largest."""

    children: int = 0
    seconds: float = 0.0
    mib: int = 0


@dataclass
class Meter:
    """Runs each task in a child of its own, as the sandbox does, and keeps what it took by the task's name."""

    spent: dict[str, Spent] = field(default_factory=lambda: defaultdict(Spent))

    def __post_init__(self) -> None:
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(list(PRELOADED))

    def call(self, task: Any, data: bytes, /, **options: Any) -> Any:
        """What `task` returns."""
        ours, theirs = self.context.Pipe(duplex=False)
        child = self.context.Process(target=_run, args=(theirs, task, data, options))
        child.start()
        theirs.close()
        result, seconds, mib = ours.recv()
        child.join()
        one = self.spent[task.__name__]
        one.children, one.seconds, one.mib = one.children + 1, one.seconds + seconds, max(one.mib, mib)
        return result


def _run(pipe: Any, task: Any, data: bytes, options: dict[str, Any]) -> None:
    result = task(data, **options)
    pipe.send((result, time.process_time(), largest()))


def largest() -> int:
    """Largest resident size of this process so far, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def book(pages: int) -> bytes:
    """A PDF of that many pages of text, some with a table or an image."""
    with pymupdf.open() as whole:
        for first in range(0, pages, PIECE):
            with pymupdf.open() as piece:
                for number in range(first, min(first + PIECE, pages)):
                    _page(piece, number, random.Random(number), mode=0)
                with pymupdf.open("pdf", piece.tobytes(garbage=3, deflate=True)) as part:
                    whole.insert_pdf(part)
        written: bytes = whole.tobytes(garbage=3, deflate=True)
    return written


def scan(pages: int) -> bytes:
    """A PDF of that many grey pictures of such pages, each with its words behind it."""
    with pymupdf.open() as whole:
        for number in range(pages):
            with pymupdf.open() as one:
                _page(one, number, random.Random(number), mode=0)
                seen = one[0].get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
            picture = Image.frombytes("L", (seen.width, seen.height), bytes(seen.samples))
            out = io.BytesIO()
            Image.blend(picture, Image.effect_noise(picture.size, 10), 0.1).save(out, "JPEG", quality=75)
            page = _page(whole, number, random.Random(number), mode=3)
            page.insert_image(page.rect, stream=out.getvalue(), overlay=False)
        written: bytes = whole.tobytes(garbage=3, deflate=True)
    return written


def _page(doc: Any, number: int, chance: random.Random, *, mode: int) -> Any:
    """One page; `mode` is the PDF text rendering mode, 3 for words that are not drawn."""
    page = doc.new_page(width=LETTER[0], height=LETTER[1])
    plain, bold = (pymupdf.TextWriter(page.rect) for _ in range(2))
    plain.append((72, 40), "Ministère des Exemples", font=FONTS[0], fontsize=8)
    plain.append((500, 760), f"Page {number + 1}", font=FONTS[0], fontsize=8)
    bold.append((72, 80), f"{number + 1}. {' '.join(chance.sample(WORDS, 3)).capitalize()}", font=FONTS[1], fontsize=14)
    y = 110.0
    for _ in range(6):
        for line in _paragraph(chance):
            plain.append((72, y), line, font=FONTS[0], fontsize=10.5)
            y += 13
        y += 10
    if number % TABLE_EVERY == 2:
        _table(page, plain, y, chance)
    plain.write_text(page, render_mode=mode)
    bold.write_text(page, render_mode=mode)
    if number % IMAGE_EVERY == 3 and mode == 0:
        out = io.BytesIO()
        Image.effect_noise((300, 100), 60).save(out, "PNG")
        page.insert_image(pymupdf.Rect(72, y, 372, y + 90), stream=out.getvalue())
    return page


FONTS = tuple(pymupdf.Font(name) for name in ("helv", "hebo"))


def _paragraph(chance: random.Random) -> list[str]:
    lines = [" ".join(chance.choice(WORDS) for _ in range(10)) for _ in range(chance.randint(4, 6))]
    return [line[:WIDEST] for line in (lines[0].capitalize(), *lines[1:-1], lines[-1][:40].rstrip() + ".")]


def _table(page: Any, writer: Any, y: float, chance: random.Random) -> None:
    for row in range(5):
        page.draw_line((72, y + 16 * row), (540, y + 16 * row))
    for column in range(4):
        page.draw_line((72 + 156 * column, y), (72 + 156 * column, y + 64))
    for row in range(4):
        for column in range(3):
            writer.append((76 + 156 * column, y + 12 + 16 * row), chance.choice(WORDS), font=FONTS[0], fontsize=9)


def masks(document: Document) -> tuple[Redaction, ...]:
    spans = (
        Span(block.span.start + FIRST, block.span.start + FIRST + LENGTH)
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH and len(block.span) > FIRST + LENGTH
    )
    return tuple(Redaction(document.boxes_of(span), "art. 53") for span in spans)


@dataclass(frozen=True, slots=True)
class Asked:
    """One file to treat: its bytes, its pages, those read from their picture."""

    data: bytes = field(repr=False)
    pages: int
    scans: frozenset[int] = frozenset()


def treated(asked: Asked, meter: Meter, *, sample: int | None) -> int:
    """Size of the written file; `meter` keeps what each step took."""
    sure = dict.fromkeys(asked.scans, 95)
    every = ranges.ranges_of(asked.pages)
    parts = [meter.call(reader.read_pages, asked.data, first=r.start, count=len(r), scans=sure) for r in every]
    document = reader.assembled(parts, document_id=DocumentId("d1"), sha256="")
    del parts
    redactions = masks(document)
    plan = BurnPlan(redactions, title="Document", tags=tags_of(document), scans=asked.scans)
    claims = Claims(redactions, tuple((page.width, page.height) for page in document.pages), title="Document")
    if sample is not None and len(every) > sample:
        return _sampled(asked, every, sample, plan, claims, meter)
    done = proved.make(asked.data, plan=plan, claims=claims, hands=Hands(meter.call))
    if not done.proof.ok:
        raise SystemExit(f"the proof failed: {done.proof.leaks}")
    return len(done.candidate.data)


def _sampled(asked: Asked, every: tuple[range, ...], sample: int, plan: BurnPlan, claims: Claims, meter: Meter) -> int:
    full = [some for some in every if len(some) == len(every[0])]
    chosen = full[:: max(1, len(full) // sample)][:sample]
    made = ranges.parts_of(asked.data, chosen, total=asked.pages, plan=plan, hands=Hands(meter.call))
    last = ranges.parts_of(asked.data, every[-1:], total=asked.pages, plan=plan, hands=Hands(meter.call))
    stands_for = {some: made[chosen[number % len(chosen)]] for number, some in enumerate(every)}
    whole = ranges.whole_of(stands_for | made | last, plan=plan, hands=Hands(meter.call))
    found = [
        meter.call(proof.prove_pages, whole.data, claims=proof.claims_of(claims, r), first=r.start, count=len(r))
        for r in chosen
    ]
    seen = frozenset[str]().union(*(one.shown for one in found))
    objects = meter.call(proof.prove_objects, whole.data, claims=proof.claims_of_file(claims), seen=seen)
    if any(one.leaks for one in (*found, objects)):
        raise SystemExit("the proof failed")
    return len(whole.data)


def told(name: str, asked: Asked, *, sample: int | None) -> None:
    """Prints the rows of one file."""
    meter = Meter()
    start = time.monotonic()
    size = treated(asked, meter, sample=sample)
    seconds = time.monotonic() - start
    total = 0.0
    for step, one in meter.spent.items():
        pages = min(one.children * ranges.RANGE, asked.pages) if step in BY_RANGE else asked.pages
        cost = 1000 * one.seconds / pages
        total += cost
        print(f"| {name}, {asked.pages} | {step} | {one.children} | {one.mib} | {cost:.0f} |")
    print(f"| {name}, {asked.pages} | all; the parent | | {largest()} | {total:.0f} |")
    print(f"{len(asked.data) / 2**20:.1f} MiB read, {size / 2**20:.1f} MiB written, {seconds:.0f} s\n", flush=True)


BY_RANGE = frozenset({"read_pages", "make_part", "prove_pages"})  # steps whose children each treat some pages


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[100, 1000, 5000])
    parser.add_argument("--scan", type=int, nargs="*", default=[600])
    parser.add_argument("--sample", type=int)
    asked = parser.parse_args()
    print("| file, pages | step | children | largest, MiB | CPU, ms a page |\n|---|---|---:|---:|---:|")
    for pages in asked.pages:
        told("text", Asked(book(pages), pages), sample=asked.sample)
    for pages in asked.scan:
        told("scan", Asked(scan(pages), pages, frozenset(range(pages))), sample=asked.sample)
    return 0


if __name__ == "__main__":
    sys.exit(main())
