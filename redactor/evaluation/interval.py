"""A share of a count, with its 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Z = 1.959964  # standard normal quantile of a 95 % interval


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` out of `n`."""

    hits: int
    n: int

    @property
    def percent(self) -> float | None:
        """Two decimals; None when nothing was counted."""
        return round(100.0 * self.hits / self.n, 2) if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval in percent, one decimal; None when nothing was counted.

        The items are taken as independent, which words of one passage are not: the true interval is wider.
        """
        if not self.n:
            return None
        p, n = self.hits / self.n, self.n
        centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return round(100 * max(0.0, centre - half), 1), round(100 * min(1.0, centre + half), 1)


def share(flags: Iterable[bool]) -> Share:
    """How many of `flags` are true."""
    counted = list(flags)
    return Share(sum(counted), len(counted))
