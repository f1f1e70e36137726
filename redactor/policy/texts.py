"""The wording of provisions that was confirmed, with its source. Nothing else is printed; nothing is ever composed."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  pydantic reads the annotation when the class is made
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from redactor.errors import BadPack
from redactor.policy.reading import load, shape
from redactor.policy.schema import Section, Strict, Words

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from redactor.model import Lang

FOLDER = "texts"


class Text(Strict):
    """One provision in one language. `complete` is false where a part of the section was not seen."""

    section: Section
    lang: Literal["fr", "en"]
    certainty: Literal["SEEN", "OLDER", "PARTLY"]
    complete: bool
    history: Words | None = None
    source: Words
    read: dt.date
    missing: Words | None = None
    text: Annotated[str, Field(min_length=1, max_length=20_000)]


@dataclass(frozen=True, slots=True)
class Texts:
    """The wordings of one pack."""

    texts: tuple[Text, ...]

    def printable(self, section: str, lang: Lang) -> Text | None:
        """The wording that may be quoted: confirmed and whole; None when the officer must paste it."""
        for one in self.texts:
            if (one.section, one.lang) == (section, lang.value) and one.certainty == "SEEN" and one.complete:
                return one
        return None


def read_texts(folder: Traversable | Path) -> Texts:
    """The wordings of the pack in `folder`. Raises BadPack: a fault of shape, or one section twice in a language."""
    below = folder / FOLDER
    if not below.is_dir():
        return Texts(())
    entries = sorted((one for one in below.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    texts = [shape(Text, load(one), one.name) for one in entries]
    seen: set[tuple[str, str]] = set()
    for entry, text in zip(entries, texts, strict=True):
        if (text.section, text.lang) in seen:
            raise BadPack(file=entry.name, line=1, key="section", problem="the same section in the same language twice")
        seen.add((text.section, text.lang))
    return Texts(tuple(texts))
