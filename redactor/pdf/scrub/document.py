"""The new file: pages one by one from the burned source, then fonts, then a neutral catalogue. Nothing else."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.errors import UnsupportedPdf
from redactor.pdf.geometry import IDENTITY, BoxIndex, Matrix, box_through
from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub import tags
from redactor.pdf.scrub.content import Writer
from redactor.pdf.scrub.fonts import FontShelf
from redactor.pdf.scrub.images import ImageShelf, encoded
from redactor.pdf.scrub.layers import doubtful_layers
from redactor.pdf.scrub.malformed import MALFORMED
from redactor.pdf.scrub.numbers import array, joined
from redactor.pdf.scrub.output import Graphics
from redactor.pdf.scrub.ownfont import LAYER_FONT, MARK_FONT, OwnFont, embed_layer
from redactor.pdf.scrub.shelves import Sheet, Shelves
from redactor.pdf.scrub.tags import ARTIFACT, PageTags

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PIL import Image

    from redactor.model import Box
    from redactor.pdf.gaps import Shift
    from redactor.pdf.geometry import Frame
    from redactor.pdf.scrub.fontuse import Measure

VEIL = "S9"  # resource name of the graphics state of the draft stamp
PRODUCER = "Redactor"
EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Overlay:
    """What we draw over a page ourselves: operators in sheet space, and the letters it needs of each of our fonts."""

    data: bytes = field(repr=False)
    marks: frozenset[str] = field(default=frozenset(), repr=False)
    layer: frozenset[str] = field(default=frozenset(), repr=False)
    veil: float | None = None  # opacity of the graphics state `VEIL`, when the operators use it


@dataclass(frozen=True, slots=True)
class PageOrder:
    """One page to write: its frame, the matrix from its user space to the sheet, its black boxes as shown."""

    frame: Frame
    to_sheet: Matrix
    masks: tuple[Box, ...]
    overlay: Overlay
    picture: Callable[[], Image.Image] | None = field(default=None, repr=False)  # drawn when its page is written
    words: Overlay | None = None
    shifts: tuple[Shift, ...] = ()  # flat
    marks: tuple[Box, ...] = ()  # what the overlay draws, as shown
    tags: PageTags = field(default_factory=PageTags)  # filled while the page is written


@dataclass(frozen=True, slots=True)
class Copied:
    """The new file, and the pages (from 0) that could not be copied, each with its reason."""

    data: bytes = field(repr=False)
    failed: Mapping[int, Reason]


def copy(
    source: bytes,
    orders: Sequence[PageOrder],
    *,
    decode: Callable[[int], Image.Image],
    own: OwnFont,
    measure: Measure,
    title: str,
    lang: str,
) -> Copied:
    """A new file with the pages of `orders`, in order. With `failed` pages `data` must not be used."""
    try:
        old = pikepdf.open(io.BytesIO(source))
    except pikepdf.PikepdfError:
        raise UnsupportedPdf(part="structure") from None
    with old, pikepdf.new() as new:
        shelves = Shelves(new, FontShelf(new, measure), ImageShelf(new, decode), doubtful_layers(old))
        fonts, failed = _own_fonts(new, orders, own), dict[int, Reason]()
        for number, order in enumerate(orders):
            try:
                _page(old.pages[number], order, number=number, shelves=shelves, fonts=fonts)
            except OutsideSchema as outside:
                failed[number] = outside.reason
            except MALFORMED:
                failed[number] = Reason.CONTENT
        failed |= shelves.fonts.finish()
        if not failed:
            tags.write(new, [page.obj for page in new.pages], [order.tags for order in orders])
        catalogue(new, title=title, lang=lang)
        new.remove_unreferenced_resources()
        return Copied(b"" if failed else saved(new), failed)


def _page(old: Any, order: PageOrder, *, number: int, shelves: Shelves, fonts: Mapping[str, Any]) -> None:
    new, resources = shelves.pdf, pikepdf.Dictionary()
    if order.picture is None:
        content = _text_content(old, order, number=number, shelves=shelves, resources=resources)
    else:
        content = _picture_content(order, order.picture(), new, resources)
    for overlay in (order.words, order.overlay):
        if overlay is not None:
            content += b"q\n" + overlay.data + b"Q\n"
            _name_fonts(resources, overlay, fonts)
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=array([0, 0, order.frame.width, order.frame.height]),
        Resources=resources,
        Contents=new.make_stream(content),
    )
    if order.frame.rotation:
        page.Rotate = order.frame.rotation
    new.pages.append(pikepdf.Page(new.make_indirect(page)))


def _text_content(old: Any, order: PageOrder, *, number: int, shelves: Shelves, resources: Any) -> bytes:
    edge = order.frame.flat
    masks = BoxIndex.of(box_through(order.frame.shown_to_sheet, mask) for mask in order.masks)
    shifts = tuple(replace(shift, y=order.frame.height - shift.y) for shift in order.shifts)
    sheet = Sheet(number, edge, order.to_sheet, masks, shifts, order.tags)
    state = Graphics(ctm=order.to_sheet, visible=edge)
    source = old.obj.get("/Resources", pikepdf.Dictionary())
    body = Writer(shelves, sheet, source, state=state, target=resources).write(old)
    head = b"" if _is_identity(order.to_sheet) else joined(order.to_sheet) + b" cm\n"
    return b"q\n" + head + body + b"Q\n"


def _is_identity(matrix: Matrix) -> bool:
    return all(abs(a - b) < EPSILON for a, b in zip(matrix, IDENTITY, strict=True))


def _picture_content(order: PageOrder, picture: Image.Image, new: Any, resources: Any) -> bytes:
    resources.XObject = pikepdf.Dictionary({"/X0": encoded(picture, new)})
    place = joined([order.frame.width, 0, 0, order.frame.height, 0, 0])
    return order.tags.open(ARTIFACT) + b"q\n" + place + b" cm\n/X0 Do\nQ\n" + order.tags.close()


def _own_fonts(new: Any, orders: Sequence[PageOrder], own: OwnFont) -> dict[str, Any]:
    overlays = [overlay for order in orders for overlay in (order.words, order.overlay) if overlay is not None]
    marks = frozenset[str]().union(*(overlay.marks for overlay in overlays))
    layer = frozenset[str]().union(*(overlay.layer for overlay in overlays))
    made = {MARK_FONT: own.embed(new, marks)} if marks else {}
    return made | ({LAYER_FONT: embed_layer(new, layer)} if layer else {})


def _name_fonts(resources: Any, overlay: Overlay, fonts: Mapping[str, Any]) -> None:
    for name, letters in ((MARK_FONT, overlay.marks), (LAYER_FONT, overlay.layer)):
        if letters:
            if "/Font" not in resources:
                resources.Font = pikepdf.Dictionary()
            resources.Font["/" + name] = fonts[name]
    if overlay.veil is not None:
        if "/ExtGState" not in resources:
            resources.ExtGState = pikepdf.Dictionary()
        resources.ExtGState["/" + VEIL] = pikepdf.Dictionary(ca=array([overlay.veil])[0])


def catalogue(new: Any, *, title: str, lang: str) -> None:
    """Writes what our files say of themselves: `lang`, `title`, and who made them."""
    new.Root.Lang = pikepdf.String(lang)
    new.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    new.docinfo["/Title"] = pikepdf.String(title)
    new.docinfo["/Producer"] = pikepdf.String(PRODUCER)


def saved(new: Any) -> bytes:
    """The bytes of a new file; the same for the same objects."""
    out = io.BytesIO()
    new.save(
        out,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        linearize=False,
    )
    return out.getvalue()
