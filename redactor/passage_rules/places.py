"""Where each passage stands: the matters of its headings and lead-in, its column, and whose section or message it is.

A place makes a cue likelier or gives the words to somebody; it never makes a finding of a whole section by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from redactor.model import BlockKind, Document, Lang, Lexicon, Passage, Span, Speaker, Zone
from redactor.passage_rules.clauses import ITEM, opens_items
from redactor.passage_rules.cues import Found, Library, library_of, speaker_of
from redactor.passage_rules.tables import OPENS, TITLES, columns_of, others_in
from redactor.text.phrases import tokens_of
from redactor.text.speakers import messages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

OFFICES: Final = frozenset({Speaker.MINISTER_OFFICE, Speaker.MNA})  # whose documents are protected whole
LABEL_OPENING: Final = 3  # code points from the start of a label in which its lead-in begins
SHORT_LINE: Final = 14  # words; a line of more is not a title
_NUMBER: Final = re.compile(r"\s{0,9}(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s")
_CODED: Final = re.compile(r"\s{0,9}[A-Z]-?\d{1,2}\b")  # "R1", "R-2": a part of the section above
_LABELS: Final = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH})


@dataclass(frozen=True, slots=True)
class Place:
    """What surrounds a passage, as label families: of the headings above it, of a heading that opens the matter
    itself (`Recommandations`), of the line it is an item of, of its table column.
    """

    matters: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    led: frozenset[str] = frozenset()
    column: frozenset[str] = frozenset()
    is_listed: bool = False  # an item under a heading, with no line that announces it
    speaker: Speaker | None = None
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading as read: its number, what it opens, whose it is."""

    number: str
    coded: bool
    level: int
    matters: frozenset[str]
    opened: frozenset[str]
    speaker: Speaker | None
    span: Span
    lists_orders: bool = True  # an item under it that opens with an infinitive may be an order


@dataclass(slots=True)
class Surroundings:
    """Places of a document's passages, worked out once."""

    document: Document
    library: Library
    sections: tuple[_Section | None, ...] = ()  # for each block
    speakers: tuple[Speaker | None, ...] = ()  # for each block
    columns: dict[int, frozenset[str]] = field(default_factory=dict)  # start of a cell -> families
    labels: frozenset[int] = frozenset()  # starts of the cells that name rows and columns
    leads: tuple[Span | None, ...] = ()  # for each block, the line that opens the items it is one of
    others: frozenset[int] = frozenset()  # starts of the cells that report outsiders
    ended: frozenset[int] = frozenset()  # blocks after the end of their section's matter

    def place_of(self, passage: Passage, *, lang: Lang) -> Place:
        """Place of one passage."""
        section = None if passage.block in self.ended else self.sections[passage.block]
        lead = passage.lead_in or self.leads[passage.block]
        led = self._led_by(lead, lang=lang) if lead else frozenset()
        column = self.columns.get(passage.span.start, frozenset())
        marks = (section.span,) if section and section.matters else ()
        leads = (lead,) if lead and led else ()
        matters = section.matters if section else frozenset()
        opened = section.opened if section else frozenset()
        is_listed = lead is None and section is not None and section.lists_orders and self._is_item(passage)
        speaker = Speaker.THIRD_PARTY if passage.span.start in self.others else self.speakers[passage.block]
        return Place(matters, opened, led, column, is_listed, speaker, (*marks, *leads))

    def _is_item(self, passage: Passage) -> bool:
        block = self.document.blocks[passage.block]
        return block.kind is BlockKind.LIST_ITEM or ITEM.match(block.span.of(self.document.text)) is not None

    def forget_places(self) -> None:
        """Drops headings, lead-ins and columns; whose words a block reports stays known."""
        self.sections = (None,) * len(self.sections)
        self.leads = (None,) * len(self.leads)
        self.columns = {}

    def labelled(self, place: Place, label: Span, *, lang: Lang) -> Place:
        """The place of what follows a label that begins like a lead-in or a heading: `Recommandation de l'agente :`."""
        led = self._led_by(label, lang=lang, within=LABEL_OPENING)
        is_long = len(label.of(self.document.text).split()) > 1  # `Note :` opens a notice
        titled = self._led_by(label, lang=lang, within=LABEL_OPENING, role="heading") if is_long else frozenset[str]()
        if not led and not titled:
            return place
        matters = place.matters | led | titled
        return replace(place, led=place.led | led, matters=matters, evidence=(*place.evidence, label))

    @property
    def lexicons(self) -> tuple[Lexicon, ...]:
        """The rules."""
        return self.library.rules

    def found(self, lexicon: Lexicon, span: Span, *, lang: Lang) -> Found:
        """Cues of one rule in a span of the document."""
        return self.library.search(lexicon, tokens_of(self.document.text, span=span), lang=lang)

    def _led_by(self, lead: Span, *, lang: Lang, within: int | None = None, role: str = "lead_in") -> frozenset[str]:
        last = lead.end if within is None else lead.start + within
        return frozenset(
            lexicon.label_family
            for lexicon in self.lexicons
            if any(hit.span.start <= last for hit in self.found(lexicon, lead, lang=lang).of({role}))
        )


def surroundings_of(document: Document, passages: Sequence[Passage], *, lexicons: tuple[Lexicon, ...]) -> Surroundings:
    """Headings, sections, messages and tables of a document, read with the cues of the rules."""
    around = Surroundings(document, library_of(lexicons))
    lang = _main_language(passages)
    around.sections = tuple(_sections(around, _heading_blocks(document, passages), lang=lang))
    headers = frozenset(passage.block for passage in passages if passage.zone is Zone.EMAIL_HEADER)
    around.speakers = tuple(_speakers(around, lang=lang, headers=headers))
    around.columns = columns_of(around, lang=lang)
    around.labels = _labels(document)
    around.others = others_in(around, lang=lang)
    around.leads = tuple(_leads(document))
    around.ended = frozenset(_ended(around, lang=lang))
    return around


def _leads(document: Document) -> Iterator[Span | None]:
    """Line above that ends with a colon, for items; it holds from item to item."""
    lead: Span | None = None
    for block in document.blocks:
        is_item = block.kind is BlockKind.LIST_ITEM or ITEM.match(block.span.of(document.text)) is not None
        yield lead if is_item else None
        if opens_items(document.text, block.span):
            lead = block.span
        elif not is_item:
            lead = None


def _ended(around: Surroundings, *, lang: Lang) -> Iterator[int]:
    """Blocks from a line such as `Préparé par` on, to the next heading."""
    section: _Section | None = None
    is_over = False
    for index, block in enumerate(around.document.blocks):
        if around.sections[index] is not section:
            section, is_over = around.sections[index], False
        is_over = is_over or any(around.found(rule, block.span, lang=lang).of({"ends"}) for rule in around.lexicons)
        if is_over:
            yield index


def _labels(document: Document) -> frozenset[int]:
    """Cells of the first row of each table, and the first cell of each row."""
    found: set[int] = set()
    for index, block in enumerate(document.blocks):
        if block.cells:
            first = not index or not document.blocks[index - 1].cells
            found.update(cell.start for cell in (block.cells if first else block.cells[:1]))
    return frozenset(found)


def _main_language(passages: Sequence[Passage]) -> Lang:
    read = [passage.lang for passage in passages if passage.lang is not Lang.OTHER]
    return max(set(read), key=read.count) if read else Lang.FR


def _heading_blocks(document: Document, passages: Sequence[Passage]) -> frozenset[int]:
    by_kind = {index for index, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING}
    return frozenset(by_kind | {passage.block for passage in passages if passage.zone is Zone.HEADING})


def _sections(around: Surroundings, headings: frozenset[int], *, lang: Lang) -> Iterator[_Section | None]:
    past: list[_Section] = []
    for index, block in enumerate(around.document.blocks):
        if index in headings:
            past.append(_section(around, block.span, level=block.level, past=past, lang=lang))
        yield past[-1] if past else None


def _section(around: Surroundings, span: Span, *, level: int, past: Sequence[_Section], lang: Lang) -> _Section:
    title = span.of(around.document.text)
    number = _NUMBER.match(title)
    words = Span(span.start + number.end(), span.end) if number and number.end() < len(span) else span
    own = {lexicon.label_family: around.found(lexicon, words, lang=lang) for lexicon in around.lexicons}
    matters = frozenset(family for family, found in own.items() if found.of(TITLES))
    opened = frozenset(family for family, found in own.items() if found.of(OPENS))
    closed = any(found.says_fact for found in own.values())
    is_title = level == 1 and not past
    if is_title:
        matters = opened = frozenset()  # the title of the document: all of it is no more advice for that
    section = _Section(
        number["number"] if number else "",
        _CODED.match(title) is not None,
        level,
        matters,
        opened,
        _title_speaker(around, own.values()),
        span,
        not closed and not is_title,
    )
    parent = _parent(section, past)
    if parent is None or closed:
        return section
    return replace(
        section,
        matters=matters or parent.matters,
        opened=opened or (frozenset() if matters else parent.opened),
        speaker=section.speaker or parent.speaker,
    )


def _parent(section: _Section, past: Sequence[_Section]) -> _Section | None:
    for other in reversed(past):
        if section.coded and not other.coded:
            return other
        if section.number and other.number and section.number.startswith(other.number + "."):
            return other
        if not section.coded and other.level < section.level and other.level > 1:
            return other
    return None


def _title_speaker(around: Surroundings, founds: Iterable[Found]) -> Speaker | None:
    """Whose section it is: a cue of two words, or a name in a title such as `Position de la fédération`."""
    for found in founds:
        for hit in found.hits:
            speaker = speaker_of(hit.role)
            long = len(hit.span.of(around.document.text).split()) > 1
            if speaker is not None and (long or (found.of({"heading"}) and not found.of({"decided"}))):
                return speaker
    return None


def _speakers(around: Surroundings, *, lang: Lang, headers: frozenset[int]) -> Iterator[Speaker | None]:
    """Speaker of each block: its section's, unless a line or a message inside gives the words to somebody else."""

    def named(span: Span) -> Speaker | None:
        return _long_name(around, span, lang=lang)

    messages = messages_of(around.document, named=named)
    current: Speaker | None = None
    section: _Section | None = None
    for index, block in enumerate(around.document.blocks):
        if around.sections[index] is not section:
            section = around.sections[index]
            current = section.speaker if section else None
        message = next((m for m in messages if m.first <= index < m.end), None)
        if block.kind in _LABELS and index not in headers and _is_title(block.span.of(around.document.text)):
            told = named(block.span)
            current = (
                current if told is None or told in OFFICES else told
            )  # a title that names an office is not its words
        yield current or (message.speaker if message else None)


def _is_title(line: str) -> bool:
    return len(line.split()) <= SHORT_LINE and not line.rstrip().endswith((".", ";", "!", "?", "»", '"'))


def _long_name(around: Surroundings, span: Span, *, lang: Lang) -> Speaker | None:
    """Speaker named by a cue of two words or more."""
    for lexicon in around.lexicons:
        for hit in around.found(lexicon, span, lang=lang).hits:
            speaker = speaker_of(hit.role)
            if speaker is not None and len(hit.span.of(around.document.text).split()) > 1:
                return speaker
    return None
