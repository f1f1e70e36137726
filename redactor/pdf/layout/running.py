"""Tells the headers and footers of pages by where they stand and that they come again."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from redactor.pdf.layout.lines import Lane, Line, lines_of
from redactor.pdf.layout.turning import size_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.layout.pieces import PageScan, Piece

_ZONE = 0.12  # share of the page's height at its top and foot where a running line may stand
_EDGE = 0.075  # share where small type runs even if it comes once
_WHITE_EM = 3.0  # in sizes of type: white between a running line and the text
_SMALL = 0.92  # of the size of the document's text
_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*\d{1,5}(?:\s*(?:de|of|sur|/|-|–)\s*\d{1,5})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def running_of(pages: Sequence[PageScan]) -> list[list[Line]]:
    """For each page its running lines, those of the head first."""
    edges = [(_edge_lines(page, head=True), _edge_lines(page, head=False)) for page in pages]
    seen = _repeats(edges)
    body = _body_size(pages)
    return [
        [*_taken(head, seen[0], body, page), *reversed(_taken(foot, seen[1], body, page))]
        for (head, foot), page in zip(edges, pages, strict=True)
    ]


def _edge_lines(page: PageScan, *, head: bool) -> list[Line]:
    """Lines near the edge, the outermost first."""
    height = _height(page)
    zone = [
        p
        for p in page.pieces
        if p.turn == page.turn and (p.y1 < _ZONE * height if head else p.y0 > (1 - _ZONE) * height)
    ]
    lines = lines_of(zone, Lane("running", 0.0))
    return lines if head else lines[::-1]


def _height(page: PageScan) -> float:
    return size_of(page.frame, page.turn)[1]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold()).strip()


def _repeats(edges: Sequence[tuple[list[Line], list[Line]]]) -> tuple[Counter[str], Counter[str]]:
    """On how many pages each line stands, at the head and at the foot."""
    heads = Counter(key for head, _ in edges for key in {_key(line) for line in head})
    feet = Counter(key for _, foot in edges for key in {_key(line) for line in foot})
    return heads, feet


def _body_size(pages: Sequence[PageScan]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            sizes[round(piece.size, 1)] += piece.count
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _taken(lines: Sequence[Line], seen: Counter[str], body: float, page: PageScan) -> list[Line]:
    """The outermost lines, as long as each is a running one: what stands within is text."""
    taken: list[Line] = []
    for number, line in enumerate(lines):
        inner = lines[number + 1] if number + 1 < len(lines) else None
        is_repeated = seen[_key(line)] > 1 or _NUMBER.fullmatch(line.text) is not None
        if not is_repeated and not (_is_at_edge(line, page) and _is_apart(line, inner, body)):
            break
        taken.append(line)
    return taken


def _is_at_edge(line: Line, page: PageScan) -> bool:
    height = _height(page)
    return line.main.y1 < _EDGE * height or line.main.y0 > (1 - _EDGE) * height


def _is_apart(line: Line, inner: Line | None, body: float) -> bool:
    """True for small type, or a line with much white between it and the text."""
    if line.size < _SMALL * body:
        return True
    return line.size <= body and (inner is None or abs(inner.baseline - line.baseline) > _WHITE_EM * line.size)


def without(pieces: Sequence[Piece], running: Sequence[Line]) -> list[Piece]:
    """The pieces that stand in no running line."""
    taken = {(piece.turn, piece.start) for line in running for piece in line.pieces}
    return [piece for piece in pieces if (piece.turn, piece.start) not in taken]
