"""Secrets planted in files: each place has its own, and knows its name, so that a leak tells where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Secrets:
    """Made-up words by place. `fixed` puts the same personal information everywhere instead."""

    fixed: str | None = None
    places: dict[str, str] = field(default_factory=dict)

    def at(self, place: str) -> str:
        """The secret of a place."""
        if self.fixed is not None:
            self.places.setdefault(place, self.fixed)
        return self.places.setdefault(place, f"Zqw{len(self.places):03d}xylo{len(self.places):03d}")

    def found_in(self, text: str) -> list[str]:
        """Places whose secret, or either half of it, stands in `text`."""
        halves = {
            place: (secret[: len(secret) // 2], secret[len(secret) // 2 :]) for place, secret in self.places.items()
        }
        return [place for place, (first, second) in halves.items() if first in text or second in text]
