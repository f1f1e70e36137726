"""Where the words of a rule's cues stand in its examples, and what the marks there say becomes of them.

The words are looked for wherever they stand in a line: the anchors of a cue are the finder's matter, and so are the
knowledge and the neighbours that make the same words a hit here and none there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import CueList, Lang, Span, State
from redactor.policy import marks as notation
from redactor.policy.schema import OPENING_ROLES, CueRole
from redactor.policy.trial import READABLE
from redactor.text.phrases import compile_phrases, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redactor.model import Lexicon
    from redactor.policy.marks import Mark, Marked
    from redactor.policy.schema import Example
    from redactor.text.phrases import Phrases

_ANCHORS = ("^", "$")
_OPEN = OPENING_ROLES | {CueRole.WEAK, CueRole.HEADING, CueRole.LEAD_IN}
_READS, _OTHER = "readable", "another ground"


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase of a rule, by its place in the file."""

    lang: Lang
    role: CueRole
    index: int


@dataclass(frozen=True, slots=True)
class Place:
    """A line of an example that holds the words of a cue. `outcome`: what its marks say of them; None when nothing."""

    example: int
    line: int
    outcome: str | None


def index_of(lexicons: Sequence[Lexicon]) -> tuple[Phrases, ...]:
    """The words of all cues, one index a language; a hit carries the id of the rule."""
    lists = tuple(
        CueList(one.lang, lexicon.rule_id, tuple(_words(phrase) for phrase in one.phrases))
        for lexicon in lexicons
        for one in lexicon.cues
    )
    classes = lexicons[0].classes if lexicons else ()
    return tuple(compile_phrases(lists, classes=classes, lang=lang) for lang in (Lang.FR, Lang.EN))


def rules_in(text: str, index: Sequence[Phrases]) -> frozenset[str]:
    """The rules of which some cue has its words in the text: the others make nothing of it."""
    tokens = tokens_of(text)
    return frozenset(hit.role for phrases in index for hit in phrases.find(tokens))


def places_of(lexicon: Lexicon, lang: Lang, examples: Sequence[Example]) -> Mapping[Cue, list[Place]]:
    """Where each cue of one language stands, in the order of the examples; they are told by their number."""
    cues = _cues_of(lexicon, lang)
    lists = tuple(CueList(lang, name, (_words(phrase),)) for name, (_, phrase) in cues.items())
    compiled = compile_phrases(lists, classes=lexicon.classes, lang=lang)
    found: dict[Cue, list[Place]] = {cue: [] for cue, _ in cues.values()}
    for number, example in enumerate(examples):
        marked = notation.parse(example.text)
        for at, line in enumerate(_lines(marked.text)):
            for hit in compiled.find(tokens_of(marked.text, span=line) if line else ()):
                place = Place(number, at, _outcome(marked, hit.span, lexicon.label_family))
                found[cues[hit.role][0]].append(place)
    return found


def likely_first(cue: Cue, places: Sequence[Place]) -> list[Place]:
    """The places where the cue is likelier needed: hidden words for a cue that opens, readable ones for any other."""
    opens = cue.role in _OPEN
    return sorted(places, key=lambda place: (place.outcome == _READS) is opens)


def has_twin(places: Sequence[Place]) -> bool:
    """True when the same words come to two ends: the one that needs the cue, and its twin."""
    return len({place.outcome for place in places if place.outcome is not None}) > 1


def by_line(places: Mapping[Cue, Sequence[Place]]) -> Mapping[tuple[int, int], frozenset[Cue]]:
    """The cues whose words stand in each line of each example."""
    found: dict[tuple[int, int], set[Cue]] = defaultdict(set)
    for cue, own in places.items():
        for place in own:
            found[place.example, place.line].add(cue)
    return {line: frozenset(cues) for line, cues in found.items()}


def _cues_of(lexicon: Lexicon, lang: Lang) -> dict[str, tuple[Cue, str]]:
    return {
        f"{one.name}/{index}": (Cue(lang, CueRole(one.name), index), phrase)
        for one in lexicon.cues
        if one.lang is lang
        for index, phrase in enumerate(one.phrases)
    }


def _words(phrase: str) -> str:
    return " ".join(word for word in phrase.split() if word not in _ANCHORS)


def _lines(text: str) -> Iterator[Span | None]:
    """The range of each line; None for an empty one."""
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line)) if line else None
        start += len(line) + 1


def _outcome(marked: Marked, hit: Span, family: str) -> str | None:
    """What becomes of the words: the innermost mark around them, or the next one when a title or a label holds them."""
    over = [mark for mark in marked.marks if mark.span.overlaps(hit)]
    after = [mark for mark in marked.marks if mark.span.start >= hit.end]
    mark = max(over, key=lambda one: one.depth) if over else next(iter(after), None)
    return None if mark is None else _told(mark, family)


def _told(mark: Mark, family: str) -> str:
    if mark.label in READABLE:
        return _READS
    if mark.family != family:
        return _OTHER
    return State.FLAG.value if mark.get("state") == State.FLAG.value else mark.label
