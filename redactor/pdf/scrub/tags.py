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
    from collections.abc import Iterator, Sequence

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
    if not any(one.elements for one in tags):
        return
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    whole = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=root))
    kids, parents = pikepdf.Array(), pikepdf.Array()
    for number, (page, one) in enumerate(zip(pages, tags, strict=True)):
        by_content: dict[int, Any] = {}
        for element in _elements(pdf, page, one, whole, by_content):
            kids.append(element)
        page.StructParents = number
        parents.append(number)
        parents.append(pdf.make_indirect(pikepdf.Array([by_content[n] for n in range(one.count)])))
    whole.K, root.K = kids, pikepdf.Array([whole])
    root.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=parents))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, pikepdf.Dictionary(Marked=True)


def _elements(pdf: Any, page: Any, tags: PageTags, parent: Any, by_content: dict[int, Any]) -> Iterator[Any]:
    for number, element in enumerate(tags.elements):
        contents = tags.kids.get(number, [])
        if not contents:
            continue
        made = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name("/" + element.role), P=parent, Pg=page,
                               K=pikepdf.Array(contents))
        )  # fmt: skip
        if element.alt is not None:
            box = element.boxes[0]
            made.Alt = pikepdf.String(element.alt)
            made.A = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=array([box.x0, box.y0, box.x1, box.y1]))
        by_content |= dict.fromkeys(contents, made)
        yield made
