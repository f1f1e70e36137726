"""The project's own word lists under `data/`, folded, loaded once per process."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from redactor.text.normalise import fold


@lru_cache(maxsize=16)
def words(name: str) -> frozenset[str]:
    """The folded words of `data/NAME.txt`; lines that begin with a number sign are notes."""
    text = files("redactor.recognisers").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))


_SECTION = re.compile(r"\[(\w+)\]$")
_REFERENCE = re.compile(r"\{([a-z_]+)\}")  # another section, in its place


def sections(text: str) -> dict[str, list[str]]:
    """Lines by `[section]`; one that begins with "++" goes on the line before, a number sign begins a note."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        section = _SECTION.match(line)
        if section:
            name = section[1]
        elif line.startswith("++"):
            found[name][-1] += line[2:]
        elif line and not line.startswith("#"):
            found.setdefault(name, []).append(line)
    return found


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    text = files("redactor.recognisers").joinpath("data", "cues.txt").read_text(encoding="utf-8")
    joined = {key: "|".join(lines) for key, lines in sections(text).items()}
    return {key: re.compile(_REFERENCE.sub(lambda match: joined[match[1]], text)) for key, text in joined.items()}


def pattern(name: str) -> re.Pattern[str]:
    """The pattern of one section of `data/cues.txt`. Raises KeyError for a section that is not there."""
    return _patterns()[name]


def is_given_name(word: str) -> bool:
    """True for a known given name; of a compound ("Jean-Sully") one known part is enough."""
    known, folded = words("given_names"), fold(word)
    return folded in known or ("-" in folded and any(part in known for part in folded.split("-")))


def is_surname(word: str) -> bool:
    """True for a known surname; of a double one ("Roy-Tremblay") one known part is enough."""
    known, folded = words("surnames"), fold(word)
    return folded in known or ("-" in folded and any(part in known for part in folded.split("-")))


def is_everyday_word(word: str) -> bool:
    """True for a family name that is an everyday word too ("Long", "Petit")."""
    return fold(word) in words("common_names")


def is_never_a_name(word: str) -> bool:
    """True for a word that begins with a capital in letters and notes without naming anybody."""
    return fold(word) in words("not_names")
