"""Check digits and dates hidden in identifiers. A failed check lowers a claim; it never rejects what a cue names."""

from __future__ import annotations

import re

_CONFUSED = str.maketrans("OoQDlI|SBZ", "0000111582")  # what character recognition takes for a digit
_NOT_DIGIT = re.compile(r"\D")


def digits_of(value: str, *, confused: bool = False) -> str:
    """The digits of `value`; with `confused`, letters that scanning takes for digits count too."""
    return _NOT_DIGIT.sub("", value.translate(_CONFUSED) if confused else value)


def passes_luhn(digits: str) -> bool:
    """True when the last digit is the right check digit (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return bool(digits) and total % 10 == 0


def is_day(month: str, day: str, *, late: bool = False) -> bool:
    """True for a month and day of birth as Québec identifiers write them.

    Women's months are written with 50 more; in a student code (`late`) a second child's day with 30 or 60 more.
    """
    m, d = int(month), int(day)
    m -= 50 if m > 50 else 0
    d -= 60 if late and d > 61 else 0
    return 1 <= m <= 12 and 1 <= d <= 31
