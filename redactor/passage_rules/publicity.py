"""Documents whose own title block says that the public has them, and forms that nobody has filled in.

What they advise is nobody's confidence; whether the document was published is a fact that a person confirms, so what
is found in them stays a flag.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from redactor.model import BlockKind, Finding, Strength
from redactor.text.normalise import fold
from redactor.text.structure import words_of

if TYPE_CHECKING:
    from redactor.model import Document

TITLE_BLOCKS: Final = 7  # blocks; what they don't say of the whole document stands for a part of it
TITLE_WORDS: Final = 32  # words; a longer block is a paragraph
BLANKS: Final = 6  # empty fields that make a blank form
_BLANK: Final = re.compile(r"_{4,}|\[ ?\]|[□☐❏❑]")
_PUBLIC: Final = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words_of("public_titles")) + r")\b")


def is_public(document: Document) -> bool:
    """True when a title or a short line at the top says so."""
    top = (block for block in document.blocks if block.kind is not BlockKind.RUNNING)
    lines = (block.span.of(document.text) for block, _ in zip(top, range(TITLE_BLOCKS), strict=False))
    return any(len(line.split()) <= TITLE_WORDS and _PUBLIC.search(fold(line)) is not None for line in lines)


def is_blank_form(document: Document) -> bool:
    """True for a sheet of empty fields: its sentences are printed for everybody."""
    return sum(1 for _ in _BLANK.finditer(document.text)) >= BLANKS


def put_down(finding: Finding) -> Finding:
    """`finding` as a flag."""
    return replace(finding, strength=Strength.WEAK)
