"""A page of a long list: where it begins and ends, and where the pages beside it begin."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pager:
    """`offset` entries stand before the page; `size` is the most it holds, `total` what the list holds."""

    offset: int
    size: int
    total: int

    @classmethod
    def at(cls, place: int, *, size: int, total: int) -> Pager:
        """The page that holds the entry of that number, from 0; past the end, the last page."""
        held = min(max(place, 0), max(total - 1, 0))
        return cls(held - held % size, size, total)

    @property
    def first(self) -> int:
        """Number, from 1, of the first entry shown."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last entry shown."""
        return min(self.offset + self.size, self.total)

    @property
    def before(self) -> int | None:
        """Where the page before begins; None on the first one."""
        return max(self.offset - self.size, 0) if self.offset else None

    @property
    def after(self) -> int | None:
        """Where the next page begins; None on the last one."""
        return self.offset + self.size if self.offset + self.size < self.total else None
