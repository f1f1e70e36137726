"""The words that tell something private of a person, by matter, compiled from `data/matters/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

MATTERS = ("health", "family", "discipline", "evaluation", "salary", "origin", "immigration", "other")
_AMOUNT = r"(?:\d[\d ,.]{0,12}[ ]?(?:m|k)?\$|\$[ ]?\d[\d,.]{0,12})"


# Words that medicine builds: operations, inflammations, pains, diseases of the blood, the nerves, the joints.
_MEDICAL = (
    r"\w{3,14}(?:ectomie|ectomy|ostomie|ostomy|algie|algia|pathie|pathy|plegie|plegia|phrenie|therapie|"
    r"therapy|oscopie|sclerose|fibrose|"
    r"nevrose|psychose|carcinome|blastome|sarcome)s?(?!\w)|"
    r"(?:tendin|bursin|hepat|pancreat|gastr|col|cyst|mening|bronch|arthr|phleb|sinus|ot|dermat|prostat|"
    r"nephr|vascul|pericard|diverticul|lar?yng|"
    r"capsul|epicondyl|fasci|ur[eé]t)(?:ites?|itis)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Matter:
    """Cues of one matter: `sure` ones, and `doubtful` ones that need a closer link."""

    name: str
    sure: re.Pattern[str]
    doubtful: re.Pattern[str] | None

    @property
    def label(self) -> str:
        """The finding's label."""
        return f"PI.{self.name}"


@lru_cache(maxsize=1)
def matters() -> tuple[Matter, ...]:
    """All matters, in the order in which they are looked for."""
    return tuple(_matter(name) for name in MATTERS)


@lru_cache(maxsize=1)
def labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(label of the finding, pattern of a whole field label) for fields whose value is private."""
    found: list[tuple[str, re.Pattern[str]]] = []
    by_matter: dict[str, list[str]] = {}
    for line in _lines("labels"):
        matter, _, words = line.partition("\t")
        by_matter.setdefault(matter, []).append(_phrase(words))
    for matter, phrases in by_matter.items():
        found.append((f"PI.{matter}", re.compile(rf"(?:{'|'.join(phrases)})(?![\w])[^|:\n]{{0,40}}[ ]?:?[ ]?$")))
    return tuple(found)


def _matter(name: str) -> Matter:
    lines = _lines(name)
    sure = [_phrase(line) for line in lines if not line.startswith("?")]
    doubtful = [_phrase(line[1:]) for line in lines if line.startswith("?")]
    if name == "health":
        sure.append(_MEDICAL)
    return Matter(name, _any(sure), _any(doubtful) if doubtful else None)


def _lines(name: str) -> list[str]:
    text = files("redactor.recognisers").joinpath("data", "matters", f"{name}.txt").read_text(encoding="utf-8")
    return [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _any(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{'|'.join(sorted(phrases, key=len, reverse=True))})")


def _phrase(line: str) -> str:
    """A pattern: `*` any ending, `…` up to four words, `$` an amount of money, else the words themselves."""
    words = [word for word in line.split(" ") if word]
    pattern, gap = "", ""
    for word in words:
        if word == "…":
            gap = r"(?:[ ][\w'.\-]{1,20}){0,4}[ ]"
            continue
        piece = _AMOUNT if word == "$" else re.escape(word).replace(r"\*", r"[\w'\-]{0,14}")
        pattern = f"{pattern}{gap if pattern else ''}{piece}"
        gap = "[ ]"
    return pattern + ("" if words[-1].endswith(("*", "'", "$")) else r"(?!\w)")
