"""What each layer of the search for personal information brings: the figures with one left out, on annotated documents.

`python -m redactor.evaluation.ablation_personal FOLDER...`. Passages of advice play no part. The product has no switch
for these layers: each is replaced in place, for the time of one line of the table. Titles before names are not counted.
"""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from redactor.evaluation.corpus import documents
from redactor.evaluation.gold import expectation
from redactor.evaluation.interval import Share
from redactor.evaluation.measures import DIRECT, SMALL_WORDS
from redactor.evaluation.ranked import read
from redactor.evaluation.told_training import facts_in
from redactor.model import Analysed, State, Strength, Unknown
from redactor.people import follow, roles
from redactor.people.join import join
from redactor.policy import engine
from redactor.policy.loader import bundled
from redactor.recognisers import frame, lexicon, name_features, name_rules, names, ner
from redactor.recognisers.hits import CLAUSES
from redactor.recognisers.scene import scene_of
from redactor.recognisers.weighing import Weights
from redactor.text.honorifics import is_title
from redactor.text.passages import split

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from redactor.evaluation.ranked import Read
    from redactor.model import Facts, Finding, Passage
    from redactor.recognisers.ner import Reading
    from redactor.recognisers.scene import Scene

Swap = tuple[object, str, object]  # a module, the name of what it calls, and what stands there instead

_WORD: Final = re.compile(r"\w+")
_LISTED: Final = frozenset({"given_names", "surnames"})
_SILENT: Final = Weights({}, {"strong": inf, "flag": inf, "veto": 0, "public": inf, "public_against": inf, "doubt": 0})
_words_of = lexicon.words


def _silent(*_: str) -> Weights:
    return _SILENT


def _without_names(name: str) -> frozenset[str]:
    return frozenset() if name in _LISTED else _words_of(name)


def _nobody(*_: object) -> tuple[None, Strength]:
    return None, Strength.WEAK


@dataclass(frozen=True, slots=True)
class Setting:
    """A line of the table: what is replaced, and which findings count."""

    name: str
    swaps: tuple[Swap, ...] = ()
    models: bool = True  # entities that the language models find
    clauses: bool = True  # what rules claim as told of a person
    weighed: bool = True  # pieces of text that are weighed


SETTINGS: Final = (
    Setting("everything"),
    Setting("without language models", models=False),
    Setting("without lists of names", ((lexicon, "words", _without_names),)),
    Setting(
        "without likeness to names",
        ((names, "likeness", lambda _: None), (name_features, "likeness", lambda _: None)),
    ),
    Setting("without weighed names", ((name_rules, "shipped", _silent),)),
    Setting("without later mentions", ((follow, "later", lambda *_: ()),)),
    Setting("without weighed roles", ((roles, "shipped", _silent),)),
    Setting("without roles", ((roles, "role_of", _nobody),)),
    Setting("without rules of clauses", clauses=False),
    Setting("without weighed clauses", weighed=False),
    Setting("without both of these", clauses=False, weighed=False),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """An annotated document as recognisers see it."""

    read: Read
    passages: tuple[Passage, ...] = field(repr=False)
    facts: Facts = field(repr=False)
    scene: Scene = field(repr=False)
    reading: Reading = field(repr=False)


def seen(one: Read) -> Seen:
    """A document with what the language models find in it."""
    passages = split(one.document)
    scene = scene_of(one.document, passages)
    return Seen(one, passages, facts_in(one.source), scene, ner.read(scene))


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of words but for `values`, which counts whole values; `precision` is of words masked."""

    direct: Share
    values: Share
    descriptive: Share
    precision: Share
    public: Share
    released: Share


@dataclass(frozen=True, slots=True)
class _Told:
    """A word with what the marks say of it."""

    kinds: frozenset[str]
    is_personal: bool
    is_passage: bool
    is_small: bool
    is_masked: bool

    @property
    def is_direct(self) -> bool:
        return self.is_personal and bool(DIRECT & self.kinds)


def figures(sources: Iterable[Seen], setting: Setting) -> Figures:
    """The figures of one setting."""
    words: list[_Told] = []
    values: list[bool] = []
    with _replaced(setting.swaps):
        for one in sources:
            told = dict(_told(one.read, hidden(one, setting)))
            words.extend(told.values())
            values.extend(_values(one.read, told))
    kept = [one for one in words if not one.is_personal and not one.is_passage]
    telling = [one for one in words if one.is_personal and not one.is_direct and not one.is_small]
    return Figures(
        direct=_share(one.is_masked for one in words if one.is_direct),
        values=_share(values),
        descriptive=_share(one.is_masked for one in telling),
        precision=_share(one.is_personal for one in words if one.is_masked and not one.is_passage),
        public=_share(one.is_masked for one in kept if "PUBLIC" in one.kinds),
        released=_share(one.is_masked for one in kept),
    )


@contextmanager
def _replaced(swaps: Iterable[Swap]) -> Iterator[None]:
    with ExitStack() as stack:
        for owner, name, other in swaps:
            stack.enter_context(patch.object(owner, name, other))
        yield


def hidden(one: Seen, setting: Setting) -> frozenset[int]:
    """Places of the characters that would be masked."""
    day = one.facts.request_date
    if isinstance(day, Unknown):
        return frozenset()
    document = one.read.document
    analysed = Analysed(document, one.passages, tuple(_findings(one, setting)))
    joined = join([analysed], facts={document.id: one.facts}, weighed=setting.weighed)
    proposals = engine.propose(
        joined.documents[0], facts=one.facts, rules=bundled().at(day), persons=joined.persons, explained=False
    )
    masked = (each for each in proposals if each.state in {State.MASKED, State.ASK})
    return frozenset(at for each in masked for span in each.spans for at in range(span.start, span.end))


def _findings(one: Seen, setting: Setting) -> Iterator[Finding]:
    reading = one.reading if setting.models else replace(one.reading, entities=())
    for hit in frame.hits(one.scene, reading, until=inf):
        if setting.clauses or hit.label not in CLAUSES:
            yield hit.finding(one.scene.view)


def _told(one: Read, masked: frozenset[int]) -> Iterator[tuple[int, _Told]]:
    text = one.document.text
    for at, over in one.marks.items():
        chain = sorted((one.source.marks[k] for k in over), key=lambda mark: -mark.depth)
        word = _WORD.match(text, at)
        if word is None or is_title(word.group()) or is_title(f"{word.group()}."):
            continue
        is_personal = any(mark.label == "PI" for mark in chain)
        yield (
            at,
            _Told(
                frozenset(mark.kind for mark in chain) | {mark.label for mark in chain},
                is_personal,
                not is_personal and expectation(chain) != "keep",
                word.group().casefold() in SMALL_WORDS,
                at in masked,
            ),
        )


def _values(one: Read, told: Mapping[int, _Told]) -> Iterator[bool]:
    inside: dict[int, list[bool]] = {}
    for at, over in one.marks.items():
        for k in over:
            if at in told and one.source.marks[k].label == "PI":
                inside.setdefault(k, []).append(told[at].is_masked)
    return map(all, inside.values())


def _share(so: Iterable[bool]) -> Share:
    answers = tuple(so)
    return Share(sum(answers), len(answers))


def table(sources: Collection[Seen]) -> Iterator[str]:
    """The lines of the table, one a setting, in percent."""
    titles = ("direct", "values", "descriptive", "precision", "PUBLIC", "to release")
    yield f"{'layers':26s}" + "".join(f"{title:>13s}" for title in titles)
    for setting in SETTINGS:
        one = figures(sources, setting)
        shares = (one.direct, one.values, one.descriptive, one.precision, one.public, one.released)
        yield f"{setting.name:26s}" + "".join(f"{_percent(share):>13s}" for share in shares)


def _percent(share: Share) -> str:
    return "-" if share.percent is None else f"{share.percent:.1f}"


def main(folders: Collection[str]) -> None:
    """Prints the table for the documents of the folders; those to be withheld whole are left aside."""
    sources = [one for folder in folders for one in documents(Path(folder)) if one.verdict != "refuse"]
    for line in table([seen(read(one)) for one in sources]):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
