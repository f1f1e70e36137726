"""Limits and defaults in one place: each has a unit and a reason. Nothing here is read from the environment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

MIB: Final = 1 << 20
PAGE_LIMIT: Final = 10_000  # pages of one file; larger ones are split by hand (docs/design.md, "Limits")
FILE_LIMIT_BYTES: Final = 512 * MIB  # of one input file; larger ones do not fit the child's memory twice


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child process may use for one file."""

    seconds: float = 120.0  # wall clock for a file of no size; see `for_size`
    memory_bytes: int = 4096 * MIB  # address space: libraries map far more than they use
    scratch_bytes: int = 64 * MIB  # of any file the child might write; it should write none
    print_bytes: int = FILE_LIMIT_BYTES  # the same where it has LibreOffice print: what is larger is not read anyway

    def for_size(self, size_bytes: int) -> Limits:
        """The same limits with time for a file of that size: one minute more for each MiB, three hours at most."""
        seconds = min(self.seconds + 60.0 * size_bytes / MIB, 10_800.0)
        return replace(self, seconds=seconds)
