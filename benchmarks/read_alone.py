"""What tesseract alone takes to read the pages of a PDF of scans, one after the other, one thread: the machine's limit.

python benchmarks/read_alone.py FILE.pdf [FILE.pdf ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

import pymupdf

from redactor.ocr import words_of

DPI = 300  # dots an inch, as scans are read


def unread(source: Path) -> int:
    """Pages of a file on which tesseract finds no word; every page is read."""
    with pymupdf.open(source) as document:
        return sum(not words_of(page.get_pixmap(dpi=DPI).tobytes("png"), dpi=DPI) for page in document)


if __name__ == "__main__":
    sys.exit(sum(unread(Path(one)) for one in sys.argv[1:]))
