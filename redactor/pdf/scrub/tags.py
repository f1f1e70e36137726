"""Tags for screen readers: a flat tree of our own, one element for each block and one for each black box.

Nothing of the source's tree is read. Roles come from a closed list, alternate texts from the labels of the boxes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.model import Box
from redactor.pdf.geometry import BoxIndex, contains, grown
from redactor.pdf.scrub.numbers import array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.geometry import Point

ARTIFACT = -1  # what no element names: rules, images, running lines
ABOUT_PT = 1.5  # points by which a letter may stand outside the box of its block


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a page: its role, its boxes in sheet space; `alt` for a black box."""

    role: str
    boxes: tuple[Box, ...]
    alt: str | None = field(default=None, repr=False)


@dataclass(slots=True)
class PageTags:
    """Elements of one page in reading order, and which marked contents of the page belong to each.

    Black boxes come first in the numbering, since they are drawn by a part that knows nothing of the page's content.
    """

    elements: Sequence[Element] = ()
    count: int = 0
    kids: dict[int, list[int]] = field(default_factory=dict)
    now: int | None = None  # the element that is open
    inner: int | None = None  # the element that the form being written belongs to
    places: BoxIndex = field(default_factory=BoxIndex)
    owners: dict[Box, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, element in enumerate(self.elements):
            if element.alt is not None:
                self._next(number)
                continue
            for box in element.boxes:
                wide = grown(box, ABOUT_PT)
                self.places.add(wide)
                self.owners.setdefault(wide, number)

    def _next(self, element: int) -> int:
        self.kids.setdefault(element, []).append(self.count)
        self.count += 1
        return self.count - 1

    def at(self, point: Point) -> int:
        """Number of the block that holds `point`; ARTIFACT when none does."""
        near = self.places.near(Box(*point, *point))
        return next((self.owners[box] for box in near if contains(box, point)), ARTIFACT)

    def bar(self, box: Box) -> bytes:
        """What begins the black box `box` (sheet space); nothing when the page has no tags."""
        found = (n for n, one in enumerate(self.elements) if one.alt is not None and one.boxes == (box,))
        number = next(found, None)
        return b"" if number is None else begun(self.elements[number].role, self.kids[number][0])

    def open(self, element: int) -> bytes:
        """What begins content of `element`, after the end of what is open; nothing when it is open already."""
        if not self.elements or element == self.now:
            return b""
        head = self.close()
        self.now = element
        if element == ARTIFACT:
            return head + b"/Artifact BMC\n"
        return head + begun(self.elements[element].role, self._next(element))

    def taken(self) -> int:
        """The element of the form that was just written; forgotten afterwards."""
        found, self.inner = self.inner, None
        return ARTIFACT if found is None else found

    def close(self) -> bytes:
        """What ends the content that is open."""
        was, self.now = self.now, None
        return b"" if was is None else b"EMC\n"


def begun(role: str, number: int) -> bytes:
    """The operator that begins marked content `number` of a page."""
    return b"/%s <</MCID %d>> BDC\n" % (role.encode(), number)


def write(pdf: Any, pages: Sequence[Any], tags: Sequence[PageTags]) -> None:
    """Writes the tree of `tags`, one for each of `pages`, into `pdf`; nothing when no page has an element."""
    tree = Tree(pdf)
    for page, one in zip(pages, tags, strict=True):
        tree.write(page, one)
    tree.finish()


class Tree:
    """The structure tree of one file being written, page by page."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        whole = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=self._root)
        self._whole = pdf.make_indirect(whole)
        self._kids, self._parents = pikepdf.Array(), pikepdf.Array()
        self._pages: list[Any] = []
        self._is_empty = True

    def write(self, page: Any, tags: PageTags) -> None:
        """The elements of the next page."""
        by_content: dict[int, Any] = {}
        for number, element in enumerate(tags.elements):
            contents = tags.kids.get(number, [])
            if contents:
                made = self._element(page, element.role, contents)
                _describe(made, element)
                by_content |= dict.fromkeys(contents, made)
        self._end(page, [by_content[number] for number in range(tags.count)])
        self._is_empty = self._is_empty and not tags.elements

    def add(self, part: Any, pages: Sequence[Any]) -> None:
        """The elements of `part`, an open file of ours, whose pages became `pages`."""
        tree = part.Root.get("/StructTreeRoot")
        if tree is None:
            for page in pages:
                self._end(page, [])
            return
        self._is_empty = False
        places = {page.obj.objgen: new for page, new in zip(part.pages, pages, strict=True)}
        made: dict[Any, Any] = {}
        for old in tree.K[0].K:
            made[old.objgen] = self._element(places[old.Pg.objgen], str(old.S)[1:], [int(number) for number in old.K])
            if "/Alt" in old:
                made[old.objgen].Alt = pikepdf.String(str(old.Alt))
                made[old.objgen].A = _layout([float(side) for side in old.A.BBox])
        for page, row in zip(pages, list(tree.ParentTree.Nums)[1::2], strict=True):
            self._end(page, [made[old.objgen] for old in row])

    def finish(self) -> None:
        """Hangs the tree into the file; nothing when no page has an element."""
        if self._is_empty:
            return
        for number, page in enumerate(self._pages):
            page.StructParents = number
        self._whole.K, self._root.K = self._kids, pikepdf.Array([self._whole])
        self._root.ParentTree = self._pdf.make_indirect(pikepdf.Dictionary(Nums=self._parents))
        self._pdf.Root.StructTreeRoot, self._pdf.Root.MarkInfo = self._root, pikepdf.Dictionary(Marked=True)

    def _element(self, page: Any, role: str, contents: Sequence[int]) -> Any:
        made = self._pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name("/" + role), P=self._whole, Pg=page,
                               K=pikepdf.Array(contents))
        )  # fmt: skip
        self._kids.append(made)
        return made

    def _end(self, page: Any, row: Sequence[Any]) -> None:
        self._parents.append(len(self._pages))
        self._parents.append(self._pdf.make_indirect(pikepdf.Array(row)))
        self._pages.append(page)


def _describe(made: Any, element: Element) -> None:
    """What is said of a black box, and where it stands."""
    if element.alt is not None:
        box = element.boxes[0]
        made.Alt, made.A = pikepdf.String(element.alt), _layout([box.x0, box.y0, box.x1, box.y1])


def _layout(box: Sequence[float]) -> Any:
    return pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=array(box))
