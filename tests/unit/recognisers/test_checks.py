"""Check digits and the dates inside identifiers."""

from __future__ import annotations

import pytest

from redactor.recognisers.checks import digits_of, is_day, passes_luhn


@pytest.mark.parametrize(
    ("digits", "passes"), [("046454286", True), ("046454287", False), ("4111111111111111", True), ("", False)]
)
def test_check_digit(digits: str, passes: bool) -> None:
    assert passes_luhn(digits) is passes


@pytest.mark.parametrize(
    ("month", "day", "late", "holds"),
    [("12", "31", False, True), ("62", "31", False, True), ("13", "01", False, False), ("00", "01", False, False),
     ("01", "32", False, False), ("01", "62", True, True), ("01", "62", False, False)],
)  # fmt: skip
def test_day_of_birth(month: str, day: str, late: bool, holds: bool) -> None:
    assert is_day(month, day, late=late) is holds


def test_confused_letters_count_as_digits_only_when_asked() -> None:
    assert digits_of("O4S l2", confused=True) == "04512"
    assert digits_of("O4S l2") == "42"
