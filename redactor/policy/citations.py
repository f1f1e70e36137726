"""Citations compared as citations: `s. 53` covers `s. 53(1)`, and `art. 37, al. 2` is `s. 37 (2)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import Lang

if TYPE_CHECKING:
    from redactor.policy.schema import Cite

_SHAPE = re.compile(
    r"\s*(?:arts?\.?|articles?|ss?\.?|sections?)?\s*(?P<section>\d{1,3}(?:\.\d{1,2})?)"
    r"(?:\s*,?\s*(?:al\.|alin[ée]a|para?\.?|paragraph|\()\s*(?P<paragraph>\d{1,2})\)?)?"
    r"(?:\s*,?\s*(?:(?:par\.|subpar\.|subparagraph)\s*(?P<sub>\d{1,2})|(?P<degree>\d{1,2})°|\((?P<bracket>\d{1,2})\)))?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A place in the Act: section, then paragraph, then subparagraph."""

    section: str
    paragraph: int | None = None
    subparagraph: int | None = None

    @classmethod
    def parse(cls, text: str) -> Citation:
        """The citation written in French or English. Raises ValueError on anything else."""
        match = _SHAPE.fullmatch(text)
        if match is None:
            raise ValueError("not a citation")
        sub = match["sub"] or match["degree"] or match["bracket"]
        paragraph = match["paragraph"]
        return cls(match["section"], int(paragraph) if paragraph else None, int(sub) if sub else None)

    @classmethod
    def of(cls, cite: Cite) -> Citation:
        """The citation of a rule's version."""
        return cls(cite.section, cite.paragraph, cite.subparagraph)

    def covers(self, other: Citation) -> bool:
        """True when `other` is this place or a part of it."""
        same_paragraph = self.paragraph is None or self.paragraph == other.paragraph
        same_sub = self.subparagraph is None or self.subparagraph == other.subparagraph
        return self.section == other.section and same_paragraph and same_sub

    def text(self, lang: Lang) -> str:
        """As a person writes it: `art. 37, al. 1` or `s. 37, par. 1`."""
        head, para, sub = ("s.", "par.", "subpar.") if lang is Lang.EN else ("art.", "al.", "par.")
        parts = [f"{head} {self.section}"]
        if self.paragraph is not None:
            parts.append(f"{para} {self.paragraph}")
        if self.subparagraph is not None:
            parts.append(f"{sub} {self.subparagraph}")
        return ", ".join(parts)
