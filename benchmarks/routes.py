"""CPU and size of a page by each route, proof included, as ratios to the straight line in the same run.

    python -m benchmarks.routes [--pages 24]

The pages are those of `make_94_pages`; one name in each paragraph is masked. The straight line is Presidio with
PyMuPDF (`straight_line.py`) on the same file; PyMuPDF's redaction alone stands beside it. CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import make_94_pages
import pymupdf
import straight_line
from PIL import Image

from redactor.model import BlockKind, Document, DocumentId, Redaction, Span
from redactor.pdf import candidate, reader, verifier
from redactor.pdf.plan import BurnPlan, Mode
from redactor.pdf.tagging import tags_of
from redactor.pdf.verifier import Claims

FIRST, LENGTH = 4, 14  # code points of a paragraph that are masked


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds and KiB a page."""

    making: float
    proof: float
    kib: float

    @property
    def whole(self) -> float:
        return self.making + self.proof


def masks(document: Document) -> tuple[Redaction, ...]:
    spans = (
        Span(block.span.start + FIRST, block.span.start + FIRST + LENGTH)
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH and len(block.span) > FIRST + LENGTH
    )
    return tuple(Redaction(document.boxes_of(span), "art. 53") for span in spans)


def route(data: bytes, mode: Mode) -> Cost:
    """One file made and proved by one route."""
    document = reader.read(data, document_id=DocumentId("d1"))
    redactions, count = masks(document), len(document.pages)
    start = time.process_time()
    made = candidate.make(data, plan=BurnPlan(redactions, mode=mode, title="Document", tags=tags_of(document)))
    middle = time.process_time()
    sizes = tuple((page.width, page.height) for page in document.pages)
    proof = verifier.prove(made.data, claims=Claims(redactions, sizes, title="Document"))
    end = time.process_time()
    if not proof.ok:
        raise SystemExit("the proof failed")
    return Cost(1000 * (middle - start) / count, 1000 * (end - middle) / count, len(made.data) / 1024 / count)


def straight(data: bytes) -> Cost:
    """Presidio and PyMuPDF on the same file, model loaded before."""
    engine = straight_line.analyzer()
    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place) / "in.pdf", Path(place) / "out.pdf"
        source.write_bytes(data)
        straight_line.redact(source, target, engine=engine)
        start = time.process_time()
        straight_line.redact(source, target, engine=engine)
        spent, size = time.process_time() - start, target.stat().st_size
    return _a_page(data, spent, size)


def redaction_alone(data: bytes) -> Cost:
    """PyMuPDF's redaction of the same boxes, nothing found and nothing proved."""
    redactions = masks(reader.read(data, document_id=DocumentId("d1")))
    start = time.process_time()
    with pymupdf.open(stream=data, filetype="pdf") as doc:
        for page in doc:
            for box in (b.box for one in redactions for b in one.boxes if b.page == page.number):
                page.add_redact_annot(pymupdf.Rect(box.x0, box.y0, box.x1, box.y1), fill=(0, 0, 0))
            page.apply_redactions()
        written = doc.tobytes(garbage=4, deflate=True)
    return _a_page(data, time.process_time() - start, len(written))


def _a_page(data: bytes, seconds: float, size: int) -> Cost:
    with pymupdf.open(stream=data, filetype="pdf") as doc:
        return Cost(1000 * seconds / doc.page_count, 0.0, size / 1024 / doc.page_count)


def shaded(data: bytes, colours: tuple[int, int]) -> bytes:
    """`data` with a shade from one colour to another at the foot of each page, so that its picture has levels."""
    shade = Image.linear_gradient("L").resize((400, 60))
    first, last = (Image.new("RGB", shade.size, colour) for colour in colours)
    out = io.BytesIO()
    Image.composite(first, last, shade).save(out, "PNG")
    with pymupdf.open(stream=data, filetype="pdf") as doc:
        for page in doc:
            page.insert_image(
                pymupdf.Rect(72, page.rect.height - 40, 400, page.rect.height - 10), stream=out.getvalue()
            )
        written: bytes = doc.tobytes(deflate=True)
    return written


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=24)
    pages = parser.parse_args().pages
    data = make_94_pages.book(pages)
    route(make_94_pages.book(1), Mode.TEXT)  # loads what is loaded once
    found = {
        "straight line": straight(data),
        "PyMuPDF's redaction alone": redaction_alone(data),
        "text": route(data, Mode.TEXT),
        "picture, 1 bit": route(data, Mode.IMAGE),
        "picture, grey": route(shaded(data, (0x000000, 0xFFFFFF)), Mode.IMAGE),
        "picture, colour": route(shaded(data, (0x0000FF, 0x00FFFF)), Mode.IMAGE),
    }
    base = found["straight line"].whole
    print(f"{pages} pages, {len(data) / 1024 / pages:.1f} KiB a page\n")
    print("| route | making, ms a page | proof, ms a page | both, to the straight line | KiB a page | to the source |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, cost in found.items():
        ratio, size = cost.whole / base, cost.kib * 1024 * pages / len(data)
        print(f"| {name} | {cost.making:.0f} | {cost.proof:.0f} | {ratio:.2f} | {cost.kib:.1f} | {size:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
