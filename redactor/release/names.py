"""Names of released files: the stem of the input, unless a name would itself tell what is withheld.

Two inputs of one stem in a folder keep their endings; what still collides is numbered.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_WORDS = re.compile(r"[^\W\d_]+|\d+")
MIN_NAME_LETTERS = 3  # letters of a surname that counts: shorter ones are particles and initials
MIN_DIGITS = 6  # digits of an identifier that counts: fewer are dates and numbers of versions


def released_names(
    files: Sequence[str], secrets: Sequence[str], *, number: str | None, containers: Collection[str] = ()
) -> tuple[str, ...]:
    """One path below `released/` for each of `files`, in their order, all different.

    `secrets` are the identifying values withheld anywhere in the request: names of private persons, identifiers.
    `containers` are the files that others stand in: their parts go to a folder of that stem.
    """
    words, digits = _tell_tales(secrets)
    stems = [_stem(file, containers) for file in files]
    twice = Counter(stems)
    taken: set[str] = set()
    names: list[str] = []
    for index, (file, stem) in enumerate(zip(files, stems, strict=True), 1):
        if _tells(file, words, digits):
            name = f"{_safe(number or 'document')}-{index:03d}"
        else:
            name = file if twice[stem] > 1 else stem
        names.append(_free(name, taken))
    return tuple(names)


def _stem(file: str, containers: Collection[str]) -> str:
    """The path without its ending, and without those of the files it stands in."""
    path = PurePosixPath(file)
    steps = [
        PurePosixPath(step).stem if "/".join(path.parts[:count]) in containers else step
        for count, step in enumerate(path.parts[:-1], 1)
    ]
    return str(PurePosixPath(*steps, path.stem))


def _free(name: str, taken: set[str]) -> str:
    candidate, again = f"{name}.pdf", 2
    while candidate.casefold() in taken:
        candidate, again = f"{name}-{again}.pdf", again + 1
    taken.add(candidate.casefold())
    return candidate


def _safe(number: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", number).strip("-") or "document"


def _tell_tales(secrets: Sequence[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words of withheld names (a given name before a surname left out), and the digits of identifiers."""
    words: set[str] = set()
    digits: set[str] = set()
    for secret in secrets:
        found = _WORDS.findall(fold(secret))
        letters = [one for one in found if one.isalpha()]
        words |= {one for one in (letters[1:] or letters) if len(one) >= MIN_NAME_LETTERS}
        joined = "".join(one for one in found if one.isdigit())
        digits |= {joined} if len(joined) >= MIN_DIGITS else set()
    return frozenset(words), tuple(sorted(digits))


def _tells(file: str, words: frozenset[str], digits: tuple[str, ...]) -> bool:
    found = _WORDS.findall(fold(file))
    joined = "".join(one for one in found if one.isdigit())
    return not words.isdisjoint(found) or any(one in joined for one in digits)
