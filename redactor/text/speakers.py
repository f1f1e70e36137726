"""Whose words: the authors of the messages of an e-mail thread, told by their From lines.

Form alone: which words name an office, a firm or a citizen comes from the caller, since rule files hold them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from redactor.model import Block, Document, Span, Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

_FROM: Final = re.compile(
    r"\s{0,9}(?:De|From|Expéditeur|Expéditrice)\s{0,3}:\s{0,9}(?P<who>[^\n]{1,300})", re.IGNORECASE
)
_NEXT_FIELD: Final = re.compile(r"\b(?:Envoyé|Date|À|Sent|To|Cc|Objet|Subject)\s{0,3}:", re.IGNORECASE)
_FIELD: Final = re.compile(r"[\s>]{0,9}\w{1,10}\s{0,3}:")
_ADDRESS: Final = re.compile(r"[\w.+'-]{1,64}@(?P<domain>[\w.-]{1,200})")
_STAFF_DOMAIN: Final = re.compile(r"(?:^|\.)(?:gouv\.qc\.ca|qc\.ca)$")  # Québec public bodies and networks
_OTHER_DOMAIN: Final = re.compile(r"(?:^|\.)(?:gc\.ca|canada\.ca|gov|gouv\.fr)$")


class Message(NamedTuple):
    """A message of a thread: its first block (the From line), the block after its last, who wrote it."""

    first: int
    end: int
    speaker: Speaker | None  # None: the author of the document


def messages_of(document: Document, *, named: Callable[[Span], Speaker | None]) -> tuple[Message, ...]:
    """Messages of a thread in reading order; none for a text without From lines.

    `named` tells the speaker that cues in a span give the words to, or None.
    """
    starts = [index for index, block in enumerate(document.blocks) if _sender(document, block) is not None]
    if not starts:
        return ()
    ends = [*starts[1:], len(document.blocks)]
    home = _domain(document, document.blocks[starts[0]])
    return tuple(
        Message(first, end, _speaker(document, first, end=end, home=home, named=named))
        for first, end in zip(starts, ends, strict=True)
    )


def _sender(document: Document, block: Block) -> Span | None:
    found = _FROM.match(block.span.of(document.text))
    if found is None:
        return None
    cut = _NEXT_FIELD.search(found["who"])
    length = cut.start() if cut else len(found["who"])
    start = block.span.start + found.start("who")
    return Span(start, start + length) if length else None


def _domain(document: Document, block: Block) -> str:
    sender = _sender(document, block)
    found = _ADDRESS.search(sender.of(document.text)) if sender else None
    return found["domain"].lower() if found else ""


def _speaker(
    document: Document, first: int, *, end: int, home: str, named: Callable[[Span], Speaker | None]
) -> Speaker | None:
    sender = _sender(document, document.blocks[first])
    by_name = named(sender) if sender else None
    domain = _domain(document, document.blocks[first])
    if by_name is not None or not domain:
        return by_name
    if _STAFF_DOMAIN.search(domain):
        return Speaker.STAFF
    if domain == home:
        return None
    if _OTHER_DOMAIN.search(domain):
        return Speaker.OTHER_GOVERNMENT
    told = _consultant(document, first, end=end, named=named)
    return told or Speaker.CITIZEN


def _consultant(document: Document, first: int, *, end: int, named: Callable[[Span], Speaker | None]) -> Speaker | None:
    """CONSULTANT when the message speaks of its mandate; what it says of others is not of its author."""
    bodies = (
        block.span for block in document.blocks[first + 1 : end] if not _FIELD.match(block.span.of(document.text))
    )
    return Speaker.CONSULTANT if any(named(body) is Speaker.CONSULTANT for body in bodies) else None
