"""Gathers lines into blocks: paragraphs, headings, items and rows, across columns and pages.

A line end is soft only if the next word would not have fitted in the column. Writing the text is left to `writing`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from redactor.model import BlockKind
from redactor.pdf.layout.lines import Line
from redactor.pdf.layout.tables import CellRow
from redactor.text.normalise import fold
from redactor.text.signs import is_labelled as is_label_line
from redactor.text.structure import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.layout.edges import Edges

_LEADING_SLACK = 1.22  # a gap this much wider than the usual leading opens a paragraph
_FOOTNOTES = 4  # blocks that may stand between a paragraph and its rest on the next page, the paragraph included
_NOTE_SIZE = 0.93  # of the size of the text: notes at the foot are set smaller
_USUAL_LEADING = 1.2  # in sizes of type: what word processors set when nothing is said
_FREQUENT = 0.15  # of the most frequent distance: a rarer one is chance
_LOOSE_EM = 1.6  # in sizes of type: lines further apart are parted by more than the end of a line
_INDENT_EM = 0.8  # in sizes of type: a smaller shift to the right is no indent
_SIZES_ALIKE = 0.08  # relative difference of size within one paragraph
_BLANK_EM = 0.25  # in sizes of type: the blank of most fonts
_HALF, _MOST = 0.45, 0.65  # shares of its lane that a line fills, at least, when its sentence goes on below
_SLACK_PT = 0.5  # points by which a full line may miss its edge
_PARTED = re.compile(r"[^\W\d_]-$")
_QUOTE = re.compile(r"(?:>\s?)+")
_BULLET = re.compile(r"(?:[•▪■◦●○‣➢➤❖✓✔□☐☒·-]|[–—](?=\s[^\d])|o(?=\s))\s+(?=\S)")
_NUMBER = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})\)|(?:\d{1,2}|[a-z])\.(?!\s[a-z]\.)|\d{1,2}°)\s+(?=\S)")
_LABEL = re.compile(r"([^:\n]{1,32}?)\s?:(?:\s|$)")
_DANGLING = frozenset(words_of("dangling"))


@dataclass(slots=True)
class Draft:
    """A block being gathered. `marker` counts the code points of its quote signs and bullet."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0
    quote_depth: int = 0
    marker: int = 0
    cells: tuple[tuple[Line, ...], ...] = field(default=())

    @property
    def page(self) -> int:
        """From 0."""
        return self.cells[0][0].page if self.cells else self.lines[0].page


def drafts_of(items: Sequence[Line | CellRow], *, edges: Edges) -> list[Draft]:
    """Blocks of the body, headings not told yet, in the order of `items`."""
    leading = _usual_leading([item for item in items if isinstance(item, Line)])
    drafts: list[Draft] = []
    for item in items:
        if isinstance(item, CellRow):
            drafts.append(Draft(BlockKind.TABLE_ROW, [], cells=item.cells))
        elif (open_draft := _draft_for(item, drafts, edges=edges, leading=leading)) is not None:
            open_draft.lines.append(item)
        else:
            drafts.append(_opened(item))
    return drafts


def _draft_for(line: Line, drafts: Sequence[Draft], *, edges: Edges, leading: float) -> Draft | None:
    """The draft that `line` goes on with: the last, or on a new page the one that the notes at its foot cut off."""
    for draft in reversed(drafts[-_FOOTNOTES:]):
        if not draft.lines:
            return None
        if _continues(draft, line, edges=edges, leading=leading):
            return draft
        is_note = draft.page != line.page and draft.lines[-1].size < _NOTE_SIZE * line.size
        if not (is_note and line.text[:1].islower()):
            return None
    return None


def _opened(line: Line) -> Draft:
    quote = _QUOTE.match(line.text)
    skip = quote.end() if quote else 0
    depth = quote.group().count(">") if quote else 0
    if bullet := _BULLET.match(line.text, skip):
        return Draft(BlockKind.LIST_ITEM, [line], quote_depth=depth, marker=bullet.end())
    kind = BlockKind.LIST_ITEM if _NUMBER.match(line.text, skip) else BlockKind.PARAGRAPH
    return Draft(kind, [line], quote_depth=depth, marker=skip)


def _usual_leading(lines: Sequence[Line]) -> float:
    """Distance of baselines within paragraphs, in sizes of type: the least of the frequent ones."""
    steps: Counter[float] = Counter()
    for above, below in pairwise(lines):
        step = (below.baseline - above.baseline) / max(below.size, 1.0)
        if above.page == below.page and 0.9 < step < 2.6 and above.lane == below.lane:
            steps[round(step, 1)] += 1
    if not steps:
        return _USUAL_LEADING
    often = _FREQUENT * max(steps.values())
    return min(step for step, count in steps.items() if count >= often)


def _continues(draft: Draft, line: Line, *, edges: Edges, leading: float) -> bool:
    """True when `line` goes on with the words of `draft`."""
    before = draft.lines[-1]
    if _opens_block(draft, line) or not _alike(before, line) or not _is_soft(before, line, edges=edges):
        return False
    if before.lane != line.lane or before.page != line.page:
        return _goes_over(before, line)
    return _is_near(draft, line, leading) and _is_aligned(draft, line)


def _opens_block(draft: Draft, line: Line) -> bool:
    """True for a line that cannot go on with `draft`: another quote depth, a label, a bullet, the next number."""
    fresh = _opened(line)
    if fresh.quote_depth not in {0, draft.quote_depth} or is_labelled(line.text):
        return True
    if fresh.kind is BlockKind.PARAGRAPH:
        return False
    is_bulleted = fresh.marker > 0 and not fresh.quote_depth
    return is_bulleted or draft.kind is BlockKind.LIST_ITEM or _is_over(draft.lines[-1])


def is_labelled(text: str) -> bool:
    """True for a line that opens with a known label and a colon, under quote signs or not: `> Objet : ...`."""
    quote = _QUOTE.match(text)
    return is_label_line(fold(text[quote.end() :] if quote else text))


def _alike(before: Line, line: Line) -> bool:
    small, large = sorted((before.size, line.size))
    return large - small <= _SIZES_ALIKE * large and (before.bold == line.bold or not _is_plain_look(before, line))


def _is_plain_look(before: Line, line: Line) -> bool:
    """True when both lines are wholly bold or wholly not: a change of weight inside a line tells nothing."""
    return all(len({piece.bold for piece in each.pieces}) == 1 for each in (before, line))


def _is_soft(before: Line, line: Line, *, edges: Edges) -> bool:
    """True when the first word of `line` would not have fitted after `before`, or the sentence plainly goes on."""
    left, right = before.lane.left, edges.right_of(before)
    if before.x1 + _BLANK_EM * line.size + line.pieces[0].lead > right - _SLACK_PT:
        return True
    if line.baseline - before.baseline > _LOOSE_EM * line.size:
        return False
    goes_on = _QUOTE.sub("", line.text, count=1)[:1].islower()
    if _PARTED.search(before.text) and goes_on:
        return True
    share = (before.x1 - left) / max(right - left, 1.0)
    if share >= _HALF and fold(before.text).rsplit(" ", 1)[-1] in _DANGLING:
        return True
    return share >= _MOST and goes_on and not _is_over(before)


def _goes_over(before: Line, line: Line) -> bool:
    """True when a paragraph goes on in the next column or page: its sentence is not over."""
    return not _is_over(before) or line.text[:1].islower()


def _is_over(line: Line) -> bool:
    return line.text.rstrip('»”") ').endswith((".", ":", ";", "!", "?"))


def _is_near(draft: Draft, line: Line, leading: float) -> bool:
    """True when `line` follows at the pace of its paragraph."""
    before = draft.lines[-1]
    step = (line.baseline - before.baseline) / max(line.size, 1.0)
    own = leading
    if len(draft.lines) > 1 and draft.lines[-2].page == before.page and draft.lines[-2].lane == before.lane:
        own = (before.baseline - draft.lines[-2].baseline) / max(before.size, 1.0)
    return 0 < step <= max(own, 0.9) * _LEADING_SLACK


def _is_aligned(draft: Draft, line: Line) -> bool:
    """True unless the indent of `line` opens a paragraph."""
    shift = line.x0 - draft.lines[-1].x0
    indent = _INDENT_EM * line.size
    if len(draft.lines) > 1:
        return abs(shift) <= indent or _is_centred(draft.lines[-1], line)
    hangs = draft.kind is BlockKind.LIST_ITEM or _LABEL.match(line.text) is not None
    return shift <= indent or hangs or is_labelled(draft.lines[0].text) or _is_centred(draft.lines[0], line)


def _is_centred(before: Line, line: Line) -> bool:
    return abs((before.x0 + before.x1) - (line.x0 + line.x1)) < line.size
