"""Writes a PDF of 94 pages of text, made of the French corpus documents one after the other.

python benchmarks/make_94_pages.py OUT.pdf [--pages 94]
"""

from __future__ import annotations

import argparse
import sys
from itertools import cycle
from pathlib import Path

import pymupdf

from redactor.evaluation.corpus import documents
from redactor.evaluation.renderer import render

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
PAGES = 94  # pages: a file of the size that access officers told of; docs/benchmarks.md


def book(pages: int) -> bytes:
    """A PDF of that many pages."""
    french = [render(one).pdf for one in documents(CORPUS) if one.meta.get("lang") == "fr"]
    with pymupdf.open() as whole:
        for data in cycle(french):
            with pymupdf.open("pdf", data) as part:
                whole.insert_pdf(part, to_page=min(part.page_count, pages - whole.page_count) - 1)
            if whole.page_count == pages:
                break
        written: bytes = whole.tobytes(garbage=4, deflate=True, no_new_id=True)
    return written


def main() -> int:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=PAGES)
    told = parser.parse_args()
    told.out.write_bytes(book(told.pages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
