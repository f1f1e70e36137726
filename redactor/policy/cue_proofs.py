"""Proof that cues earn their place: each is needed by an example, each opening list meets a look-alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from redactor.errors import RedactorError
from redactor.model import CueList, Lang
from redactor.policy import marks as notation
from redactor.policy.faults import fault
from redactor.policy.schema import OPENING_ROLES, CueRole
from redactor.policy.trial import READABLE, run
from redactor.text.phrases import compile_phrases, tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.errors import BadPack
    from redactor.model import Lexicon
    from redactor.policy.pack import RulesInForce, Source
    from redactor.policy.schema import Example, Rule
    from redactor.policy.trial import Finder, Trial

_OPEN = OPENING_ROLES | {CueRole.WEAK}
_ANCHORS = ("^", "$")
_BEFORE, _AFTER = 3, 1  # lines around a cue that are tried before the whole example


@dataclass(frozen=True, slots=True)
class _Cue:
    """One phrase of a rule, by its place in the file."""

    lang: Lang
    role: CueRole
    index: int


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every removal is tried on: the rule, the rules beside it, the finders, and windows already found sound."""

    source: Source
    rules: RulesInForce
    find: Finder
    sound: dict[str, bool]

    def comes_out(self, example: Example, lexicons: Sequence[Lexicon]) -> bool:
        """True when the example comes out as its marks say."""
        try:
            trial = run(example, self.source.rule, rules=self.rules, find=self.find, lexicons=lexicons)
        except RedactorError:
            return False
        return trial is not None and not trial.wrong

    def is_sound(self, example: Example) -> bool:
        """True when the example comes out right with every cue in place."""
        key = f"{example.text}|{example.with_}"
        if key not in self.sound:
            self.sound[key] = self.comes_out(example, self.rules.lexicons())
        return self.sound[key]


def faults(
    source: Source, rules: RulesInForce, find: Finder, trials: Sequence[tuple[Example, Trial]]
) -> tuple[tuple[BadPack, ...], int]:
    """Cues that no example needs and lists that no look-alike tempts; and how many cues meet a look-alike."""
    texts = [one for one, trial in trials if one.given is None and not trial.wrong]
    bench = _Bench(source, rules, find, {})
    found: list[BadPack] = []
    twins = 0
    for lang, by_role in source.rule.cues.items():
        hits = _hits(source.rule, lang, texts, rules)
        for role, phrases in by_role.items():
            cues = [_Cue(lang, role, index) for index in range(len(phrases))]
            found.extend(
                fault(source, ("cues", cue.lang, cue.role), key=str(cue.index), problem="no example needs this cue")
                for cue in cues
                if not _is_needed(cue, hits[cue], bench)
            )
            tempted = sum(any(_tempts(one, line) for one, line in hits[cue]) for cue in cues)
            twins += tempted
            if role in _OPEN and not tempted:
                found.append(fault(source, ("cues", lang), key=role, problem="no example of what only looks like it"))
    return tuple(found), twins


def _hits(
    rule: Rule, lang: Lang, texts: Sequence[Example], rules: RulesInForce
) -> Mapping[_Cue, list[tuple[Example, int]]]:
    """Where the words of each cue stand, wherever in a line: its anchors are the finder's matter."""
    cues = {
        f"{role}/{at}": _Cue(lang, role, at) for role, phrases in rule.cues[lang].items() for at in range(len(phrases))
    }
    lists = tuple(CueList(lang, name, (_words(rule.cues[lang][cue.role][cue.index]),)) for name, cue in cues.items())
    compiled = compile_phrases(lists, classes=rules.classes(), lang=lang)
    found: dict[_Cue, list[tuple[Example, int]]] = defaultdict(list)
    for example in texts:
        for at, line in enumerate(notation.parse(example.text).text.split("\n")):
            for name in {hit.role for hit in compiled.find(tokens_of(line))}:
                found[cues[name]].append((example, at))
    return found


def _words(phrase: str) -> str:
    return " ".join(word for word in phrase.split() if word not in _ANCHORS)


def _is_needed(cue: _Cue, hits: Sequence[tuple[Example, int]], bench: _Bench) -> bool:
    """True when an example comes out wrong without the cue. The lines around it are tried first: it is quicker."""
    rule_id = bench.source.rule.id
    lexicons = tuple(_without(one, cue) if one.rule_id == rule_id else one for one in bench.rules.lexicons())
    for example, line in hits:
        window = _window(example, line)
        if bench.is_sound(window) and not bench.comes_out(window, lexicons):
            return True
    wholes = {id(example): example for example, _ in hits}
    return any(not bench.comes_out(example, lexicons) for example in wholes.values())


def _window(example: Example, line: int) -> Example:
    """The line with its heading, what stands just before it and what follows it, under the same facts."""
    lines = example.text.split("\n")
    heading = [at for at in range(line) if lines[at].lstrip().startswith("#")][-1:]
    near = range(max(0, line - _BEFORE), min(len(lines), line + _AFTER + 1))
    kept = sorted({*heading, *near})
    return example.model_copy(update={"text": "\n".join(lines[at] for at in kept)})


def _without(lexicon: Lexicon, cue: _Cue) -> Lexicon:
    lists = tuple(
        replace(one, phrases=one.phrases[: cue.index] + one.phrases[cue.index + 1 :])
        if (one.lang, one.name) == (cue.lang, cue.role.value)
        else one
        for one in lexicon.cues
    )
    return replace(lexicon, cues=tuple(one for one in lists if one.phrases))


def _tempts(example: Example, line: int) -> bool:
    """True when the line holds words that must stay readable."""
    return any(f"{notation.OPEN}{label}" in example.text.split("\n")[line] for label in READABLE)
