"""Tags of a written file: none, or the flat tree of our own, whose only words are those that stand for a box.

Whatever else a tree could carry (titles, replaced text, classes, roles of the source) is a leak.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from redactor.model import Lang
from redactor.pdf.tagging import FIGURE, alt_of
from redactor.pdf.verifier.claims import Channel, Leak
from redactor.pdf.verifier.readers import READ_ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.pdf.verifier.claims import Claims

ROOT = {"/Type", "/K", "/ParentTree"}
WHOLE = {"/Type", "/S", "/P", "/K"}
ELEMENT = {"/Type", "/S", "/P", "/Pg", "/K"}
BOX = ELEMENT | {"/Alt", "/A"}
ROLE = re.compile(r"/(?:P|H[1-6])")


def alts_of(claims: Claims) -> frozenset[str]:
    """The alternate texts that boxes with the claimed labels may have."""
    labels = {redaction.label for redaction in claims.redactions} | {""}
    return frozenset(alt_of(label, lang) for label in labels for lang in Lang)


def leaks_in(pdf: Any, *, claims: Claims) -> Iterator[Leak]:
    """One leak when the tags of an open file (pikepdf) are not exactly those that our copy writes."""
    try:
        fit = _fits(pdf, alts_of(claims))
    except READ_ERRORS:
        fit = False
    if not fit:
        yield Leak(Channel.STRUCTURE)


def _fits(pdf: Any, alts: frozenset[str]) -> bool:
    root, pages = pdf.Root, [page.obj for page in pdf.pages]
    if "/StructTreeRoot" not in root:
        return "/MarkInfo" not in root and not any("/StructParents" in page for page in pages)
    tree = root.StructTreeRoot
    whole = tree.K[0]
    shape = set(tree.keys()) == ROOT and len(tree.K) == 1 and set(whole.keys()) == WHOLE
    plain = set(root.MarkInfo.keys()) == {"/Marked"} and str(whole.S) == "/Document"
    places = {page.objgen: number for number, page in enumerate(pages)}
    used: dict[int, list[int]] = {number: [] for number in range(len(pages))}
    for element in whole.K:
        if not _is_element(element, alts):
            return False
        used[places[element.Pg.objgen]] += [int(content) for content in element.K]
    return shape and plain and _is_parent_tree(tree.ParentTree, pages, used)


def _is_element(element: Any, alts: frozenset[str]) -> bool:
    if str(element.S) != f"/{FIGURE}":
        return set(element.keys()) == ELEMENT and ROLE.fullmatch(str(element.S)) is not None
    layout = element.A
    known = set(element.keys()) == BOX and set(layout.keys()) == {"/O", "/BBox"} and len(layout.BBox) == 4
    return known and str(element.Alt) in alts


def _is_parent_tree(tree: Any, pages: list[Any], used: dict[int, list[int]]) -> bool:
    """True when contents are numbered from 0 on each page, each with its one element, and nothing else is told."""
    rows = list(tree.Nums)
    numbered = [page.get("/StructParents") == number for number, page in enumerate(pages)]
    return (
        set(tree.keys()) == {"/Nums"}
        and rows[::2] == list(range(len(pages)))
        and all(numbered)
        and all(sorted(used[n]) == list(range(len(row))) for n, row in enumerate(rows[1::2]))
    )
