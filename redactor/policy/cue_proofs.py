"""Proof that cues earn their place: each is needed by an example, each opening list meets a look-alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from redactor.model import CueList, Lang
from redactor.policy import marks as notation
from redactor.policy.faults import fault
from redactor.policy.schema import OPENING_ROLES, CueRole
from redactor.policy.trial import READABLE, run
from redactor.text.phrases import compile_phrases, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.errors import BadPack
    from redactor.model import Lexicon
    from redactor.policy.pack import RulesInForce, Source
    from redactor.policy.schema import Example
    from redactor.policy.trial import Finder, Trial

_OPEN = OPENING_ROLES | {CueRole.WEAK}
_ANCHORS = ("^", "$")


@dataclass(frozen=True, slots=True)
class _Cue:
    """One phrase of a rule, by its place in the file."""

    lang: Lang
    role: CueRole
    index: int
    phrase: str


def faults(
    source: Source, rules: RulesInForce, find: Finder, trials: Sequence[tuple[Example, Trial]]
) -> tuple[tuple[BadPack, ...], int]:
    """Cues that no example needs and lists that no look-alike tempts; and how many cues meet a look-alike."""
    texts = [one for one, _ in trials if one.given is None]
    found: list[BadPack] = []
    twins = 0
    for lang, by_role in source.rule.cues.items():
        for role, phrases in by_role.items():
            cues = [_Cue(lang, role, index, phrase) for index, phrase in enumerate(phrases)]
            found.extend(_unneeded(cues, source, rules, find, texts))
            tempted = sum(any(_is_look_alike(one) for one in texts if _hits(cue, one, rules)) for cue in cues)
            twins += tempted
            if role in _OPEN and not tempted:
                found.append(fault(source, ("cues", lang), key=role, problem="no example of what only looks like it"))
    return tuple(found), twins


def _unneeded(
    cues: Sequence[_Cue], source: Source, rules: RulesInForce, find: Finder, texts: Sequence[Example]
) -> Iterator[BadPack]:
    for cue in cues:
        lexicons = tuple(_without(one, cue) if one.rule_id == source.rule.id else one for one in rules.lexicons())
        again = (
            run(example, source.rule, rules=rules, find=find, lexicons=lexicons)
            for example in texts
            if _hits(cue, example, rules)
        )
        if not any(trial is not None and trial.wrong for trial in again):
            yield fault(source, ("cues", cue.lang, cue.role), key=str(cue.index), problem="no example needs this cue")


def _hits(cue: _Cue, example: Example, rules: RulesInForce) -> bool:
    """True when the words of the cue stand in the example, wherever in a line: its anchors are the finder's matter."""
    words = " ".join(word for word in cue.phrase.split() if word not in _ANCHORS)
    alone = compile_phrases((CueList(cue.lang, "cue", (words,)),), classes=rules.classes(), lang=cue.lang)
    text = notation.parse(example.text).text
    return any(alone.find(tokens_of(line)) for line in text.split("\n"))


def _without(lexicon: Lexicon, cue: _Cue) -> Lexicon:
    lists = tuple(
        replace(one, phrases=one.phrases[: cue.index] + one.phrases[cue.index + 1 :])
        if (one.lang, one.name) == (cue.lang, cue.role.value)
        else one
        for one in lexicon.cues
    )
    return replace(lexicon, cues=tuple(one for one in lists if one.phrases))


def _is_look_alike(example: Example) -> bool:
    return any(one.label in READABLE for one in notation.parse(example.text).marks)
