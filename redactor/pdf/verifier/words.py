"""Reads a written page with pypdfium2 and pdfplumber: no glyph under a mask, no secret, nothing off the page."""

from __future__ import annotations

import ctypes
import io
import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pdfplumber
import pypdfium2.raw as pdfium
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, list_value

from redactor.model import Box
from redactor.pdf.geometry import BoxIndex, Frame, apply, box_through, common, contains, grown
from redactor.pdf.verifier.claims import Channel, Leak
from redactor.pdf.verifier.readers import READ_ERRORS
from redactor.pdf.verifier.secrets import folded, places_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.pdf.verifier.claims import Claims, Secret

EDGE_PT = 0.5  # points by which readers differ on where the page ends
INSET_PT = 0.75  # points: a glyph that begins nearer to the edge of a box may be a neighbour
ALLOWED_PT = 3.0  # points around an allowed place
MOVED_PT = 12.0  # points by which a line that was set again may have moved it to the right
MARKS = "Marks"  # end of the name of the font of our own labels
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it quotes what it reads

NAME_BYTES = 128  # bytes read of a font's name


@dataclass(frozen=True, slots=True)
class Char:
    """One character in sheet space, as a reader gives it. `number` is its place in the reader's page."""

    text: str = field(repr=False)
    number: int
    x0: float
    y0: float
    x1: float
    y1: float
    ours: bool = False

    @property
    def box(self) -> Box:
        """Its box."""
        return Box(min(self.x0, self.x1), min(self.y0, self.y1), max(self.x0, self.x1), max(self.y0, self.y1))

    @property
    def centre(self) -> tuple[float, float]:
        """Middle of its box."""
        return ((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is claimed of one page: its frame, its black boxes with their labels (sheet space), its number."""

    page: int
    frame: Frame
    masks: tuple[tuple[Box, str], ...]

    def index(self) -> BoxIndex:
        """The black boxes, as an index."""
        return BoxIndex.of(box for box, _ in self.masks)


def frame_of(page: Any) -> Frame:
    """The frame of a pypdfium2 page that we wrote."""
    width, height = page.get_size()
    rotation = page.get_rotation()
    return Frame(height, width, rotation) if rotation in {90, 270} else Frame(width, height, rotation)


def fast_chars(textpage: Any) -> tuple[Char, ...]:
    """Characters of a pypdfium2 text page, blanks that the reader made up included (without place)."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = []
    for number in range(textpage.count_chars()):
        text = chr(pdfium.FPDFText_GetUnicode(textpage, number))
        pdfium.FPDFText_GetCharBox(textpage, number, left, right, bottom, top)
        found.append(Char(text, number, left.value, bottom.value, right.value, top.value))
    return tuple(found)


def is_ours(textpage: Any, char: Char) -> bool:
    """True for a character written in the font of our own marks."""
    name, flags = ctypes.create_string_buffer(NAME_BYTES), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, char.number, name, NAME_BYTES, flags)
    return name.value.decode("latin-1").endswith(MARKS)


def read_page(page: Any, checked: Checked) -> tuple[Char, ...]:
    """The characters of one page by pypdfium2; those that touch a mask are told ours or not."""
    textpage = page.get_textpage()
    masks = checked.index()
    return tuple(
        replace(char, ours=is_ours(textpage, char))
        if _has_place(char) and masks.touches(grown(char.box, 2.0))
        else char
        for char in fast_chars(textpage)
    )


def leaks_of_page(chars: Sequence[Char], checked: Checked, *, claims: Claims) -> Iterator[Leak]:
    """What `chars` of one page tell that they must not."""
    yield from _under_masks(chars, checked, claims)
    yield from secret_leaks(chars, checked, claims.secrets)
    edge = grown(checked.frame.flat, EDGE_PT)
    if any(common(edge, grown(char.box, EDGE_PT)) is None for char in chars if char.text.strip() and _has_place(char)):
        yield Leak(Channel.TEXT_OFF_PAGE, checked.page)


def _has_place(char: Char) -> bool:
    return char.x1 > char.x0 or char.y1 > char.y0


def _under_masks(chars: Sequence[Char], checked: Checked, claims: Claims) -> Iterator[Leak]:
    masks = checked.index()
    under = [
        char for char in chars if char.text.strip() and _has_place(char) and masks.covers(char.centre, inset=INSET_PT)
    ]
    labels = "".join(label for _, label in checked.masks) + (claims.stamp or "")
    if any(char.text not in labels or not char.ours for char in under):
        yield Leak(Channel.GLYPH_UNDER_MASK, checked.page)


def secret_leaks(chars: Sequence[Char], checked: Checked, secrets: Sequence[Secret]) -> Iterator[Leak]:
    """Secrets that the characters of a page spell, at a place where no keep decision lets them stand."""
    text = folded("".join(char.text for char in chars))
    for secret in secrets:
        allowed = [box_through(checked.frame.shown_to_sheet, p.box) for p in secret.allowed if p.page == checked.page]
        for place in places_of(secret.value, text):
            drawn = [chars[at] for at in place if chars[at].text.strip()]
            if not all(any(contains(_allowed(box), char.centre) for box in allowed) for char in drawn):
                yield Leak(Channel.PAGE_TEXT, checked.page)


def _allowed(box: Box) -> Box:
    wide = grown(box, ALLOWED_PT)
    return Box(wide.x0, wide.y0, wide.x1 + MOVED_PT, wide.y1)


def slow_leaks(data: bytes, pages: Sequence[Checked], *, claims: Claims) -> Iterator[Leak]:
    """The same questions to pdfplumber, on the pages that have masks. A file it cannot read is a leak."""
    try:
        yield from _slow(data, pages, claims)
    except READ_ERRORS:
        yield Leak(Channel.UNREADABLE)


def _slow(data: bytes, pages: Sequence[Checked], claims: Claims) -> Iterator[Leak]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for checked in pages:
            page = _page_of(pdf, checked.page, pages=len(claims.sizes))
            chars = tuple(_slow_char(number, char, checked.frame) for number, char in enumerate(page.chars))
            yield from _under_masks(chars, checked, claims)
            yield from secret_leaks(chars, checked, claims.secrets)
            page.close()


def _page_of(pdf: Any, number: int, *, pages: int) -> Any:
    """Page `number`, from 0, of a file of `pages` in one list, without a look at all others.

    `objects` makes sure that the list holds pages alone; a file that has no such list is walked through.
    """
    root = dict_value(pdf.doc.catalog["Pages"])
    kids = list_value(root["Kids"])
    if len(kids) != pages:
        return pdf.pages[number]
    told = {key: value for key, value in root.items() if key in PDFPage.INHERITABLE_ATTRS}
    page = PDFPage(pdf.doc, kids[number].objid, told | dict_value(kids[number]), None)
    return pdfplumber.page.Page(pdf, page, page_number=number + 1)


def _slow_char(number: int, char: dict[str, Any], frame: Frame) -> Char:
    to_sheet = frame.shown_to_sheet
    corners = [apply(to_sheet, (char[x], char[y])) for x, y in (("x0", "top"), ("x1", "bottom"))]
    (ax, ay), (bx, by) = corners
    ours = str(char["fontname"]).endswith(MARKS)
    return Char(char["text"], number, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), ours)
