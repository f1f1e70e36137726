"""Says what stands behind the pixels of a page: text, nothing, a picture of text, or text that cannot be trusted.

In doubt a page is doubtful: a person looks at it, and nothing on it counts as searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redactor.model import TextLayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.layout.pieces import Legibility, PageScan

_UNMAPPED = 0.05  # share of glyphs without a letter above which the text cannot be searched
_HIDDEN = 0.5  # share of glyphs without ink: an OCR layer over a picture
_COVER = 0.45  # share of the page under pictures or one filled shape: a scan, or a page of a slide show
_FEW = 400  # glyphs: a page number, a stamp or a header over a scan, not a page of text
_DRAWN = 250  # shapes other than rules and boxes, on a page of few glyphs: letters drawn as curves
_LETTERS = 200  # letters of a page from which their share of vowels and its words tell something
_VOWELS = 0.22  # least share of vowels: a font that shifts its letters has about 15 %
_WHITE = 0xFFFFFF
_VECTOR = 3  # kind of the blocks of MuPDF that are drawn shapes


def text_layer_of(scan: PageScan, page: Any, *, blocks: Sequence[dict[str, Any]]) -> TextLayer:
    """The state of one page; `page` is the PyMuPDF page, `blocks` its `rawdict`."""
    shapes = [block for block in blocks if block["type"] == _VECTOR and block["color"] != _WHITE and block["alpha"]]
    pictures = [_clipped(picture["bbox"], scan) for picture in page.get_image_info()]
    seen = scan.legibility
    if not scan.pieces:
        return TextLayer.MISSING if shapes or any(pictures) else TextLayer.BLANK
    if _is_illegible(seen) or _is_drawn(shapes, seen):
        return TextLayer.DOUBTFUL
    covers = [_clipped(shape["bbox"], scan) for shape in shapes if not shape["stroked"]]
    if sum(pictures) > _COVER or max(covers, default=0.0) > _COVER:
        return _covered_layer(page, seen, scan, by_picture=sum(pictures) > _COVER)
    return TextLayer.TEXT


def _is_illegible(seen: Legibility) -> bool:
    if seen.unreadable or seen.unmapped > _UNMAPPED * seen.glyphs or seen.hidden > _HIDDEN * seen.glyphs:
        return True
    return seen.letters >= _LETTERS and (seen.vowels < _VOWELS * seen.letters or not seen.words)


def _is_drawn(shapes: Sequence[dict[str, Any]], seen: Legibility) -> bool:
    return seen.glyphs < _FEW and sum(1 for shape in shapes if not shape["isrect"]) > _DRAWN


def _clipped(bbox: Sequence[float], scan: PageScan) -> float:
    """Share of the page under a box."""
    x0, y0, x1, y1 = bbox
    width = min(x1, scan.frame.width) - max(x0, 0.0)
    height = min(y1, scan.frame.height) - max(y0, 0.0)
    return max(width, 0.0) * max(height, 0.0) / (scan.frame.width * scan.frame.height)


def _covered_layer(page: Any, seen: Legibility, scan: PageScan, *, by_picture: bool) -> TextLayer:
    """Text over a picture is text when there is a page of it; text under anything cannot be trusted."""
    if by_picture and seen.glyphs < _FEW:
        return TextLayer.DOUBTFUL
    is_under = False
    for kind, bbox in page.get_bboxlog():
        if kind in {"fill-text", "stroke-text", "clip-text"}:
            is_under = True
        elif is_under and kind in {"fill-image", "fill-path", "fill-shade"} and _clipped(bbox, scan) > _COVER:
            return TextLayer.DOUBTFUL
    return TextLayer.TEXT
