"""Reads pictures with tesseract, an optional program. The one place that calls it; one thread a call.

What it reads is compared and forgotten, never logged or kept.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field

from redactor.errors import ProcessingError

LANGUAGES = ("fra", "eng")
TIMEOUT_S = 120  # seconds for one page; a dense page takes about two


class OcrFailed(ProcessingError):
    """Tesseract is installed and did not read a page."""

    code = "page.ocr_failed"
    advice = "Tesseract stopped on a page of the result: try again, or have a person look at the file."
    conseil = "Tesseract s'est arrêté sur une page du résultat : réessayez, ou faites examiner le fichier."


_WORD_LEVEL = "5"  # of a row of tesseract's table: page, block, paragraph, line, word
_TURN = re.compile(r"^Rotate: (0|90|180|270)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as read: its box in pixels of the picture, its line, and how sure tesseract is, of 100."""

    text: str = field(repr=False)
    x0: int
    y0: int
    x1: int
    y1: int
    line: tuple[int, int, int]
    confidence: int


def languages() -> frozenset[str] | None:
    """Languages that tesseract knows here; None where it is missing or does not answer."""
    try:
        told = _tesseract("--list-langs")
    except OcrFailed:
        return None
    return None if told is None else frozenset(told.split())


def text_of(png: bytes) -> str | None:
    """The text of a picture in French and English; None where tesseract or its languages are missing.

    Raises OcrFailed when it is there and does not answer: unread is never "nothing found".
    """
    known = languages()
    if known is None or not known.issuperset(LANGUAGES):
        return None
    return _tesseract("stdin", "stdout", "-l", "+".join(LANGUAGES), given=png)


def words_of(png: bytes, *, dpi: int) -> tuple[Word, ...] | None:
    """The words of a picture in reading order; None where tesseract or its languages are missing. Raises OcrFailed."""
    known = languages()
    if known is None or not known.issuperset(LANGUAGES):
        return None
    table = _tesseract("stdin", "stdout", "-l", "+".join(LANGUAGES), "--dpi", str(dpi), "tsv", given=png)
    return None if table is None else tuple(_rows(table))


def turn_of(png: bytes) -> int:
    """Degrees, clockwise, by which the picture must be turned to stand upright; 0 where that cannot be told."""
    try:
        told = _tesseract("stdin", "stdout", "--psm", "0", "-l", "osd", given=png)
    except OcrFailed:  # too few letters, or its model is missing: the page is read as it stands, and judged by that
        return 0
    found = _TURN.search(told or "")
    return int(found[1]) if found else 0


def _rows(table: str) -> list[Word]:
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [_word(row) for row in rows if row["level"] == _WORD_LEVEL and (row["text"] or "").strip()]


def _word(row: dict[str, str]) -> Word:
    left, top = int(row["left"]), int(row["top"])
    line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
    right, bottom = left + int(row["width"]), top + int(row["height"])
    return Word(row["text"].strip(), left, top, right, bottom, line, round(float(row["conf"])))


def _tesseract(*words: str, given: bytes = b"") -> str | None:
    program = shutil.which("tesseract")
    if program is None:
        return None
    environment = {"OMP_THREAD_LIMIT": "1", "PATH": os.environ.get("PATH", "")}  # 4 to 7 times slower with more
    try:
        done = subprocess.run(
            [program, *words], input=given, capture_output=True, timeout=TIMEOUT_S, check=True, env=environment
        )
    except (OSError, subprocess.SubprocessError):
        raise OcrFailed from None
    return done.stdout.decode("utf-8", "replace")
