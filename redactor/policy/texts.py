"""The wording of provisions: what the pack confirmed, else what an officer pasted. Nothing is ever composed."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  pydantic reads the annotation when the class is made
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from redactor.errors import BadPack
from redactor.policy.reading import load, shape
from redactor.policy.schema import Section, Strict, Words
from redactor.policy.versions import in_force

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from redactor.model import Lang
    from redactor.policy.pack import Pack
    from redactor.policy.pasted import Pasted

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
class Printed:
    """A wording that may be printed. `by` is None for one that the pack confirms, else who pasted it.

    `source` is where it was read: the pack's own words, or the address given. `read`: on which day.
    """

    section: str
    text: str
    source: str
    read: dt.date
    by: str | None = None


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


def text_of(pack: Pack, section: str, *, day: dt.date, lang: Lang, pasted: Sequence[Pasted] = ()) -> Printed | None:
    """The wording of a section as it answers for `day`; None when nobody confirmed or pasted it.

    A wording read under one version of the law never answers for a day of another.
    """
    known = pack.texts.printable(section, lang)
    if known is not None and _same_law(pack, section, known.read, day):
        return Printed(section, known.text, known.source, known.read)
    given = [one for one in pasted if (one.section, one.lang) == (section, lang.value)]
    if given and _same_law(pack, section, given[-1].at, day):
        return Printed(section, given[-1].text, given[-1].url, given[-1].at, given[-1].by)
    return None


def _same_law(pack: Pack, section: str, one: dt.date, other: dt.date) -> bool:
    """True when every rule of the section has the same version on both days."""
    rules = [source.rule for source in pack.sources]
    citing = [rule for rule in rules if any(version.cite.section == section for version in rule.versions)]
    return all(in_force(rule.versions, one) is in_force(rule.versions, other) for rule in citing)


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
