"""Small PDFs for tests, made in code. All people are invented."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

from redactor.cli import main

SIN = "046 454 286"  # the example number of the federal guide: begins with 0, issued to nobody
NOTE = (
    "NOTE AU SOUS-MINISTRE",
    "OBJET : Réfection du pont Zyxwville",
    "Le pont a été construit en 1964 et porte 4 300 véhicules par jour.",
    "Nous recommandons de remplacer le pont au complet dès 2026.",
    f"La plaignante, Mme Ludivine Quetzal, a donné son NAS : {SIN}.",
    "Elle peut être jointe au 418 555-0143.",
)


def pdf(*pages: tuple[str, ...], **save: Any) -> bytes:
    """Letter pages, one line of text each 24 points; `save` goes to PyMuPDF."""
    doc = pymupdf.open()
    for lines in pages or (NOTE,):
        page = doc.new_page(width=612, height=792)
        for number, line in enumerate(lines):
            page.insert_text((72, 72 + 24 * number), line, fontsize=11)
    data: bytes = doc.tobytes(**save)
    return data


def scan() -> bytes:
    """A page that shows something and holds no text."""
    source = pymupdf.open(stream=pdf(), filetype="pdf")
    doc = pymupdf.open()
    page = doc.new_page(width=612, height=792)
    page.insert_image(page.rect, pixmap=source[0].get_pixmap(dpi=72))
    data: bytes = doc.tobytes()
    return data


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed on stdout, as JSON."""
        return json.loads(self.out)


def call(capsys: Any, *arguments: str | Path) -> Ended:
    """Runs a command in this process."""
    try:
        main([str(one) for one in arguments])
    except SystemExit as end:
        told = capsys.readouterr()
        return Ended(int(end.code or 0), told.out, told.err)
    raise AssertionError("a command must end the process")


def text_of(path: Path) -> str:
    """All text of a PDF."""
    with pymupdf.open(path) as doc:
        return "\n".join(page.get_text() for page in doc)


FACTS = "kind: note, lang: fr, author: staff, date: 2024-03-01, decision: pending, body_kind: ministry"
REQUEST = "request: {number: 2024-118, received: 2024-10-02}\ndefaults: {" + FACTS + "}\ndocuments:\n"


def folder_of(root: Path, files: dict[str, bytes], *, request: str | None = None) -> Path:
    """A request folder with `files` and a request file that names them all with their facts."""
    root.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    rows = "".join(f"  - {{file: {json.dumps(name, ensure_ascii=False)}}}\n" for name in files)
    (root / "request.yaml").write_text(request if request is not None else REQUEST + rows, encoding="utf-8")
    return root
