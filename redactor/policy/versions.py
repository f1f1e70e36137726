"""Dated law: which version of a rule answers for a day, and whether its periods follow each other without gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from redactor.policy.schema import Version


def in_force(versions: Sequence[Version], day: dt.date) -> Version | None:
    """The version whose half-open period holds `day`."""
    for version in versions:
        if (version.from_ is None or version.from_ <= day) and (version.until is None or day < version.until):
            return version
    return None


def faults(versions: Sequence[Version]) -> tuple[tuple[int, str], ...]:
    """Index of each version that is empty, or leaves a gap or an overlap after the one before it, and which."""
    found: list[tuple[int, str]] = []
    for index, version in enumerate(versions):
        if version.from_ is not None and version.until is not None and version.until <= version.from_:
            found.append((index, "empty period"))
        if index and (fault := _seam(versions[index - 1], version)):
            found.append((index, fault))
    return tuple(found)


def _seam(earlier: Version, later: Version) -> str | None:
    if earlier.until is None or later.from_ is None or later.from_ < earlier.until:
        return "overlaps the version before it"
    return "leaves a gap after the version before it" if later.from_ > earlier.until else None
