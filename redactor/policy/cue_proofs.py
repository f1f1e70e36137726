"""Proof that each cue earns its place: an example comes out wrong without it, and a twin holds its words otherwise.

Cues are tried by groups, each on a few lines that hold the words of no other cue of the group: what comes out there is
what would come out if that cue alone were removed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from redactor.errors import RedactorError
from redactor.policy.cue_places import Cue, Place, by_line, has_twin, index_of, likely_first, places_of, rules_in
from redactor.policy.faults import fault
from redactor.policy.trial import language_of, run

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from redactor.errors import BadPack
    from redactor.model import Lexicon
    from redactor.policy.pack import RulesInForce, Source
    from redactor.policy.schema import Example
    from redactor.policy.trial import Finder, Trial
    from redactor.text.phrases import Phrases

NOT_NEEDED = "no example comes out wrong without this cue"
NO_TWIN = "no twin: no example in which the words of this cue come to another end"
_ALL = 100_000  # lines, more than an example may have
_AROUND = ((0, 0), (3, 1), (_ALL, _ALL))  # lines before and after a cue that are tried, in turn


@dataclass(frozen=True, slots=True)
class _Window:
    """A few lines of an example, or all of it, with the cues whose words stand there."""

    example: Example
    cues: frozenset[Cue]


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every removal is tried on: the rule, the rules beside it, the finders, and windows already found sound."""

    source: Source
    rules: RulesInForce
    find: Finder
    index: tuple[Phrases, ...]
    sound: dict[str, bool]

    def comes_out(self, example: Example, lexicons: Sequence[Lexicon]) -> bool:
        """True when the example comes out as its marks say."""
        told = {self.source.rule.id, *rules_in(example.text, self.index)}
        used = [one for one in lexicons if one.rule_id in told]
        try:
            trial = run(example, self.source.rule, rules=self.rules, find=self.find, lexicons=used)
        except RedactorError:
            return False
        return trial is not None and not trial.wrong

    def is_sound(self, example: Example, lexicons: Sequence[Lexicon]) -> bool:
        """True when the example comes out right with every cue in place."""
        key = f"{example.text}|{example.with_}"
        if key not in self.sound:
            self.sound[key] = self.comes_out(example, lexicons)
        return self.sound[key]


def faults(
    source: Source, rules: RulesInForce, find: Finder, trials: Sequence[tuple[Example, Trial]]
) -> tuple[tuple[BadPack, ...], int]:
    """Cues that no example needs or that have no twin, and how many have one."""
    own = next((one for one in rules.lexicons() if one.rule_id == source.rule.id), None)
    if own is None:
        return (), 0
    sound = [one for one, trial in trials if one.given is None and not trial.wrong]
    bench = _Bench(source, rules, find, index_of(rules.lexicons()), {})
    found: list[BadPack] = []
    twins = 0
    for lang in source.rule.cues:
        texts = [one for one in sound if language_of(one, source.rule) is lang]
        places = places_of(own, lang, texts)
        needed = _needed(places, texts, bench)
        for cue, stands in places.items():
            wrong = [NOT_NEEDED] * (cue not in needed) + [NO_TWIN] * (not has_twin(stands))
            found.extend(fault(source, ("cues", lang, cue.role), key=str(cue.index), problem=one) for one in wrong)
            twins += has_twin(stands)
    return tuple(found), twins


def _needed(places: Mapping[Cue, Sequence[Place]], texts: Sequence[Example], bench: _Bench) -> frozenset[Cue]:
    """The cues without which an example comes out wrong."""
    lines = by_line(places)
    lexicons = bench.rules.lexicons()
    left = {cue: _windows(likely_first(cue, own), texts, lines) for cue, own in places.items()}
    found: set[Cue] = set()
    while left:
        tried = {cue: one for cue in left if (one := _next_sound(left[cue], bench, lexicons)) is not None}
        left = {cue: left[cue] for cue in tried}
        for group in _apart(tried):
            without = tuple(_without(one, group) if one.rule_id == bench.source.rule.id else one for one in lexicons)
            found.update(cue for cue in group if not bench.comes_out(tried[cue].example, without))
        left = {cue: windows for cue, windows in left.items() if cue not in found}
    return frozenset(found)


def _next_sound(windows: Iterator[_Window], bench: _Bench, lexicons: Sequence[Lexicon]) -> _Window | None:
    return next((one for one in windows if bench.is_sound(one.example, lexicons)), None)


def _apart(tried: Mapping[Cue, _Window]) -> Iterator[tuple[Cue, ...]]:
    """The cues in groups: no window of a group holds the words of another cue of it."""
    groups: list[list[Cue]] = []
    for cue, window in tried.items():
        fits = (one for one in groups if not any(c in window.cues or cue in tried[c].cues for c in one))
        group = next(fits, None)
        if group is None:
            groups.append([cue])
        else:
            group.append(cue)
    return (tuple(group) for group in groups)


def _windows(
    places: Sequence[Place], texts: Sequence[Example], lines: Mapping[tuple[int, int], frozenset[Cue]]
) -> Iterator[_Window]:
    """The line of each place of a cue under its heading, the lines around it, then the whole examples that hold it."""
    stands = tuple(dict.fromkeys((place.example, place.line) for place in places))
    tried: set[tuple[int, tuple[int, ...]]] = set()
    for before, after in _AROUND:
        for number, line in stands:
            written = texts[number].text.split("\n")
            kept = _near(written, line, before, after)
            if (number, kept) not in tried:
                tried.add((number, kept))
                cues = frozenset[Cue]().union(*(lines.get((number, at), frozenset()) for at in kept))
                text = "\n".join(written[at] for at in kept)
                yield _Window(texts[number].model_copy(update={"text": text}), cues)


def _near(lines: Sequence[str], line: int, before: int, after: int) -> tuple[int, ...]:
    """The line with its heading, what stands just before it and what follows it."""
    heading = [at for at in range(line) if lines[at].lstrip().startswith("#")][-1:]
    return tuple(sorted({*heading, *range(max(0, line - before), min(len(lines), line + after + 1))}))


def _without(lexicon: Lexicon, cues: Collection[Cue]) -> Lexicon:
    gone = {(cue.lang, cue.role.value, cue.index) for cue in cues}
    lists = tuple(
        replace(
            one,
            phrases=tuple(
                phrase for index, phrase in enumerate(one.phrases) if (one.lang, one.name, index) not in gone
            ),
        )
        for one in lexicon.cues
    )
    return replace(lexicon, cues=tuple(one for one in lists if one.phrases))
