"""What shares words with a span, found without looking at everything: documents hold many thousands of spans."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redactor.model import Span

T = TypeVar("T")
LONG = 4096  # code points: longer spans (a whole document, mostly) are few and are looked at one by one


class Overlaps(Generic[T]):
    """Items by their spans; an item may stand under several."""

    __slots__ = ("_long", "_reach", "_short", "_starts")

    def __init__(self, pairs: Iterable[tuple[Span, T]]) -> None:
        ordered = sorted(pairs, key=lambda pair: pair[0])
        self._long = [pair for pair in ordered if len(pair[0]) > LONG]
        self._short = [pair for pair in ordered if len(pair[0]) <= LONG]
        self._starts = [span.start for span, _ in self._short]
        self._reach = max((len(span) for span, _ in self._short), default=0)

    def over(self, span: Span) -> tuple[T, ...]:
        """Items of which a span shares a code point with `span`, in the order of the text, long ones first."""
        first = bisect_left(self._starts, span.start - self._reach)
        last = bisect_left(self._starts, span.end)
        near = (*self._long, *self._short[first:last])
        return tuple(item for own, item in near if own.overlaps(span))
