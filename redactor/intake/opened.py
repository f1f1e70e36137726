"""What the opening of one file gives: values, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redactor.errors import RedactorError
    from redactor.intake.hidden import Found
    from redactor.intake.sniff import Format


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside another one: a safe relative name, and its bytes or why they were not taken out."""

    name: str = field(repr=False)
    data: bytes = field(default=b"", repr=False)
    failure: RedactorError | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """What ties a message to others: keyed by what its headers say. It never leaves the run."""

    ids: tuple[str, ...] = field(default=(), repr=False)  # its own id, then those it answers
    subject: str = field(default="", repr=False)  # folded, without "Re:" and its like


@dataclass(frozen=True, slots=True)
class Opened:
    """Pages of a file as a PDF (None for what has none of its own), its parts, and what its pages do not show."""

    format: Format
    pdf: bytes | None = field(default=None, repr=False)
    parts: tuple[Part, ...] = ()
    embedded: tuple[Part, ...] = ()  # parts that no page shows: they come out where hidden content is printed
    hidden: tuple[Found, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()  # codes
    thread: Thread | None = field(default=None, repr=False)
    waits: bool = False  # something hidden is there and nobody said what to do of it
