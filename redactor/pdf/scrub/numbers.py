"""Reads and writes the numbers of a PDF, within bounds. No object type of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.pdf.plan import OutsideSchema, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BOUND = 1_000_000.0  # points or thousandths: far beyond any page (14,400 pt), near enough to stay exact
DECIMALS = 4  # of a written number: 1/10,000 pt


def number(value: Any, *, reason: Reason = Reason.CONTENT) -> float:
    """`value` as a number within `BOUND`. Raises OutsideSchema for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise OutsideSchema(reason)
    found = float(value)
    if not -BOUND <= found <= BOUND:
        raise OutsideSchema(reason)
    return found


def numbers(values: Iterable[Any], *, count: int | None = None, reason: Reason = Reason.CONTENT) -> list[float]:
    """All of `values` as numbers; exactly `count` of them when given."""
    found = [number(value, reason=reason) for value in values]
    if count is not None and len(found) != count:
        raise OutsideSchema(reason)
    return found


def clamped(value: Any, *, low: int, high: int) -> int:
    """`value` as a whole number in [low, high]; 0 for what is no number."""
    try:
        return max(low, min(high, round(float(value))))
    except (TypeError, ValueError, OverflowError):
        return 0


def written(value: float) -> bytes:
    """`value` as PDF text: at most four decimals, no exponent."""
    if value == int(value):
        return b"%d" % int(value)
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode()


def joined(values: Sequence[float]) -> bytes:
    """Several numbers, blanks between."""
    return b" ".join(written(value) for value in values)


def array(values: Sequence[float]) -> pikepdf.Array:
    """Numbers as an array object, rounded as `written` rounds."""
    return pikepdf.Array([_plain(round(value, DECIMALS)) for value in values])


def _plain(value: float) -> int | Decimal:
    return int(value) if value == int(value) else Decimal(f"{value:.{DECIMALS}f}")
