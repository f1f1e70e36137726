"""The project's own word lists under `data/`, folded, loaded once per process."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from redactor.recognisers.view import fold


@lru_cache(maxsize=16)
def words(name: str) -> frozenset[str]:
    """The folded words of `data/NAME.txt`; lines that begin with a number sign are notes."""
    text = files("redactor.recognisers").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))


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
