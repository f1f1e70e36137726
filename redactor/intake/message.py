"""Prints a message as a reader would: its headers as a block, its body, the names of what is attached."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.intake.hidden import Found, Hidden
from redactor.intake.html_text import shown
from redactor.intake.names import all_different, safe_name
from redactor.intake.opened import Opened, Part, Thread
from redactor.intake.threads import subject_of
from redactor.pdf.typeset import Lines, Piece, typeset
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.intake.sniff import Format

LABELS = {
    "fr": ("De", "À", "Cc", "Cci", "Date", "Objet", "Pièces jointes"),
    "en": ("From", "To", "Cc", "Bcc", "Date", "Subject", "Attachments"),
}
WORDS = re.compile(r"[^\W\d_]{3,}|\d{2,}")
ADDRESS = re.compile(r"(?:https?:|mailto:|www\.)\S{1,2000}")


@dataclass(frozen=True, slots=True)
class Message:
    """A message as read, whatever its format. `fields` stand in the order of `LABELS`, attachments left out."""

    fields: tuple[str, str, str, str, str, str] = field(repr=False)
    plain: str | None = field(default=None, repr=False)
    html: str | None = field(default=None, repr=False)
    others: tuple[str, ...] = field(default=(), repr=False)  # further bodies, as text
    attachments: tuple[Part, ...] = ()
    technical: tuple[str, ...] = field(default=(), repr=False)  # header lines that are not printed
    ids: tuple[str, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    signatures: int = 0


def printed(message: Message, known: Format, *, lang: str | None) -> Opened:
    """The message on pages, its attachments as parts."""
    names = all_different([one.name for one in message.attachments])
    parts = tuple(Part(name, one.data, one.failure) for name, one in zip(names, message.attachments, strict=True))
    body, hidden = _body(message)
    labels = LABELS["en" if lang == "en" else "fr"]
    told = (*message.fields, ", ".join(names))
    block = tuple(
        f"{label} : {' '.join(value.split())}" for label, value in zip(labels, told, strict=True) if value.strip()
    )
    pieces: list[Piece] = [Lines(block, bold_label=True), Lines(("", *body))]
    hidden += tuple(Found(Hidden.MAIL_HEADERS, line) for line in message.technical)
    hidden += (Found(Hidden.SIGNATURES),) * message.signatures
    thread = Thread(message.ids, subject_of(message.fields[5]))
    return Opened(known, pdf=typeset(pieces), parts=parts, hidden=hidden, notes=message.notes, thread=thread)


def part_of(name: str, data: bytes, *, number: int) -> Part:
    """An attachment under a safe name."""
    return Part(safe_name(name, fallback=f"piece-{number}"), data)


def _body(message: Message) -> tuple[tuple[str, ...], tuple[Found, ...]]:
    """The lines of the body that a reader shows, and what stands in the others."""
    if message.html is None or not message.html.strip():
        lines = tuple((message.plain or "").split("\n"))
        return lines, _unprinted(message.others, lines)
    seen = shown(message.html)
    hidden = tuple(Found(Hidden.HIDDEN_TEXT, text) for text in seen.hidden)
    hidden += tuple(Found(Hidden.HYPERLINKS, link) for link in seen.links)
    rest = (*((message.plain,) if message.plain else ()), *message.others)
    return seen.lines, hidden + _unprinted(rest, seen.lines)


def _unprinted(bodies: Sequence[str], lines: Sequence[str]) -> tuple[Found, ...]:
    """Bodies with a word that the printed one lacks."""
    known = set(WORDS.findall(fold("\n".join(lines))))
    return tuple(
        Found(Hidden.ALTERNATE_BODIES, body.strip())
        for body in bodies
        if set(WORDS.findall(ADDRESS.sub(" ", fold(body)))) - known
    )
