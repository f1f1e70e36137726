"""Limits counted to the day. A limit of years is over on the anniversary itself.

A document of 29 February whose anniversary year has no such day reaches its anniversary on 1 March: until that day
fewer than the years of the limit have gone by.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from redactor.model import UNKNOWN, Status, Unknown

if TYPE_CHECKING:
    from redactor.policy.schema import Clock


def anniversary(day: dt.date, years: int) -> dt.date:
    """The day on which `years` years have gone by since `day`; the last day there is when that is beyond it."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date.max if day.year + years > dt.MAXYEAR else dt.date(day.year + years, 3, 1)


def is_over(start: dt.date | Unknown, years: int, until: dt.date | Unknown) -> Status:
    """MET when the limit has run out on `until`; UNKNOWN when either day is."""
    if isinstance(start, Unknown) or isinstance(until, Unknown):
        return Status.UNKNOWN
    return Status.MET if anniversary(start, years) <= until else Status.FAILED


def latest_start_over(until: dt.date, years: int) -> dt.date:
    """The latest day from which the limit is over on `until`: a day later it still runs."""
    day = dt.date(max(until.year - years, 1), until.month, min(until.day, 28))
    while anniversary(day + dt.timedelta(days=1), years) <= until:
        day += dt.timedelta(days=1)
    return day


def due(clock: Clock, start: dt.date, *, extended: bool = False) -> dt.date:
    """The last day of a delay that begins on `start`; with its extension when notice was given in time."""
    days = clock.days + (clock.extension.days if extended and clock.extension else 0)
    return start + dt.timedelta(days=days)


def later(day: dt.date | Unknown, days: int) -> dt.date | Unknown:
    """`days` days after a day that may be unknown."""
    return UNKNOWN if isinstance(day, Unknown) else day + dt.timedelta(days=days)
