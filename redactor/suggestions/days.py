"""Days written in words or digits, French and English, with their places. Two-digit years are not read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from redactor.suggestions.cues import months

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where it stands in the text that was searched."""

    day: dt.date
    start: int
    end: int


def days_in(folded: str) -> tuple[Day, ...]:
    """The days written in a folded text, in its order; what is no day of the calendar is passed over."""
    return tuple(sorted(_found(folded), key=lambda one: one.start))


def _found(folded: str) -> Iterator[Day]:
    for match in _pattern().finditer(folded):
        told = match.groupdict()
        month = told["m1"] or told["m2"]
        number = months()[month] if month else int(told["mm"])
        try:
            year, number_of_day = (told[f"y{form}"] or "" for form in "123"), told["d1"] or told["d2"] or told["dd"]
            day = dt.date(int("".join(year)), number, int(number_of_day))
        except ValueError:
            continue
        yield Day(day, *match.span())


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(months(), key=len, reverse=True))
    year = r"(?:19|20)\d{2}"
    return re.compile(
        rf"(?<![\w/.\-])(?:(?P<d1>\d{{1,2}})(?:er|st|nd|rd|th)?[ \-](?P<m1>{names})\.?,?[ \-](?P<y1>{year})"
        rf"|(?P<m2>{names})\.?[ ](?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?[ ](?P<y2>{year})"
        rf"|(?P<y3>{year})-(?P<mm>\d{{2}})-(?P<dd>\d{{2}}))(?![\w\-])"
    )
