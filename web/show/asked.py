"""Questions of fact put together: one card a fact, one line a document, so that one answer may serve many."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.store.values import Asked


@dataclass(frozen=True, slots=True)
class Card:
    """Questions about the same fact. `proposals` wait for it in all."""

    fact: str
    questions: tuple[Asked, ...]
    proposals: int

    @property
    def key(self) -> str:
        """The fact as a document row names it."""
        return self.fact.partition(".")[2]

    @property
    def is_of_documents(self) -> bool:
        """True when a field answers it, document by document."""
        return self.fact.startswith("document.")


def cards_of(questions: Sequence[Asked]) -> tuple[Card, ...]:
    """One card a fact, the one most passages wait for first."""
    found: dict[str, list[Asked]] = defaultdict(list)
    for one in questions:
        found[one.fact].append(one)
    cards = (Card(fact, tuple(asked), sum(one.proposals for one in asked)) for fact, asked in found.items())
    return tuple(sorted(cards, key=lambda card: -card.proposals))
