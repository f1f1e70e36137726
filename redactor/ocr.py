"""Reads pictures with tesseract, an optional program. The one place that calls it; one thread a call.

What it reads is compared and forgotten, never logged or kept.
"""

from __future__ import annotations

import os
import shutil
import subprocess

from redactor.errors import ProcessingError

LANGUAGES = ("fra", "eng")
TIMEOUT_S = 120  # seconds for one page; a dense page takes about two


class OcrFailed(ProcessingError):
    """Tesseract is installed and did not read a page."""

    code = "page.ocr_failed"
    advice = "Tesseract stopped on a page of the result: try again, or have a person look at the file."
    conseil = "Tesseract s'est arrêté sur une page du résultat : réessayez, ou faites examiner le fichier."


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
