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
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from redactor.errors import ProcessingError

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES = ("fra", "eng")
TIMEOUT_S = 120  # seconds for one page; a dense page takes about two


class OcrFailed(ProcessingError):
    """Tesseract is installed and did not read a page."""

    code = "page.ocr_failed"
    advice = "Tesseract stopped on a page of the result: try again, or have a person look at the file."
    conseil = "Tesseract s'est arrêté sur une page du résultat : réessayez, ou faites examiner le fichier."


ADDRESS_GAP = 0.6  # of the height of a word: a wider gap parts two words
LEAST_DIGITS = 3  # of a number: with fewer, a letter may well be meant
NUMBER = re.compile(r"[\dOoIl|().,;:/+-]{1,40}")
GROUP = re.compile(r"[Oo]\d\d[.,;)]?")  # the first of the groups of three in which long numbers are written
DIGITS = str.maketrans("OoIl|", "00111")
FIRST_HALF = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]")  # of a postal code, by its letters
SECOND_HALF = re.compile(r"(\d)([2578])(\d)(?!\d)")
LETTERS = {"2": "Z", "5": "S", "7": "Z", "8": "B"}  # what a digit between two digits was on paper
SURE = 90  # of 100: a word read better than this is left as it is
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
    """Languages that tesseract knows here; None where it is missing or does not answer. Asked once of each program."""
    program = shutil.which("tesseract")
    try:
        return None if program is None else _languages(program)
    except OcrFailed:
        return None


@lru_cache(maxsize=4)
def _languages(program: str) -> frozenset[str]:
    """What one program says; a failure is not kept. Raises OcrFailed."""
    told = _run(program, "--list-langs")
    return frozenset(told.split())


def is_there() -> bool:
    """True where tesseract and its languages are installed."""
    known = languages()
    return known is not None and known.issuperset(LANGUAGES)


def text_of(png: bytes) -> str | None:
    """The text of a picture in French and English; None where tesseract or its languages are missing.

    Raises OcrFailed when it is there and does not answer: unread is never "nothing found".
    """
    if not is_there():
        return None
    return _tesseract("stdin", "stdout", "-l", "+".join(LANGUAGES), given=png)


def words_of(png: bytes, *, dpi: int) -> tuple[Word, ...] | None:
    """The words of a picture in reading order; None where tesseract or its languages are missing. Raises OcrFailed."""
    if not is_there():
        return None
    table = _tesseract("stdin", "stdout", "-l", "+".join(LANGUAGES), "--dpi", str(dpi), "tsv", given=png)
    return None if table is None else mended(_rows(table))


def mended(words: Sequence[Word]) -> tuple[Word, ...]:
    """`words` with what their form alone shows to be misread: addresses cut at their sign, numbers, postal codes."""
    whole: list[Word] = []
    for word in words:
        last = whole[-1] if whole else None
        if last is not None and _is_cut_address(last, word):
            whole[-1] = _joined(last, word)
        else:
            whole.append(word)
    return tuple(_postal(pair, before) for before, pair in pairwise([None, *map(_number, whole)]) if pair is not None)


def _is_cut_address(left: Word, right: Word) -> bool:
    near = 0 <= right.x0 - left.x1 <= ADDRESS_GAP * (right.y1 - right.y0)
    return left.line == right.line and near and (right.text.startswith("@") or left.text.endswith("@"))


def _joined(left: Word, right: Word) -> Word:
    box = (min(left.x0, right.x0), min(left.y0, right.y0), max(left.x1, right.x1), max(left.y1, right.y1))
    return Word(left.text + right.text, *box, left.line, min(left.confidence, right.confidence))


def _number(word: Word) -> Word:
    """A number whose 0 or 1 was taken for a letter."""
    digits = sum(letter.isdecimal() for letter in word.text)
    is_number = digits >= LEAST_DIGITS and 2 * digits > len(word.text) and NUMBER.fullmatch(word.text)
    if not is_number and not GROUP.fullmatch(word.text):
        return word
    return replace(word, text=word.text.translate(DIGITS))


def _postal(word: Word, before: Word | None) -> Word:
    """The second half of a postal code whose letter was taken for a digit, after a first half that is one."""
    if before is None or before.line != word.line or not FIRST_HALF.fullmatch(before.text):
        return word
    told = SECOND_HALF.match(word.text)
    if told is None or word.confidence >= SURE:
        return word
    return replace(word, text=f"{told[1]}{LETTERS[told[2]]}{told[3]}{word.text[told.end() :]}")


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
    return None if program is None else _run(program, *words, given=given)


def _run(program: str, *words: str, given: bytes = b"") -> str:
    environment = {"OMP_THREAD_LIMIT": "1", "PATH": os.environ.get("PATH", "")}  # 4 to 7 times slower with more
    try:
        done = subprocess.run(
            [program, *words], input=given, capture_output=True, timeout=TIMEOUT_S, check=True, env=environment
        )
    except (OSError, subprocess.SubprocessError):
        raise OcrFailed from None
    return done.stdout.decode("utf-8", "replace")
