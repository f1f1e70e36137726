"""What a PDF carries beside its pages: the files attached to it, by `hidden_content`. The pages stay as they are."""

from __future__ import annotations

from redactor.intake.hidden import Found, Hidden
from redactor.intake.names import all_different, safe_name
from redactor.intake.opened import Opened, Part
from redactor.intake.sniff import Format
from redactor.pdf.attachments import attachments_of


def carried(data: bytes, *, choice: str | None) -> Opened:
    """The attached files as parts where `choice` is `print`; left out for `drop`; for None the document waits.

    `pdf` is None: the pages are `data`. Raises TooManyParts, and what opening a PDF raises.
    """
    found = attachments_of(data)
    names = all_different([safe_name(one.name, fallback=f"piece-{number}") for number, one in enumerate(found, 1)])
    parts = tuple(Part(name, one.data) for name, one in zip(names, found, strict=True))
    hidden = tuple(Found(Hidden.EMBEDDED_OBJECTS) for _ in parts)
    kept = parts if choice == "print" else ()
    return Opened(Format.PDF, parts=kept, hidden=hidden, waits=bool(parts) and choice is None)
