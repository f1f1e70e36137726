"""Tells which drafts are headings, by size, weight, capitals and numbering, and how high each stands."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from redactor.model import BlockKind
from redactor.pdf.layout.blocks import is_labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.layout.blocks import Draft

_LARGER = 1.06  # times the size of the text: type this much larger is a heading's
_LENGTH = 180  # code points; a longer block is no heading
_LINES = 4
_CAPITALS = 0.85  # share of the letters of a heading set in capitals
_LEVELS = 3
_ENDS_LIKE_TEXT = re.compile(r"[.;,]\s*$")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,3}){0,3}\.?|[A-Z]\.|[IVX]{1,4}[.-])\s+[^\W\d_]")


class _Look(NamedTuple):
    size: float  # rounded to half a point
    capitals: bool
    bold: bool


def with_headings(drafts: Sequence[Draft]) -> list[Draft]:
    """The same drafts, those that head others made `HEADING` with their level."""
    body = _body_size(drafts)
    bold = _is_bold_text(drafts)
    looks: dict[int, _Look] = {}
    for number, draft in enumerate(drafts):
        if (_may_head(draft) and _stands_out(draft, body=body, bold=bold)) or _is_numbered_title(drafts, number):
            looks[number] = _look(draft)
    levels = {look: min(rank, _LEVELS) for rank, look in enumerate(sorted(set(looks.values()), reverse=True), 1)}
    for number, look in looks.items():
        drafts[number].kind, drafts[number].level = BlockKind.HEADING, levels[look]
    return list(drafts)


def _text(draft: Draft) -> str:
    return " ".join(line.text for line in draft.lines)


def _may_head(draft: Draft) -> bool:
    if not draft.lines or len(draft.lines) > _LINES or draft.quote_depth:
        return False
    text = _text(draft)
    if len(text) > _LENGTH or is_labelled(text) or _ENDS_LIKE_TEXT.search(text):
        return False
    if draft.kind is BlockKind.LIST_ITEM and draft.marker:
        return False
    return any(char.isalpha() for char in text)


def _stands_out(draft: Draft, *, body: float, bold: bool) -> bool:
    look = _look(draft)
    return draft.lines[0].size >= _LARGER * body or look.capitals or (look.bold and not bold)


def _look(draft: Draft) -> _Look:
    letters = [char for char in _text(draft) if char.isalpha()]
    capitals = sum(1 for char in letters if char.isupper())
    is_capital = len(letters) >= 4 and capitals >= _CAPITALS * len(letters)
    return _Look(round(draft.lines[0].size * 2) / 2, is_capital, draft.lines[0].bold)


def _body_size(drafts: Sequence[Draft]) -> float:
    sizes: Counter[float] = Counter()
    for draft in drafts:
        for line in draft.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_bold_text(drafts: Sequence[Draft]) -> bool:
    """True when most of the text is bold, so that weight tells nothing."""
    weights: Counter[bool] = Counter()
    for draft in drafts:
        for line in draft.lines:
            weights[line.bold] += len(line.text)
    return weights[True] > weights[False]


def _is_numbered_title(drafts: Sequence[Draft], number: int) -> bool:
    """True for a short numbered line with text under it that is no item."""
    draft = drafts[number]
    if not _may_head(draft) or len(draft.lines) > 1 or len(_text(draft)) > 90:
        return False
    if draft.marker or not _NUMBERED.match(_text(draft)):
        return False
    after = drafts[number + 1] if number + 1 < len(drafts) else None
    return after is not None and after.kind is BlockKind.PARAGRAPH and len(_text(after)) > len(_text(draft))
