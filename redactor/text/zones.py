"""Says what each block of a document is for: body, header of a message, signature, statute, form, notice.

Goes through the blocks once for each kind of zone, the surest first; a block keeps the first zone it is given.
Whose words a block reports is left to `speakers`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.model import Block, BlockKind, Document, Zone
from redactor.text import signs
from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LETTERHEAD_BLOCKS = 14  # blocks at the top of a document or message that may be its title block
_SIGNATURE_BLOCKS = 8  # blocks under a text that may sign it
_ATTENDANCE_BLOCKS = 60  # names under "Présences"
_FORM_RUN = 2  # blocks of printed matter that follow each other before they are a form
_FORM_TITLES = 3  # numbered titles without anything between: the fields of a blank form
_CLOSES = frozenset({Zone.EMAIL_HEADER, Zone.STATUTE, Zone.RUNNING, Zone.NOTICE, Zone.MARGIN, Zone.FORM})
_ARTICLE_BLOCKS = 40  # blocks from the number of an article to its history


@dataclass(slots=True)
class _Sheet:
    """The blocks with their folded words and the zones given so far."""

    blocks: tuple[Block, ...]
    words: tuple[str, ...]  # as they stand
    folded: tuple[str, ...]
    zones: dict[int, Zone] = field(default_factory=dict)

    def give(self, number: int, zone: Zone) -> None:
        self.zones.setdefault(number, zone)

    def free(self) -> Iterator[int]:
        return (number for number in range(len(self.blocks)) if number not in self.zones)


def zones_of(document: Document) -> tuple[Zone, ...]:
    """The zone of each block, in the order of `document.blocks`.

    An earlier message of a thread keeps zones of its own under its header; only lines quoted by a sign, and
    paragraphs wholly between quotation marks, are `QUOTED`.
    """
    words = tuple(block.span.of(document.text) for block in document.blocks)
    sheet = _Sheet(document.blocks, words, tuple(fold(word) for word in words))
    for step in _STEPS:
        step(sheet)
    return tuple(sheet.zones.get(number, Zone.BODY) for number in range(len(sheet.blocks)))


def _give_running(sheet: _Sheet) -> None:
    for number, block in enumerate(sheet.blocks):
        if block.kind is BlockKind.RUNNING:
            sheet.give(number, Zone.RUNNING)


def _give_margin(sheet: _Sheet) -> None:
    for number in sheet.free():
        if signs.is_handwriting(sheet.folded[number]):
            sheet.give(number, Zone.MARGIN)


def _give_statute(sheet: _Sheet) -> None:
    """From the number of an article to its history, what parts two articles, and the titles of the law above."""
    ended: int | None = None
    for number in list(sheet.free()):
        article = signs.article_of_history(sheet.folded[number])
        if article is None:
            continue
        start = _article_start(sheet, number, article)
        is_next = ended is not None and start is not None and number - ended <= _ARTICLE_BLOCKS
        begin = ended + 1 if is_next and ended is not None else number if start is None else start
        _fill(sheet, begin, number + 1, Zone.STATUTE)
        ended = number
    _give_statute_titles(sheet)


def _article_start(sheet: _Sheet, history: int, article: str) -> int | None:
    """The block that opens the article whose history is given; None where it is not near."""
    for number in range(history - 1, max(history - _ARTICLE_BLOCKS, -1), -1):
        if number in sheet.zones and sheet.zones[number] is Zone.STATUTE:
            return None
        if signs.opens_article(sheet.folded[number], article):
            return number
    return None


def _give_statute_titles(sheet: _Sheet) -> None:
    for number in range(len(sheet.blocks) - 1, -1, -1):
        is_above = sheet.zones.get(number + 1) is Zone.STATUTE
        if number not in sheet.zones and is_above and signs.titles_statute(sheet.folded[number]):
            sheet.give(number, Zone.STATUTE)


def _fill(sheet: _Sheet, begin: int, end: int, zone: Zone) -> None:
    for number in range(begin, end):
        sheet.give(number, zone)


def _give_email_headers(sheet: _Sheet) -> None:
    """Runs of at least two header labels that name a sender, and the lines that announce an earlier message."""
    run: list[int] = []
    for number in [*sheet.free(), len(sheet.blocks)]:
        if run and not (number == run[-1] + 1 and _is_header_line(sheet, number)):
            _give_header_run(sheet, run)
            run = []
        if run or _is_label(sheet, number):
            run.append(number)
    for number in list(sheet.free()):
        if signs.announces_message(sheet.folded[number]):
            sheet.give(number, Zone.EMAIL_HEADER)


def _is_label(sheet: _Sheet, number: int) -> bool:
    if number >= len(sheet.blocks):
        return False
    return signs.is_email_label(_with_colon(sheet, number))


def _with_colon(sheet: _Sheet, number: int) -> str:
    """The folded words of a block; of a row, its first cell as a label."""
    return f"{_head_of(sheet, number).rstrip(' :')} :" if sheet.blocks[number].cells else sheet.folded[number]


def _is_header_line(sheet: _Sheet, number: int) -> bool:
    """True for a label, or the rest of a list of recipients."""
    if number >= len(sheet.blocks):
        return False
    return _is_label(sheet, number) or signs.goes_on_with_recipients(sheet.folded[number - 1], sheet.folded[number])


def _give_header_run(sheet: _Sheet, run: list[int]) -> None:
    labels = [_with_colon(sheet, number) for number in run if _is_label(sheet, number)]
    if len(labels) >= 2 and any(signs.is_sender(label) for label in labels):
        for number in run:
            sheet.give(number, Zone.EMAIL_HEADER)


def _give_quoted(sheet: _Sheet) -> None:
    for number in sheet.free():
        if sheet.blocks[number].quote_depth or signs.is_quotation(sheet.words[number]):
            sheet.give(number, Zone.QUOTED)


def _give_notices(sheet: _Sheet) -> None:
    for number in sheet.free():
        if signs.is_notice(sheet.folded[number]):
            sheet.give(number, Zone.NOTICE)


def _give_attendance(sheet: _Sheet) -> None:
    """Lines that open with who was present or absent, and the names under them."""
    for number in list(sheet.free()):
        if signs.opens_attendance(sheet.folded[number]):
            is_heading = sheet.blocks[number].kind is BlockKind.HEADING
            sheet.give(number, Zone.HEADING if is_heading else Zone.ATTENDANCE)
            _give_names_below(sheet, number)


def _give_names_below(sheet: _Sheet, opening: int) -> None:
    if not sheet.folded[opening].rstrip().endswith(":") and sheet.blocks[opening].kind is not BlockKind.HEADING:
        return
    for number in range(opening + 1, min(opening + _ATTENDANCE_BLOCKS, len(sheet.blocks))):
        is_heading = sheet.blocks[number].kind is BlockKind.HEADING
        if number in sheet.zones or is_heading or signs.opens_attendance(sheet.folded[number]):
            return
        if not sheet.blocks[number].cells and not signs.is_listed(sheet.words[number]):
            return
        sheet.give(number, Zone.ATTENDANCE)


def _give_forms(sheet: _Sheet) -> None:
    """Runs of printed matter: orders, boxes and empty labels, with the numbered titles and questions beside them."""
    run: list[int] = []
    for number in [*sheet.free(), len(sheet.blocks)]:
        if run and (number > run[-1] + 1 or not _may_be_form(sheet, number)):
            _give_form_run(sheet, run)
            run = []
        if _may_be_form(sheet, number):
            run.append(number)


def _may_be_form(sheet: _Sheet, number: int) -> bool:
    if number >= len(sheet.blocks) or sheet.blocks[number].cells:
        return False
    return _is_form_sign(sheet, number) or signs.may_be_form(sheet.folded[number])


def _is_form_sign(sheet: _Sheet, number: int) -> bool:
    """True for a sign of a form that leads to no items: `Nous recommandons :` over a list is a sentence."""
    if not signs.is_form_sign(sheet.folded[number]):
        return False
    after = number + 1 if number + 1 < len(sheet.blocks) else None
    if after is None or not sheet.folded[number].rstrip().endswith(":"):
        return True
    is_item = sheet.blocks[after].kind is BlockKind.LIST_ITEM and not signs.is_form_sign(sheet.folded[after])
    return not (is_item or sheet.blocks[after].cells or sheet.words[after][:1].islower())


def _give_form_run(sheet: _Sheet, run: list[int]) -> None:
    if _is_answered(sheet, run[-1]):
        run = run[:-1]
    sure = sum(_is_form_sign(sheet, number) for number in run)
    titles = sum(signs.is_field_title(sheet.folded[number]) for number in run)
    if len(run) >= _FORM_RUN and (sure or titles >= _FORM_TITLES):
        for number in run:
            sheet.give(number, Zone.FORM)


def _is_answered(sheet: _Sheet, number: int) -> bool:
    """True for a numbered title with words of its own under it."""
    after = number + 1
    if not signs.is_field_title(sheet.folded[number]) or after == len(sheet.blocks):
        return False
    return after not in sheet.zones and sheet.blocks[after].kind is not BlockKind.HEADING


def _give_headings(sheet: _Sheet) -> None:
    for number in sheet.free():
        if sheet.blocks[number].kind is BlockKind.HEADING:
            sheet.give(number, Zone.HEADING)


def _give_letterheads(sheet: _Sheet) -> None:
    """Labels and short lines above the first sentence of the document; titles of the document may stand between."""
    given = 0
    for number in range(min(_LETTERHEAD_BLOCKS, len(sheet.blocks))):
        if sheet.zones.get(number) is Zone.HEADING:
            if given and not _titles_document(sheet, number):
                return
        elif number in sheet.zones or not _is_title_line(sheet, number):
            return
        else:
            sheet.give(number, Zone.LETTERHEAD)
            given += 1


def _titles_document(sheet: _Sheet, number: int) -> bool:
    """True for a title of the document: the highest level, the words of one, or labels right under it."""
    if sheet.blocks[number].level == 1 or signs.opens_title(sheet.folded[number]):
        return True
    after = number + 1
    return after < len(sheet.blocks) and signs.has_title_label(_head_of(sheet, after))


def _is_title_line(sheet: _Sheet, number: int) -> bool:
    if sheet.blocks[number].cells:
        return signs.has_title_label(_head_of(sheet, number))
    is_item = sheet.blocks[number].kind is BlockKind.LIST_ITEM
    return not is_item and signs.is_title_line(sheet.words[number], sheet.folded[number])


def _head_of(sheet: _Sheet, number: int) -> str:
    """The folded words of a block, or of the first cell of a row."""
    block = sheet.blocks[number]
    if not block.cells:
        return sheet.folded[number]
    first = block.cells[0]
    return sheet.folded[number][first.start - block.span.start : first.end - block.span.start]


def _give_signatures(sheet: _Sheet) -> None:
    """Short lines at the end of the document, or before the header of an earlier message, a statute or a form."""
    ends = [number for number in range(1, len(sheet.blocks) + 1) if _ends_part(sheet, number)]
    for end in ends:
        _give_signature_above(sheet, end)


def _ends_part(sheet: _Sheet, number: int) -> bool:
    if number == len(sheet.blocks):
        return True
    here, before = sheet.zones.get(number), sheet.zones.get(number - 1)
    return (here in _CLOSES and before is not here) or signs.parts_document(sheet.folded[number])


def _give_signature_above(sheet: _Sheet, end: int) -> None:
    lines: list[int] = []
    for number in range(end - 1, max(end - 1 - _SIGNATURE_BLOCKS, -1), -1):
        if number in sheet.zones or not _may_sign(sheet, number):
            break
        lines.append(number)
    above = lines[-1] - 1 if lines else -1
    closed = above >= 0 and above not in sheet.zones and signs.is_closing(sheet.folded[above])
    if closed and len(sheet.folded[above]) < signs.ENTRY_LENGTH:
        lines.append(above)
    if closed or any(signs.is_signing(sheet.words[number], sheet.folded[number]) for number in lines):
        for number in lines:
            sheet.give(number, Zone.SIGNATURE)


def _may_sign(sheet: _Sheet, number: int) -> bool:
    block = sheet.blocks[number]
    is_item = block.kind is BlockKind.LIST_ITEM and not signs.is_copy_line(sheet.folded[number])
    return not (block.cells or is_item) and signs.may_sign(sheet.words[number], sheet.folded[number])


_STEPS: tuple[Callable[[_Sheet], None], ...] = (
    _give_running,
    _give_margin,
    _give_statute,
    _give_email_headers,
    _give_quoted,
    _give_notices,
    _give_attendance,
    _give_forms,
    _give_headings,
    _give_letterheads,
    _give_signatures,
)
