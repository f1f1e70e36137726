"""Judges a file made by others: what its boxes, layers, crops and annotations still hold, page by page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from redactor.errors import DamagedPdf, EmptyFile, EncryptedDocument, NotAPdf
from redactor.pdf.verifier import drawings
from redactor.pdf.verifier.claims import Channel, Leak
from redactor.pdf.verifier.drawings import DEPTH
from redactor.pdf.verifier.pixels import SCALE
from redactor.pdf.verifier.readers import READ_ERRORS
from redactor.pdf.verifier.words import Char, fast_chars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

FLAT = 12  # levels of 255 between the lightest and the darkest pixel of a cell that shows nothing
DARK = 100  # level under which an even cell is a box, even over the words of a scan
PAPER = 235  # level under which an even cell is no bare paper: a box of any colour
NEUTRAL = frozenset({"/Title", "/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"})
ROOT_CHANNELS = (
    ("/OpenAction", Channel.SCRIPT), ("/AA", Channel.SCRIPT), ("/AF", Channel.ATTACHMENT),
    ("/Collection", Channel.ATTACHMENT), ("/AcroForm", Channel.FORM), ("/Outlines", Channel.OUTLINE),
)  # fmt: skip
NAME_CHANNELS = (
    ("/EmbeddedFiles", Channel.ATTACHMENT), ("/JavaScript", Channel.SCRIPT), ("/Templates", Channel.STRUCTURE),
)  # fmt: skip
TINY_PT = 1.0  # points: height under which a letter cannot be read on paper
MARKUP = frozenset({"/Link", "/Widget"})  # annotations that hold no words of their own


def audit(data: bytes) -> tuple[Leak, ...]:
    """Every leak or bad redaction found in `data`. Raises the kinds of `InputError` for what cannot be read."""
    if not data:
        raise EmptyFile
    if b"%PDF-" not in data[:1024]:
        raise NotAPdf
    leaks = {*_of_objects(data), *_of_pages(data)}
    return tuple(sorted(leaks, key=lambda leak: (-1 if leak.page is None else leak.page, leak.channel.value)))


def _of_objects(data: bytes) -> Iterator[Leak]:
    if data.count(b"startxref") > 2 or (data.count(b"%%EOF") > 1 and b"/Linearized" not in data[:2048]):
        yield Leak(Channel.REVISION)
    if data[data.rfind(b"%%EOF") + 5 :].strip() or not data.lstrip().startswith(b"%PDF-"):
        yield Leak(Channel.OBJECT)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield from _of_root(pdf)
            for number, page in enumerate(pdf.pages):
                yield from _of_page_object(page.obj, number)
    except pikepdf.PasswordError:
        raise EncryptedDocument from None
    except READ_ERRORS:
        raise DamagedPdf from None


def _of_root(pdf: Any) -> Iterator[Leak]:
    root = pdf.Root
    yield from (Leak(channel) for key, channel in ROOT_CHANNELS if key in root)
    names = root.get("/Names", pikepdf.Dictionary())
    yield from (Leak(channel) for key, channel in NAME_CHANNELS if key in names)
    layers = root.get("/OCProperties", pikepdf.Dictionary()).get("/D", pikepdf.Dictionary())
    if len(layers.get("/OFF", pikepdf.Array())) or layers.get("/BaseState") == pikepdf.Name.OFF:
        yield Leak(Channel.LAYER)
    if any(key not in NEUTRAL for key in pdf.docinfo) or _has_author(pdf):
        yield Leak(Channel.METADATA)


def _has_author(pdf: Any) -> bool:
    packet = pdf.Root.get("/Metadata")
    if not isinstance(packet, pikepdf.Stream):
        return False
    data = packet.read_bytes()
    return any(word in data for word in (b"dc:creator", b"dc:description", b"dc:subject", b"pdf:Keywords"))


def _of_page_object(page: Any, number: int) -> Iterator[Leak]:
    annots = page.get("/Annots", pikepdf.Array())
    if any(str(annot.get("/Subtype", "")) not in MARKUP for annot in annots):
        yield Leak(Channel.ANNOTATION, number)
    if "/PieceInfo" in page or "/Thumb" in page:
        yield Leak(Channel.METADATA, number)


def _of_pages(data: bytes) -> Iterator[Leak]:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise DamagedPdf from None
    try:
        for number in range(len(pdf)):
            yield from _of_page(pdf[number], number)
    except READ_ERRORS:
        raise DamagedPdf(part="page") from None
    finally:
        pdf.close()


def _of_page(page: Any, number: int) -> Iterator[Leak]:
    left, bottom, right, top = _crop(page)
    page.set_rotation(0)
    textpage = page.get_textpage()
    chars = [char for char in fast_chars(textpage) if char.text.strip() and char.x1 > char.x0]
    shown = _shown(page)
    inside = []
    for char in chars:
        if char.x1 > left and char.x0 < right and char.y1 > bottom and char.y0 < top:
            inside.append(char)
        else:
            yield Leak(Channel.UNCROPPED, number)
    yield from _hidden(textpage, inside, shown, (left, top), number)
    yield from _unread(textpage, page, inside, number)
    yield from drawings.uneven_under_boxes(page, number)
    yield from _images_outside(page, (left, bottom, right, top), number)


def _crop(page: Any) -> tuple[float, float, float, float]:
    """The crop box, or the whole page when the two do not meet."""
    left, bottom, right, top = page.get_cropbox()
    x0, y0, x1, y1 = page.get_mediabox()
    meets = left < x1 and x0 < right and bottom < y1 and y0 < top
    return (max(left, x0), max(bottom, y0), min(right, x1), min(top, y1)) if meets else (x0, y0, x1, y1)


def _shown(page: Any) -> NDArray[np.int16]:
    """The page in grey."""
    bitmap = page.render(scale=SCALE, grayscale=True)
    return np.asarray(bitmap.to_numpy(), dtype=np.int16).reshape(bitmap.height, bitmap.width)


def _is_invisible(textpage: Any, char: Char) -> bool:
    item = pdfium.FPDFText_GetTextObject(textpage, char.number)
    return bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _cell_height(textpage: Any, char: Char) -> float:
    """Height of the whole cell of a letter, which does not depend on its shape; points."""
    cell = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, char.number, cell)
    return float(max(abs(cell.top - cell.bottom), abs(cell.right - cell.left)))


def _unread(textpage: Any, page: Any, chars: Sequence[Char], number: int) -> Iterator[Leak]:
    """Letters in the invisible mode that no picture could excuse, and letters too small to read."""
    images = [item.get_bounds() for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=DEPTH)]
    for char in chars:
        x, y = char.centre
        invisible = _is_invisible(textpage, char)
        over = any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in images)
        tiny = not invisible and char.text.isalnum() and _cell_height(textpage, char) < TINY_PT
        if tiny or (invisible and not over):
            yield Leak(Channel.INVISIBLE_TEXT, number)
            return


def _hidden(
    textpage: Any, chars: Sequence[Char], shown: NDArray[np.int16], corner: tuple[float, float], page: int
) -> Iterator[Leak]:
    left, top = corner
    for char in chars:
        rows = slice(max(int((top - char.y1) * SCALE) - 1, 0), max(int((top - char.y0) * SCALE) + 2, 0))
        columns = slice(max(int((char.x0 - left) * SCALE) - 1, 0), max(int((char.x1 - left) * SCALE) + 2, 0))
        cell = shown[rows, columns]
        if cell.size and int(cell.max()) - int(cell.min()) <= FLAT:
            if cell.mean() < DARK:
                yield Leak(Channel.UNDER_BOX, page)
            elif not _is_invisible(textpage, char):  # the words of a scan stand near their pixels, not on them
                yield Leak(Channel.UNDER_BOX if cell.mean() < PAPER else Channel.WHITE_TEXT, page)


def _images_outside(page: Any, crop: tuple[float, float, float, float], number: int) -> Iterator[Leak]:
    left, bottom, right, top = crop
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x0, y0, x1, y1 = item.get_bounds()
        if x0 < left - 2 or y0 < bottom - 2 or x1 > right + 2 or y1 > top + 2:
            yield Leak(Channel.UNCROPPED, number)
