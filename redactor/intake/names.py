"""Names of parts inside other files: what a stranger wrote, made safe to use below a folder."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120  # characters of one name; file systems take 255 bytes
DEEPEST = 12  # folders inside an archive; deeper ones are cut
_ODD = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|[\\/]")


def is_outside(name: str) -> bool:
    """True for a name that an archive places outside itself: absolute, or with a step up."""
    return bool(_DRIVE.match(name)) or ".." in re.split(r"[\\/]", name)


def safe_name(name: str, *, fallback: str) -> str:
    """One plain name made from `name`: no folder, no control or direction mark, of a sane length; else `fallback`."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    told = re.sub(r"\s+", " ", _ODD.sub("", last)).strip(" .")
    if len(told) > LONGEST:
        stem, dot, ending = told.rpartition(".")
        told = f"{stem[: LONGEST - 12]}.{ending}" if dot and len(ending) <= 10 else told[:LONGEST]
    return told.strip(" .") or fallback


def safe_path(name: str, *, fallback: str) -> str:
    """A relative path of safe names made from a member's name."""
    steps = [step for step in re.split(r"[\\/]", name) if step not in {"", ".", ".."}]
    folders = [safe_name(step, fallback="_") for step in steps[:-1][:DEEPEST]]
    return "/".join([*folders, safe_name(steps[-1] if steps else "", fallback=fallback)])


def all_different(names: list[str]) -> list[str]:
    """The same names, a number before the ending of each that came before, whatever its capitals."""
    taken: set[str] = set()
    told: list[str] = []
    for name in names:
        free, again = name, 2
        while free.casefold() in taken:
            stem, dot, ending = name.rpartition(".")
            free = f"{stem} ({again}).{ending}" if dot and "/" not in ending else f"{name} ({again})"
            again += 1
        taken.add(free.casefold())
        told.append(free)
    return told
