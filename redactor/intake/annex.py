"""Obeys `hidden_content`: prints what pages do not show on an annex, leaves it out, or lets the document wait."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from redactor.intake.hidden import NAMES, Found, asks, printable
from redactor.pdf.typeset import Heading, Lines, Piece, joined, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.intake.hidden import Hidden
    from redactor.intake.opened import Opened

TITLES = {"fr": "Contenu non imprimé", "en": "Content that does not print"}


def with_annex(opened: Opened, *, choice: str | None, lang: str | None) -> Opened:
    """The same file as the person chose: `print`, `drop`, or None when nobody said. Texts of hidden things are gone."""
    bare = replace(opened, hidden=tuple(Found(one.kind) for one in opened.hidden), embedded=())
    if choice == "print":
        pages = printable(opened.hidden)
        pdf = joined(opened.pdf, _annex(pages, lang)) if pages and opened.pdf is not None else opened.pdf
        return replace(bare, pdf=pdf, parts=(*opened.parts, *opened.embedded))
    if choice is None and asks(opened.hidden):
        return replace(bare, pdf=None, waits=True)
    return bare


def _annex(pages: Sequence[tuple[Hidden, tuple[str, ...]]], lang: str | None) -> bytes:
    tongue = "en" if lang == "en" else "fr"
    pieces: list[Piece] = [Heading(TITLES[tongue])]
    for kind, texts in pages:
        name = NAMES[kind][tongue == "en"]
        pieces.append(Heading(f"{name} ({len(texts)})"))
        pieces += [Lines((*text.split("\n"), "")) for text in texts]
    return typeset(pieces)
