"""Whose words a clause reports: the subject of its reporting verb, "selon …", a pronoun, a quote, or its place.

A cue of one word names somebody and counts as the subject of a reporting verb; a longer cue counts as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redactor.passage_rules.clauses import quotes_of
from redactor.passage_rules.cues import speaker_of
from redactor.text.forms import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Lang, Span, Speaker
    from redactor.passage_rules.places import Place, Surroundings
    from redactor.text.phrases import Hit, Token

PRONOUN_PLACE: Final = 3  # words of a clause among which the pronoun that is its subject stands


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaker of a clause. `subject` is who was last spoken of, for a pronoun that follows.

    `doubtful`: a quote whose author nothing tells. `verb` is the reporting verb with the subject before it.
    """

    speaker: Speaker | None = None
    subject: Speaker | None = None
    doubtful: bool = False
    verb: Span | None = None


def voice_of(
    around: Surroundings,
    clause: Span,
    tokens: Sequence[Token],
    *,
    lang: Lang,
    place: Place,
    before: Voice | None,
    cues: Sequence[Span],
) -> Voice:
    """Voice of a clause whose cues stand at `cues`; `before` is the voice of the clause before it in the block."""
    names = _names(around, tokens, lang=lang)
    verb = _verb(around, tokens, lang=lang, cues=cues, names=names)
    index = _index(tokens, verb.start) if verb else len(tokens)
    subject = _subject(names, tokens, verb=index, stated=verb is not None)
    carried = before.subject if before else None
    last = subject or (speaker_of(names[0].role) if names and carried is None else carried)
    by_phrase = next((hit for hit in names if _words_in(hit.span, tokens) > 1), None)
    if by_phrase is not None:
        return Voice(speaker_of(by_phrase.role), last, verb=verb)
    if verb is not None and subject is not None:
        return Voice(subject, last, verb=verb)
    if verb is not None and carried is not None and _opens_with_pronoun(tokens, cues=cues):
        return Voice(carried, carried, verb=verb)
    if place.speaker is None and _is_quoted(around, clause, cues=cues):
        return Voice(carried, last, doubtful=carried is None)
    return Voice(place.speaker, last, verb=verb)


def _names(around: Surroundings, tokens: Sequence[Token], *, lang: Lang) -> list[Hit]:
    hits = {
        hit
        for rule in around.lexicons
        for hit in around.library.search(rule, tokens, lang=lang).hits
        if speaker_of(hit.role)
    }
    ordered = sorted((hit for hit in hits if not _is_verb(hit, tokens)), key=lambda hit: (hit.span, hit.role))
    ends = {hit.span.end for hit in ordered}
    # `la juge coordonnatrice` is one name
    return [hit for hit in ordered if _words_in(hit.span, tokens) > 1 or hit.span.start - 1 not in ends]


def _is_verb(hit: Hit, tokens: Sequence[Token]) -> bool:
    """True for `il juge`: the word names nobody there."""
    index = _index(tokens, hit.span.start)
    return index > 0 and tokens[index - 1].word in words_of("not_before_a_name")


def _verb(
    around: Surroundings, tokens: Sequence[Token], *, lang: Lang, cues: Sequence[Span], names: Sequence[Hit]
) -> Span | None:
    """The first reporting verb, if it stands before or in the first cue of the clause; `le juge` is a name, no verb."""
    hits = around.library.reporting(tokens, lang=lang)
    limit = cues[0].end if cues else tokens[-1].end if tokens else 0
    named = {hit.span for hit in names}
    return next((hit.span for hit in hits if hit.span.start < limit and hit.span not in named), None)


def _subject(names: Sequence[Hit], tokens: Sequence[Token], *, verb: int, stated: bool) -> Speaker | None:
    """The nearest name before the verb that no preposition governs; after `qui`, the nearest name."""
    before = [hit for hit in names if _index(tokens, hit.span.start) < verb]
    relative = stated and verb > 0 and tokens[verb - 1].word in words_of("relatives")
    kept = before if relative else [hit for hit in before if _is_free(hit, tokens)]
    if not kept:
        return None
    return speaker_of(kept[-1].role if stated else kept[0].role)


def _is_free(hit: Hit, tokens: Sequence[Token]) -> bool:
    """True when the name is not the complement of a preposition: `the union`, not `to the union`."""
    index = _index(tokens, hit.span.start)
    while index and tokens[index - 1].word in words_of("determiners"):
        index -= 1
    return not index or tokens[index - 1].word not in words_of("prepositions")


def _opens_with_pronoun(tokens: Sequence[Token], *, cues: Sequence[Span]) -> bool:
    """True for `elle recommande`, not for `il est recommandé`, whose cue holds the pronoun itself."""
    words = [token for token in tokens if token.word[0].isalnum()][:PRONOUN_PLACE]
    comma = next((i for i, token in enumerate(tokens[:10]) if token.word == ","), None)
    if comma is not None:
        words += tokens[comma + 1 : comma + 2]
    pronoun = next((token for token in words if token.word in words_of("pronouns")), None)
    return pronoun is not None and not any(cue.start <= pronoun.start < cue.end for cue in cues)


def _is_quoted(around: Surroundings, clause: Span, *, cues: Sequence[Span]) -> bool:
    quotes = quotes_of(around.document.text, clause)
    return bool(cues) and any(quote.covers(cues[0]) for quote in quotes)


def _words_in(span: Span, tokens: Sequence[Token]) -> int:
    return sum(span.start <= token.start < span.end for token in tokens)


def _index(tokens: Sequence[Token], start: int) -> int:
    return next(i for i, token in enumerate(tokens) if token.start == start)
