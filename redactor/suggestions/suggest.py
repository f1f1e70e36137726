"""What a document suggests of its own facts: its kind, date, author, state, decision, and the body it comes from.

A suggestion is never a fact: it is shown with its place, and a person takes it or not. Where two cues disagree nothing
is suggested. What the facts mean for the law is the pack's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redactor.model import BlockKind, Span
from redactor.suggestions.cues import cues_of, date_labels
from redactor.suggestions.days import days_in
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redactor.model import Document

HEAD_BLOCKS = 10  # blocks in which a document says what it is: letterhead, title, reference, date, addressee
HEADER_BLOCKS = 4  # blocks that the head of a message takes: from, sent, to, subject
LONGEST = 400  # code points of a block that are read for a cue; a title or a formula stands at its beginning
BLOCKS = 2_000  # blocks read for what may stand anywhere: some fifty pages
WORDS = 60  # code points that are quoted around the place
_HEADER = re.compile(r"(?:de|from|expediteur) ?:")
_SENT = re.compile(r"(?:envoyee?|sent) ?:")
_FACTS = ("kind", "author", "final", "decision", "body_kind")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value a document suggests, as request.yaml writes it, and the words that do."""

    value: str
    span: Span
    page: int  # from 0
    words: str = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """As the store keeps it."""
        return {
            "value": self.value, "page": self.page, "start": self.span.start, "end": self.span.end, "words": self.words,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    page: int
    folded: str = field(repr=False)


def suggest(document: Document) -> Mapping[str, Suggestion]:
    """The suggested facts by their key in request.yaml; those nothing speaks for are not there."""
    blocks = tuple(_blocks(document))
    head = blocks[:HEAD_BLOCKS]
    found: dict[str, Suggestion] = {}
    for fact in _FACTS:
        told = _by_cues(document, fact, blocks, head)
        if fact == "kind":
            told = _first(told, _message(document, head))
        if told is not None:
            found[fact] = told
    day = _date(document, head)
    if day is not None:
        found["date"] = day
    made = found.get("decision")
    if made is not None and made.value == "made":
        found |= _decision_day(document, blocks, made)
    return found


def _blocks(document: Document) -> Iterator[_Block]:
    """The blocks in reading order, without running lines; a row of a table is read as one line."""
    shown = [one for one in document.blocks if one.kind is not BlockKind.RUNNING][:BLOCKS]
    for one in shown:
        words = document.text[one.span.start : min(one.span.end, one.span.start + LONGEST)]
        yield _Block(one.span.start, one.page, fold(words))


def _made(document: Document, block: _Block, value: str, place: tuple[int, int]) -> Suggestion:
    start, end = block.start + place[0], block.start + max(place[1], place[0] + 1)
    near = block.start if place[1] <= WORDS else start  # the label of a date, the rest of a title: what a person knows
    words = " ".join(document.text[near : max(near + WORDS, min(end, near + 2 * WORDS))].split("\n")[0].split())
    return Suggestion(value, Span(start, end), block.page, words)


def _message(document: Document, head: Sequence[_Block]) -> Suggestion | None:
    """An e-mail: a sender's line with an address, or with the hour of sending near it; a memorandum has neither."""
    for number, block in enumerate(head):
        sender = _HEADER.match(block.folded)
        around = (one for near in head[number : number + HEADER_BLOCKS] for one in near.folded.split("\n"))
        if sender is not None and ("@" in block.folded or any(_SENT.match(line) for line in around)):
            return _made(document, block, "email", sender.span())
    return None


def _first(*told: Suggestion | None) -> Suggestion | None:
    return min((one for one in told if one is not None), key=lambda one: one.span.start, default=None)


def _by_cues(document: Document, fact: str, blocks: Sequence[_Block], head: Sequence[_Block]) -> Suggestion | None:
    """The value that the cues tell: the first near the top for a kind, else the only one."""
    told = list(_told(document, fact, blocks, head))
    if not told:
        return None
    first = min(told, key=lambda one: one.span.start)
    if fact == "kind":
        return first
    return first if {one.value for one in told} == {first.value} else None


def _told(document: Document, fact: str, blocks: Sequence[_Block], head: Sequence[_Block]) -> Iterator[Suggestion]:
    for where, value, words in cues_of(fact):
        for block in blocks if where == "all" else head:
            match = words.match(block.folded) if where == "head" else words.search(block.folded)
            if match is not None:
                yield _made(document, block, value, match.span())
                break


def _date(document: Document, head: Sequence[_Block]) -> Suggestion | None:
    """The day that a label, or a line of its own, makes the document's."""
    for block in head:
        for one in days_in(block.folded):
            line = block.folded[: one.start].rpartition("\n")[2]
            is_alone = not line.strip() and not block.folded[one.end :].strip(" .,")
            if is_alone or date_labels().search(line):
                return _made(document, block, one.day.isoformat(), (one.start, one.end))
    return None


def _decision_day(document: Document, blocks: Sequence[_Block], made: Suggestion) -> Mapping[str, Suggestion]:
    """The one day told in the passage that says a decision was made."""
    block = next((one for one in reversed(blocks) if one.start <= made.span.start), None)
    days = days_in(block.folded) if block is not None else ()
    if block is None or len({one.day for one in days}) != 1:
        return {}
    return {"decision_date": _made(document, block, days[0].day.isoformat(), (days[0].start, days[0].end))}
