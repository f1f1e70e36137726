"""Cells that weigh: columns of options, columns that judge, and grids of points.

Which titles do so comes from the rule files; a grid of points is told by its numbers alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redactor.model import BlockKind
from redactor.text.normalise import fold
from redactor.text.structure import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.model import Block, Lang, Span
    from redactor.passage_rules.places import Surroundings

ADVICE: Final = "AVIS"
ANALYSIS: Final = "ANALYSE"
COLUMNS: Final = 2  # a table of so few columns lists, and compares nothing
OPENS: Final = frozenset({"lead_in"})  # roles of a title that opens the matter itself
TITLES: Final = OPENS | {"heading"}  # roles of a title that makes the matter likely
_SAID: Final = frozenset(words_of("said_columns"))
WHOLE: Final = frozenset({10, 20, 50, 100, 200})  # points that the criteria of a grid share out
LEAST_CRITERIA: Final = 3  # rows; fewer are no grid
_POINTS: Final = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|pts?\.?|points?)?$")


def columns_of(around: Surroundings, *, lang: Lang) -> dict[int, frozenset[str]]:
    """Families of the cells of tables that weigh: columns of options, or columns that judge."""
    blocks = around.document.blocks
    found: dict[int, frozenset[str]] = {}
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and blocks[end].kind is BlockKind.TABLE_ROW:
            end += 1
        if end - start > 1:
            found.update(_table(around, start, end=end, lang=lang))
            found.update(_compared(around, start, end=end, found=found))
            found.update(_points(around, blocks[start + 1 : end]))
        start = max(end, start + 1)
    return found


def _table(around: Surroundings, start: int, *, end: int, lang: Lang) -> dict[int, frozenset[str]]:
    header, *rows = around.document.blocks[start:end]
    titles = [_families(around, cell, lang=lang) for cell in header.cells]
    options = {row.cells[0].start for row in rows if row.cells and _families(around, row.cells[0], lang=lang)}
    alike = _alike(around, header.cells) if titles and titles[0] else frozenset()
    names_options = bool(titles) and bool(_families(around, header.cells[0], lang=lang, roles=OPENS))
    weighs = len(options) > 1 or (names_options and any(titles[1:]))
    found: dict[int, frozenset[str]] = {}
    for row in rows:
        for column, cell in enumerate(row.cells[1:], start=1):
            families = titles[column] if column < len(titles) else frozenset()
            if column in alike:
                families = families or titles[0]
            found[cell.start] = families or (_all_of(titles) if weighs else frozenset())
    return found


def _compared(
    around: Surroundings, start: int, *, end: int, found: Mapping[int, frozenset[str]]
) -> dict[int, frozenset[str]]:
    """Families of the other cells of a table of two columns or more that stands in a section of options."""
    section = around.sections[start]
    opened = section.opened & {ANALYSIS} if section else frozenset[str]()
    rows = around.document.blocks[start + 1 : end]
    cells = [cell.start for row in rows for cell in row.cells[1:] if len(row.cells) > COLUMNS]
    return {cell: opened for cell in cells if opened and not found.get(cell)}


def _alike(around: Surroundings, header: Sequence[Span]) -> frozenset[int]:
    """Columns named by one word and a number or letter: `Candidat 1`, `Candidat 2`."""
    names = [fold(cell.of(around.document.text)).split() for cell in header]
    firsts = [name[0] for name in names[1:] if len(name) == 2]
    return frozenset(i for i, name in enumerate(names) if i and len(name) == 2 and firsts.count(name[0]) > 1)


def _all_of(titles: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*titles)


def _families(around: Surroundings, span: Span, *, lang: Lang, roles: frozenset[str] = TITLES) -> frozenset[str]:
    return frozenset(
        lexicon.label_family for lexicon in around.lexicons if around.found(lexicon, span, lang=lang).of(roles)
    )


def others_in(around: Surroundings, *, lang: Lang) -> frozenset[int]:
    """Starts of the cells that report what outsiders say: a column of their positions beside one that names them."""
    blocks = around.document.blocks
    found: set[int] = set()
    for start, block in enumerate(blocks):
        if not block.cells or (start and blocks[start - 1].cells):
            continue
        end = next((at for at in range(start, len(blocks)) if not blocks[at].cells), len(blocks))
        rows = blocks[start + 1 : end]
        columns = [at for at, cell in enumerate(block.cells) if fold(cell.of(around.document.text)) in _SAID]
        outside = sum(any(_is_outsider(around, cell, lang=lang) for cell in row.cells[:2]) for row in rows)
        if columns and 2 * outside >= len(rows) > 0:
            found |= {row.cells[at].start for row in rows for at in columns if at < len(row.cells)}
    return frozenset(found)


def _is_outsider(around: Surroundings, cell: Span, *, lang: Lang) -> bool:
    return any(around.found(lexicon, cell, lang=lang).of({"other_speaker"}) for lexicon in around.lexicons)


def _points(around: Surroundings, rows: Sequence[Block]) -> dict[int, frozenset[str]]:
    """Points given under criteria: the numbers beside a column that shares out a round sum and that none exceeds."""
    table = [[_number(cell.of(around.document.text)) for cell in row.cells] for row in rows]
    width = min((len(row) for row in table), default=0)
    most = next((at for at in range(1, width) if _shares_out([row[at] for row in table])), None)
    if most is None or len(rows) < LEAST_CRITERIA:
        return {}
    columns = [at for at in range(most + 1, width) if _within(table, at, most=most)]
    return {row.cells[at].start: frozenset({ADVICE}) for row in rows for at in columns}


def _number(written: str) -> float | None:
    found = _POINTS.match(written.strip())
    return float(found[1].replace(",", ".")) if found else None


def _shares_out(points: Sequence[float | None]) -> bool:
    """True for maximum points that add up to a round sum, which may stand below them as their total."""
    known = [one for one in points if one is not None]
    return len(known) == len(points) and (sum(known) in WHOLE or (sum(known[:-1]) == known[-1] and known[-1] in WHOLE))


def _within(table: Sequence[Sequence[float | None]], at: int, *, most: int) -> bool:
    given = [(row[at], row[most]) for row in table if row[at] is not None]
    return len(given) > len(table) / 2 and all(own <= limit for own, limit in given if own is not None and limit)
