"""One font of the source as the pages of a copy use it: which codes, how wide, what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Measure = Callable[[str, str], float]  # (standard font, character) -> width in thousandths

SPACES = frozenset(" \u00a0\u2002\u2003\u2007\u2009\u202f\t")


@dataclass(slots=True)
class FontUse:
    """One font of the source as the pages use it. `width` is the number of bytes of a code."""

    source: Any
    target: Any
    width: int
    texts: Mapping[int, str] = field(repr=False)
    widths: Mapping[int, float] = field(repr=False)
    default: float
    codes: set[int] = field(default_factory=set, repr=False)
    pages: set[int] = field(default_factory=set)

    def codes_in(self, raw: bytes) -> tuple[int, ...]:
        """The codes of a shown string; a byte too many is left out."""
        if self.width == 1:
            return tuple(raw)
        return tuple(int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw) - 1, 2))

    def advance(self, code: int) -> float:
        """Width of a glyph in parts of the type size."""
        return self.widths.get(code, self.default) / 1000

    def is_blank(self, code: int) -> bool:
        """True for a code that stands for a blank."""
        return self.texts.get(code, "") in SPACES
