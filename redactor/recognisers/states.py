"""What is said of a named person without any word of a private matter: how they live, what they own, what they earn.

Every claim here is weak: it counts only when the person turns out to be a private one, and is dropped otherwise.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from redactor.model import BlockKind, Strength, Zone
from redactor.recognisers.hits import Hit
from redactor.recognisers.lexicon import pattern, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.recognisers.scene import Cell, Lot, Scene

SOURCES = frozenset({"state", "life", "belonging", "addressed", "apposition", "row-amount"})
LIFE = frozenset({"life", "belonging"})  # what tells of a life, whoever the person is
ADDRESSED = "addressed"  # told to the one to whom the document is written


@lru_cache(maxsize=1)
def _noun_subject() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, words("person_nouns")), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w\-'])(?:(?:la|le|the|ce|cette|cet|this|notre|our|un|une|an?)[ ]|l'|cet )(?:{nouns})(?![\w\-])"
        rf"(?:[ ](?:de|du|des|d'|en|au|of)[ ]?[\w'\-]{{1,20}}){{0,2}},?[ ]"
    )


@lru_cache(maxsize=1)
def _belonging() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, words("belongings")), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w\-'])(?:son|sa|ses|his|her|their|leurs?|votre|vos|your)[ ]"
        r"(?:(?:seul|propre|nouvel|nouveau|nouvelle|ancien|ancienne|dernier|derniere|actuel|jeune|"
        rf"only|own|new|former|last|current|late|old|elderly|team|young)[ ]){{0,2}}(?:{nouns})(?![\w\-])"
    )


_SILENT = frozenset({Zone.STATUTE, Zone.NOTICE, Zone.FORM, Zone.RUNNING, Zone.EMAIL_HEADER})
_LONGEST = 200  # code points of such a claim


def find(scene: Scene, values: Sequence[Hit]) -> Iterator[Hit]:
    """Weak claims beside the names among `values`, after a pronoun or a noun for a person, and after "you"."""
    names = sorted((hit.start, hit.end) for hit in values if hit.label == "PI.name" and hit.strength.masks)
    for start, end in names:
        lot = scene.lot_at(start)
        if lot is None or lot.kind is BlockKind.HEADING or lot.zone is Zone.STATUTE:
            continue
        sentence = _sentence(scene, lot, start)
        yield from _after_name(scene, sentence, end)
        if lot.cells:
            yield from _amounts(scene, lot)
    if names:
        yield from _after_subjects(scene)


def _after_subjects(scene: Scene) -> Iterator[Hit]:
    """Claims after every subject that stands for a person without naming one."""
    for subject in (pattern("state_pronoun"), pattern("state_said"), _noun_subject()):
        for match in subject.finditer(scene.folded):
            sentence = _told_in(scene, match.start())
            if sentence is not None and match.end() < sentence.end and scene.text[match.end()].islower():
                yield from _predicate(scene, match.end(), sentence.end)
    for match in _belonging().finditer(scene.folded):
        sentence = _told_in(scene, match.start())
        if sentence is not None:
            source = ADDRESSED if match.group().startswith(("votre", "vos", "your")) else "belonging"
            yield from _claim(scene, match.start(), sentence.end, source)
    for match in pattern("state_you").finditer(scene.folded):
        sentence = _told_in(scene, match.start())
        if sentence is not None and not pattern("state_offered").match(scene.folded, match.end(), sentence.end):
            yield from _claim(scene, match.start(), sentence.end, ADDRESSED)


def _told_in(scene: Scene, offset: int) -> Cell | None:
    """The sentence at `offset`, where it can tell something of somebody."""
    lot = scene.lot_at(offset)
    if lot is None or lot.kind is BlockKind.HEADING or lot.zone in _SILENT:
        return None
    return _sentence(scene, lot, offset)


def _sentence(scene: Scene, lot: Lot, offset: int) -> Cell:
    for sentence in scene.sentences[lot.index]:
        if sentence.start <= offset < sentence.end:
            return sentence
    return scene.sentences[lot.index][-1]


def _after_name(scene: Scene, sentence: Cell, end: int) -> Iterator[Hit]:
    apposition = pattern("state_apposition").match(scene.folded, end, sentence.end)
    if apposition and not _tells_who(apposition["words"]):
        apposition = None
    if apposition:
        yield Hit(*apposition.span("words"), "PI.other", Strength.WEAK, "apposition")
    verb = apposition.end() if apposition else end
    who = pattern("state_who").match(scene.folded, verb, sentence.end)
    verb = who.end() if who else verb
    while verb < sentence.end and scene.text[verb] in " ,":
        verb += 1
    if verb == end + 1 or apposition or who:
        yield from _predicate(scene, verb, sentence.end)
    elif pattern("state_verbs").match(scene.folded, verb, sentence.end):
        yield from _claim(scene, verb, sentence.end, "life")


def _tells_who(told: str) -> bool:
    """True when the words set beside a name begin like a trade, a kinship or an origin."""
    first = re.sub(r"^(?:une?|an?) ", "", told).split(" ")[0]
    return bool(pattern("state_trade").search(first)) or first in _firsts()


@lru_cache(maxsize=1)
def _firsts() -> frozenset[str]:
    return frozenset(noun.split(" ")[0] for noun in words("person_nouns"))


def _predicate(scene: Scene, start: int, end: int) -> Iterator[Hit]:
    """What is told from `start` on: a state of life, or any act but those by which people deal with a file."""
    if pattern("state_verbs").match(scene.folded, start, end):
        yield from _claim(scene, start, end, "life")
    elif pattern("state_any").match(scene.folded, start, end):
        yield from _claim(scene, start, end, "state")


def _claim(scene: Scene, start: int, end: int, source: str) -> Iterator[Hit]:
    stop = pattern("state_end").search(scene.folded, start, end)
    end = min(stop.start() if stop else end, start + _LONGEST)
    while end > start and scene.text[end - 1] in " .,;:!?":
        end -= 1
    if end - start > 3:
        yield Hit(start, end, "PI.other", Strength.WEAK, source)


def _amounts(scene: Scene, lot: Lot) -> Iterator[Hit]:
    for cell in lot.cells:
        if pattern("state_amount").match(scene.folded[cell.start : cell.end]):
            yield Hit(cell.start, cell.end, "PI.salary", Strength.WEAK, "row-amount")
