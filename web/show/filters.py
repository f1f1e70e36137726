"""The filters of a review: which passages are listed and which one is next. Carried in the address."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlencode

if TYPE_CHECKING:
    from collections.abc import Callable

    from redactor.store.values import ProposalView

VALUE_LIMIT = 64  # characters


@dataclass(frozen=True, slots=True)
class Filters:
    """None filters nothing. `now` is the state after decisions; `only` is `open` for what waits for a person."""

    provision: str | None = None
    strength: str | None = None
    now: str | None = None
    person: str | None = None
    only: str | None = None

    @classmethod
    def of(cls, get: Callable[[str], str | None]) -> Self:
        """From fields by name."""
        return cls(**{name: (get(name) or "")[:VALUE_LIMIT] or None for name in cls.__slots__})

    @classmethod
    def parse(cls, query: str) -> Self:
        """From the text of an address's query."""
        fields = parse_qs(query[:1_000])
        return cls.of(lambda name: fields.get(name, [""])[0])

    @property
    def query(self) -> str:
        """As an address carries them."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def criteria(self) -> dict[str, Any]:
        """As the store takes them."""
        return {name: value for name, value in asdict(self).items() if value and name != "only"}

    def shows(self, one: ProposalView) -> bool:
        """True when the passage is listed."""
        is_wanted = all(getattr(one, name) == value for name, value in self.criteria.items())
        return is_wanted and (self.only != "open" or one.open)
