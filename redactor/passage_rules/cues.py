"""Searches a piece of text with the cues of one rule; a look-alike cancels the cues it overlaps.

Knows roles by name only; what they lead to is left to `finder`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redactor.model import CueList, Lang, Lexicon, Speaker
from redactor.text.phrases import Hit, Phrases, Token, compile_phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

OPENING: Final = frozenset({"advice", "analysis", "office", "note", "hazard"})  # roles that open a finding of a rule
SAYS: Final = "says"  # class of the pack: verbs by which somebody gives advice, in any tense
_READ: Final = (Lang.FR, Lang.EN)


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


def search(lexicon: Lexicon, tokens: Sequence[Token], *, lang: Lang) -> Found:
    """Cues of `lexicon` in the tokens; a text in an unread language is searched in both."""
    languages = (lang,) if lang in _READ else _READ
    hits = [hit for language in languages for hit in phrases_of(lexicon, lang=language).find(tokens)]
    false = [hit.span for hit in hits if hit.role == "pseudo"]
    kept = (hit for hit in hits if hit.role != "pseudo" and not any(hit.span.overlaps(span) for span in false))
    return Found(tuple(sorted(kept, key=lambda hit: (hit.span, hit.role))))


def phrases_of(lexicon: Lexicon, *, lang: Lang) -> Phrases:
    """Compiled cues of a rule in one language."""
    return compile_phrases(lexicon.cues, classes=lexicon.classes, lang=lang)


def verbs_of(lexicon: Lexicon, *, lang: Lang) -> Phrases:
    """Compiled reporting verbs of the pack; empty when it defines none."""
    lists = tuple(CueList(entry.lang, SAYS, ("@" + SAYS,)) for entry in lexicon.classes if entry.name == SAYS)
    return compile_phrases(lists, classes=lexicon.classes, lang=lang)


def speaker_of(role: str) -> Speaker | None:
    """The speaker that a role gives the words to; None for a role that names nobody."""
    if role == "other_speaker":
        return Speaker.THIRD_PARTY
    kind = role.removeprefix("speaker_")
    return Speaker(kind) if kind != role else None
