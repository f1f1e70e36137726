"""Who does the work on a file: one after the other in this process, or the children of a sandbox, several at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def here(task: Callable[..., Any], data: bytes, /, **options: Any) -> Any:
    """Calls `task` in this process."""
    return task(data, **options)


def in_turn(task: Callable[[Any], Any], items: Sequence[Any]) -> tuple[Any, ...]:
    """`task` of each item, one after the other."""
    return tuple(map(task, items))


@dataclass(frozen=True, slots=True)
class Hands:
    """`call` runs a task on bytes, `each` a task on every item, in order. The product hands in those of its sandbox."""

    call: Callable[..., Any] = here
    each: Callable[[Callable[[Any], Any], Sequence[Any]], tuple[Any, ...]] = in_turn
