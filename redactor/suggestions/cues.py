"""The cues of `data/cues.yaml`, compiled once."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from redactor.strict_yaml import load_stream

if TYPE_CHECKING:
    from collections.abc import Mapping

Cue = tuple[str, str, re.Pattern[str]]  # where it is looked for (head, top, all), the value it tells, its words


@lru_cache(maxsize=1)
def _told() -> Mapping[str, Any]:
    text = (files("redactor.suggestions") / "data" / "cues.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = load_stream(text)[0].value
    return loaded


@lru_cache(maxsize=16)
def cues_of(fact: str) -> tuple[Cue, ...]:
    """The cues of a fact, in the order of the file."""
    return tuple(
        (where, str(value), re.compile(words))
        for where, values in _told()[fact].items()
        for value, patterns in values.items()
        for words in patterns
    )


@lru_cache(maxsize=1)
def date_labels() -> re.Pattern[str]:
    """What may stand before the document's own date."""
    return re.compile("|".join(f"(?:{one})" for one in _told()["date"]["label"]))


@lru_cache(maxsize=1)
def months() -> Mapping[str, int]:
    """Number of a month by its folded names."""
    return {name: int(number) for number, names in _told()["months"].items() for name in names}
