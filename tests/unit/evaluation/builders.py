"""Small annotated documents, and a redactor of the tests that masks the words it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pymupdf

from redactor.evaluation.corpus import CorpusDocument, load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

FRONT = {
    "kind": "note",
    "lang": "fr",
    "date": "2024-01-10",
    "body": "Ministère des Essais",
    "author": "staff",
    "decision": "pending",
    "decision_date": "null",
    "request_date": "2024-06-01",
    "verdict": "partial",
    "provisions": "[53]",
}


def write_document(folder: Path, name: str, text: str, **front: str) -> Path:
    """Writes `folder/name.txt`; `front` replaces lines of the usual front matter."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}: {value}" for key, value in ({"id": name} | FRONT | front).items()]
    path = folder / f"{name}.txt"
    path.write_text("---\n" + "\n".join(lines) + "\n---\n" + text + "\n", encoding="utf-8")
    return path


def document(folder: Path, text: str, **front: str) -> CorpusDocument:
    """The annotated document of a text."""
    return load(write_document(folder, "essai", text, **front))


def masking(
    targets: Mapping[str, Sequence[str]], *, covered: Mapping[str, Sequence[str]] | None = None
) -> Callable[[Path, Path, Path], None]:
    """A redactor that removes the given words of each document, draws over others, and writes no report.

    A document that `targets` does not name is not written: withheld whole.
    """

    def redact(inputs: Path, request: Path, out: Path) -> None:
        assert request.is_file()
        for name, words in targets.items():
            with pymupdf.open(inputs / f"{name}.pdf") as pdf:
                for page in pdf:
                    boxes = [box for word in words for box in page.search_for(word)]
                    for box in boxes:
                        page.add_redact_annot(box, fill=(0, 0, 0))
                    page.apply_redactions()
                    for word in (covered or {}).get(name, ()):
                        for box in page.search_for(word):
                            page.draw_rect(box, fill=(0, 0, 0))
                pdf.save(out / f"{name}.pdf")

    return redact
