"""Searches a piece of text with the cues of the rules; a look-alike cancels the cues it overlaps.

Knows roles by name only; what they lead to is left to `finder`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from redactor.model import CueList, Lang, Lexicon, Span, Speaker, union_of
from redactor.text.phrases import Hit, Phrases, Token, compile_phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

OPENING: Final = frozenset({"advice", "analysis", "office", "note", "hazard"})  # roles that open a finding of a rule
SAYS: Final = "says"  # class of the pack: verbs by which somebody gives advice, in any tense
READ: Final = (Lang.FR, Lang.EN)  # languages that rule files have cues for


@dataclass(frozen=True, slots=True)
class Found:
    """What the cues of one rule say of a piece of text."""

    hits: tuple[Hit, ...]

    def of(self, roles: Collection[str]) -> tuple[Hit, ...]:
        """Hits with one of the roles, by place."""
        return tuple(hit for hit in self.hits if hit.role in roles)

    @property
    def opening(self) -> tuple[Hit, ...]:
        """Hits that open a finding by themselves."""
        return self.of(OPENING)

    @property
    def weak(self) -> tuple[Hit, ...]:
        """Hits that need a heading or a lead-in."""
        return self.of({"weak"})

    @property
    def says_fact(self) -> bool:
        """True when the piece tells a decision already made or a fact."""
        return bool(self.of({"decided"}))


@dataclass(frozen=True, slots=True)
class Library:
    """The cues of all rules, compiled. `verbs` are the reporting verbs of the pack, by language."""

    rules: tuple[Lexicon, ...]
    compiled: Mapping[tuple[str, Lang], Phrases]
    verbs: Mapping[Lang, Phrases]

    def search(self, rule: Lexicon, tokens: Sequence[Token], *, lang: Lang) -> Found:
        """Cues of `rule` in the tokens; a text in an unread language is searched in both."""
        languages = (lang,) if lang in READ else READ
        hits = [hit for language in languages for hit in self.compiled[rule.rule_id, language].find(tokens)]
        false = union_of([hit.span for hit in hits if hit.role == "pseudo"])
        kept = (hit for hit in hits if hit.role != "pseudo" and not _touches(hit.span, false))
        return Found(tuple(sorted(kept, key=lambda hit: (hit.span, hit.role))))

    def reporting(self, tokens: Sequence[Token], *, lang: Lang) -> tuple[Hit, ...]:
        """Verbs by which somebody gives an opinion."""
        return self.verbs[lang if lang in READ else READ[0]].find(tokens)


def _touches(span: Span, merged: Sequence[Span]) -> bool:
    """True when `span` overlaps one of the sorted, disjoint spans."""
    index = bisect_left(merged, span.end, key=lambda one: one.start) - 1
    return index >= 0 and merged[index].end > span.start


@lru_cache(maxsize=8)
def library_of(rules: tuple[Lexicon, ...]) -> Library:
    """The compiled cues of `rules`. Raises PhraseError on a cue that has no meaning."""
    compiled = {
        (rule.rule_id, lang): compile_phrases(rule.cues, classes=rule.classes, lang=lang)
        for rule in rules
        for lang in READ
    }
    classes = rules[0].classes if rules else ()
    reporting = tuple(CueList(entry.lang, SAYS, ("@" + SAYS,)) for entry in classes if entry.name == SAYS)
    return Library(rules, compiled, {lang: compile_phrases(reporting, classes=classes, lang=lang) for lang in READ})


def speaker_of(role: str) -> Speaker | None:
    """The speaker that a role gives the words to; None for a role that names nobody."""
    if role == "other_speaker":
        return Speaker.THIRD_PARTY
    kind = role.removeprefix("speaker_")
    return Speaker(kind) if kind != role else None
