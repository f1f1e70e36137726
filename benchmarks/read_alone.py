"""What tesseract alone takes to read the pages of a PDF of scans, one after the other, one thread: the machine's limit.

python benchmarks/read_alone.py FILE.pdf
"""

from __future__ import annotations

import sys
from pathlib import Path

import pymupdf

from redactor.ocr import words_of

DPI = 300  # dots an inch, as scans are read


def main(source: Path) -> int:
    """Reads every page."""
    with pymupdf.open(source) as document:
        return sum(not words_of(page.get_pixmap(dpi=DPI).tobytes("png"), dpi=DPI) for page in document)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
